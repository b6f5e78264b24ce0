"""What the person asked to see in the queue, as it stands in the address: it can be shared, saved and gone back to."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date

from moderation.hints import HintKind
from moderation.policy.terms import Category, Kind

SHARED = "gemensamt"
LONGEST = 500
# Years that a date in the address may have.
EARLIEST, LATEST = 2000, 2999


class State(TextChoices):
    """The tabs of the queue."""

    WAITING = "att-bedoma", "Att bedöma"
    MINE = "mina", "Mina"
    PARKED = "parkerade", "Parkerade"
    HARD = "svara", "Svåra"
    JUDGED = "bedomda", "Bedömda"
    HISTORY = "historik", "Historik"


class Assigned(TextChoices):
    ME = "jag", "Jag"
    NOBODY = "ingen", "Ingen"
    OTHERS = "annan", "Någon annan"


# What each part is called in the address.
NAMES = {
    "state": "visa",
    "kind": "slag",
    "verksamhet": "verksamhet",
    "category": "klass",
    "hint": "ledtrad",
    "assigned": "ansvarig",
    "late": "forsenade",
    "first_day": "fran",
    "last_day": "till",
    "thread": "trad",
    "after": "efter",
}


@dataclass(frozen=True)
class Choice:
    """Each part is "" (or False, or None) where it does not narrow anything."""

    state: State = State.WAITING
    kind: str = ""
    verksamhet: str = ""
    category: str = ""
    hint: str = ""
    assigned: str = ""
    late: bool = False
    first_day: date | None = None
    last_day: date | None = None
    thread: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """What makes no sense in the address is as if it were not there."""
        asked = {name: query.get(called, "") for name, called in NAMES.items()}
        return cls(
            state=State(asked["state"]) if asked["state"] in State.values else State.WAITING,
            kind=asked["kind"] if asked["kind"] in Kind.values else "",
            verksamhet=asked["verksamhet"] if asked["verksamhet"] == SHARED else key(asked["verksamhet"]),
            category=asked["category"] if asked["category"] in Category.values else "",
            hint=asked["hint"] if asked["hint"] in HintKind.values else "",
            assigned=asked["assigned"] if asked["assigned"] in Assigned.values else "",
            late=bool(asked["late"]),
            first_day=_day(asked["first_day"]),
            last_day=_day(asked["last_day"]),
            thread=key(asked["thread"]),
            after=key(asked["after"]),
        )

    @classmethod
    def of(cls, query: str) -> Self:
        """Read from the text of a query, such as a form carries along."""
        return cls.read(QueryDict(query[:LONGEST]))

    @property
    def query(self) -> str:
        """Without the question mark; "" for the plain queue. Starts at the beginning of the list."""
        return replace(self, after="")._query()

    @property
    def is_narrow(self) -> bool:
        return self != Choice(state=self.state, after=self.after)

    @property
    def words(self) -> str:
        """What it is narrowed to, such as "Kommentar, möjligt hot, bara försenade"."""
        days = (("från", self.first_day), ("till", self.last_day))
        told = (
            Kind(self.kind).label if self.kind else "",
            "gemensamma" if self.verksamhet == SHARED else "en verksamhet" if self.verksamhet else "",
            Category(self.category).label if self.category else "",
            HintKind(self.hint).label if self.hint else "",
            f"ansvarig: {Assigned(self.assigned).label.lower()}" if self.assigned else "",
            "bara försenade" if self.late else "",
            *(f"{word} {day.day}/{day.month} {day.year}" for word, day in days if day),
            "ett inlägg" if self.thread else "",
        )
        return ", ".join(words for words in told if words)

    @property
    def shows_waiting(self) -> bool:
        """Whether what is shown waits for somebody and stands in the queue's order."""
        return self.state not in (State.JUDGED, State.HISTORY)

    def address(self, after: str = "") -> str:
        query = replace(self, after=after)._query()
        return f"{reverse('queue')}?{query}" if query else reverse("queue")

    def of_state(self, state: State) -> "Choice":
        """The tab beside, narrowed in the same way as far as that means anything there."""
        other = replace(self, state=state, after="")
        return other if state == State.JUDGED else replace(other, category="")

    def cleared(self) -> "Choice":
        return Choice(state=self.state)

    def _query(self) -> str:
        parts = {NAMES[field.name]: _told(getattr(self, field.name)) for field in fields(self)}
        return urlencode({name: value for name, value in parts.items() if value})


def key(text: str) -> str:
    """The text if it is digits that a database can take for a key, else ""."""
    return text if text.isascii() and text.isdigit() and len(text) <= 18 else ""


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value in (None, State.WAITING) else str(value)


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and EARLIEST <= day.year <= LATEST else None
