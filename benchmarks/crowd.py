"""Fifty editors at once, on two web workers: .venv/bin/python -m benchmarks.crowd"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import requests
from django import db
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client

from benchmarks import engines, reading, stock, table
from moderation import audit
from moderation.models import AuditEntry, AuditHead, Classification, Item, User
from moderation.models.audit import subject_of
from moderation.policy.terms import Category, Doing, Event
from sociala_medier import ports

PROCESSES = 2
# How often an editor goes for the very first item without saying so, undoes the latest, and looks at the queue anew.
COLLIDES, UNDOES, LOOKS = 0.15, 0.05, 0.1
PAGES = "queue", "item", "presence", "judge and next"
HEADING = [
    *("", "editors", "seconds", "judgements", "a minute", "conflicts told", "undone", "asked", "errors"),
    *(f"{page}: p50 / p95 ms" for page in PAGES),
    *("wrong afterwards", "load"),
]


@dataclass
class Told:
    """What one editor saw. A judgement is told by the item's key and the editor's."""

    judged: list[tuple[int, int]] = field(default_factory=list)
    conflicts: int = 0
    undone: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Editor:
    """A browser without a screen: pages, their forms, and cookies."""

    def __init__(self, site: str, pk: int, cookie: str, seed: int):
        self.site, self.pk, self.chance, self.told = site, pk, random.Random(seed), Told()
        self.session = requests.Session()
        self.session.cookies.set(settings.SESSION_COOKIE_NAME, cookie)

    def work(self, until: float) -> Told:
        page = ""
        while time.time() < until:
            try:
                page = self._one(page)
            except requests.RequestException as error:
                self.told.errors.append(type(error).__name__)
        return self.told

    def _one(self, page: str) -> str:
        """Judges what is on the screen, or what the queue has; returns what is on the screen then."""
        collides = self.chance.random() < COLLIDES
        if collides or not reading.form(page, "/bedom/") or self.chance.random() < LOOKS:
            rows = reading.rows(self._get("queue", "/ko/"))
            if not rows:
                return ""
            page = self._get("item", f"/handling/{rows[0] if collides else self.chance.choice(rows)}/")
        found = reading.form(page, "/bedom/")
        if found is None:
            return ""
        self._here(page, Doing.VIEWING)
        if not collides:
            self._here(page, Doing.JUDGING)
        return self._judge(*found)

    def _here(self, page: str, doing: Doing) -> None:
        if found := reading.form(page, "/har/"):
            self._post("presence", found[0], found[1] | {"doing": doing.value})

    def _judge(self, address: str, fields: dict[str, str]) -> str:
        chosen = {"category": Category.RINGA_BETYDELSE.value, "nasta": "1"}
        start = time.perf_counter()
        answer = self._post("", address, fields | chosen)
        if answer.status_code == 409:
            self.told.conflicts += 1
            return ""
        if answer.status_code != 302:
            return ""
        self.told.judged.append((int(address.split("/")[2]), self.pk))
        page = self._get("", answer.headers["Location"])
        self.told.seconds["judge and next"].append(time.perf_counter() - start)
        return self._undo(page) if self.chance.random() < UNDOES else page

    def _undo(self, page: str) -> str:
        found = next((form for start in ("/angra/senaste/", "/") if (form := self._toast(page, start))), None)
        if found is not None and self._post("", *found).status_code == 302:
            self.told.undone += 1
        return ""

    def _toast(self, page: str, ending: str) -> tuple[str, dict[str, str]] | None:
        _, _, toast = page.partition('id="nyss"')
        found = reading.form(toast, ending)
        return found if found and found[0].startswith("/angra/") else None

    def _get(self, name: str, address: str) -> str:
        return self._answer(name, "GET", address).text

    def _post(self, name: str, address: str, fields: dict[str, str]) -> requests.Response:
        return self._answer(name, "POST", address, data=fields)

    def _answer(self, name: str, method: str, address: str, **more: Any) -> requests.Response:
        start = time.perf_counter()
        answer = self.session.request(method, self.site + address, timeout=60, allow_redirects=False, **more)
        self.told.seconds[name or "other"].append(time.perf_counter() - start)
        if answer.status_code not in (200, 204, 302, 404, 409):
            self.told.errors.append(f"{method} {address}: {answer.status_code}")
        return answer


def _share(site: str, editors: Sequence[tuple[int, str]], until: float) -> list[Told]:
    with ThreadPoolExecutor(len(editors)) as threads:
        return list(threads.map(lambda one: Editor(site, *one, seed=one[0]).work(until), editors))


def _crowd(site: str, editors: Sequence[tuple[int, str]], seconds: float) -> list[Told]:
    shares = [share for first in range(PROCESSES) if (share := editors[first::PROCESSES])]
    until = time.time() + seconds
    db.connections.close_all()
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("fork")) as processes:
        parts = [processes.submit(_share, site, share, until) for share in shares]
        return [told for part in parts for told in part.result()]


class WebServer:
    """gunicorn as in the main README, with two processes."""

    def __init__(self) -> None:
        self.port = ports.any_free()
        command = [sys.executable, "-m", "gunicorn", "sociala_medier.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        switches = ["--workers", "2", "--threads", "64", "--keep-alive", "75", "--no-control-socket"]
        switches += ["--log-level", "warning"]
        own = {"DJANGO_SETTINGS_MODULE": "sociala_medier.settings", "ALLOWED_HOSTS": "127.0.0.1"}
        self.process = subprocess.Popen([*command, *switches], env={**os.environ, **own})
        while not ports.listens(self.port):
            time.sleep(0.05)
        self.site = f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def _filled(editors: int, seconds: float) -> list[tuple[int, str]]:
    """More than can be judged, and a chain that begins with the first of them. Each editor's key, and cookie."""
    open = max(200, round(editors * seconds))
    stock.fill(2 * open, open)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_auditentry")
    AuditHead.objects.all().delete()
    return [(user.pk, _cookie(user)) for user in User.objects.order_by("pk")[:editors]]


