"""How many nodes a second of CPU stores: .venv/bin/python -m benchmarks.rows"""

import argparse
import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import requests
from django.core.management import call_command
from django.utils import timezone

from benchmarks import engines, table, worlds
from moderation import audit
from moderation.graph.client import GraphClient
from moderation.graph.simulator import SimulatorAdapter
from moderation.models import AuditEntry, Item, ItemVersion, Page, Thread
from moderation.models.item import text_digest
from moderation.policy.terms import Change, Direction, Event, Kind, ThreadKind
from moderation.sync import connection, nodes
from moderation.sync.write import Found, store

SITE = "https://graph.facebook.com"


@dataclass(frozen=True)
class Load:
    """A page's posts in the portions they come in, each post with the comments that fit into the same answer."""

    page_id: str
    portions: list[list[dict[str, Any]]]


@dataclass(frozen=True)
class Figure:
    name: str
    items: int
    seconds: float
    with_database: float

    @property
    def rate(self) -> float:
        return self.items / self.seconds


def measure(items: int, baseline: int) -> list[Figure]:
    """New and unchanged ones, then ten times as many, then a row at a time."""
    first, few, many, single = (_load(count, number) for number, count in enumerate((100, items, 10 * items, baseline)))
    _take(first)
    figures = [
        _timed("new", few, _take),
        # Over too soon to be measured once.
        _timed("unchanged", few, _take, times=5),
        _timed("new, ten times as many", many, _take),
        _timed("unchanged, ten times as many", many, _take),
        _timed("a row at a time", single, _row_by_row),
    ]
    missing = Item.objects.count() - ItemVersion.objects.count(), AuditEntry.objects.count() - Item.objects.count()
    if missing != (0, 0):
        raise SystemExit(f"Versions or entries are missing: {missing}")
    return figures


def _load(items: int, number: int) -> Load:
    posts = max(1, round(items / (1 + worlds.COMMENTS_PER_POST)))
    world = worlds.build(posts, items - posts, f"10450000000000{number}")
    session = requests.Session()
    session.mount(SITE, SimulatorAdapter(world))
    client = GraphClient(SITE, "v26.0", worlds.TOKEN, session=session)
    return Load(world.page_id, list(client.posts(world.page_id)))


def _timed(name: str, load: Load, take: Callable[[Load], int], times: int = 1) -> Figure:
    before, ours = engines.backend_seconds(), time.process_time()
    items = sum(take(load) for _ in range(times))
    seconds = time.process_time() - ours
    return Figure(name, items, seconds, seconds + engines.backend_seconds() - before)


def _take(load: Load) -> int:
    page = connection.page(load.page_id)
    return sum(store(_found(rows), page, timezone.now()).found for rows in load.portions)


def _found(rows: list[dict[str, Any]]) -> Iterator[Found]:
    for raw in rows:
        post = nodes.post(raw)
        yield post
        yield from nodes.comments(nodes.listed(raw), post)


def _row_by_row(load: Load) -> int:
    """The same three rows for each node, as one would write them without thinking of how many there are."""
    page = connection.page(load.page_id)
    found = [one for rows in load.portions for one in _found(rows)]
    for one in found:
        _write_one(one, page)
    return len(found)


def _write_one(one: Found, page: Page) -> None:
    remote, now = one.remote, timezone.now()
    digest = text_digest(remote.message)
    thread, _ = Thread.objects.get_or_create(graph_key=one.thread, defaults={"page": page, "kind": ThreadKind.POST})
    item, _ = Item.objects.update_or_create(
        graph_key=one.key,
        defaults={
            "thread": thread,
            "parent": Item.objects.filter(graph_key=one.parent).first() if one.parent else None,
            "kind": Kind(remote.kind),
            "direction": Direction.INKOMMEN,
            "graph_id": remote.graph_id,
            "permalink_url": remote.permalink_url,
            "author_name": remote.author_name,
            "author_id": remote.author_id,
            "text": remote.message,
            "text_sha256": digest,
            "changed_at": now,
            "created_at": remote.created_at,
            "received_at": now,
            "dated_at": remote.created_at or now,
            "answer_by": now + timedelta(days=1),
            "waiting_since": now,
        },
    )
    ItemVersion.objects.update_or_create(
        item=item,
        number=1,
        defaults={
            "change": Change.RECEIVED,
            "text": remote.message,
            "raw": remote.raw,
            "sha256": digest,
            "seen_at": now,
        },
    )
    audit.record(
        Event.RECEIVED, item, now=now, version=1, sha256=digest, raw=hashlib.sha256(remote.raw.encode()).hexdigest()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=4000)
    parser.add_argument("--baseline", type=int, default=1000)
    parser.add_argument("--engine", choices=engines.ENGINES, action="append")
    parser.add_argument(
        "--here", action="store_true", help="on the database of BENCHMARK_DATABASE_URL, in this process"
    )
    asked = parser.parse_args()
    arguments = [f"--items={asked.items}", f"--baseline={asked.baseline}"]
    if asked.here:
        call_command("migrate", verbosity=0)
        return _show(measure(asked.items, asked.baseline))
    for engine, environment in engines.each(asked.engine or engines.ENGINES):
        print(f"\n{engine}\n")
        print(engines.again("benchmarks.rows", arguments, environment), end="")


def _show(figures: list[Figure]) -> None:
    alone = figures[-1].rate
    heading = ["", "items", "CPU s", "items per CPU s", "× a row at a time", "with the database's CPU"]
    table.show(
        heading,
        [
            (one.name, one.items, one.seconds, round(one.rate), one.rate / alone, round(one.items / one.with_database))
            for one in figures
        ],
    )
    for fewer, more in (figures[0], figures[2]), (figures[1], figures[3]):
        print(f"\n{more.name}: {10 * fewer.rate / more.rate:.1f} × the CPU")


if __name__ == "__main__":
    main()
