"""Personnummer and samordningsnummer, with ten digits or twelve, rightly written or not."""

import re
from collections.abc import Iterator
from datetime import date

from moderation.hints.kinds import Hint, HintKind

# A year of four digits or two, month, day (60 more in a samordningsnummer), a sign or none, and four digits.
NUMBER = re.compile(
    r"(?<![\w-])(?<!\d[.,:/])"
    r"((?:18|19|20)?[0-9]{2})[-. ]?(0[1-9]|1[0-2])[-. ]?([0-9]{2}) ?([-+–−]?) ?([0-9]{4})"
    r"(?![\w]|[-–.,:/][0-9])"
)
SAMORDNING = 60
# What is said shortly before such a number.
SAID = re.compile(r"(?i)pers(?:on)?\.? ?(?:nr|nummer)|\bp-?nr|samordningsn|född|\bf\.")
NEAR = 30
# Nobody is number nought of those born on a day.
NOUGHT = "000"


def find(text: str) -> Iterator[Hint]:
    for match in NUMBER.finditer(text):
        kind, detail = _kind(*match.groups())
        if kind and (_is_written_as_one(match) or kind == HintKind.PERSONNUMMER or SAID.search(text, *_before(match))):
            yield Hint(kind, match.start(), match.end(), detail)


def _is_written_as_one(match: re.Match[str]) -> bool:
    """With a sign or twelve digits. Ten digits on end may as well be a telephone, an article or an invoice."""
    year, _, _, sign, _ = match.groups()
    return bool(sign) or len(year) == len("1999")


def _before(match: re.Match[str]) -> tuple[int, int]:
    return max(0, match.start() - NEAR), match.start()


def _kind(year: str, month: str, day: str, sign: str, last: str) -> tuple[HintKind | None, str]:
    if last.startswith(NOUGHT):
        return None, ""
    coordination = int(day) > SAMORDNING
    if not _is_date(year, int(month), int(day) - SAMORDNING * coordination):
        return None, ""
    if not luhn(year[-2:] + month + day + last):
        return HintKind.PERSONNUMMER_FEL, "samordningsnummer" if coordination else ""
    return (HintKind.SAMORDNINGSNUMMER if coordination else HintKind.PERSONNUMMER), ""


def _is_date(year: str, month: int, day: int) -> bool:
    # Where the century is not written, 1900 and 2000 differ only in the leap day of 2000.
    full = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        date(full, month, day)
    except ValueError:
        return False
    return True


def luhn(digits: str) -> bool:
    """Whether the last digit agrees with the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
