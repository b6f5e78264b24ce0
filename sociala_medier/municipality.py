"""What the municipality writes of itself in its settings, read into values. What cannot be read stops the start."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from moderation.policy.opening_hours import OpeningHours

HOURS = "Skriv dagens öppettider i ordning, som 8.00-17.00, eller flera: 8.00-12.00,13.00-17.00."
HALF_DAYS = "Skriv datum och när dagen stänger, som 2026-04-02 12.00, och semikolon mellan dagarna."
CLOSED = "Skriv datum som 2026-05-15, och semikolon mellan dagarna."
NAMES = "Skriv nämndernas förkortningar i diariet, bara bokstäver, som KS,BUN,SBN."
ADDRESS = "Skriv hela adressen, som https://socialamedier.kommunen.se."

CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
NAME = re.compile(r"[^\W\d_]{1,10}")
Value = TypeVar("Value")


def opening_hours(oppettider: str, halvdagar: str, stangda_dagar: str) -> OpeningHours:
    hours = tuple(_read("OPPETTIDER", oppettider, _span, HOURS))
    ends = [clock for span in hours for clock in span]
    if not hours or ends != sorted(ends):
        raise _wrong("OPPETTIDER", oppettider, HOURS)
    half_days = dict(_read("HALVDAGAR", halvdagar, _half_day, HALF_DAYS))
    for day, clock in half_days.items():
        if not ends[0] < clock <= ends[-1]:
            raise _wrong("HALVDAGAR", f"{day} {clock:%H.%M}", "Dagen måste stänga inom OPPETTIDER.")
    return OpeningHours(hours, half_days, frozenset(_read("STANGDA_DAGAR", stangda_dagar, _day, CLOSED)))


def diary_prefixes(namnder: str) -> tuple[str, ...]:
    """KS, BUN and so on: what a diarienummer of the municipality's own begins with, in capitals."""
    return tuple(_read("NAMNDER", namnder, _name, NAMES))


def address(adress: str) -> str:
    """The address without a slash at its end, or "" where none is given."""
    parts = urlsplit(adress.strip())
    if adress.strip() and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
    ):
        raise _wrong("ADRESS", adress, ADDRESS)
    return adress.strip().rstrip("/")


def _read(setting: str, written: str, read: Callable[[str], Value], form: str) -> list[Value]:
    """What stands between commas and semicolons, each read by `read`, which raises ValueError."""
    found = []
    for part in re.split("[;,]", written):
        try:
            if part.strip():
                found.append(read(part.strip()))
        except ValueError:
            raise _wrong(setting, part.strip(), form) from None
    return found


def _wrong(setting: str, written: str, form: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{setting} kan inte vara ”{written}”. {form}")


def _span(written: str) -> tuple[time, time]:
    opens, closes = (_clock(part.strip()) for part in re.split("[-–]", written))
    if opens >= closes:
        raise ValueError("it closes before it opens")
    return opens, closes


def _half_day(written: str) -> tuple[date, time]:
    day, clock = written.split()
    return _day(day), _clock(clock)


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _clock(written: str) -> time:
    if not (match := CLOCK.fullmatch(written)):
        raise ValueError("no time of day")
    return time(int(match[1]), int(match[2] or 0))


def _name(written: str) -> str:
    if not NAME.fullmatch(written):
        raise ValueError("more than letters")
    return written.upper()
