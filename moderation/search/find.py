"""The hits: what the words find among what one may see, narrowed by what one chose, newest first.

Everything else on the page (how many, of what kinds) is counted among the newest thousand, so that a word that stands
everywhere costs no more than another. Who may not read secret items never meets them here: neither as a hit nor counted.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import floor
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)

from moderation.models import Classification, Item, SearchEntry
from moderation.models.item import ItemQuerySet
from moderation.models.search import ITEM_BITS
from moderation.policy import workdays
from moderation.policy.terms import Category, Kind
from moderation.search import query
from moderation.search.jump import told
from moderation.search.query import Query

# As many hits are counted; more are "fler än".
COUNTED = 1000
# Under so many posts, the newest, hits are looked for.
POSTS = 200
SHARED = "gemensamt"
# So many may have been written within one second without any being passed over.
SAME_SECOND = 100
# Seconds from 1970; the year 2223.
FARTHEST = 8_000_000_000
_SECRET = {"superseded_at": None, "category": Category.SEKRETESS}


class State(TextChoices):
    """Where an item stands. The values are those of the address."""

    WAITING = "vantar", "Väntar på bedömning"
    PARKED = "parkerad", "Parkerad"
    JUDGED = "bedomd", "Bedömd"
    GONE = "borta", "Borta från Facebook"


@dataclass(frozen=True)
class Reach:
    """The items a person may see, and those of them whose secrets the person may read."""

    visible: ItemQuerySet
    secret: ItemQuerySet

    def open(self) -> ItemQuerySet:
        """What may be read, asked without the index: SQLite finds an entry by its words and place, never by its item."""
        return self._open(~Exists(Classification.objects.filter(item=OuterRef("pk"), **_SECRET)))

    def found(self, asked: Query) -> ItemQuerySet:
        """What may be read and has the words."""
        return self._open(Q(search_entry__secret=False)).filter(search_entry__document__finds=told(asked))

    def _open(self, is_open: Any) -> ItemQuerySet:
        if self.secret.query.is_empty():
            return self.visible.filter(is_open)
        if not self.secret.query.has_filters():
            return self.visible
        return self.visible.filter(Q(is_open) | Q(Exists(self.secret.filter(pk=OuterRef("pk")))))


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    words: str = ""
    under_post: bool = False
    kind: str = ""
    category: str = ""
    verksamhet: str = ""
    state: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def query(self) -> Query:
        return query.read(self.words)

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.category or self.verksamhet or self.state or self.first_day or self.last_day)


def places(asked: Asked, reach: Reach, now: datetime, *, before: int | None = None, most: int = COUNTED) -> list[int]:
    """The places of the newest hits, one more than `most` where there are more."""
    if not asked.query:
        return []
    if asked.under_post:
        return _under_posts(asked, reach, now, before, most)
    entries = _entries(asked.query, reach)
    if entries is not None and not asked.is_narrow:
        if before is not None:
            entries = entries.filter(place__lt=before)
        return list(entries.order_by("-place").values_list("place", flat=True)[: most + 1])
    hits = narrow(reach.found(asked.query), asked, now)
    if before is not None:
        hits = hits.filter(search_entry__place__lt=before)
    hits = hits.order_by("-search_entry__place")
    return list(hits.values_list("search_entry__place", flat=True)[: most + 1])


def _under_posts(asked: Asked, reach: Reach, now: datetime, before: int | None, most: int) -> list[int]:
    """What stands under the newest posts that have the words."""
    posts = reach.found(asked.query).filter(kind=Kind.POST).order_by("-search_entry__place").values("thread")[:POSTS]
    items = narrow(reach.open().exclude(kind=Kind.POST).filter(thread__in=posts), asked, now)
    if before is not None:
        items = items.filter(dated_at__lt=_second(before) + timedelta(seconds=1))
    dated = items.order_by("-dated_at", "-pk").values_list("dated_at", "pk")[: most + 1 + SAME_SECOND]
    found = (_place(dated_at, pk) for dated_at, pk in dated)
    return sorted((place for place in found if before is None or place < before), reverse=True)[: most + 1]


def _entries(asked: Query, reach: Reach) -> QuerySet[SearchEntry] | None:
    """Without the items, for whoever sees them all: the index alone knows what it needs. Else None."""
    entries = SearchEntry.objects.filter(document__finds=told(asked))
    if reach.visible.query.has_filters():
        return None
    if reach.secret.query.is_empty():
        return entries.filter(secret=False)
    return None if reach.secret.query.has_filters() else entries


def item_of(place: int) -> int:
    return place & (2**ITEM_BITS - 1)


def _place(dated_at: datetime, pk: int) -> int:
    """As the triggers reckon it."""
    return max(-FARTHEST, min(FARTHEST, floor(dated_at.timestamp()))) * 2**ITEM_BITS + pk


def _second(place: int) -> datetime:
    return datetime.fromtimestamp(min(max(place >> ITEM_BITS, 0), FARTHEST), UTC)


def narrow(items: ItemQuerySet, asked: Asked, now: datetime) -> ItemQuerySet:
    if asked.kind:
        items = items.filter(kind=asked.kind)
    if asked.category:
        items = items.filter(classifications__superseded_at=None, classifications__category=asked.category)
    if asked.verksamhet:
        items = items.filter(thread__verksamhet=None if asked.verksamhet == SHARED else asked.verksamhet)
    if asked.first_day:
        items = items.filter(dated_at__gte=workdays.day_span(asked.first_day, asked.first_day)[0])
    if asked.last_day:
        items = items.filter(dated_at__lt=workdays.day_span(asked.last_day, asked.last_day)[1])
    return _in_state(items, asked.state, now)


def _in_state(items: ItemQuerySet, state: str, now: datetime) -> ItemQuerySet:
    match state:
        case State.WAITING:
            return items.in_queue(now)
        case State.PARKED:
            return items.parked(now)
        case State.JUDGED:
            current = Classification.objects.filter(item=OuterRef("pk"), superseded_at=None)
            return items.filter(Exists(current), waiting_since=None)
        case State.GONE:
            return items.filter(removed_at__isnull=False)
        case _:
            return items


def counts(items: list[int], now: datetime) -> list[dict[str, Any]]:
    """How many of the items have the same kind, category, verksamhet and state, and are gone; in one question."""
    parked, waiting = Q(parked_until__gt=now, waiting_since__isnull=False), Q(waiting_since__isnull=False)
    state = Case(
        When(parked, then=Value(State.PARKED)),
        When(waiting, then=Value(State.WAITING)),
        When(current__pk__isnull=False, then=Value(State.JUDGED)),
        default=Value(""),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = Item.objects.filter(pk__in=items).annotate(
        current=FilteredRelation("classifications", condition=Q(classifications__superseded_at=None)),
        category=F("current__category"),
        state=state,
        gone=Case(When(removed_at__isnull=False, then=Value(True)), default=Value(False)),
        verksamhet=F("thread__verksamhet"),
        namn=F("thread__verksamhet__namn"),
    )
    groups = rows.values("kind", "category", "state", "gone", "verksamhet", "namn")
    return list(groups.annotate(count=Count("pk")).order_by())


def years(places: list[int]) -> Counter[str]:
    """Of which years the places are."""
    return Counter(str(_second(place).astimezone(workdays.STOCKHOLM).year) for place in places)
