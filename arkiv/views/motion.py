"""Printouts on the move: what a page that asks every other second already knows, and what it should be told."""

import re
from collections.abc import Iterable

from arkiv.models import Printout
from arkiv.models.printout import PrintoutQuerySet
from arkiv.views import periods
from moderation.policy.terms import OrderState

# A page shows no more rows than this.
MOST = 100
ENDS = {
    OrderState.DONE: "är klar",
    OrderState.FAILED: "misslyckades",
    OrderState.CANCELLED: "avbröts",
}


def title(printout: Printout) -> str:
    """oktober 2026 / Kommentar 17"""
    if printout.first_day is None or printout.last_day is None:
        return str(printout.item)
    return periods.name(printout.first_day, printout.last_day)


def marks(rows: Iterable[Printout]) -> str:
    """What moves and how far it has come, as it stands in an address: 17.working.40_18.ordered.0"""
    return "_".join(f"{row.pk}.{row.state}.{row.progress}" for row in rows if row.is_moving)


def news(known: str, rows: PrintoutQuerySet) -> list[str]:
    """A sentence about each printout that moved when the page last looked, and has come to its end."""
    keys = [int(key) for key in re.findall(r"(?:^|_)([0-9]{1,18})\.", known)[:MOST]]
    ended = rows.filter(pk__in=keys, state__in=ENDS)
    return [f"Utskriften av {_lower(title(row))} {ENDS[OrderState(row.state)]}." for row in ended]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
