"""Stop the clock of the working day, and let it run again. The deadline moves on by the opening time that went by."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import Item, Pause, User
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Event, PauseReason

LONGEST = 500


@transaction.atomic
def pause(*, item: Item, reason: str, note: str = "", by: User, now: datetime) -> Pause:
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    note = storable(note).strip()
    if item.waiting_since is None:
        raise ValidationError("Bara det som väntar på bedömning har en svarstid att pausa.")
    if reason not in PauseReason.values:
        raise ValidationError("Välj varför svarstiden pausas.")
    if reason == PauseReason.ANNAT and not note:
        raise ValidationError("Skriv varför svarstiden pausas.")
    if len(note) > LONGEST:
        raise ValidationError("Förklaringen är för lång. Den får ha högst 500 tecken.")
    if open_pause(item) is not None:
        raise ValidationError("Svarstiden är redan pausad.")
    made = Pause.objects.create(item=item, reason=reason, note=note, started_at=now, started_by=by)
    audit.record(Event.CLOCK_PAUSED, item, now=now, by=by, pause=made.pk, reason=reason)
    return made


@transaction.atomic
def resume(*, item: Item, by: User | None, now: datetime, ended_at: datetime | None = None) -> Pause:
    """`ended_at` is when it ended, where that was before now. Raises ValidationError where the clock is running."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    ended = open_pause(item)
    if ended is None:
        raise ValidationError("Svarstiden är inte pausad.")
    ended.ended_at = max(ended_at or now, ended.started_at)
    ended.save(update_fields=["ended_at"])
    if item.waiting_since is not None and item.answer_by is not None:
        # What came in again while the clock stood still has a deadline of its own, counted from then.
        started = max(ended.started_at, item.waiting_since)
        item.answer_by = rules.paused(item.answer_by, started, ended.ended_at, settings.OPENING_HOURS)
        Item.objects.filter(pk=item.pk).update(answer_by=item.answer_by)
    answer_by = item.answer_by.isoformat() if item.answer_by else None
    audit.record(Event.CLOCK_RESUMED, item, now=now, by=by, pause=ended.pk, answer_by=answer_by)
    return ended


def open_pause(item: Item) -> Pause | None:
    return Pause.objects.filter(item=item, ended_at=None).first()
