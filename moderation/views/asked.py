"""What somebody looks for, as it stands in the address of the search page."""

from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date

from moderation.models.storable import storable
from moderation.policy.terms import Category, Kind
from moderation.search.find import SHARED, Asked, State

# What is kept of what is typed, in addresses and on the page.
LONGEST = 1000
YEARS = range(2000, 2100)
UNDER_POST = "inlagg"


def read(query: QueryDict) -> Asked:
    """Whatever stands in the address; what is no choice is as if it did not stand there."""
    verksamhet = query.get("verksamhet", "")
    return Asked(
        words=storable(query.get("q", ""))[:LONGEST].strip(),
        under_post=query.get("i") == UNDER_POST,
        kind=_among(query.get("slag", ""), Kind.values),
        category=_among(query.get("klass", ""), Category.values),
        verksamhet=verksamhet if verksamhet == SHARED or _is_key(verksamhet) else "",
        state=_among(query.get("lage", ""), State.values),
        first_day=_day(query.get("fran", "")),
        last_day=_day(query.get("till", "")),
    )


def place(token: str) -> int | None:
    """Where the page begins: after this place."""
    digits = token.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
        return None
    return max(-(2**63), min(int(token), 2**63 - 1))


def address(asked: Asked, after: int | None = None) -> str:
    parts = {"q": asked.words, "i": UNDER_POST if asked.under_post else "", **choices(asked)}
    if after is not None:
        parts["efter"] = str(after)
    return f"{reverse('search')}?{urlencode({name: value for name, value in parts.items() if value})}"


def choices(asked: Asked) -> dict[str, str]:
    """How the hits are narrowed, by the names of the address."""
    return {
        "slag": asked.kind,
        "klass": asked.category,
        "verksamhet": asked.verksamhet,
        "lage": asked.state,
        "fran": asked.first_day.isoformat() if asked.first_day else "",
        "till": asked.last_day.isoformat() if asked.last_day else "",
    }


def _among(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None
