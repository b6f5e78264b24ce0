"""Texts and times as the export writes them: UTF-8 whose bytes were each written as a character of their own."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from moderation.graph.values import text

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A first byte of UTF-8 with one that continues it: "Ã¥", hardly ever written by people.
DOUBLE = re.compile("[\xc2-\xf4][\x80-\xbf]")
UNMENDED = "Facebooks export skrev texten i en kodning som inte går att rätta säkert; den visas som den stod i filen."


def mended(value: Any, notes: list[str]) -> str:
    """The text as it was written on Facebook; untouched, with a note if that is in doubt, where it is not all bytes."""
    found = text(value)
    if found.isascii():
        return found
    try:
        return found.encode("latin-1").decode("utf-8")
    except UnicodeError:
        if DOUBLE.search(found) and UNMENDED not in notes:
            notes.append(UNMENDED)
        return found


def moment(value: Any, unit: timedelta, notes: list[str]) -> datetime | None:
    """`value` counts `unit`s since 1970, UTC. Facebook writes 0 where it does not know."""
    if not value or isinstance(value, bool) or not isinstance(value, (int, float)):
        notes.append("Tidpunkten går inte att tolka." if value else "Tidpunkten saknas.")
        return None
    try:
        found = EPOCH + value * unit
    except (ValueError, OverflowError):
        notes.append("Tidpunkten går inte att tolka.")
        return None
    # The outermost years cannot be shown in Swedish time.
    if 1 < found.year < 9999:
        return found
    notes.append("Tidpunkten går inte att tolka.")
    return None
