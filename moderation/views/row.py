"""A row of the list, in words that are ready to be drawn: a page holds thirty of them and must be quick."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.urls import reverse

from moderation import access
from moderation.hints import WHY, HintKind
from moderation.models import User
from moderation.policy import wording
from moderation.policy.terms import Category, Kind, Right

# So much of a text is read, and of that its first line shown.
BEGINNING = 240
ICONS = {Kind.POST: "paper", Kind.COMMENT: "comment", Kind.REPLY: "reply", Kind.MESSAGE: "message"}
SHORT = {kind.value: kind.label for kind in Kind}
LABELS = {kind.value: kind.label for kind in HintKind}
# How many hints a row has room for.
HINTS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """`who` and `text` are a citizen's, `instead` ours where there is none to show. `leads` is the hint that puts it first."""

    item: Any
    number: str
    address: str
    who: str
    kind: str
    icon: str
    text: str
    instead: str
    hints: str
    leads: str
    marks: str
    here: str
    is_parked: bool
    is_judged: bool
    may_mark: bool
    is_current: bool


@dataclass(frozen=True)
class Reader:
    """Who reads the list, when, and what they may."""

    user: User
    now: datetime
    reach: dict[Right, set[int | None]]
    hidden_hints: Collection[str] = ()

    def may(self, right: Right, verksamhet: int | None) -> bool:
        return access.covers(self.reach[right], verksamhet)


def row(item: Any, reader: Reader, query: str = "", current: int | None = None) -> Row:
    """Of an item as `listing` reads it. Its page keeps the list beside it: the choice's query goes along."""
    waits = item.waiting_since is not None
    secret = is_secret(item, reader)
    text = "" if secret else wording.first_line(item.beginning)
    hints = [] if secret or item.withheld else _hints(item, reader.hidden_hints)
    leads = hints[0] if waits and hints and hints[0] in WHY else ""
    return Row(
        item=item,
        number=str(item.pk),
        who=wording.name(item.author_name),
        address=f"{_page(item.pk)}?{query}" if query else _page(item.pk),
        kind=SHORT[item.kind],
        icon=ICONS[item.kind],
        text=text,
        instead="" if text else _instead(item, secret),
        hints=", ".join(LABELS[kind] for kind in hints if kind != leads),
        leads=LABELS[leads] if leads else "",
        marks=" · ".join(_marks(item, reader)),
        here=who_is_here(item, reader),
        is_parked=waits and item.parked_until is not None and item.parked_until > reader.now,
        is_judged=item.judged is not None and not waits,
        may_mark=waits and reader.may(Right.JUDGE, item.verksamhet),
        is_current=item.pk == current,
    )


def _page(pk: int) -> str:
    """The item's own page. The pattern is looked up once: thirty times a page would cost more than all else of the row."""
    return _pattern().replace("0", str(pk))


@cache
def _pattern() -> str:
    return reverse("item", args=[0])


def is_secret(item: Any, reader: Reader) -> bool:
    """Judged as secret, and the person may not read what is."""
    return item.category == Category.SEKRETESS and not reader.may(Right.READ_SECRET, item.verksamhet)


def who_is_here(item: Any, reader: Reader) -> str:
    """Such as "Bo bedömer" or "Bo med flera tittar"; "" where nobody else is there."""
    lease = getattr(item, "lease", None)
    if lease is not None and lease.until > reader.now and lease.user != reader.user:
        return f"{lease.user} bedömer"
    return f"{item.viewers[0]}{' med flera' if len(item.viewers) > 1 else ''} tittar" if item.viewers else ""


def _hints(item: Any, hidden: Collection[str]) -> list[str]:
    """The two most pressing, as they are stored: in their order."""
    return [kind for kind in item.hint_kinds.split() if kind in LABELS and kind not in hidden][:HINTS]


def _instead(item: Any, secret: bool) -> str:
    if secret:
        return "Sekretess: texten visas inte för dig."
    if item.withheld:
        return "Texten visas inte."
    return "Utan text, med bilaga." if item.has_attachment else "Utan text."


def _marks(item: Any, reader: Reader) -> list[str]:
    told = (
        (item.judged and item.waiting_since, "ändrad efter bedömning"),
        (item.removed_at, "borta från Facebook"),
        (item.hidden and not item.removed_at, "dold"),
        (item.has_attachment and not item.withheld, "bilaga"),
        (item.assigned_to_id == reader.user.pk, "din"),
        (item.assigned_to_id not in (None, reader.user.pk), f"hos {item.assigned_to}"),
    )
    return [words for is_so, words in told if is_so]
