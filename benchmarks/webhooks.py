"""A storm of deliveries at the door, with the web server as README.md runs it: .venv/bin/python -m benchmarks.webhooks"""

import argparse
import hashlib
import hmac
import http.client
import json
import multiprocessing
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from django import db
from django.core.management import call_command
from django.utils import timezone

from benchmarks import engines, table, worlds
from moderation.graph.client import GraphClient
from moderation.graph.simulator import World, serve
from moderation.models import Item, WebhookDelivery
from moderation.models.order import carry_out
from moderation.sync import connection, deliveries
from moderation.sync.manners import SharedManners
from sociala_medier import ports

SECRET = "the-secret-of-an-app-that-does-not-exist"
PATH = "/webhook/facebook/"
SENDERS = 4
BELOW_ONE_POST = 40
HEADING = [
    *("", "deliveries", "answered 200", "p50 ms", "p99 ms", "max ms", "kept", "web server's CPU s", "load"),
    *("worked off in s", "CPU s", "calls", "comments in"),
]


@dataclass(frozen=True)
class Answer:
    """`seconds` are counted from when the delivery was due, also where its sender was late."""

    status: int
    seconds: float


def _bodies(world: World) -> list[bytes]:
    """One delivery for each comment, in the shape of Facebook's."""
    return [_body(world, comment.id, comment.post.id, comment.text(worlds.NOW)) for comment in world.comments.values()]


def _body(world: World, comment_id: str, post_id: str, text: str) -> bytes:
    at = int(worlds.NOW.timestamp())
    told = {
        "item": "comment",
        "verb": "add",
        "comment_id": comment_id,
        "post_id": post_id,
        "parent_id": post_id,
        "from": {"id": "24680135792468013", "name": "Kalle Exempel"},
        "created_time": at,
        "message": text,
    }
    entry = {"id": world.page_id, "time": at, "changes": [{"field": "feed", "value": told}]}
    return json.dumps({"object": "page", "entry": [entry]}).encode()


def _storm(port: int, bodies: Sequence[bytes], seconds: float) -> list[Answer]:
    """Each sender has its share of the deliveries, evenly over the time."""
    start = time.time() + 1
    shares = [
        [(start + seconds * place / len(bodies), bodies[place]) for place in range(first, len(bodies), SENDERS)]
        for first in range(SENDERS)
    ]
    db.connections.close_all()
    with ProcessPoolExecutor(SENDERS, multiprocessing.get_context("fork")) as senders:
        return [answer for answers in senders.map(partial(_send_all, port), shares) for answer in answers]


def _send_all(port: int, share: Sequence[tuple[float, bytes]]) -> list[Answer]:
    answers = []
    for due, body in share:
        time.sleep(max(0.0, due - time.time()))
        status = _send(port, body)
        answers.append(Answer(status, time.time() - due))
    return answers


def _send(port: int, body: bytes) -> int:
    """Over a new connection, as the web server in front does unless told otherwise. 0 where there was no answer."""
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Forwarded-Proto": "https",
        "X-Hub-Signature-256": f"sha256={signature}",
        "Connection": "close",
    }
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        door.request("POST", PATH, body, headers)
        return door.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        door.close()


class WebServer:
    """gunicorn as in README.md, one process, with eight threads only."""

    def __init__(self) -> None:
        self.port = ports.any_free()
        command = [sys.executable, "-m", "gunicorn", "sociala_medier.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sociala_medier.settings",
            "HTTPS": "true",
            "BEHIND_PROXY": "true",
            "ALLOWED_HOSTS": "127.0.0.1",
            "FACEBOOK_APP_SECRET": SECRET,
        }
        self.process = subprocess.Popen(
            [*command, "--threads", "8", "--no-control-socket", "--log-level", "warning"], env=environment
        )
        while not ports.listens(self.port):
            time.sleep(0.05)
        # The first request of a process loads the program.
        _send(self.port, b"{}")

    def stop(self) -> float:
        """Returns the CPU seconds it used in all."""
        self.process.send_signal(signal.SIGTERM)
        _, _, used = os.wait4(self.process.pid, 0)
        return used.ru_utime + used.ru_stime


def _work_off(world: World) -> tuple[float, float, int]:
    """Seconds, CPU seconds and calls until a worker has looked into every delivery."""
    server, page = serve(world), connection.page(world.page_id)
    client = GraphClient(server.url, "v26.0", worlds.TOKEN, manners=SharedManners(page, timezone.now))
    start, cpu = time.monotonic(), time.process_time()
    take = partial(deliveries.take, client, page, timezone.now)
    carry_out(WebhookDelivery.objects.all(), take, timezone.now, most=WebhookDelivery.objects.count())
    server.close()
    return time.monotonic() - start, time.process_time() - cpu, client.calls


def measure(count: int, seconds: float) -> list[object]:
    world = worlds.build(max(1, count // BELOW_ONE_POST), count)
    bodies = _bodies(world)
    web = WebServer()
    answers = _storm(web.port, bodies, seconds)
    load = os.getloadavg()[0]
    used = web.stop()
    kept = set(WebhookDelivery.objects.values_list("sha256", flat=True))
    found = sum(hashlib.sha256(body).hexdigest() in kept for body in bodies)
    late = [1000 * answer.seconds for answer in answers]
    cuts = statistics.quantiles(late, n=100)
    good = sum(answer.status == 200 for answer in answers)
    worked = _work_off(world)
    inside = Item.objects.filter(graph_key__startswith="comment:").count()
    return [len(bodies), good, cuts[49], cuts[98], max(late), found, used, load, *worked, inside]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--engine", choices=engines.ENGINES, action="append")
    parser.add_argument(
        "--here", action="store_true", help="on the database of BENCHMARK_DATABASE_URL, in this process"
    )
    asked = parser.parse_args()
    arguments = [f"--deliveries={asked.deliveries}", f"--seconds={asked.seconds}"]
    if asked.here:
        call_command("migrate", verbosity=0)
        return print(json.dumps(measure(asked.deliveries, asked.seconds)))
    # What is answered with 200 must lie on the disk, so PostgreSQL waits for it as it does out there.
    each = engines.each(asked.engine or engines.ENGINES, durable=True)
    table.show(
        HEADING, ((engine, *json.loads(engines.again("benchmarks.webhooks", arguments, at))) for engine, at in each)
    )


if __name__ == "__main__":
    main()
