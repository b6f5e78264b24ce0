"""A list that a registrator pastes back: on each line the number of an item and its diarienummer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moderation.diary import numbers

# As Excel, a mail or a hand writes it.
LINE = re.compile(
    r"""\s*"?(?:handling\s*)?(?P<item>[0-9]{1,18})"?\s*[;,\t ]\s*"?(?P<written>[^;"\t]+?)"?\s*[;,\t]*\s*""",
    re.IGNORECASE,
)
MOST = 1000


@dataclass(frozen=True)
class Line:
    """`fault` says in a sentence why the line cannot be used; then the other two may be empty."""

    written: str
    item: int = 0
    diarienummer: str = ""
    fault: str = ""


def read(text: str) -> Iterator[Line]:
    """Line by line; empty ones and a heading are passed over."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip(" ;,\t")]
    for place, line in enumerate(lines[:MOST]):
        found = LINE.fullmatch(line)
        if found is None:
            if place or any(sign.isdigit() for sign in line):
                yield Line(line, fault="Skriv handlingens nummer, semikolon och diarienumret.")
            continue
        number = numbers.read(found["written"])
        if number is None:
            yield Line(line, fault=f"”{found['written'].strip()}” är inte ett diarienummer.")
        else:
            yield Line(line, int(found["item"]), found["written"].strip())
    for line in lines[MOST:]:
        yield Line(line, fault=f"Klistra in högst {MOST} rader åt gången.")