def _cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def wrong(told: Sequence[tuple[int, int]], before: int) -> list[str]:
    """What the rows and the chain say otherwise than the editors were told."""
    made = Classification.objects.filter(pk__gt=before)
    # What an undo has put back was judged by nobody now, but it is a row of its own and stands in the chain.
    rows = Counter(made.filter(restores=None).values_list("item", "decided_by"))
    doubles = Item.objects.filter(classifications__superseded_at=None).annotate(now=Count("classifications"))
    entries = AuditEntry.objects.filter(event=Event.CLASSIFIED)
    chained = Counter((one.subject, one.known_facts["classification"]) for one in entries)
    expected = Counter((subject_of(one.item), one.pk) for one in made.select_related("item"))
    return [
        *(f"told and not stored: {one}" for one in (Counter(told) - rows)),
        *(f"stored and not told: {one}" for one in (rows - Counter(told))),
        *(f"judged twice: {one}" for one in doubles.filter(now__gt=1)),
        *(f"in the chain and not stored: {one}" for one in (chained - expected)),
        *(f"stored and not in the chain: {one}" for one in (expected - chained)),
        *audit.verify(),
    ]


def measure(editors: int, seconds: float) -> list[object]:
    crowd = _filled(editors, seconds)
    before = Classification.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    web = WebServer()
    # The first request of each process loads the program.
    for _ in range(6):
        requests.get(f"{web.site}/logga-in/", timeout=60)
    told = _crowd(web.site, crowd, seconds)
    load = os.getloadavg()[0]
    web.stop()
    judged = [one for each in told for one in each.judged]
    errors = [one for each in told for one in each.errors]
    problems = wrong(judged, before)
    for one in [*errors[:5], *problems[:5]]:
        print(one, file=sys.stderr)
    conflicts, undone = sum(each.conflicts for each in told), sum(each.undone for each in told)
    asked = sum(len(spans) for each in told for spans in each.seconds.values())
    figures = [editors, seconds, len(judged), round(60 * len(judged) / seconds), conflicts, undone, asked, len(errors)]
    return [*figures, *(_spread(told, page) for page in PAGES), len(problems), load]


def _spread(told: Sequence[Told], page: str) -> str:
    spans = [1000 * span for each in told for span in each.seconds[page]]
    if len(spans) < 2:
        return "–"
    return f"{statistics.median(spans):,.0f} / {statistics.quantiles(spans, n=20)[18]:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--editors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--engine", choices=engines.ENGINES, action="append")
    parser.add_argument(
        "--here", action="store_true", help="on the database of BENCHMARK_DATABASE_URL, in this process"
    )
    asked = parser.parse_args()
    if asked.here:
        call_command("migrate", verbosity=0)
        return print(json.dumps(measure(asked.editors, asked.seconds)))
    arguments = [f"--editors={asked.editors}", f"--seconds={asked.seconds}"]
    # What an editor was told is judged must lie on the disk.
    each = engines.each(asked.engine or ["postgresql"], durable=True)
    table.show(
        HEADING, ((engine, *json.loads(engines.again("benchmarks.crowd", arguments, at))) for engine, at in each)
    )


if __name__ == "__main__":
    main()
