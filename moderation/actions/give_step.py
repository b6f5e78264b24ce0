"""Who answers for a step that is still to be done."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import FollowUpStep, User
from moderation.policy.terms import Event


@transaction.atomic
def give_step(*, step: FollowUpStep, to: User, by: User, now: datetime) -> FollowUpStep:
    """Whether the chosen one may do it is for the caller to ask."""
    step = FollowUpStep.objects.select_for_update(of=("self",)).select_related("classification__item").get(pk=step.pk)
    if not step.is_open:
        raise ValidationError(f"Åtgärden är redan avslutad: {step.get_state_display().lower()}.")
    if step.done_by_the_archive:
        raise ValidationError("Arkivet gör den åtgärden av sig självt.")
    if step.owner_id == to.pk:
        raise ValidationError("Du har redan åtgärden." if to == by else f"{to} har redan åtgärden.")
    former, step.owner = step.owner_id, to
    step.save(update_fields=["owner"])
    facts = {"step": step.kind, "to": to.pk, "former": former}
    audit.record(Event.STEP_GIVEN, step.classification.item, now=now, by=by, **facts)
    return step
