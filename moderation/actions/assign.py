"""Who takes care of an item. Everybody may still judge it; whether the chosen one may is for the caller to ask."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from moderation import audit
from moderation.actions.remember import remember
from moderation.actions.seen import Seen, refuse_other_change, refuse_other_judgement
from moderation.models import Bulk, Deed, Item, Notice, User
from moderation.policy.terms import Direction, Event, NoticeKind, Verb


@transaction.atomic
def assign(*, item: Item, to: User, by: User, now: datetime, seen: Seen, bulk: Bulk | None = None) -> Item:
    """Give the item to somebody, who is told, or take it oneself. The same form sent once more changes nothing.

    Raises Stale where somebody has judged, parked or assigned it since.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.assigned_to_id == to.pk and seen.revision == item.revision - 1:
        return item
    if item.direction == Direction.UPPRATTAD:
        raise ValidationError("Kommunens egna inlägg och svar behöver ingen ansvarig.")
    refuse_other_judgement(item, by, seen)
    refuse_other_change(item, seen)
    if item.assigned_to_id == to.pk:
        raise ValidationError("Du har redan hand om handlingen." if to == by else f"{to} har redan hand om handlingen.")
    former = item.assigned_to_id
    _give(item, to.pk)
    if to != by:
        Notice.objects.create(to=to, kind=NoticeKind.ASSIGNED, item=item, by=by, at=now)
    audit.record(Event.ASSIGNED, item, now=now, by=by, to=to.pk, former=former)
    remember(Verb.ASSIGN, item, by=by, now=now, subject=to.pk, before=str(former or ""), bulk=bulk)
    return item


@transaction.atomic
def release(*, item: Item, by: User, now: datetime, seen: Seen) -> Item:
    """Nobody in particular takes care of it any longer."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.assigned_to_id is None:
        raise ValidationError("Ingen har hand om handlingen.")
    refuse_other_change(item, seen)
    former = item.assigned_to_id
    _give(item, None)
    audit.record(Event.RELEASED, item, now=now, by=by, former=former)
    remember(Verb.ASSIGN, item, by=by, now=now, before=str(former))
    return item


@transaction.atomic
def give_back(*, deed: Deed, by: User, now: datetime) -> Item:
    """Take an assignment, or the end of one, back: whoever had the item before has it again."""
    item = Item.objects.select_for_update(no_key=True).get(pk=deed.item_id)
    former = User.objects.filter(pk=int(deed.before), is_active=True).first() if deed.before else None
    if deed.before and former is None:
        raise ValidationError("Den som hade hand om handlingen förut har slutat. Ge den till någon annan.")
    _give(item, former.pk if former else None)
    # Whoever has not read of it yet need not look for what is no longer theirs.
    _notices(deed).delete()
    if former is not None:
        audit.record(Event.ASSIGNED, item, now=now, by=by, to=former.pk, undoes=deed.pk)
    else:
        audit.record(Event.RELEASED, item, now=now, by=by, undoes=deed.pk)
    return item


def _notices(deed: Deed) -> QuerySet[Notice]:
    """Those of just this assignment that are still unread."""
    its = Notice.objects.filter(to=deed.subject, item=deed.item_id, by=deed.by_id, at=deed.at)
    return its.filter(kind=NoticeKind.ASSIGNED, read_at=None)


def _give(item: Item, to: int | None) -> None:
    Item.objects.filter(pk=item.pk).update(assigned_to=to, revision=F("revision") + 1)
    item.assigned_to_id, item.revision = to, item.revision + 1
