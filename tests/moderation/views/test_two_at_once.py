"""Two people judge one item at the same moment, and a browser that never heard the answer sends its form once more."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import close_old_connections, connections
from django.http import HttpResponse
from django.test import Client

from moderation import audit
from moderation.models import AuditEntry, Classification, Item
from moderation.policy.terms import Category, Event, Reason, Role
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

PAIRS, KILLS = 200, 50
NAMES = ("Agda", "Bertil")
# What each of the two wants: the same, or something else.
CHOICES = (
    {"category": Category.RINGA_BETYDELSE, "reason": ""},
    {"category": Category.DIARIEFORS, "reason": Reason.KLAGOMAL},
    {"category": Category.SEKRETESS, "reason": ""},
)


class Killed(BaseException):
    """The process is gone after the commit, before its answer reached the browser."""


def logged_in(name: str) -> Client:
    client = Client()
    client.force_login(make.user(name, Role.WEBBREDAKTOR))
    return client


def form(item: Item, note: str, choice: dict[str, str]) -> dict[str, str | int]:
    return {"note": note, "seen": "", "seen_version": 1, "revision": 0} | choice


def post(client: Client, item: Item, fields: dict) -> HttpResponse:
    return client.post(f"/handling/{item.pk}/bedom/", fields)


def both(pool: ThreadPoolExecutor, asks: list[Callable[[], Any]]) -> list[Any]:
    """Both at the same moment, each in its own thread with its own connection."""
    start = threading.Barrier(2)

    def go(ask: Callable[[], Any]) -> Any:
        start.wait()
        return ask()

    return list(pool.map(go, asks))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads
        both(threads, [connections.close_all] * 2)


def counted() -> tuple[int, int]:
    return Classification.objects.count(), AuditEntry.objects.filter(event=Event.CLASSIFIED).count()


def test_of_two_hundred_pairs_at_the_same_moment_exactly_one_wins_and_the_other_keeps_what_was_written(pool):
    clients, choose = (logged_in("agda"), logged_in("bertil")), random.Random(3)
    for number in range(PAIRS):
        item, before = make.item(), counted()
        notes = [f"Anteckning {number} av {name}, som inte får gå förlorad." for name in NAMES]
        forms = [form(item, note, choose.choice(CHOICES)) for note in notes]
        answers = both(
            pool, [partial(post, client, item, fields) for client, fields in zip(clients, forms, strict=True)]
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409], number
        won, lost = (0, 1) if answers[0].status_code == 302 else (1, 0)
        page = answers[lost].content.decode()
        assert notes[lost] in page
        assert f"{NAMES[won]} har redan bedömt" in page
        assert counted() == (before[0] + 1, before[1] + 1)
        judged = Item.objects.get(pk=item.pk).current_classification
        assert (judged.note, judged.category) == (notes[won], forms[won]["category"])
    assert list(audit.verify()) == []


def test_a_form_whose_answer_was_lost_is_sent_again_and_judges_once(monkeypatch):
    """Killed between commit and answer, fifty times over: whoever sends again is answered as if nothing had been lost."""
    client = logged_in("agda")
    dies = KillingMiddleware
    monkeypatch.setattr(settings, "MIDDLEWARE", [f"{__name__}.KillingMiddleware", *settings.MIDDLEWARE])
    mortal = Client()
    mortal.cookies = client.cookies
    for number in range(KILLS):
        item, before = make.item(), counted()
        fields = form(item, f"Anteckning {number}.", CHOICES[number % len(CHOICES)])
        dies.armed = True
        with pytest.raises(Killed):
            post(mortal, item, fields)
        assert counted() == (before[0] + 1, before[1] + 1)
        again = [post(client, item, fields) for _ in range(2)]
        assert [answer.status_code for answer in again] == [302, 302]
        assert counted() == (before[0] + 1, before[1] + 1)
    assert list(audit.verify()) == []


class KillingMiddleware:
    """Lets everything be done and committed, and then, where it is armed, is gone before anybody hears of it."""

    armed = False

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        response = self.get_response(request)
        if KillingMiddleware.armed:
            KillingMiddleware.armed = False
            close_old_connections()
            raise Killed
        return response
