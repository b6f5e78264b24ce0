"""Who answers for a step, and all of one's own handed over at the end of the day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import access
from moderation.actions.assign import assign
from moderation.actions.follow_up import tick
from moderation.actions.give_step import give_step
from moderation.actions.hand_over import HandedOver, hand_over
from moderation.actions.seen import Seen
from moderation.models import AuditEntry, Item, Notice
from moderation.policy.terms import Category, Event, Reason, Role, StepKind
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def bertil():
    return make.bertil()


@pytest.fixture
def threat(bertil):
    item = make.item("Passa dig.", thread=make.thread(make.verksamhet()))
    return make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=bertil)


def step(judged, kind):
    return judged.steps.get(kind=kind)


def test_what_cannot_wait_is_due_within_the_hour_and_the_rest_when_the_next_working_day_closes(threat):
    assert step(threat, StepKind.TA_BORT).due_at == threat.decided_at + timedelta(hours=1)
    assert step(threat, StepKind.POLISANMALAN).due_at == threat.decided_at + timedelta(hours=1)
    # Judged on a Friday: by Monday at five.
    assert step(threat, StepKind.REGISTRERA).due_at.isoformat() == "2026-11-23T16:00:00+00:00"


def test_whoever_judged_answers_for_the_steps_but_those_of_the_archive_and_the_registrator(threat, bertil):
    owners = {each.kind: each.owner for each in threat.steps.all()}
    assert owners[StepKind.TA_BORT] == owners[StepKind.POLISANMALAN] == bertil
    assert owners[StepKind.SPARA] is None is owners[StepKind.REGISTRERA]


def test_a_step_is_taken_by_somebody_else_and_the_chain_tells(threat, bertil):
    rut = make.rut()
    given = give_step(step=step(threat, StepKind.REGISTRERA), to=rut, by=rut, now=NOW)
    assert given.owner == rut
    entry = AuditEntry.objects.get(event=Event.STEP_GIVEN)
    assert (entry.actor, entry.known_facts["to"], entry.known_facts["former"]) == (rut, rut.pk, None)
    with pytest.raises(ValidationError, match="Du har redan åtgärden"):
        give_step(step=given, to=rut, by=rut, now=NOW)


def test_what_the_archive_does_itself_is_nobodys(threat, bertil):
    with pytest.raises(ValidationError, match="av sig självt"):
        give_step(step=step(threat, StepKind.SPARA), to=bertil, by=bertil, now=NOW)


def test_a_closed_step_is_not_given_to_anybody(threat, bertil):
    due = step(threat, StepKind.POLISANMALAN)
    tick(step=due, done_on=NOW.date(), reference="K1-26", by=bertil, now=NOW)
    with pytest.raises(ValidationError, match="redan avslutad"):
        give_step(step=step(threat, StepKind.POLISANMALAN), to=make.rut(), by=bertil, now=NOW)


def handed_over(to, by):
    may = {"may_judge": access.may_judge, "may_follow_up": access.may_follow_up}
    return hand_over(to=to, by=by, now=NOW, **may)


def test_all_that_is_mine_goes_to_a_colleague_who_is_told_of_the_items(threat, bertil):
    cilla = make.user("cilla", Role.WEBBREDAKTOR)
    item = make.item(thread=make.thread(make.verksamhet()))
    assign(item=item, to=bertil, by=bertil, now=NOW, seen=Seen.of(item))
    assert handed_over(cilla, bertil) == HandedOver(items=1, steps=2, left=0)
    assert Item.objects.get(pk=item.pk).assigned_to == cilla
    assert {each.owner for each in threat.steps.filter(owner__isnull=False)} == {cilla}
    assert Notice.objects.filter(to=cilla, item=item).exists()


def test_what_the_colleague_has_no_right_to_stays_where_it_is(threat, bertil):
    agda = make.agda()
    assert handed_over(agda, bertil) == HandedOver(items=0, steps=0, left=2)
    assert step(threat, StepKind.TA_BORT).owner == bertil


def test_nobody_hands_over_to_themselves(bertil):
    with pytest.raises(ValidationError, match="Välj en kollega"):
        handed_over(bertil, bertil)
