from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import audit
from moderation.actions import lease
from moderation.actions.lease import Leased
from moderation.actions.park import park, unpark, wake_due
from moderation.actions.seen import Seen, Stale
from moderation.actions.undo import undo
from moderation.models import AuditEntry, Deed, Item, Notice
from moderation.policy.terms import Event, NoticeKind, Verb
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def agda():
    return make.agda()


def put(item, by, until=make.NOW + HOUR, seen=None, now=make.NOW):
    return park(item=item, until=until, by=by, now=now, seen=seen or Seen.of(item))


def test_what_is_parked_leaves_the_queue_until_its_time_and_its_clock_goes_on(agda):
    item = make.item()
    put(item, agda)
    assert not Item.objects.in_queue(make.NOW).exists()
    assert Item.objects.in_queue(make.NOW + HOUR).get() == item
    assert Item.objects.get().answer_by == item.answer_by
    entry = AuditEntry.objects.about(item).get(event=Event.PARKED)
    assert entry.known_facts == {"until": "2026-11-20T13:00:00+00:00"}


@pytest.mark.parametrize("until", [make.NOW, make.NOW - HOUR, make.NOW + timedelta(days=367)])
def test_the_time_must_lie_ahead_and_within_a_year(agda, until):
    with pytest.raises(ValidationError, match="framåt, inom ett år"):
        put(make.item(), agda, until)
    assert not Deed.objects.exists()


def test_only_what_waits_can_be_parked(agda):
    item = make.item()
    make.classification(item)
    with pytest.raises(ValidationError, match="Bara det som väntar"):
        put(Item.objects.get(pk=item.pk), agda)


def test_what_somebody_has_parked_since_is_not_parked_over(agda):
    item = make.item()
    seen = Seen.of(item)
    put(item, make.bertil())
    with pytest.raises(Stale, match="Någon annan har parkerat"):
        put(item, agda, make.NOW + 2 * HOUR, seen)
    assert Item.objects.get().parked_until == make.NOW + HOUR


def test_what_somebody_has_judged_since_is_not_parked(agda):
    item = make.item()
    seen = Seen.of(item)
    make.classification(item)
    with pytest.raises(Stale, match="redan bedömt"):
        put(item, agda, seen=seen)


def test_what_somebody_is_judging_is_not_parked_under_their_hands(agda):
    item = make.item()
    lease.take(item=item, by=make.bertil(), now=make.NOW)
    with pytest.raises(Leased, match="Bertil bedömer handlingen just nu"):
        put(item, agda)


def test_the_same_form_twice_parks_once(agda):
    item = make.item()
    seen = Seen.of(item)
    for _ in range(2):
        put(item, agda, seen=seen)
    assert Deed.objects.filter(verb=Verb.PARK).count() == 1
    assert AuditEntry.objects.filter(event=Event.PARKED).count() == 1


def test_it_can_be_brought_back_before_its_time(agda):
    item = put(make.item(), agda)
    unpark(item=item, by=agda, now=make.NOW, seen=Seen.of(Item.objects.get()))
    assert Item.objects.in_queue(make.NOW).get() == item
    with pytest.raises(ValidationError, match="inte parkerad"):
        unpark(item=item, by=agda, now=make.NOW, seen=Seen.of(Item.objects.get()))


def test_when_the_time_has_come_it_is_back_and_whoever_parked_it_is_told_once(agda):
    item, later = make.item(), make.item()
    put(item, agda)
    put(later, agda, make.NOW + 3 * HOUR)
    assert wake_due(now=make.NOW + HOUR) == 1
    assert wake_due(now=make.NOW + HOUR) == 0
    notice = Notice.objects.get()
    assert (notice.to, notice.kind, notice.item) == (agda, NoticeKind.WOKEN, item)
    assert AuditEntry.objects.about(item).get(event=Event.WOKEN).actor is None
    assert list(audit.verify()) == []


def test_nobody_is_told_of_a_parking_that_was_taken_back(agda):
    item = make.item()
    put(item, agda)
    undo(deed=Deed.objects.get(), by=agda, now=make.NOW)
    put(item, make.bertil(), make.NOW + 2 * HOUR, Seen.of(Item.objects.get()))
    wake_due(now=make.NOW + 2 * HOUR)
    assert [notice.to.username for notice in Notice.objects.all()] == ["bertil"]
