"""Take a judgement back. Nothing is erased: the former judgement counts again, or the item waits anew."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions.classify import open_steps, supersede
from moderation.actions.seen import Seen, refuse_other_judgement
from moderation.models import Attachment, Classification, Deed, Item, User
from moderation.policy import rules
from moderation.policy.terms import Event, OrderState, Verb


@transaction.atomic
def withdraw(*, judged: Classification, by: User, now: datetime) -> Classification | None:
    """Undo the judgement, if it is still the one in force. Returns the former one as it now counts again, if any.

    Raises Stale where somebody has judged anew since.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=judged.item_id)
    if judged.superseded_at is not None and item.current_classification is None:
        raise ValidationError("Bedömningen är redan ångrad.")
    refuse_other_judgement(item, by, Seen(judged.pk))
    former = item.classifications.filter(pk__lt=judged.pk, withdrawn_at=None, restored_as=None).first()
    supersede(judged, by, now)
    Classification.objects.filter(pk=judged.pk).update(withdrawn_at=now)
    again = _again(former, judged, by, now) if former else None
    if again is None or again.version.number != item.latest_version.number:
        Item.objects.filter(pk=item.pk).update(waiting_since=now)
    if judged.reason in rules.NEVER_KEPT and (again is None or again.reason not in rules.NEVER_KEPT):
        _fetch_after_all(item, now)
    facts = {"withdrawn": judged.pk, "restores": former.pk if former else None}
    audit.record(Event.WITHDRAWN, item, now=now, by=by, category=judged.category, reason=judged.reason, **facts)
    return again


def _again(former: Classification, judged: Classification, by: User, now: datetime) -> Classification:
    """The former judgement once more, as a new row: history is only ever added to."""
    again = Classification.objects.create(
        item_id=former.item_id,
        version=former.version,
        category=former.category,
        reason=former.reason,
        note=former.note,
        decided_at=now,
        decided_by=by,
        policy=former.policy,
        restores=former,
    )
    # Whoever takes back once more takes back the former one.
    Deed.objects.filter(verb=Verb.CLASSIFY, item=former.item_id, subject=former.pk).update(subject=again.pk)
    open_steps(again, former)
    audit.record(
        Event.CLASSIFIED,
        former.item,
        now=now,
        by=by,
        category=again.category,
        reason=again.reason,
        version=again.version.number,
        classification=again.pk,
        restores=former.pk,
    )
    return again


def _fetch_after_all(item: Item, now: datetime) -> None:
    stopped = Attachment.objects.filter(item=item, state=OrderState.CANCELLED, sha256="")
    stopped.update(state=OrderState.ORDERED, not_before=now, attempts=0, last_error="")
