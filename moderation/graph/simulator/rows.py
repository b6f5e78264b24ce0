"""The rows of the world: posts, comments, photos, and the shelves that keep them by time."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar, overload

from moderation.graph.simulator.pictures import Picture

# Authors that are no person's name: the Page itself, and somebody whom Facebook does not name.
PAGE = "the Page"
ANONYMOUS = ""


@dataclass(frozen=True)
class Photo:
    """A picture, a film or another file that somebody uploaded."""

    id: str
    picture: Picture


@dataclass(frozen=True)
class Profile:
    """What the Page says of itself, changed by World.set_page."""

    about: str = ""
    bio: str = ""
    description: str = ""
    username: str = ""
    is_published: bool = True
    cover: Photo | None = None
    offset_x: int = 0
    offset_y: int = 0
    picture: Photo | None = None


@dataclass(eq=False, kw_only=True)
class Row:
    """`texts` holds every version with the moment it begins to show.

    Lists pass over a row that is withheld; one that is unreadable takes what stands below it along.
    """

    id: str
    author: str
    created_at: datetime
    place: int
    texts: list[tuple[datetime, str]]
    likes: int = 0
    hidden: bool = False
    withheld: bool = False
    unreadable: bool = False
    raw: Any = None

    @property
    def number(self) -> str:
        return self.id.rpartition("_")[2]

    @property
    def key(self) -> tuple[datetime, int]:
        return self.created_at, self.place

    @property
    def above(self) -> "Row | None":
        return None

    @property
    def readable(self) -> bool:
        row: Row | None = self
        while row is not None:
            if row.unreadable:
                return False
            row = row.above
        return True

    @property
    def delivered(self) -> bool:
        return not self.withheld and self.readable

    def text(self, now: datetime) -> str:
        if len(self.texts) == 1:
            return self.texts[0][1]
        shown = [text for moment, text in self.texts if moment <= now]
        return shown[-1] if shown else self.texts[0][1]


SomeRow = TypeVar("SomeRow", bound=Row)


class Stretch(Sequence[SomeRow]):
    """The rows from `start` to `end` of a shelf, or back from `end` to `start`, without copying them."""

    def __init__(self, shelf: "Shelf[SomeRow]", start: int, end: int, backwards: bool = False) -> None:
        self._shelf, self._start, self._end, self._backwards = shelf, start, max(start, end), backwards

    def __len__(self) -> int:
        return self._end - self._start

    @overload
    def __getitem__(self, index: int) -> SomeRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[SomeRow]: ...
    def __getitem__(self, index: int | slice) -> SomeRow | list[SomeRow]:
        places = range(self._start, self._end)[:: -1 if self._backwards else 1][index]
        if isinstance(places, int):
            return self._shelf.rows[places]
        return [self._shelf.rows[place] for place in places]

    def place_of(self, row_id: str) -> int:
        """Raises ValueError when no such row is on the shelf."""
        place = self._shelf.place_of(row_id)
        return self._end - 1 - place if self._backwards else place - self._start


class Shelf(Generic[SomeRow]):
    """Rows by time. A row whose time has not come is on the shelf but not seen."""

    def __init__(self) -> None:
        self.rows: list[SomeRow] = []
        self._by_id: dict[str, SomeRow] = {}
        self._changes = 0
        self._ranked: tuple[tuple[int, int], list[SomeRow]] = ((-1, -1), [])

    def put(self, row: SomeRow) -> None:
        insort(self.rows, row, key=_key)
        self._by_id[row.id] = row
        self._changes += 1

    def take(self, row: SomeRow) -> None:
        del self.rows[bisect_left(self.rows, row.key, key=_key)]
        self._by_id.pop(row.id, None)
        self._changes += 1

    def place_of(self, row_id: str) -> int:
        """Raises ValueError when no such row is on the shelf."""
        if row_id not in self._by_id:
            raise ValueError(f"{row_id} is not on the shelf")
        return bisect_left(self.rows, self._by_id[row_id].key, key=_key)

    def all(self) -> list[SomeRow]:
        """Those to come included."""
        return list(self.rows)

    def count(self, now: datetime) -> int:
        return bisect_right(self.rows, now, key=_time)

    def newest(self, now: datetime) -> SomeRow | None:
        count = self.count(now)
        return self.rows[count - 1] if count else None

    def seen(
        self, now: datetime, since: datetime | None = None, until: datetime | None = None, backwards: bool = False
    ) -> Stretch[SomeRow]:
        """Oldest first, or backwards."""
        start = bisect_left(self.rows, since, key=_time) if since else 0
        end = bisect_right(self.rows, min(now, until) if until else now, key=_time)
        return Stretch(self, start, end, backwards)

    def ranked(self, now: datetime) -> list[SomeRow]:
        """Facebook's own order: the Page first, then those much answered, then whatever it finds interesting."""
        state = (self._changes, self.count(now))
        if self._ranked[0] != state:
            self._ranked = (state, sorted(self.seen(now)[:], key=_rank))
        return self._ranked[1]


@dataclass(eq=False, kw_only=True)
class Comment(Row):
    post: "Post"
    parent: "Comment | None" = None
    photo: Photo | None = None
    sticker: bool = False
    film: Photo | None = None
    attachment: Any = None
    replies: Shelf["Comment"] = field(default_factory=Shelf)

    @property
    def above(self) -> Row | None:
        return self.parent or self.post

    def all_below(self) -> "list[Comment]":
        """Each one before its own replies."""
        return [one for reply in self.replies.all() for one in (reply, *reply.all_below())]


@dataclass(eq=False, kw_only=True)
class Post(Row):
    story: str = ""
    photos: list[Photo] = field(default_factory=list)
    reel: str = ""
    tagged: bool = False
    film: Photo | None = None
    attachment: Any = None
    shares: int = 0
    comments: Shelf[Comment] = field(default_factory=Shelf)
    stream: Shelf[Comment] = field(default_factory=Shelf)


def _key(row: Row) -> tuple[datetime, int]:
    return row.key


def _time(row: Row) -> datetime:
    return row.created_at


def _rank(row: Row) -> tuple[bool, int, bytes]:
    return row.author != PAGE, -row.likes, sha256(row.id.encode()).digest()
