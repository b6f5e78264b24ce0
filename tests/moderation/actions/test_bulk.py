from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from moderation import access, audit
from moderation.actions import bulk as doing
from moderation.actions import lease, roles, undo_order
from moderation.actions.seen import Seen
from moderation.actions.undo import undo_bulk
from moderation.models import AuditEntry, Bulk, BulkRow, Classification, Deed, Item
from moderation.models.order import LostClaim, carry_out
from moderation.policy.terms import Category, Direction, Event, OrderState, Outcome, Verb
from tests import make

pytestmark = pytest.mark.django_db

UNTIL = make.NOW + timedelta(days=1)


class Killed(BaseException):
    """The worker's process is gone in the middle of a row."""


@pytest.fixture
def agda():
    return make.agda()


def work(clock, may=access.may_judge):
    return carry_out(Bulk.objects.all(), partial(doing.carry_out_rows, clock, may), clock)


def outcomes():
    return list(BulkRow.objects.values_list("outcome", flat=True))


def test_each_row_is_judged_by_whoever_ordered_it(agda, clock):
    items = [make.item() for _ in range(3)]
    make.bulk(items, by=agda, category=Category.RINGA_BETYDELSE, note="Tack.")
    assert work(clock) == 1
    assert Bulk.objects.get().state == OrderState.DONE
    assert [(one.decided_by, one.note) for one in Classification.objects.all()] == [(agda, "Tack.")] * 3
    assert not Item.objects.waiting().exists()
    assert Deed.objects.filter(bulk=Bulk.objects.get(), by=agda).count() == 3


def test_many_are_parked_and_given_as_one_would_be(agda, clock):
    items = [make.item() for _ in range(2)]
    make.bulk(items, by=agda, verb=Verb.PARK, until=UNTIL)
    work(clock)
    make.bulk(list(Item.objects.all()), by=agda, verb=Verb.ASSIGN, assignee=agda)
    work(clock)
    assert set(Item.objects.values_list("parked_until", "assigned_to")) == {(UNTIL, agda.pk)}


@pytest.mark.parametrize(
    ("verb", "what", "why"),
    [
        (Verb.CLASSIFY, {"category": Category.SEKRETESS}, "Bara ringa betydelse"),
        (Verb.CLASSIFY, {"category": ""}, "Bara ringa betydelse"),
        (Verb.NOTE, {"note": "Hej"}, "inte att göra med flera"),
        (Verb.PARK, {"until": make.NOW}, "framåt"),
        (Verb.PARK, {"until": None}, "framåt"),
        (Verb.ASSIGN, {"assignee": None}, "kollega"),
    ],
)
def test_what_must_be_looked_at_one_by_one_is_not_for_many(agda, verb, what, why):
    with pytest.raises(ValidationError, match=why):
        make.bulk([make.item()], by=agda, verb=verb, **what)
    assert not Bulk.objects.exists()


def test_at_least_one_and_at_most_so_many(agda):
    with pytest.raises(ValidationError, match="ingen handling"):
        make.bulk([], by=agda)
    item = make.item()
    with pytest.raises(ValidationError, match="Högst 500"):
        doing.order_bulk(verb=Verb.CLASSIFY, rows=[(item, Seen())] * 501, by=agda, now=make.NOW, category="x")


def test_what_others_have_changed_is_told_row_by_row_and_the_rest_is_done(agda, clock):
    judged, edited, leased, plain = items = [make.item() for _ in range(4)]
    bertil = make.bertil()
    make.bulk(items, by=agda)
    make.classification(judged, Category.SEKRETESS, by=bertil)
    make.version(edited, "Något helt annat")
    lease.take(item=leased, by=bertil, now=make.NOW)
    work(clock)
    told = {row.item: row.sentence for row in BulkRow.objects.all()}
    assert "Bertil har redan bedömt" in told[judged]
    assert "Texten ändrades" in told[edited]
    assert "Bertil bedömer handlingen just nu" in told[leased]
    assert "Det du skrev" not in "".join(told.values())
    assert told[plain] == ""
    assert outcomes() == [Outcome.CONFLICT] * 3 + [Outcome.DONE]
    assert Item.objects.get(pk=judged.pk).current_classification.category == Category.SEKRETESS
    assert list(audit.verify()) == []


def test_a_right_that_was_taken_back_meanwhile_no_longer_counts(agda, clock):
    make.bulk([make.item()], by=agda)
    roles.revoke(assignment=agda.assignments.get(), by=None, now=make.NOW)
    work(clock)
    assert BulkRow.objects.get().sentence == doing.NO_RIGHT
    assert not Classification.objects.exists()


def test_a_colleague_who_may_not_judge_it_is_not_given_it(agda, clock):
    mine = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    make.bulk([mine], by=agda, verb=Verb.ASSIGN, assignee=make.bertil())
    work(clock)
    assert BulkRow.objects.get().sentence == doing.COLLEAGUE_HAS_NO_RIGHT


