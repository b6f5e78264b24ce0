"""Whoever judges locks the item before its lease. Nothing else that is done at the same moment waits for it the other way round."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.utils import timezone

from moderation import audit
from moderation.actions import lease, skip
from moderation.actions.classify import classify
from moderation.models import Item, Lease, User
from moderation.policy import rules
from moderation.policy.terms import Category, Role
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

PATIENCE = 20
WAITING = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def agda() -> User:
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def bertil() -> User:
    return make.user("bertil", Role.WEBBREDAKTOR)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Two threads with a connection each."""
    closing = threading.Barrier(2)

    def close() -> None:
        closing.wait()
        connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        yield threads
        for done in [threads.submit(close) for _ in range(2)]:
            done.result()


def one_after_the_other(pool: ThreadPoolExecutor, item: Item, *asks: Callable[[], object]) -> list[object]:
    """All wait for the item, in this order, and are then let at it. Each gives what it gave, or the refusal it met."""
    with transaction.atomic():
        Item.objects.select_for_update().get(pk=item.pk)
        asked: list[Future[object]] = []
        for ask in asks:
            asked.append(pool.submit(ask))
            wait_until_waiting(len(asked))
    return [outcome(each) for each in asked]


def outcome(asked: Future[object]) -> object:
    try:
        return asked.result(PATIENCE)
    except ValidationError as refused:
        return refused


def wait_until_waiting(people: int) -> None:
    deadline, asked = time.monotonic() + PATIENCE, threading.Event()
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() == (people,):
                return
        asked.wait(0.01)
    raise AssertionError(f"{people} never waited for the item.")


def held(item: Item, by: User, ends_in: timedelta = rules.LEASE_HOLDS) -> None:
    now = timezone.now()
    Lease.objects.create(item=item, user=by, taken_at=now, until=now + ends_in)


def judging(item: Item, by: User) -> Callable[[], object]:
    return lambda: classify(item=item, category=Category.RINGA_BETYDELSE, by=by, now=timezone.now())


def test_who_passes_an_item_over_while_it_is_judged_is_told_so(pool, agda, bertil):
    item = make.item()
    held(item, agda)
    judged, passed = one_after_the_other(
        pool, item, judging(item, agda), lambda: skip.skip(item=item, by=agda, now=timezone.now())
    )
    assert judged == Item.objects.get(pk=item.pk).current_classification
    assert "väntar inte på bedömning" in str(passed)


def test_who_takes_over_while_the_other_judges_finds_it_judged(pool, agda, bertil):
    item = make.item()
    held(item, agda)

    @transaction.atomic
    def take_over_and_judge() -> object:
        lease.take_over(item=item, by=bertil, now=timezone.now())
        return judging(item, bertil)()

    judged, refused = one_after_the_other(pool, item, judging(item, agda), take_over_and_judge)
    assert judged == Item.objects.get(pk=item.pk).current_classification
    assert "Agda har redan bedömt" in str(refused)
    assert list(audit.verify()) == []


def test_who_begins_where_a_hold_ran_out_does_not_wait_for_whoever_judges(agda, bertil):
    item = make.item()
    held(item, agda, ends_in=-timedelta(minutes=1))
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Item.objects.select_for_update().get(pk=item.pk)
            taken = thread.submit(lambda: lease.take(item=item, by=bertil, now=timezone.now())).result(PATIENCE)
        thread.submit(connections.close_all).result()
    assert taken.user == bertil
    assert Lease.objects.get(item=item).user == bertil
