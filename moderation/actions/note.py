"""Write to one's colleagues about an item, and take it back. What is taken back is kept, and can be put back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions.remember import remember
from moderation.models import Deed, Item, Note, Notice, User
from moderation.models.storable import storable
from moderation.policy.mentions import Colleague, mentioned
from moderation.policy.terms import Event, NoticeKind, Verb

LONGEST = 5_000
# The same words again so soon are the same form sent twice.
AGAIN = timedelta(minutes=10)


@transaction.atomic
def write(*, item: Item, text: str, by: User, colleagues: Iterable[User], now: datetime) -> Note:
    """Each of the colleagues, who may read the item, is told where the text has their name after an @.

    The same form sent once more writes nothing new.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    text = storable(text).strip()
    if not text:
        raise ValidationError("Skriv något i anteckningen.")
    if len(text) > LONGEST:
        raise ValidationError(f"Anteckningen är för lång. Den får ha högst 5 000 tecken, men har {len(text)}.")
    if twice := Note.objects.filter(item=item, by=by, text=text, withdrawn_at=None, at__gt=now - AGAIN).first():
        return twice
    note = Note.objects.create(item=item, by=by, at=now, text=text)
    named = sorted(mentioned(text, map(_colleague, colleagues)) - {by.pk})
    Notice.objects.bulk_create(Notice(to_id=pk, kind=NoticeKind.MENTIONED, item=item, by=by, at=now) for pk in named)
    digest = sha256(text.encode()).hexdigest()
    audit.record(Event.NOTED, item, now=now, by=by, note=note.pk, sha256=digest, length=len(text), named=named)
    remember(Verb.NOTE, item, by=by, now=now, subject=note.pk)
    return note


@transaction.atomic
def withdraw(*, note: Note, by: User, now: datetime) -> Note:
    """No longer shown. Only whoever wrote it takes it back."""
    note = _own(note, by)
    if note.withdrawn_at is not None:
        raise ValidationError("Anteckningen är redan tillbakatagen.")
    _set(note, now)
    Deed.objects.filter(verb=Verb.NOTE, subject=note.pk, undone_at=None).update(undone_at=now)
    audit.record(Event.NOTE_WITHDRAWN, note.item, now=now, by=by, note=note.pk)
    return note


@transaction.atomic
def restore(*, note: Note, by: User, now: datetime) -> Note:
    note = _own(note, by)
    if note.withdrawn_at is None:
        raise ValidationError("Anteckningen är inte tillbakatagen.")
    _set(note, None)
    audit.record(Event.NOTE_RESTORED, note.item, now=now, by=by, note=note.pk)
    remember(Verb.NOTE, note.item, by=by, now=now, subject=note.pk)
    return note


def _own(note: Note, by: User) -> Note:
    # The item before its note, as whoever takes it back by its deed.
    Item.objects.select_for_update(no_key=True).get(pk=note.item_id)
    note = Note.objects.select_for_update(of=("self",)).select_related("item").get(pk=note.pk)
    if note.by_id != by.pk:
        raise ValidationError("Bara den som skrev anteckningen kan ta tillbaka den eller lägga tillbaka den.")
    return note


def _set(note: Note, withdrawn_at: datetime | None) -> None:
    note.withdrawn_at = withdrawn_at
    note.save(update_fields=["withdrawn_at"])


def _colleague(user: User) -> Colleague:
    return Colleague(user.pk, user.username, user.first_name, user.last_name)
