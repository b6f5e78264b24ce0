"""Tick off or waive what must follow a judgement; and the archive's word that its copy is safe."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import Attachment, Classification, FollowUpStep, Item, User
from moderation.policy import rules, workdays
from moderation.policy.terms import Event, StepState


@transaction.atomic
def tick(*, step: FollowUpStep, done_on: date, reference: str = "", by: User, now: datetime) -> FollowUpStep:
    """Note that the step is done: on which day, by whom, and under which reference."""
    step = _locked(step)
    reference = reference.strip()
    if step.done_by_the_archive:
        raise ValidationError("Arkivet bockar av åtgärden när dess kopia är säker.")
    if done_on > workdays.local_date(now):
        raise ValidationError("Dagen ligger i framtiden. Ange när åtgärden utfördes.")
    if step.reference_label and not reference:
        raise ValidationError(f"Ange {step.reference_label[0].lower()}{step.reference_label[1:]}.")
    _refuse_unsafe(step)
    step.done_on, step.reference = done_on, reference
    _close(step, StepState.DONE, by, now)
    audit.record(
        Event.STEP_DONE,
        step.classification.item,
        now=now,
        by=by,
        step=step.kind,
        done_on=done_on.isoformat(),
        reference=reference,
    )
    return step


@transaction.atomic
def waive(*, step: FollowUpStep, because: str, by: User, now: datetime) -> FollowUpStep:
    """Note why the step is not needed."""
    step = _locked(step)
    if not step.may_be_waived:
        raise ValidationError("Det går inte att avstå: inget lämnar Facebook innan kopian är säker.")
    if not because.strip():
        raise ValidationError("Skriv varför åtgärden inte behövs.")
    step.waived_because = because.strip()
    _close(step, StepState.WAIVED, by, now)
    audit.record(Event.STEP_WAIVED, step.classification.item, now=now, by=by, step=step.kind)
    return step


@transaction.atomic
def reopen(*, step: FollowUpStep, by: User, now: datetime) -> FollowUpStep:
    """Take back a tick or a waiver made by mistake. What it said stays in the audit chain."""
    step = FollowUpStep.objects.select_for_update(of=("self",)).select_related("classification__item").get(pk=step.pk)
    if step.state not in (StepState.DONE, StepState.WAIVED) or step.classification.superseded_at is not None:
        raise ValidationError("Åtgärden är inte avslutad, eller hör till en ersatt bedömning.")
    if step.done_by_the_archive:
        raise ValidationError("Arkivets kopia är gjord. Den kan inte tas tillbaka.")
    before, reference = step.state, step.reference
    step.state, step.closed_at, step.closed_by = StepState.OPEN, None, None
    step.done_on, step.reference, step.waived_because = None, "", ""
    step.save()
    facts = {"step": step.kind, "before": before, "reference": reference}
    audit.record(Event.STEP_REOPENED, step.classification.item, now=now, by=by, **facts)
    return step


@transaction.atomic
def preserved(*, item: Item, classification: Classification, now: datetime) -> None:
    """The archive has a copy of the item as it was judged, so it may now be taken away.

    A copy made while an attachment was still on its way is none yet: the step waits for the next one.
    """
    waiting = FollowUpStep.objects.open().filter(classification=classification, kind__in=rules.DONE_BY_THE_ARCHIVE)
    for step in waiting.select_for_update():
        if Attachment.objects.on_the_way().filter(item=item).exists():
            return
        step.done_on = workdays.local_date(now)
        _close(step, StepState.DONE, None, now)
        audit.record(Event.STEP_DONE, item, now=now, step=step.kind, done_on=step.done_on.isoformat())


def _locked(step: FollowUpStep) -> FollowUpStep:
    step = FollowUpStep.objects.select_for_update(of=("self",)).select_related("classification__item").get(pk=step.pk)
    if not step.is_open:
        raise ValidationError(f"Åtgärden är redan avslutad: {step.get_state_display().lower()}.")
    return step


def _refuse_unsafe(step: FollowUpStep) -> None:
    needs = rules.STEP_NEEDS.get(step.kind, frozenset())
    undone = step.classification.steps.filter(kind__in=needs).exclude(state=StepState.DONE)
    if (first := undone.first()) is not None:
        raise ValidationError(
            f"Vänta: ”{first.get_kind_display()}” ska vara gjort först. Inget lämnar Facebook innan kopian är säker."
        )


def _close(step: FollowUpStep, state: StepState, by: User | None, now: datetime) -> None:
    step.state, step.closed_at, step.closed_by = state, now, by
    step.save()
