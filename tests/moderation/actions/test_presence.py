from datetime import timedelta

import pytest

from moderation.actions import presence
from moderation.models import AuditEntry, Presence
from moderation.policy import rules
from moderation.policy.terms import Doing
from tests import make

pytestmark = pytest.mark.django_db

SOON = make.NOW + rules.PRESENCE_EVERY
SILENT = make.NOW + rules.PRESENCE_HOLDS


@pytest.fixture
def bo():
    return make.user("bo")


def say(item, by, now=make.NOW, doing=Doing.VIEWING):
    return presence.say(item=item, by=by, doing=doing, now=now)


def test_whoever_stays_has_been_there_since_they_came(bo):
    item = make.item()
    assert say(item, bo)
    assert not say(item, bo, SOON, Doing.JUDGING)
    there = Presence.objects.get()
    assert (there.since, there.seen_at, there.doing) == (make.NOW, SOON, Doing.JUDGING)


def test_whoever_falls_silent_is_no_longer_there_and_has_just_come_when_they_return(bo):
    item = make.item()
    say(item, bo)
    assert Presence.objects.here(SILENT - timedelta(seconds=1)).exists()
    assert not Presence.objects.here(SILENT).exists()
    assert say(item, bo, SILENT)
    assert Presence.objects.get().since == SILENT


def test_whoever_leaves_is_forgotten_at_once_and_only_there(bo):
    item, other = make.item(), make.item()
    say(item, bo)
    say(other, bo)
    say(item, make.agda())
    presence.leave(item=item, by=bo)
    presence.leave(item=item, by=bo)
    assert {(each.item, each.user.username) for each in Presence.objects.all()} == {(other, "bo"), (item, "agda")}


def test_only_the_silent_are_forgotten_by_the_clock(bo):
    item = make.item()
    say(item, bo)
    say(item, make.agda(), SOON)
    assert presence.forget(now=SILENT) == 1
    assert Presence.objects.get().user.username == "agda"


def test_nothing_of_it_is_in_the_audit_chain(bo):
    before = AuditEntry.objects.count()
    item = make.item()
    say(item, bo)
    presence.leave(item=item, by=bo)
    assert AuditEntry.objects.count() == before


def test_it_is_seen_within_the_time_that_was_promised():
    """Somebody says that they are there at once and then so often; a list asks as often."""
    assert timedelta(seconds=25) > rules.PRESENCE_EVERY * 2
    assert rules.PRESENCE_HOLDS > rules.PRESENCE_EVERY * 3
