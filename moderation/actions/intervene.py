"""Order that something is hidden, shown again or removed on Facebook; agree to it, call it off, try it again."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from moderation import audit
from moderation.actions.seen import Seen, refuse_other_judgement
from moderation.models import FollowUpStep, Intervention, Item, User
from moderation.policy import rules, workdays
from moderation.policy.terms import (
    Direction,
    Event,
    Ground,
    InterventionKind,
    Kind,
    OrderState,
    StepKind,
    StepState,
)

CRITICISM = "Kritik är inte skäl att ta bort."


def grounds(item: Item) -> tuple[Ground, ...]:
    """The grounds on which it may be hidden or removed, as it is judged now."""
    current = item.current_classification
    return rules.grounds(current.category, current.reason) if current else ()


def refusal(item: Item) -> str:
    """Why nothing can be done to it on Facebook, in a sentence; "" where something can."""
    current = item.current_classification
    if item.removed_at is not None:
        return "Den finns inte längre på Facebook."
    if item.kind == Kind.MESSAGE:
        return "Ett privat meddelande kan inte tas bort: bara avsändaren och kommunen ser det."
    if item.direction == Direction.UPPRATTAD:
        return "Kommunens egna inlägg och svar tas bort på Facebook av den som skrev dem."
    if current is None:
        return "Bedöm handlingen först. Grunden hämtas ur bedömningen."
    if current.reason in rules.CRITICISM:
        return f"{CRITICISM} Finns här något annat som måste bort, så bedöm handlingen som det."
    return ""


@transaction.atomic
def order(
    *, item: Item, kind: str, ground: str = "", rule: str = "", note: str = "", by: User, now: datetime, seen: Seen
) -> Intervention:
    """Nothing is sent before the time to take it back is over.

    Raises Stale where somebody has judged it since or its text has changed, and ValidationError where there is no
    ground for it or something else is on its way.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    refuse_other_judgement(item, by, seen)
    _refuse(item, kind, ground, rule)
    ordered = Intervention(item=item, version=item.latest_version, kind=kind, ground=ground, rule=rule, note=note)
    ordered.ordered_at, ordered.ordered_by, ordered.not_before = now, by, now + rules.UNDO_WINDOW
    try:
        with transaction.atomic():
            ordered.save(force_insert=True)
    except IntegrityError:
        raise ValidationError("Något annat är redan på väg för handlingen. Vänta tills det är klart.") from None
    facts = {"intervention": ordered.pk, "kind": kind, "ground": ground, "version": ordered.version.number}
    audit.record(Event.INTERVENTION_ORDERED, item, now=now, by=by, **facts)
    return ordered


@transaction.atomic
def approve(*, intervention: Intervention, by: User, now: datetime) -> Intervention:
    """A second person agrees. The time to take it back begins anew."""
    intervention = _locked(intervention)
    if not intervention.awaits_second:
        raise ValidationError("Den behöver inte godkännas, eller är redan godkänd.")
    if intervention.ordered_by_id == by.pk:
        raise ValidationError("Någon annan än du ska godkänna det.")
    intervention.approved_by, intervention.approved_at = by, now
    intervention.not_before = now + rules.UNDO_WINDOW
    intervention.save()
    return _told(intervention, Event.INTERVENTION_APPROVED, by, now)


@transaction.atomic
def cancel(*, intervention: Intervention, by: User, now: datetime) -> Intervention:
    """Before it is sent."""
    unsent = Intervention.objects.filter(pk=intervention.pk, state=OrderState.ORDERED, sent_at=None)
    if not unsent.update(state=OrderState.CANCELLED, done_at=now):
        raise ValidationError("Det är för sent att ångra: det är redan skickat till Facebook.")
    intervention.refresh_from_db()
    return _told(intervention, Event.INTERVENTION_CANCELLED, by, now)


