"""How much memory reading a whole page takes, small or large: .venv/bin/python -m benchmarks.memory"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

from benchmarks import engines, table, worlds
from moderation.graph.client import GraphClient
from moderation.graph.simulator import serve
from moderation.models import Item
from moderation.sync import connection, inbound
from moderation.sync.manners import SharedManners

HEADING = ["", "comments", "posts", "peak MB", "CPU s", "items per CPU s", "the simulator's CPU s"]


def play(posts: int, comments: int) -> None:
    """Facebook in this process: says its address, and how much CPU it took when nobody listens any more."""
    server = serve(worlds.build(posts, comments))
    built = time.process_time()
    print(server.url, flush=True)
    sys.stdin.read()
    print(f"{time.process_time() - built:.1f}", flush=True)


def sweep(url: str) -> tuple[int, float, float]:
    """Items, megabytes at most, CPU seconds."""
    call_command("migrate", verbosity=0)
    page = connection.page("104500000000001")
    client = GraphClient(url, "v26.0", worlds.TOKEN, manners=SharedManners(page, lambda: worlds.NOW))
    start = time.process_time()
    run = inbound.pull(client, page.graph_id, lambda: worlds.NOW)
    if run is None or run.error or run.failed:
        raise SystemExit(f"The sweep failed: {run and run.error}")
    return Item.objects.count(), _peak(), time.process_time() - start


def _peak() -> float:
    """Megabytes of this process alone: what getrusage tells begins with what its parent had."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found.group(1)) / 1024 if found else 0.0


@contextmanager
def _facebook(posts: int, comments: int, told: list[float]) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.memory", "--play", str(posts), str(comments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as player:
        yield player.stdout.readline().strip()
        told.append(float(player.communicate()[0]))


def _row(engine: str, comments: int) -> tuple[object, ...]:
    posts, told = round(comments / worlds.COMMENTS_PER_POST), []
    ((_, environment),) = engines.each([engine])
    with _facebook(posts, comments, told) as url:
        printed = engines.again("benchmarks.memory", [url], environment)
    items, peak, seconds = map(float, printed.split())
    if items != posts + comments:
        raise SystemExit(f"{items:.0f} items instead of {posts + comments}")
    return engine, comments, posts, peak, seconds, round(items / seconds), told[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, nargs="+", default=[10_000, 200_000])
    parser.add_argument("--engine", choices=engines.ENGINES, action="append")
    parser.add_argument("--play", type=int, nargs=2, metavar=("POSTS", "COMMENTS"), help="be Facebook")
    parser.add_argument("--here", metavar="URL", help="sweep from there, in this process")
    asked = parser.parse_args()
    if asked.play:
        return play(*asked.play)
    if asked.here:
        return print(*sweep(asked.here))
    # A database of its own for each size: what lies there from before would not be new.
    table.show(HEADING, (_row(engine, size) for engine in asked.engine or ["sqlite"] for size in asked.comments))


if __name__ == "__main__":
    main()
