"""Periods by the names people use for them. Knows no row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

MONTHS_BACK = 3


@dataclass(frozen=True)
class Period:
    first_day: date
    last_day: date
    name: str


def name(first: date, last: date) -> str:
    """oktober 2026 / 2026 / 9 november 2026 / 1–15 oktober 2026 / 1 oktober – 22 november 2026"""
    if first.day == 1 and last == _last_of_month(last):
        if (first.month, last.month) == (1, 12) and first.year == last.year:
            return str(first.year)
        if _month(first) == _month(last):
            return date_format(first, "F Y")
    if first == last:
        return date_format(first, "j F Y")
    if _month(first) == _month(last):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F' if first.year == last.year else 'j F Y')} – {date_format(last, 'j F Y')}"


def previous_month(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    return Period(first, last, _capital(date_format(first, "F Y")))


def shortcuts(today: date) -> Iterator[Period]:
    """The last few whole months, the newest first; the month so far; the year so far."""
    month = previous_month(today)
    for _ in range(MONTHS_BACK):
        yield month
        month = previous_month(month.first_day)
    yield Period(today.replace(day=1), today, f"Hittills i {date_format(today, 'F')}")
    yield Period(today.replace(month=1, day=1), today, "Hittills i år")


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
