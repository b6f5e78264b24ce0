"""The rows of the world: posts, comments, photos, and the shelves that keep them by time."""

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from moderation.graph.simulator.pictures import Picture

# Authors that are no person's name: the Page itself, and somebody whom Facebook does not name.
PAGE = "the Page"
ANONYMOUS = ""


@dataclass(frozen=True)
class Photo:
    id: str
    picture: Picture


@dataclass(eq=False, kw_only=True)
class Row:
    """`texts` holds every version with the moment it begins to show."""

    id: str
    author: str
    created_at: datetime
    place: int
    texts: list[tuple[datetime, str]]
    likes: int = 0
    hidden: bool = False
    withheld: bool = False
    raw: Any = None

    @property
    def number(self) -> str:
        return self.id.rpartition("_")[2]

    @property
    def key(self) -> tuple[datetime, int]:
        return self.created_at, self.place

    def text(self, now: datetime) -> str:
        shown = [text for moment, text in self.texts if moment <= now]
        return shown[-1] if shown else self.texts[0][1]


SomeRow = TypeVar("SomeRow", bound=Row)


class Shelf(Generic[SomeRow]):
    """Rows by time. A row whose time has not come is on the shelf but not seen."""

    def __init__(self) -> None:
        self._rows: list[SomeRow] = []
        self._changes = 0
        self._ranked: tuple[tuple[int, int], list[SomeRow]] = ((-1, -1), [])

    def put(self, row: SomeRow) -> None:
        insort(self._rows, row, key=_key)
        self._changes += 1

    def take(self, row: SomeRow) -> None:
        del self._rows[bisect_left(self._rows, row.key, key=_key)]
        self._changes += 1

    def all(self) -> list[SomeRow]:
        """Those to come included."""
        return list(self._rows)

    def count(self, now: datetime) -> int:
        return bisect_right(self._rows, now, key=_time)

    def newest(self, now: datetime) -> SomeRow | None:
        count = self.count(now)
        return self._rows[count - 1] if count else None

    def seen(self, now: datetime, since: datetime | None = None, until: datetime | None = None) -> list[SomeRow]:
        """Oldest first."""
        start = bisect_left(self._rows, since, key=_time) if since else 0
        return self._rows[start : bisect_right(self._rows, min(now, until) if until else now, key=_time)]

    def ranked(self, now: datetime) -> list[SomeRow]:
        """Facebook's own order: the Page first, then those much answered, then whatever it finds interesting."""
        state = (self._changes, self.count(now))
        if self._ranked[0] != state:
            self._ranked = (state, sorted(self.seen(now), key=_rank))
        return self._ranked[1]


@dataclass(eq=False, kw_only=True)
class Comment(Row):
    post: "Post"
    parent: "Comment | None" = None
    photo: Photo | None = None
    sticker: bool = False
    replies: Shelf["Comment"] = field(default_factory=Shelf)


@dataclass(eq=False, kw_only=True)
class Post(Row):
    story: str = ""
    photos: list[Photo] = field(default_factory=list)
    reel: str = ""
    shares: int = 0
    comments: Shelf[Comment] = field(default_factory=Shelf)
    stream: Shelf[Comment] = field(default_factory=Shelf)


def _key(row: Row) -> tuple[datetime, int]:
    return row.key


def _time(row: Row) -> datetime:
    return row.created_at


def _rank(row: Row) -> tuple[bool, int, bytes]:
    return row.author != PAGE, -row.likes, sha256(row.id.encode()).digest()
