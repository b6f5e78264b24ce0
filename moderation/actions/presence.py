"""Say that somebody has an item open. Forgotten as soon as they leave: never in the audit chain, and never a record of work."""

from datetime import datetime

from moderation.models import Item, Presence, User
from moderation.policy import rules
from moderation.policy.terms import Doing


def say(*, item: Item, by: User, doing: Doing, now: datetime) -> bool:
    """The person is there, since now or since before. Returns whether they have just come."""
    known = Presence.objects.here(now).filter(item=item, user=by)
    if known.update(seen_at=now, doing=doing):
        return False
    Presence.objects.update_or_create(item=item, user=by, defaults={"doing": doing, "since": now, "seen_at": now})
    return True


def leave(*, item: Item, by: User) -> None:
    Presence.objects.filter(item=item, user=by).delete()


def forget(*, now: datetime) -> int:
    """Those who fell silent without leaving. Returns how many."""
    return Presence.objects.filter(seen_at__lte=now - rules.PRESENCE_HOLDS).delete()[0]
