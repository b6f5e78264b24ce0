"""The working day's clock stands still, and the deadline moves on by the opening time that went by."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import audit
from moderation.actions.pause import pause, resume
from moderation.models import AuditEntry, Item, Pause
from moderation.policy.terms import Direction, Event, PauseReason, Role
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


def stop(item, by, reason=PauseReason.HOS_AVSANDAREN, note="", now=make.NOW):
    return pause(item=item, reason=reason, note=note, by=by, now=now)


def test_three_hours_on_a_friday_move_the_deadline_three_hours_into_tuesday(agda):
    item = make.item()
    # Monday 17.00.
    assert item.answer_by.isoformat() == "2026-11-23T16:00:00+00:00"
    stop(item, agda)
    ended = resume(item=item, by=agda, now=make.NOW + 3 * HOUR)
    assert Item.objects.get().answer_by.isoformat() == "2026-11-24T10:00:00+00:00"
    assert ended.ended_at - ended.started_at == 3 * HOUR


def test_a_weekend_moves_nothing(agda):
    item = make.item()
    stop(item, agda, now=make.NOW + timedelta(days=1))
    resume(item=item, by=agda, now=make.NOW + timedelta(days=2))
    assert Item.objects.get().answer_by == item.answer_by


def test_both_ends_are_in_the_chain_and_the_words_are_not(agda):
    item = make.item()
    stop(item, agda, PauseReason.ANNAT, "Hemlig förklaring")
    resume(item=item, by=agda, now=make.NOW + HOUR)
    told = list(AuditEntry.objects.about(item).filter(event__in=(Event.CLOCK_PAUSED, Event.CLOCK_RESUMED)))
    assert [entry.event for entry in told] == [Event.CLOCK_PAUSED, Event.CLOCK_RESUMED]
    assert "Hemlig" not in "".join(entry.facts for entry in told)
    assert told[0].known_facts["reason"] == PauseReason.ANNAT
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    ("reason", "note", "said"),
    [
        ("", "", "Välj varför"),
        ("lunch", "", "Välj varför"),
        (PauseReason.ANNAT, "", "Skriv varför"),
        (PauseReason.ANNAT, " \n", "Skriv varför"),
        (PauseReason.ANNAT, "å" * 501, "högst 500"),
    ],
)
def test_a_reason_is_needed(agda, reason, note, said):
    with pytest.raises(ValidationError, match=said):
        stop(make.item(), agda, reason, note)
    assert not Pause.objects.exists()


def test_it_is_stopped_once_and_started_once(agda):
    item = make.item()
    with pytest.raises(ValidationError, match="inte pausad"):
        resume(item=item, by=agda, now=make.NOW)
    stop(item, agda)
    with pytest.raises(ValidationError, match="redan pausad"):
        stop(item, agda)
    resume(item=item, by=agda, now=make.NOW + HOUR)
    stop(item, agda, now=make.NOW + 2 * HOUR)


def test_what_is_judged_has_no_clock(agda):
    judged = make.classification(make.item()).item
    for item in (judged, make.item(direction=Direction.UPPRATTAD)):
        with pytest.raises(ValidationError, match="Bara det som väntar"):
            stop(item, agda)


def test_what_is_judged_while_it_stands_still_keeps_its_deadline(agda):
    item = make.item()
    stop(item, agda)
    make.classification(item)
    assert not Pause.objects.filter(ended_at=None).exists()
    assert Item.objects.get().answer_by == item.answer_by


def test_a_deadline_that_began_during_the_pause_moves_only_by_what_came_after(agda):
    item = make.item()
    stop(item, agda)
    Item.objects.update(waiting_since=make.NOW + 2 * HOUR)
    resume(item=item, by=agda, now=make.NOW + 3 * HOUR)
    assert Item.objects.get().answer_by.isoformat() == "2026-11-24T08:00:00+00:00"


def test_what_stands_still_is_not_late(agda):
    item, long_after = make.item(), make.NOW + timedelta(days=9)
    assert Item.objects.overdue(long_after).exists()
    stop(item, agda)
    assert not Item.objects.overdue(long_after).exists()
