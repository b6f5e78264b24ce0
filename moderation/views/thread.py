"""An item's whole thread, or as much of it around the item as a page can hold."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from moderation.models import Item
from moderation.policy.terms import Category, Direction
from moderation.views.brief import brief

# So many before the item, and so many from the item on: at first, and when somebody asks for the whole thread.
NEAR, REACH = 8, 200
BEGINNING = 600
DEEPEST = 2


@dataclass(frozen=True)
class Entry:
    # As brief() reads it.
    item: Any
    depth: int
    # Whom it answers, where that is another than the post.
    answers: Any
    is_here: bool
    # Judged as secret, and the person may not read what is.
    is_secret: bool = False

    @property
    def is_own(self) -> bool:
        return self.item.direction == Direction.UPPRATTAD

    @property
    def is_cut(self) -> bool:
        return len(self.item.beginning) == BEGINNING


@dataclass(frozen=True)
class Surroundings:
    entries: list[Entry]
    total: int
    is_whole: bool

    @property
    def left_out(self) -> int:
        return self.total - len(self.entries)


def around(item: Item, reach: int = REACH, may_read_secrets: bool = True, length: int = BEGINNING) -> Surroundings:
    """The post first, each comment in its time, and its replies below it. Of each text `length` characters."""
    thread = Item.objects.filter(thread=item.thread_id)
    earlier = Q(dated_at__lt=item.dated_at) | Q(dated_at=item.dated_at, pk__lt=item.pk)
    before = brief(thread.filter(earlier), length).order_by("-dated_at", "-pk")[:reach]
    later = brief(thread.exclude(earlier), length).order_by("dated_at", "pk")[:reach]
    found = {row.pk: row for row in [*reversed(before), *later]}
    missing = brief(Item.objects.filter(pk__in=_above(item)).exclude(pk__in=found), length)
    rows = sorted([*missing, *found.values()], key=lambda row: (row.dated_at, row.pk))
    return Surroundings(_in_order(rows, item, may_read_secrets), thread.count(), reach == REACH)


def _above(item: Item) -> list[int]:
    """The keys of everything the item answers, up to the post."""
    above: list[int] = []
    while item.parent_id is not None and item.parent_id not in above and len(above) < 20:
        above.append(item.parent_id)
        item = Item.objects.only("parent").get(pk=item.parent_id)
    return above


def _in_order(rows: list[Any], here: Item, may_read_secrets: bool) -> list[Entry]:
    known = {row.pk: row for row in rows}
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    entries: list[Entry] = []
    stack = [(row, 0) for row in reversed(below.get(None, []))]
    while stack:
        row, depth = stack.pop()
        parent = known.get(row.parent_id) if depth > 1 else None
        secret = row.category == Category.SEKRETESS and not may_read_secrets
        entries.append(Entry(row, min(depth, DEEPEST), parent, row.pk == here.pk, secret))
        stack.extend((child, depth + 1) for child in reversed(below.get(row.pk, [])))
    return entries
