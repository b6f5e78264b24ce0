"""An answer on its way. Nothing is sent from here, and an answer never overwrites what an editor has written."""

from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions.seen import Stale
from moderation.models import Draft, Item, Referral, User
from moderation.models.storable import storable
from moderation.policy.terms import Direction, Event

LONGEST = 8_000


@transaction.atomic
def save(*, item: Item, text: str, by: User, now: datetime, seen: str) -> Draft:
    """`seen` is the stamp of the draft that the person had before them, "" where there was none.

    Raises Stale where somebody has written since. The same text once more changes nothing.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.direction == Direction.UPPRATTAD:
        raise ValidationError("Kommunens egna inlägg och svar får inget utkast till svar.")
    text, former = _within(text), Draft.objects.filter(item=item).first()
    if former is not None and former.text == text:
        return former
    if stamp(former) != seen:
        who = (former.changed_by if former else None) or "ansvarig chef"
        raise Stale(f"Utkastet har ändrats av {who} sedan du öppnade det. Din text finns kvar här och är inte sparad.")
    return _write(item, text, by, now, former.from_referral if former else None)


@transaction.atomic
def begin(*, referral: Referral, now: datetime) -> bool:
    """Make the chef's answer the draft, unless an editor has one. Returns whether it did."""
    item = Item.objects.select_for_update(no_key=True).get(pk=referral.item_id)
    former = Draft.objects.filter(item=item).first()
    if former is not None and former.changed_by_id is not None and former.text:
        return False
    _write(item, referral.answer, None, now, referral)
    return True


@transaction.atomic
def take_in(*, referral: Referral, by: User, now: datetime) -> Draft:
    """Put the chef's answer after what stands in the draft. Once more changes nothing."""
    item = Item.objects.select_for_update(no_key=True).get(pk=referral.item_id)
    if not referral.answer:
        raise ValidationError("Chefen har inte svarat än.")
    former = Draft.objects.filter(item=item).first()
    if former is not None and referral.answer in former.text:
        return former
    text = f"{former.text}\n\n{referral.answer}" if former and former.text else referral.answer
    return _write(item, _within(text), by, now, referral)


def stamp(draft: Draft | None) -> str:
    return draft.changed_at.isoformat() if draft else ""


def _within(text: str) -> str:
    text = storable(text).replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise ValidationError(f"Utkastet är för långt. Det får ha högst 8 000 tecken, men har {len(text)}.")
    return text


def _write(item: Item, text: str, by: User | None, now: datetime, source: Referral | None) -> Draft:
    told = {"text": text, "from_referral": source, "changed_at": now, "changed_by": by}
    draft, _ = Draft.objects.update_or_create(item=item, defaults=told)
    digest = sha256(text.encode()).hexdigest()
    from_referral = source.pk if source else None
    audit.record(Event.DRAFT_SAVED, item, now=now, by=by, sha256=digest, length=len(text), from_referral=from_referral)
    return draft