@transaction.atomic
def retry(*, intervention: Intervention, by: User, now: datetime) -> Intervention:
    """What failed, once more, of the same text and on the same ground."""
    intervention = _locked(intervention)
    if intervention.state != OrderState.FAILED:
        raise ValidationError("Den är på väg eller redan klar.")
    if (said := refusal(intervention.item)) and intervention.kind != InterventionKind.SHOW:
        raise ValidationError(said)
    intervention.state, intervention.not_before, intervention.attempts = OrderState.ORDERED, now, 0
    intervention.done_at, intervention.last_error = None, ""
    try:
        with transaction.atomic():
            intervention.save()
    except IntegrityError:
        raise ValidationError("Något annat är redan på väg för handlingen. Vänta tills det är klart.") from None
    return _told(intervention, Event.INTERVENTION_RETRIED, by, now)


@transaction.atomic
def accept_gap(*, intervention: Intervention, gap: str, by: User, now: datetime) -> Intervention:
    """Remove it although its copy is not whole ("nödta bort"). What is missing is told, and kept as a deviation."""
    intervention = _locked(intervention)
    if not intervention.gap_may_be_accepted(now):
        raise ValidationError("Kopian kan ännu bli hel. Vänta en stund till.")
    if not gap.strip():
        raise ValidationError("Skriv vad som saknas i kopian.")
    intervention.gap, intervention.gap_accepted_by, intervention.not_before = gap.strip(), by, now
    intervention.save()
    return _told(intervention, Event.GAP_ACCEPTED, by, now)


@transaction.atomic
def preserved(*, item: Item, version: int, evidence: str, now: datetime) -> None:
    """The archive has an evidence sheet of this text (the key of its version); `evidence` is the file's digest."""
    waiting = Intervention.objects.unsafe().filter(item=item, version=version)
    waiting.update(preserved_at=now, evidence_sha256=evidence)


@transaction.atomic
def confirm(intervention: Intervention, gone: Iterable[Item], now: datetime, was_done_already: bool) -> None:
    """Facebook itself has shown that it is so. `gone` are all that went with it; the step of the judgement is done."""
    intervention.finish(now, was_done_already=was_done_already)
    facts = {"done_already": was_done_already, "gone": sorted(each.pk for each in gone)}
    _told(intervention, Event.INTERVENTION_CONFIRMED, intervention.ordered_by, now, **facts)
    if intervention.kind == InterventionKind.REMOVE:
        _tick(intervention, now)


def _tick(intervention: Intervention, now: datetime) -> None:
    open_steps = FollowUpStep.objects.open().filter(kind=StepKind.TA_BORT, classification__item=intervention.item_id)
    for step in open_steps.select_for_update(of=("self",)):
        step.state, step.closed_at, step.closed_by = StepState.DONE, now, intervention.ordered_by
        step.done_on = workdays.local_date(now)
        step.save()
        facts = {"step": step.kind, "done_on": step.done_on.isoformat(), "intervention": intervention.pk}
        audit.record(Event.STEP_DONE, intervention.item, now=now, by=intervention.ordered_by, **facts)


def _refuse(item: Item, kind: str, ground: str, rule: str) -> None:
    if kind == InterventionKind.SHOW:
        if item.removed_at is not None or not item.hidden:
            raise ValidationError("Den är inte dold på Facebook.")
        return
    if said := refusal(item):
        raise ValidationError(said)
    if kind == InterventionKind.HIDE and item.hidden:
        raise ValidationError("Den är redan dold på Facebook.")
    if ground not in grounds(item):
        raise ValidationError("Välj en grund som stämmer med bedömningen.")
    if ground in rules.NEEDS_A_SECOND and not rule.strip():
        raise ValidationError("Skriv vilken av sidans publicerade regler det gäller.")


def _locked(intervention: Intervention) -> Intervention:
    """The item first, as everybody else does."""
    Item.objects.select_for_update(no_key=True).get(pk=intervention.item_id)
    return Intervention.objects.select_for_update(of=("self",)).select_related("item").get(pk=intervention.pk)


def _told(intervention: Intervention, event: Event, by: User | None, now: datetime, **facts: object) -> Intervention:
    told = {"intervention": intervention.pk, "kind": intervention.kind, "ground": intervention.ground}
    audit.record(event, intervention.item, now=now, by=by, **told, **facts)
    return intervention
