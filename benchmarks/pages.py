"""The queue, an item, judging and searching, beside Django's admin: .venv/bin/python -m benchmarks.pages"""

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import cycle
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import engines, reading, stock, table, words
from benchmarks.admin import NEWEST_FIRST
from moderation.models import Item
from moderation.policy.terms import Category

SIZES = (1_000, 100_000, 1_000_000)
WARM, TIMES = 5, 100
# What is so slow that it takes longer than this is measured as often as it can be, but three times.
PATIENCE, LEAST = 8.0, 3
HTMX = {"HX-Request": "true", "HX-Target": "arbetsyta"}
JUDGING = {"judge and next": {}, "judge and next, htmx": HTMX}
OURS = (
    "queue",
    "queue, far down",
    "item",
    "item, htmx",
    "around it, htmx",
    *JUDGING,
    "search, common word",
    "search, rare",
)
HEADING = ["", "p50 ms", "p95 ms", "CPU ms", "times", "queries", "kB", "kB gzip"]


@dataclass(frozen=True)
class Figure:
    """Milliseconds of whole requests, one after the other, as an editor who is logged in; the database's CPU included."""

    name: str
    p50: float
    p95: float
    cpu: float
    times: int
    queries: int
    size: int
    packed: int


def waiting(items: int) -> int:
    """A twentieth, as after some weeks without anybody, but so many that there is more than a page."""
    return min(items, max(500, min(50_000, items // 20)))


@dataclass
class Asked:
    """A page and how it is asked for. `read` is what the measurement itself does with each answer; its time is not counted."""

    name: str
    ask: Callable[[], Any]
    read: Callable[[Any], None] = lambda answer: None
    spans: list[float] = field(default_factory=list)
    used: float = 0.0
    queries: int = 0
    answer: Any = None

    def once(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            self.answer = self._asked()
            self.queries = len(queries)
        self.read(self.answer)

    def timed(self) -> None:
        began, worked = time.perf_counter(), engines.seconds()
        self.answer = self._asked()
        self.spans.append(1000 * (time.perf_counter() - began))
        self.used += 1000 * (engines.seconds() - worked)
        self.read(self.answer)

    def figure(self) -> Figure:
        p95 = statistics.quantiles(self.spans, n=20, method="inclusive")[18]
        times, body = len(self.spans), self.answer.content
        size, packed = len(body), len(gzip.compress(body, 6))
        p50, cpu = statistics.median(self.spans), self.used / times
        return Figure(self.name, p50, p95, cpu, times, self.queries, size, packed)

    def _asked(self) -> Any:
        answer = self.ask()
        if answer.status_code != 200:
            raise SystemExit(f"{self.name}: {answer.status_code}")
        return answer


def measure(times: int, beside_admin: bool) -> list[Figure]:
    """On the database as it stands. Judging comes last, since it takes away what there is to measure."""
    client = Client()
    client.force_login(stock.editor())
    far, some = _far_down(), cycle(_some())
    asked: dict[str, Callable[[], Any]] = {
        "queue, far down": lambda: client.get("/ko/", {"efter": far}),
        "item": lambda: client.get(f"/handling/{next(some)}/"),
        "item, htmx": lambda: client.get(f"/handling/{next(some)}/", headers=HTMX),
        "around it, htmx": lambda: client.get(f"/handling/{next(some)}/sammanhang/", headers=HTMX),
        "search, common word": lambda: client.get("/sok/", {"q": words.COMMON}),
        "search, rare": lambda: client.get("/sok/", {"q": words.RARE}),
    }
    if beside_admin:
        asked |= _admin(client)
    figures = [each for name, ask in asked.items() for each in _in_turn([Asked(name, ask)], times)]
    # What is compared with each other is asked for in turn: whoever shares the machine moves them alike.
    judging = _Judging(client)
    compared = [Asked("queue", lambda: client.get("/ko/"))]
    compared += [Asked(name, partial(judging.judge, headers), judging.read) for name, headers in JUDGING.items()]
    return [*_in_turn(compared, times), *figures]


def _in_turn(asked: list[Asked], times: int) -> list[Figure]:
    """Each so often as there is time for, and all equally often."""
    patience = PATIENCE * len(asked)
    start, warm = time.monotonic(), 0
    while not warm or (warm < min(WARM, times) and time.monotonic() - start < patience / 3):
        warm += 1
        for one in asked:
            one.once()
    start, done = time.monotonic(), 0
    while done < times and (done < LEAST or time.monotonic() - start < patience):
        done += 1
        for one in asked:
            one.timed()
    return [one.figure() for one in asked]


def _admin(client: Client) -> dict[str, Callable[[], Any]]:
    """The editor is let into the admin for so long; the pages themselves do not ask for that."""
    type(stock.editor()).objects.filter(pk=stock.editor().pk).update(is_staff=True, is_superuser=True)
    waits = {"waiting_since__isempty": "0"}
    return {
        f"{name}: {what}": partial(client.get, f"/{name}/moderation/item/", query)
        for name, newest in (("admin", {}), ("admin-same", NEWEST_FIRST))
        for what, query in (
            ("changelist", {}),
            ("changelist of what waits", waits),
            ("search, common word", {"q": words.COMMON} | newest),
            ("search, rare", {"q": words.RARE} | newest),
        )
    }


class _Judging:
    """From the first one in the queue on: the form as the page has it, sent, and the next one on the screen.

    By htmx what stands around the item comes after it, by a request of its own; that one is not in the figure.
    """

    def __init__(self, client: Client):
        self.client = client
        self.form = reading.form(_first(client), "/bedom/")

    def judge(self, headers: dict[str, str]) -> Any:
        address, fields = self.form or ("", {})
        chosen = {"category": Category.RINGA_BETYDELSE, "nasta": "1"}
        return self.client.post(address, fields | chosen, headers=headers, follow=True)

    def read(self, answer: Any) -> None:
        self.form = reading.form(answer.content.decode(), "/bedom/") or reading.form(_first(self.client), "/bedom/")


def _first(client: Client) -> str:
    """The page of the first item that nobody else is judging."""
    free = Item.objects.in_queue(timezone.now()).filter(lease=None).in_queue_order().values_list("pk", flat=True)
    return client.get(f"/handling/{free[0]}/").content.decode()


def _far_down() -> int:
    """Three quarters down the queue."""
    queue = Item.objects.in_queue(timezone.now())
    return queue.in_queue_order().values_list("pk", flat=True)[queue.count() * 3 // 4]


def _some() -> list[int]:
    """Items all over what waits."""
    keys = list(Item.objects.in_queue(timezone.now()).order_by("pk").values_list("pk", flat=True))
    return keys[:: max(1, len(keys) // 97)]


# --- One process for each database ------------------------------------------------------------------------------


def here(items: int, open: int, times: int) -> list[Figure]:
    """On the database of BENCHMARK_DATABASE_URL, filled first unless it has been already."""
    call_command("migrate", verbosity=0)
    if not Item.objects.exists():
        stock.fill(items, min(open, items // 2))
    if open == items:
        stock.open_all()
    return measure(times, beside_admin=open < items)


def _all(wanted: list[str], sizes: list[int], most: int, times: int) -> Iterator[tuple[str, int, int, list[Figure]]]:
    """Each size on a database of its own, save that the largest is taken once more with all of it waiting."""
    for engine in wanted:
        for items in sizes:
            cases = [min(most, waiting(items))] + ([items] if items == max(sizes) else [])
            for _, environment in engines.each([engine]):
                for open in cases:
                    arguments = [f"--sizes={items}", f"--open={open}", f"--times={times}"]
                    printed = engines.again("benchmarks.pages", arguments, environment)
                    yield engine, items, open, [Figure(**each) for each in json.loads(printed)]


def show(engine: str, items: int, open: int, figures: list[Figure]) -> None:
    print(f"\n{engine}, {items:,} items of which {open:,} wait (load {os.getloadavg()[0]:.1f})\n")
    rows = (
        (one.name, one.p50, one.p95, one.cpu, one.times, one.queries, one.size / 1000, one.packed / 1000)
        for one in figures
    )
    table.show(HEADING, rows)


def ratios(least: list[Figure], most: list[Figure]) -> Iterator[tuple[str, float, str]]:
    """What the goals are about: the figures at the smallest and at the largest size, on the same engine."""
    small, large = ({one.name: one for one in figures} for figures in (least, most))
    for name in OURS:
        yield f"{name}: p95 at most items / at fewest", large[name].p95 / small[name].p95, "≤ 1.5"
    for admin, lists, hits in (("admin-same", "≥ 50", "≥ 100"), ("admin", "", "")):
        for ours, theirs, goal in (
            ("queue", "changelist", lists),
            ("queue", "changelist of what waits", ""),
            ("search, common word", "search, common word", hits),
            ("search, rare", "search, rare", hits),
        ):
            yield f"{ours}: × faster than {admin}: {theirs}", large[f"{admin}: {theirs}"].p50 / large[ours].p50, goal
    queue = large["queue"]
    for name in ("judge and next", "judge and next, htmx"):
        yield f"{name} / queue, p50", large[name].p50 / queue.p50, "≤ 1.5"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=engines.ENGINES, action="append")
    parser.add_argument("--sizes", type=lambda told: [int(one) for one in told.split(",")], default=list(SIZES))
    parser.add_argument("--open", type=int, default=50_000, help="at most so many wait")
    parser.add_argument("--times", type=int, default=TIMES, help="each page is asked for")
    parser.add_argument(
        "--here", action="store_true", help="on the database of BENCHMARK_DATABASE_URL, which may be filled already"
    )
    asked = parser.parse_args()
    if asked.here:
        return print(json.dumps([asdict(one) for one in here(asked.sizes[0], asked.open, asked.times)]))
    known: dict[str, list[list[Figure]]] = {}
    for engine, items, open, figures in _all(
        asked.engine or list(engines.ENGINES), asked.sizes, asked.open, asked.times
    ):
        show(engine, items, open, figures)
        known.setdefault(engine, []).append(figures)
    for engine, cases in known.items():
        print(f"\n{engine}\n")
        table.show(["", "measured", "goal"], ratios(cases[0], cases[-2]))


if __name__ == "__main__":
    main()
