"""Take back what a person did, by a new event: nothing is erased, and what others have done since is never touched."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions import assign, note, park
from moderation.actions.seen import Stale
from moderation.actions.withdraw import withdraw
from moderation.models import Bulk, Classification, Deed, Item, Note, User
from moderation.policy.terms import Event, OrderState, Verb


@transaction.atomic
def undo(*, deed: Deed, by: User, now: datetime) -> Item:
    """Only one's own. Raises Stale, and changes nothing, where somebody has changed the same thing since."""
    # The item first, as everybody else does: a judgement taken back changes the deeds of others too.
    item = Item.objects.select_for_update(no_key=True).get(pk=deed.item_id)
    deed = Deed.objects.select_for_update().get(pk=deed.pk)
    if deed.by_id != by.pk:
        raise ValidationError("Du kan bara ångra det som du själv har gjort.")
    if deed.undone_at is not None:
        raise ValidationError("Det är redan ångrat.")
    _refuse_changed_since(deed, item)
    _TAKE_BACK[Verb(deed.verb)](deed, by, now)
    Deed.objects.filter(pk=deed.pk).update(undone_at=now)
    return Item.objects.get(pk=deed.item_id)


def undo_bulk(*, bulk: Bulk, by: User, now: datetime) -> tuple[int, list[tuple[Item, str]]]:
    """Each row that still is as it was left, on its own. Returns how many, and the others with why not.

    As often as it takes: what is taken back already is not looked at again.
    """
    refuse_bulk(bulk, by)
    left, done = [], 0
    for deed in Deed.objects.filter(bulk=bulk, undone_at=None).select_related("item"):
        try:
            undo(deed=deed, by=by, now=now)
            done += 1
        except ValidationError as error:
            left.append((deed.item, " ".join(error.messages)))
    if done:
        audit.record(Event.BULK_UNDONE, bulk, now=now, by=by, undone=done, left=len(left))
    return done, left


def refuse_bulk(bulk: Bulk, by: User) -> None:
    if bulk.ordered_by_id != by.pk:
        raise ValidationError("Du kan bara ångra det som du själv har gjort.")
    if bulk.state in (OrderState.ORDERED, OrderState.WORKING):
        raise ValidationError("Vänta tills alla är klara. Sedan går det att ångra.")


def _refuse_changed_since(deed: Deed, item: Item) -> None:
    changed = Stale(
        "Det är ändrat sedan dess, så det går inte att ångra. Titta på handlingen och gör om det i stället."
    )
    later = Deed.objects.filter(item=deed.item_id, verb=deed.verb, undone_at=None, pk__gt=deed.pk)
    if deed.verb == Verb.PARK and (later.exists() or park.stamp(item.parked_until) != deed.subject):
        raise changed
    if deed.verb == Verb.ASSIGN and (later.exists() or item.assigned_to_id != deed.subject):
        raise changed


def _withdraw(deed: Deed, by: User, now: datetime) -> None:
    withdraw(judged=Classification.objects.select_related("item").get(pk=deed.subject or 0), by=by, now=now)


def _put_back(deed: Deed, by: User, now: datetime) -> None:
    park.put_back(deed=deed, by=by, now=now)


def _give_back(deed: Deed, by: User, now: datetime) -> None:
    assign.give_back(deed=deed, by=by, now=now)


def _unwrite(deed: Deed, by: User, now: datetime) -> None:
    note.withdraw(note=Note.objects.get(pk=deed.subject or 0), by=by, now=now)


_TAKE_BACK = {Verb.CLASSIFY: _withdraw, Verb.PARK: _put_back, Verb.ASSIGN: _give_back, Verb.NOTE: _unwrite}
