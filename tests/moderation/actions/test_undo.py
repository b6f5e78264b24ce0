from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import audit
from moderation.actions.assign import assign, release
from moderation.actions.park import park, unpark, wake_due
from moderation.actions.seen import Seen, Stale
from moderation.actions.undo import undo
from moderation.models import AuditEntry, Deed, Item, Notice
from moderation.policy.terms import Category, Event, Verb
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = make.NOW + timedelta(days=400)


@pytest.fixture
def agda():
    return make.agda()


@pytest.fixture
def item():
    return make.item()


def seen():
    return Seen.of(Item.objects.get())


def put(item, by, hours=1):
    park(item=item, until=make.NOW + hours * HOUR, by=by, now=make.NOW, seen=seen())
    return Deed.objects.first()


def give(item, to, by):
    assign(item=item, to=to, by=by, now=make.NOW, seen=seen())
    return Deed.objects.first()


def test_a_judgement_is_taken_back_and_the_item_waits_anew_however_long_ago_it_was(agda, item):
    make.classification(item, by=agda)
    undo(deed=Deed.objects.get(), by=agda, now=LATER)
    assert Item.objects.get().waiting_since == LATER
    assert Item.objects.get().current_classification is None
    assert AuditEntry.objects.filter(event=Event.WITHDRAWN).count() == 1


def test_a_parking_is_taken_back_to_the_time_that_stood_there_before(agda, item):
    put(item, agda, 5)
    undo(deed=put(item, agda, 2), by=agda, now=make.NOW)
    assert Item.objects.get().parked_until == make.NOW + 5 * HOUR
    undo(deed=Deed.objects.get(undone_at=None), by=agda, now=make.NOW)
    assert Item.objects.get().parked_until is None


def test_bringing_back_too_early_can_be_taken_back(agda, item):
    put(item, agda, 5)
    unpark(item=item, by=agda, now=make.NOW, seen=seen())
    undo(deed=Deed.objects.first(), by=agda, now=make.NOW)
    assert Item.objects.get().parked_until == make.NOW + 5 * HOUR


def test_a_time_that_has_passed_is_not_put_back(agda, item):
    put(item, agda, 1)
    unpark(item=item, by=agda, now=make.NOW, seen=seen())
    with pytest.raises(ValidationError, match="har redan gått"):
        undo(deed=Deed.objects.first(), by=agda, now=make.NOW + 2 * HOUR)


def test_an_item_goes_back_to_whoever_had_it_before(agda, item):
    bertil = make.bertil()
    give(item, bertil, bertil)
    undo(deed=give(item, agda, agda), by=agda, now=make.NOW)
    assert Item.objects.get().assigned_to == bertil


def test_letting_go_can_be_taken_back(agda, item):
    give(item, agda, agda)
    release(item=item, by=agda, now=make.NOW, seen=seen())
    undo(deed=Deed.objects.first(), by=agda, now=make.NOW)
    assert Item.objects.get().assigned_to == agda


def test_nothing_goes_back_to_somebody_who_has_left(agda, item):
    erik = make.erik()
    Item.objects.update(assigned_to=erik)
    deed = give(item, agda, agda)
    with pytest.raises(ValidationError, match="har slutat"):
        undo(deed=deed, by=agda, now=make.NOW)


def test_only_what_one_has_done_oneself_can_be_taken_back(agda, item):
    make.classification(item, by=make.bertil())
    with pytest.raises(ValidationError, match="du själv"):
        undo(deed=Deed.objects.get(), by=agda, now=make.NOW)


def test_twice_says_so(agda, item):
    deed = put(item, agda)
    undo(deed=deed, by=agda, now=make.NOW)
    with pytest.raises(ValidationError, match="redan ångrat"):
        undo(deed=deed, by=agda, now=make.NOW)


def test_a_judgement_that_somebody_has_judged_over_stays(agda, item):
    make.classification(item, by=agda)
    deed = Deed.objects.get()
    make.classification(Item.objects.get(), Category.SEKRETESS, by=make.bertil())
    with pytest.raises(Stale, match="Bertil har redan bedömt"):
        undo(deed=deed, by=agda, now=make.NOW)
    assert Item.objects.get().current_classification.category == Category.SEKRETESS
    deed.refresh_from_db()
    assert deed.undone_at is None


@pytest.mark.parametrize("again", [1, 3])
def test_a_parking_that_somebody_has_changed_since_stays_also_if_the_time_is_the_same_again(agda, item, again):
    bertil = make.bertil()
    deed = put(item, agda)
    put(item, bertil, 2)
    put(item, bertil, again)
    with pytest.raises(Stale, match="ändrat sedan dess"):
        undo(deed=deed, by=agda, now=make.NOW)
    assert Item.objects.get().parked_until == make.NOW + again * HOUR


def test_a_parking_that_has_ended_is_not_put_back(agda, item):
    deed = put(item, agda)
    wake_due(now=make.NOW + HOUR)
    with pytest.raises(Stale):
        undo(deed=deed, by=agda, now=make.NOW + HOUR)


def test_an_item_that_somebody_else_has_now_stays_with_them(agda, item):
    bertil = make.bertil()
    deed = give(item, agda, agda)
    give(item, bertil, bertil)
    with pytest.raises(Stale):
        undo(deed=deed, by=agda, now=make.NOW)
    assert Item.objects.get().assigned_to.username == "bertil"


def test_who_has_it_and_how_long_it_is_parked_are_taken_back_apart(agda, item):
    parked = put(item, agda)
    give(item, agda, agda)
    undo(deed=parked, by=agda, now=make.NOW)
    assert (Item.objects.get().parked_until, Item.objects.get().assigned_to) == (None, agda)


def test_what_is_taken_back_makes_every_form_drawn_before_stale(agda, item):
    deed = put(item, agda)
    before = seen()
    undo(deed=deed, by=agda, now=make.NOW)
    with pytest.raises(Stale):
        park(item=item, until=make.NOW + 3 * HOUR, by=agda, now=make.NOW, seen=before)


def test_every_deed_and_its_undoing_stand_in_a_chain_that_holds(agda, item):
    for deed in (put(item, agda), give(item, agda, agda)):
        undo(deed=deed, by=agda, now=make.NOW)
    make.classification(Item.objects.get(), by=agda)
    undo(deed=Deed.objects.get(verb=Verb.CLASSIFY), by=agda, now=make.NOW)
    told = [entry.event for entry in AuditEntry.objects.about(item)]
    assert told == ["parked", "assigned", "woken", "released", "classified", "withdrawn"]
    assert list(audit.verify()) == []


def test_an_assignment_taken_back_takes_its_unread_notice_with_it_and_no_other(agda, item):
    bertil, cecilia = make.bertil(), make.user("cecilia")
    give(item, bertil, agda)
    undo(deed=give(item, cecilia, agda), by=agda, now=make.NOW)
    assert [notice.to for notice in Notice.objects.all()] == [bertil]


def test_a_notice_that_has_been_read_stays_when_the_assignment_is_taken_back(agda, item):
    deed = give(item, make.bertil(), agda)
    Notice.objects.update(read_at=make.NOW)
    undo(deed=deed, by=agda, now=make.NOW)
    assert Notice.objects.count() == 1
