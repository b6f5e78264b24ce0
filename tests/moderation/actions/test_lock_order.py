"""Whoever judges locks the item before its lease. Nothing else that is done at the same moment waits for it the other way round."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from arkiv.actions.print_out import print_out
from arkiv.models import Printout
from moderation import audit
from moderation.actions import follow_up, intervene, lease, note, opinion, skip
from moderation.actions.classify import classify
from moderation.actions.seen import Seen
from moderation.actions.undo import undo
from moderation.models import AuditHead, Deed, Intervention, Item, Lease, Note, User
from moderation.models.order import carry_out
from moderation.policy import rules
from moderation.policy.terms import Category, Ground, InterventionKind, Reason, Role, StepKind, Verb
from moderation.sync import inbound, outbound
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
    return waiting_for(Item.objects.filter(pk=item.pk), pool, *asks)


def waiting_for(rows: QuerySet, pool: ThreadPoolExecutor, *asks: Callable[[], object]) -> list[object]:
    with transaction.atomic():
        assert list(rows.select_for_update())
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


def judging(item: Item, by: User, seen: int | None = None) -> Callable[[], object]:
    return lambda: classify(item=item, category=Category.RINGA_BETYDELSE, by=by, now=timezone.now(), seen=seen)


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


def test_two_who_take_back_judgements_of_one_item_do_not_wait_for_each_other(pool, agda, bertil):
    item = make.item()
    make.classification(item, by=bertil)
    make.classification(Item.objects.get(pk=item.pk), Category.SEKRETESS, by=agda)
    first, second = Deed.objects.get(by=bertil), Deed.objects.get(by=agda)
    one_after_the_other(
        pool,
        item,
        lambda: undo(deed=second, by=agda, now=timezone.now()),
        lambda: undo(deed=first, by=bertil, now=timezone.now()),
    )
    assert list(audit.verify()) == []


def test_a_note_is_taken_back_in_two_windows_at_once(pool, agda):
    written = make.note(make.item(), agda)
    deed = Deed.objects.get(verb=Verb.NOTE)
    waiting_for(
        Note.objects.filter(pk=written.pk),
        pool,
        lambda: note.withdraw(note=written, by=agda, now=timezone.now()),
        lambda: undo(deed=deed, by=agda, now=timezone.now()),
    )
    assert Note.objects.get().withdrawn_at is not None
    assert list(audit.verify()) == []


def test_who_answers_a_colleague_while_the_item_is_judged_waits_for_nothing_but_the_chain(pool, agda, bertil):
    item = make.item()
    make.classification(make.item("En annan."), by=agda)
    asked = make.opinion(item, bertil, agda)
    given, judged = waiting_for(
        AuditHead.objects.all(),
        pool,
        lambda: opinion.answer(opinion=asked, category="", text="Ja.", by=bertil, now=timezone.now()),
        judging(item, agda),
    )
    assert given.answer == "Ja."
    assert judged == Item.objects.get(pk=item.pk).current_classification


def test_what_is_printed_while_one_of_it_is_judged_anew_is_printed(pool, agda, store):
    first, second = make.item("Ett."), make.item("Två.")
    for item in (first, second):
        make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=agda)
    printout = make.printout()
    seen = Item.objects.get(pk=second.pk).current_classification.pk
    pressing = partial(print_out, store, timezone.now)
    printed, judged = waiting_for(
        AuditHead.objects.all(),
        pool,
        lambda: carry_out(Printout.objects.all(), pressing, timezone.now, most=1),
        judging(second, agda, seen),
    )
    assert printed == 1
    assert Printout.objects.get(pk=printout.pk).last_error == ""
    assert judged == Item.objects.get(pk=second.pk).current_classification
    assert list(audit.verify()) == []


def test_who_ticks_a_removal_off_while_it_is_confirmed_finds_it_done(pool, agda, store, world, graph):
    post = world.add_post("Nu plogas det.", make.NOW)
    comment = world.add_comment(post, "Jag vet var ni bor.", make.NOW, author="Kalle Exempel")
    inbound.pull(graph, world.page_id, timezone.now)
    item = Item.objects.get(graph_id=comment)
    judged = make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=agda)
    follow_up.preserved(item=item, classification=judged, now=timezone.now())
    item = Item.objects.get(pk=item.pk)
    at, what, why = timezone.now() - timedelta(minutes=1), InterventionKind.REMOVE, Ground.BROTT
    ordered = intervene.order(item=item, kind=what, ground=why, by=agda, now=at, seen=Seen.of(item))
    sheet = store.put(b"ett bevisblad")
    intervene.preserved(item=item, version=ordered.version_id, evidence=sheet, now=timezone.now())
    step = judged.steps.get(kind=StepKind.TA_BORT)
    carrying = partial(outbound.carry, graph, item.thread.page, store, timezone.now)
    carried, refused = waiting_for(
        AuditHead.objects.all(),
        pool,
        lambda: carry_out(Intervention.objects.all(), carrying, timezone.now),
        lambda: follow_up.tick(step=step, done_on=make.NOW.date(), by=agda, now=timezone.now()),
    )
    assert (carried, "redan avslutad" in str(refused)) == (1, True)
    assert Intervention.objects.get().last_error == ""
    assert list(audit.verify()) == []
