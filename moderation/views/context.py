"""What stands around an item: who wrote it, what they wrote before, and by when an answer is due."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Max, Q

from moderation import access
from moderation.models import Item
from moderation.policy.terms import Category, Direction, Kind, Right
from moderation.policy.windows import Window, window
from moderation.views.brief import brief
from moderation.views.row import Reader, is_secret

# So many of an author's items are shown, and so many counted.
SHOWN, COUNTED = 10, 200
BEGINNING = 240


@dataclass(frozen=True)
class Earlier:
    """An item as brief() reads it, and what is said instead of its text where that may not be shown."""

    item: Any
    instead: str


@dataclass(frozen=True)
class Author:
    """Counts and texts, no grade: what somebody wrote before says nothing about what they write now."""

    rows: list[Earlier]
    counts: list[tuple[str, int]]
    total: str


def of_author(found: Item, reader: Reader) -> Author | None:
    """What the same account wrote besides, the newest first; None where Facebook did not say who it was."""
    if not found.author_id or found.direction == Direction.UPPRATTAD:
        return None
    # That it is not "" goes without saying, but not for SQLite: its index is of those alone that have an author.
    theirs = access.items_within(reader.reach[Right.SEE]).filter(author_id=found.author_id).exclude(author_id="")
    items = theirs.exclude(pk=found.pk)
    rows = brief(items, BEGINNING).annotate(verksamhet=F("thread__verksamhet")).order_by("-dated_at", "-pk")[:SHOWN]
    current = FilteredRelation("classifications", condition=Q(classifications__superseded_at=None))
    judged = items.alias(current=current).order_by("-dated_at", "-pk").values_list("current__category", flat=True)
    counted = Counter(judged[: COUNTED + 1])
    total = sum(counted.values())
    return Author(
        rows=[Earlier(each, instead(each, reader)) for each in rows],
        counts=[(category.label, counted[category]) for category in Category if counted[category]],
        total=str(total) if total <= COUNTED else f"fler än {COUNTED}",
    )


def instead(item: Any, reader: Reader) -> str:
    """What is said where the text may not be shown, or there is none; else "". Of an item as brief() reads it."""
    if item.withheld:
        return "Texten visas inte."
    if is_secret(item, reader):
        return "Sekretess: texten visas inte för dig."
    return "" if item.beginning.strip() else "Utan text."


def facebooks_clock(found: Item, now: datetime) -> Window | None:
    """Until when Facebook takes a private answer; None where nobody asks any more."""
    if found.direction == Direction.UPPRATTAD or found.waiting_since is None:
        return None
    if found.kind != Kind.MESSAGE:
        return window(found.kind, found.dated_at, now)
    theirs = Item.objects.filter(thread=found.thread_id, direction=Direction.INKOMMEN)
    return window(found.kind, theirs.aggregate(last=Max("dated_at"))["last"], now)
