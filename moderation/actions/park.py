"""Put an item aside until a time, and bring it back. The time to answer goes on meanwhile: only a pause stops it."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from moderation import audit
from moderation.actions.lease import refuse_leased
from moderation.actions.remember import remember
from moderation.actions.seen import Seen, refuse_other_change, refuse_other_judgement
from moderation.models import Bulk, Deed, Item, Notice, User
from moderation.policy.terms import Event, NoticeKind, Verb

LONGEST = timedelta(days=366)
AT_ONCE = 500


@transaction.atomic
def park(*, item: Item, until: datetime, by: User, now: datetime, seen: Seen, bulk: Bulk | None = None) -> Item:
    """Out of the queue until then. The same form sent once more changes nothing.

    Raises Stale where somebody has judged, parked or assigned it since, Leased while somebody is judging it.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    until = until.replace(microsecond=0)
    if item.parked_until == until and seen.revision == item.revision - 1:
        return item
    refuse_other_judgement(item, by, seen)
    refuse_other_change(item, seen)
    refuse_leased(item, by, now)
    if item.waiting_since is None:
        raise ValidationError("Bara det som väntar på bedömning kan parkeras.")
    if not now < until <= now + LONGEST:
        raise ValidationError("Välj en tid som ligger framåt, inom ett år.")
    former = item.parked_until
    _put(item, until)
    audit.record(Event.PARKED, item, now=now, by=by, until=until.isoformat())
    remember(Verb.PARK, item, by=by, now=now, subject=stamp(until), before=_told(former), bulk=bulk)
    return item


@transaction.atomic
def unpark(*, item: Item, by: User, now: datetime, seen: Seen) -> Item:
    """Back in the queue before its time."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.parked_until is None:
        raise ValidationError("Handlingen är inte parkerad.")
    refuse_other_change(item, seen)
    former = item.parked_until
    _put(item, None)
    audit.record(Event.WOKEN, item, now=now, by=by, was_until=former.isoformat())
    remember(Verb.PARK, item, by=by, now=now, before=_told(former))
    return item


@transaction.atomic
def put_back(*, deed: Deed, by: User, now: datetime) -> Item:
    """Take a parking, or the end of one, back. Raises ValidationError where the time it stood at before has passed."""
    item = Item.objects.select_for_update(no_key=True).get(pk=deed.item_id)
    former = datetime.fromtimestamp(int(deed.before), UTC) if deed.before else None
    if item.waiting_since is None:
        raise ValidationError("Handlingen väntar inte längre på bedömning, så parkeringen går inte att ångra.")
    if former is not None and former <= now:
        raise ValidationError("Tiden som handlingen var parkerad till har redan gått, så den stannar i kön.")
    _put(item, former)
    facts = {"until": former.isoformat() if former else None, "undoes": deed.pk}
    audit.record(Event.PARKED if former else Event.WOKEN, item, now=now, by=by, **facts)
    return item


def wake_due(*, now: datetime) -> int:
    """Bring back what has been put aside long enough, each on its own, and tell whoever put it there."""
    due = Item.objects.waiting().filter(parked_until__lte=now).order_by("parked_until")
    return sum(_wake(pk, now) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _wake(pk: int, now: datetime) -> bool:
    item = Item.objects.select_for_update(no_key=True).filter(pk=pk, parked_until__lte=now).first()
    if item is None:
        return False
    Item.objects.filter(pk=pk).update(parked_until=None)
    audit.record(Event.WOKEN, item, now=now)
    parkings = Deed.objects.filter(item=pk, verb=Verb.PARK, subject=stamp(item.parked_until), undone_at=None)
    deed = parkings.select_related("by").first()
    if deed is not None and deed.by.is_active:
        Notice.objects.create(to=deed.by, kind=NoticeKind.WOKEN, item=item, at=now)
    return True


def _put(item: Item, until: datetime | None) -> None:
    Item.objects.filter(pk=item.pk).update(parked_until=until, revision=F("revision") + 1)
    item.parked_until, item.revision = until, item.revision + 1


def stamp(until: datetime | None) -> int | None:
    """Whole seconds since 1970, as a deed remembers a time."""
    return int(until.timestamp()) if until else None


def _told(until: datetime | None) -> str:
    return str(stamp(until) or "")
