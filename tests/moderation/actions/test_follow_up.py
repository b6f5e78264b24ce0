from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation.actions import follow_up
from moderation.models import Attachment, AuditEntry
from moderation.policy.terms import Category, Event, OrderState, Reason, StepKind, StepState
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def step_of(judged, kind):
    return judged.steps.get(kind=kind)


def tick(step, reference="KS 2026/12", on=TODAY, by=None):
    return follow_up.tick(step=step, done_on=on, reference=reference, by=by or make.user(), now=make.NOW)


@pytest.fixture
def complaint():
    return make.classification(make.item(), Category.DIARIEFORS, Reason.KLAGOMAL)


@pytest.fixture
def threat():
    return make.classification(make.item(), Category.BROTTSLIGT, Reason.HOT)


def test_a_ticked_step_has_day_person_and_reference_and_an_entry_in_the_chain(complaint):
    rut = make.rut()
    step = tick(step_of(complaint, StepKind.REGISTRERA), by=rut)
    step.refresh_from_db()
    assert (step.state, step.done_on, step.closed_by, step.reference) == (StepState.DONE, TODAY, rut, "KS 2026/12")
    assert AuditEntry.objects.filter(event=Event.STEP_DONE).count() == 1


def test_registering_asks_for_the_diarienummer_by_its_name(complaint):
    with pytest.raises(ValidationError, match="Ange diarienummer"):
        tick(step_of(complaint, StepKind.REGISTRERA), reference="  ")


def test_nothing_is_done_tomorrow(complaint):
    with pytest.raises(ValidationError, match="framtiden"):
        tick(step_of(complaint, StepKind.REGISTRERA), on=TODAY + timedelta(days=1))


def test_a_step_is_ticked_once(complaint):
    tick(step_of(complaint, StepKind.REGISTRERA))
    with pytest.raises(ValidationError, match="redan avslutad: gjort"):
        tick(step_of(complaint, StepKind.REGISTRERA))


def test_removal_waits_until_the_copy_is_safe(threat):
    with pytest.raises(ValidationError, match="innan kopian är säker"):
        tick(step_of(threat, StepKind.TA_BORT))
    follow_up.preserved(item=threat.item, classification=threat, now=make.NOW)
    assert tick(step_of(threat, StepKind.TA_BORT)).state == StepState.DONE


def test_only_the_archive_says_that_something_is_saved(threat):
    with pytest.raises(ValidationError, match="Arkivet bockar av"):
        tick(step_of(threat, StepKind.SPARA))


def test_saving_cannot_be_waived(threat):
    with pytest.raises(ValidationError, match="Det går inte att avstå"):
        follow_up.waive(step=step_of(threat, StepKind.SPARA), because="orkar inte", by=make.user(), now=make.NOW)


def test_a_secret_is_not_removed_before_its_screenshot():
    secret = make.classification(make.item(), Category.SEKRETESS)
    with pytest.raises(ValidationError, match="Ta skärmdump"):
        tick(step_of(secret, StepKind.TA_BORT))
    with pytest.raises(ValidationError, match="Arkivet bockar av"):
        tick(step_of(secret, StepKind.SKARMDUMP))
    follow_up.preserved(item=secret.item, classification=secret, now=make.NOW)
    assert tick(step_of(secret, StepKind.TA_BORT)).state == StepState.DONE


def test_what_is_not_needed_is_waived_with_a_reason(threat):
    step = step_of(threat, StepKind.POLISANMALAN)
    with pytest.raises(ValidationError, match="Skriv varför"):
        follow_up.waive(step=step, because=" ", by=make.user(), now=make.NOW)
    follow_up.waive(step=step, because="Redan anmält av den hotade.", by=make.user(), now=make.NOW)
    step.refresh_from_db()
    assert (step.state, step.waived_because) == (StepState.WAIVED, "Redan anmält av den hotade.")


def test_a_copy_of_a_superseded_judgement_ticks_nothing(threat):
    newer = make.classification(threat.item, Category.BROTTSLIGT, Reason.HETS)
    follow_up.preserved(item=threat.item, classification=threat, now=make.NOW)
    assert step_of(newer, StepKind.SPARA).is_open


def test_a_tick_made_by_mistake_is_opened_again_and_the_chain_remembers_it(complaint):
    step = tick(step_of(complaint, StepKind.REGISTRERA), reference="KS 2026/21")
    follow_up.reopen(step=step, by=make.rut(), now=make.NOW)
    step.refresh_from_db()
    assert (step.state, step.reference, step.done_on, step.closed_by) == (StepState.OPEN, "", None, None)
    assert AuditEntry.objects.get(event=Event.STEP_REOPENED).known_facts["reference"] == "KS 2026/21"
    tick(step, reference="KS 2026/12")


def test_neither_an_open_step_nor_the_archives_own_is_opened_again(threat):
    by = make.user()
    with pytest.raises(ValidationError, match="inte avslutad"):
        follow_up.reopen(step=step_of(threat, StepKind.POLISANMALAN), by=by, now=make.NOW)
    follow_up.preserved(item=threat.item, classification=threat, now=make.NOW)
    with pytest.raises(ValidationError, match="Arkivets kopia"):
        follow_up.reopen(step=step_of(threat, StepKind.SPARA), by=by, now=make.NOW)


def test_a_copy_made_while_an_attachment_was_on_its_way_saves_nothing_yet(threat):
    photo = make.attachment(threat.item)
    follow_up.preserved(item=threat.item, classification=threat, now=make.NOW)
    assert step_of(threat, StepKind.SPARA).is_open
    Attachment.objects.filter(pk=photo.pk).update(state=OrderState.DONE, sha256="a" * 64)
    follow_up.preserved(item=threat.item, classification=threat, now=make.NOW)
    assert not step_of(threat, StepKind.SPARA).is_open
