"""Whoever begins to judge an item has it to themselves for a few minutes. Soft: anybody may take it over, and is seen to."""

from datetime import datetime

from django.db import IntegrityError, transaction

from moderation import audit
from moderation.actions.seen import Stale
from moderation.models import Item, Lease, Notice, User
from moderation.policy import rules
from moderation.policy.terms import Event, NoticeKind


class Leased(Stale):
    """Somebody else is judging the item just now."""

    def __init__(self, lease: Lease, now: datetime):
        left = max(int((lease.until - now).total_seconds()), 0)
        self.lease = lease
        super().__init__(
            f"{lease.user} bedömer handlingen just nu, {left // 60}.{left % 60:02} kvar. "
            "Det du skrev finns kvar här och är inte sparat. Du kan ta över, eller låta kollegan göra klart."
        )


def refuse_leased(item: Item, by: User, now: datetime) -> None:
    """Raise Leased where somebody else holds the item."""
    other = Lease.objects.held(now).filter(item=item).exclude(user=by).select_related("user").first()
    if other is not None:
        raise Leased(other, now)


@transaction.atomic
def take(*, item: Item, by: User, now: datetime) -> Lease:
    """Hold the item from now on, or longer. Raises Leased where somebody else holds it."""
    until = now + rules.LEASE_HOLDS
    # Changed where it stands, and once: for a new row the item would be waited for, while somebody is judging it.
    run_out = Lease.objects.filter(item=item, until__lte=now).exclude(user=by)
    if run_out.update(user=by, taken_at=now, until=until):
        return Lease.objects.get(item=item)
    try:
        with transaction.atomic():
            lease, is_new = Lease.objects.get_or_create(
                item=item, defaults={"user": by, "taken_at": now, "until": until}
            )
    except IntegrityError:
        lease, is_new = Lease.objects.get(item=item), False
    if lease.user_id != by.pk:
        raise Leased(lease, now)
    if not is_new:
        Lease.objects.filter(pk=lease.pk, user=by).update(until=until)
        lease.until = until
    return lease


@transaction.atomic
def take_over(*, item: Item, by: User, now: datetime) -> Lease:
    """Take the item from whoever holds it, who is told. Logged, since it is a person's decision over another's work."""
    # The item before its lease, as a judgement locks them: the other way round two people would wait for each other.
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    held = Lease.objects.select_for_update().filter(item=item).exclude(user=by).first()
    if held is None or held.until <= now:
        return take(item=item, by=by, now=now)
    former = held.user
    held.user, held.taken_at, held.until = by, now, now + rules.LEASE_HOLDS
    held.save(update_fields=["user", "taken_at", "until"])
    Notice.objects.create(to=former, kind=NoticeKind.TAKEN_OVER, item=item, by=by, at=now)
    audit.record(Event.TAKEN_OVER, item, now=now, by=by, from_user=former.pk)
    return held


def release(*, item: Item, by: User) -> None:
    """Let go, so that nobody waits for it. Nothing where it is somebody else's."""
    Lease.objects.filter(item=item, user=by).delete()
