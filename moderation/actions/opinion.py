"""Ask a colleague how they would judge an item, and answer. Advice only: nobody needs to wait for it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import Item, Notice, Opinion, User
from moderation.models.storable import storable
from moderation.policy.terms import Direction, Event, NoticeKind

LONGEST = 5_000


@transaction.atomic
def ask(*, item: Item, of: User, question: str, by: User, now: datetime) -> Opinion:
    """Whether the colleague may judge the item is for the caller to ask. Asked again before the answer, nothing is new."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    question = _said(question, "Frågan är för lång")
    if item.direction == Direction.UPPRATTAD:
        raise ValidationError("Kommunens egna inlägg och svar ska inte bedömas.")
    if of == by:
        raise ValidationError("Välj någon annan än dig själv.")
    waiting = Opinion.objects.filter(item=item, asked_of=of, answered_at=None).first()
    if waiting is not None and waiting.asked_by_id == by.pk and waiting.question == question:
        return waiting
    if waiting is not None:
        raise ValidationError(f"{of} är redan tillfrågad och har inte svarat än.")
    asked = Opinion.objects.create(item=item, asked_by=by, asked_of=of, question=question, asked_at=now)
    Notice.objects.create(to=of, kind=NoticeKind.OPINION_ASKED, item=item, by=by, at=now)
    audit.record(Event.OPINION_ASKED, item, now=now, by=by, opinion=asked.pk, of=of.pk)
    return asked


@transaction.atomic
def answer(*, opinion: Opinion, category: str, text: str, by: User, now: datetime) -> Opinion:
    """A class, words, or both. The same form sent once more changes nothing."""
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("item", "asked_by").get(pk=opinion.pk)
    text = _said(text, "Svaret är för långt")
    if opinion.asked_of_id != by.pk:
        raise ValidationError("Frågan är ställd till någon annan.")
    if not category and not text:
        raise ValidationError("Välj en klass eller skriv ett svar.")
    if opinion.answered_at is not None:
        if (opinion.category, opinion.answer) == (category, text):
            return opinion
        raise ValidationError("Du har redan svarat på frågan.")
    opinion.category, opinion.answer, opinion.answered_at = category, text, now
    opinion.save(update_fields=["category", "answer", "answered_at"])
    Notice.objects.create(to=opinion.asked_by, kind=NoticeKind.OPINION_GIVEN, item=opinion.item, by=by, at=now)
    audit.record(Event.OPINION_GIVEN, opinion.item, now=now, by=by, opinion=opinion.pk, category=category)
    return opinion


def _said(text: str, too_long: str) -> str:
    text = storable(text).strip()
    if len(text) > LONGEST:
        raise ValidationError(f"{too_long}. Högst 5 000 tecken får plats, men det är {len(text)}.")
    return text
