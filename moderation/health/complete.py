"""Is all there? Facebook's own count against ours, and the times when nothing came in."""

from datetime import datetime, timedelta

from django.db.models import Count, F, IntegerField, Max, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from moderation.health.sign import Sign, State
from moderation.models import Page, Standstill, SyncRun, ThreadCount
from moderation.policy import wording
from moderation.policy.terms import Lane

COUNT = "Fullständighet"
OLD = timedelta(hours=48)
# Facebook counts what it no longer shows, here and there. More than one in so many is more than that.
ONE_IN = 100
SHOWN = 10


def count(page: Page | None, now: datetime) -> Sign:
    """The sum over all threads of the last sweep that counted."""
    run = SyncRun.objects.filter(page=page, lane=Lane.SWEEP, ended_at__isnull=False, counts__isnull=False).first()
    if run is None:
        return Sign(COUNT, State.OFF, "Ingenting har räknats än. Det görs när hela sidan gås igenom.")
    unseen = Greatest(F("told") - F("stored"), Value(0), output_field=IntegerField())
    found = ThreadCount.objects.filter(run=run, told__isnull=False).aggregate(
        threads=Count("pk"),
        counted=Sum("told", default=0),
        here=Sum("stored", default=0),
        hushed=Sum("hidden", default=0),
        others=Sum("removed_by_others", default=0),
        ours=Sum("removed_by_page", default=0),
        unseen=Sum(unseen, default=0),
        last=Max("counted_at"),
    )
    if found["last"] is None:
        return Sign(COUNT, State.OFF, "Facebook lämnade inga siffror att räkna mot.")
    told = _sentence(found, now)
    if now - found["last"] > OLD:
        return Sign(
            COUNT, State.WARN, told, found["last"], "Det ska räknas varje natt. Säg till den som sköter driften."
        )
    if found["unseen"] * ONE_IN > found["counted"]:
        advice = "Titta på sidan på Facebook som någon som inte är inloggad, och jämför med kön."
        return Sign(COUNT, State.WARN, told, found["last"], advice)
    return Sign(COUNT, State.OK, told, found["last"])


def standstills(page: Page | None) -> QuerySet[Standstill]:
    return Standstill.objects.filter(page=page)[:SHOWN]


def _sentence(found: dict[str, int | datetime], now: datetime) -> str:
    number = {name: int(value) for name, value in found.items() if isinstance(value, int)}
    last = found["last"]
    when = wording.day(last, now) if isinstance(last, datetime) else ""
    parts = [
        f"{when}: Facebook räknar {wording.count(number['counted'], 'kommentar', 'kommentarer')} under "
        f"{wording.count(number['threads'], 'inlägg', 'inlägg')}, och {_figure(number['here'])} finns här",
        f"{_figure(number['hushed'])} av dem är {'dold' if number['hushed'] == 1 else 'dolda'}"
        if number["hushed"]
        else "",
        f"{_figure(number['others'])} togs bort av avsändaren eller Facebook" if number["others"] else "",
        f"{_figure(number['ours'])} togs bort av sidan" if number["ours"] else "",
        f"{_figure(number['unseen'])} som Facebook räknar men inte visar" if number["unseen"] else "",
    ]
    return f"{'. '.join(part for part in parts if part)}."


def _figure(number: int) -> str:
    return wording.count(number, "", "").strip()
