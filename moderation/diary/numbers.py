"""Diarienummer, however they are written: KS 0049/2017, KS-2018-00526-1, ks 2017/49, 2016-000003."""

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r"(?:(?:dnr|diarienr|diarienummer)\s*[.:]?\s*)?"
    r"(?P<prefix>[a-zåäö]{2,6})?[ ./-]{0,2}"
    # 2026-07-01 is a day.
    r"(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"(?:(?P<year>(?:19|20)[0-9]{2}) ?[/.:-] ?(?P<number>[0-9]{1,6})|(?P<number_first>[0-9]{1,6}) ?/ ?(?P<year_last>(?:19|20)[0-9]{2}))"
    r"(?P<document>[/-][0-9]{1,5})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Diarienummer:
    """`prefix` is the nämnd's, "" where none was written. Two that are equal are the same matter, however written."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix} {self.year}/{self.number}".strip()


def read(text: str) -> Diarienummer | None:
    """The whole text as one number; None where it is none. The number of a document in the matter is left out."""
    found = PATTERN.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    year, number = found["year"] or found["year_last"], found["number"] or found["number_first"]
    return Diarienummer((found["prefix"] or "").upper(), int(year), int(number))