def test_whoever_takes_over_from_a_killed_worker_does_no_row_twice(agda, clock):
    make.bulk([make.item() for _ in range(5)], by=agda)
    asked = []

    def dies_at_the_third(user, item, now):
        asked.append(item)
        if len(asked) == 3:
            raise Killed
        return True

    with pytest.raises(Killed):
        work(clock, dies_at_the_third)
    assert outcomes() == [Outcome.DONE] * 2 + [Outcome.WAITING] * 3
    assert work(clock) == 0
    clock.go(minutes=4)
    assert work(clock) == 1
    assert outcomes() == [Outcome.DONE] * 5
    assert AuditEntry.objects.filter(event=Event.CLASSIFIED).count() == 5


def test_a_worker_that_was_taken_for_dead_stops(agda, clock):
    """Another has begun: the slow one does not go on beside it."""
    make.bulk([make.item() for _ in range(4)], by=agda)
    asked = []

    def is_overtaken(user, item, now):
        asked.append(item)
        clock.go(minutes=4)
        assert Bulk.objects.claim(clock()).attempts == 2
        return True

    with pytest.raises(LostClaim):
        doing.carry_out_rows(clock, is_overtaken, Bulk.objects.claim(clock()))
    assert len(asked) == 1


def test_all_are_taken_back_but_those_that_somebody_has_changed_since(agda, clock):
    items = [make.item() for _ in range(4)]
    ordered = make.bulk(items, by=agda)
    work(clock)
    make.classification(Item.objects.get(pk=items[1].pk), Category.SEKRETESS, by=make.bertil())
    ordered.refresh_from_db()
    done, left = undo_bulk(bulk=ordered, by=agda, now=make.NOW)
    assert done == 3
    assert [item for item, why in left] == [items[1]]
    assert "Bertil har redan bedömt" in left[0][1]
    assert Item.objects.waiting().count() == 3
    entry = AuditEntry.objects.get(event=Event.BULK_UNDONE)
    assert entry.known_facts == {"undone": 3, "left": 1}


def test_all_are_taken_back_only_when_the_last_one_is_done_and_only_by_whoever_did_it(agda):
    ordered = make.bulk([make.item()], by=agda)
    with pytest.raises(ValidationError, match="Vänta tills alla är klara"):
        undo_bulk(bulk=ordered, by=agda, now=make.NOW)
    with pytest.raises(ValidationError, match="du själv"):
        undo_bulk(bulk=ordered, by=make.bertil(), now=make.NOW)


def back(clock, may=access.may_judge):
    return carry_out(Bulk.objects.exclude(undo_ordered_at=None), partial(undo_order.take_back_rows, clock, may), clock)


def test_many_are_taken_back_by_an_order_that_a_killed_worker_leaves_to_the_next(agda, clock):
    items = [make.item() for _ in range(4)]
    ordered = make.bulk(items, by=agda)
    work(clock)
    make.classification(Item.objects.get(pk=items[1].pk), Category.SEKRETESS, by=make.bertil())
    undo_order.order_undo(bulk=ordered, by=agda, now=clock())
    asked = []

    def is_killed(user, item, now):
        asked.append(item)
        if len(asked) == 3:
            raise Killed
        return True

    with pytest.raises(Killed):
        back(clock, is_killed)
    assert Deed.objects.filter(bulk=ordered).exclude(undone_at=None).count() == 1
    clock.go(minutes=4)
    assert back(clock) == 1
    assert Bulk.objects.get().state == OrderState.DONE
    assert Item.objects.waiting().count() == 3
    [row] = undo_order.refused(ordered)
    assert row.item == items[1]
    assert "Bertil har redan bedömt" in row.sentence
    entry = AuditEntry.objects.get(event=Event.BULK_UNDONE)
    assert entry.known_facts == {"undone": 3, "left": 1}
    assert AuditEntry.objects.get(event=Event.BULK_UNDO_ORDERED).known_facts == {"rows": 4}


def test_whoever_may_no_longer_judge_takes_nothing_back_by_an_order(agda, clock):
    ordered = make.bulk([make.item()], by=agda)
    work(clock)
    undo_order.order_undo(bulk=ordered, by=agda, now=clock())
    back(clock, lambda *_: False)
    assert [row.sentence for row in undo_order.refused(ordered)] == [doing.NO_RIGHT]
    assert Deed.objects.get().undone_at is None


def test_the_order_stands_in_the_chain_with_how_many(agda):
    ordered = make.bulk([make.item(), make.item()], by=agda, verb=Verb.PARK, until=UNTIL)
    facts = AuditEntry.objects.about(ordered).get(event=Event.BULK_ORDERED).known_facts
    assert (facts["verb"], facts["rows"], facts["until"]) == ("park", 2, UNTIL.isoformat())


def test_the_municipalitys_own_words_are_refused_before_and_after(agda, clock):
    own = make.item(direction=Direction.UPPRATTAD)
    said = doing.refusal(item=own, verb=Verb.CLASSIFY, by=agda, to=None, lease=None)
    make.bulk([own], by=agda)
    work(clock)
    assert BulkRow.objects.get().sentence == said
