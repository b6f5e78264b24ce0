"""When an administrator is told, and told again, that something with the connection to Facebook is wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.policy import rules


@dataclass(frozen=True)
class Occasion:
    """One telling. `key` is the same for everybody who asks, so that nobody is told twice."""

    key: str
    days: int


def due(ends_at: datetime | None, dead_at: datetime | None, now: datetime) -> Occasion | None:
    """The latest telling about the key to the page whose time has come. `days` is how many it has left; 0 when it is over."""
    over = ended(ends_at, dead_at, now)
    if over is not None:
        return again("nyckeln-slut", over, rules.TOLD_OF_DEAD_KEY, now)
    return _ahead(ends_at, now) if ends_at is not None else None


def ended(ends_at: datetime | None, dead_at: datetime | None, now: datetime) -> datetime | None:
    """When the key stopped working: its last moment has passed, or Facebook has refused it."""
    return min((moment for moment in (ends_at, dead_at) if moment is not None and moment <= now), default=None)


def again(what: str, since: datetime, tellings: tuple[timedelta, ...], now: datetime) -> Occasion | None:
    """The latest of the tellings after `since`, and after the last of them one every so many days."""
    passed = now - since
    if passed < tellings[0]:
        return None
    latest = max(telling for telling in tellings if telling <= passed)
    if latest == tellings[-1]:
        latest += (passed - latest) // rules.TOLD_AGAIN * rules.TOLD_AGAIN
    return Occasion(f"{what} {since:%Y-%m-%dT%H:%M:%SZ} {latest // timedelta(minutes=1)}", 0)


def _ahead(ends_at: datetime, now: datetime) -> Occasion | None:
    left = ends_at - now
    passed = [days for days in rules.TOKEN_WARNING_DAYS if left <= timedelta(days=days)]
    return Occasion(f"nyckeln-snart {ends_at:%Y-%m-%dT%H:%M:%SZ} {min(passed)}", min(passed)) if passed else None
