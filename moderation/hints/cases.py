"""Diarienummer of one's own nämnder, however they are written."""

import re
from collections.abc import Collection, Iterator

from moderation.hints.kinds import Hint, HintKind

WORD = r"(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärende|ref)"
# KS 0049/2017, KS 2026/123, KS-2018-00526-1, ks2026.12; 2026-07-01 after a word is a date.
PREFIXED = re.compile(
    r"(?<![\w/§-])([a-zåäö]{2,6})[ ./-]{0,2}(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"(?:((?:19|20)[0-9]{2}) ?[/.:-] ?([0-9]{1,6})|([0-9]{1,6}) ?/ ?((?:19|20)[0-9]{2}))"
    r"(?:[/-][0-9]{1,5})?(?![\w/]|-[0-9])",
    re.IGNORECASE,
)


def find(text: str, namnder: Collection[str]) -> Iterator[Hint]:
    own = {one.strip().upper() for one in namnder}
    for match in PREFIXED.finditer(text):
        prefix, year, number, number_first, year_last = match.groups()
        if prefix.upper() in own:
            detail = f"{prefix.upper()} {year or year_last}/{int(number or number_first)}"
            yield Hint(HintKind.PAGAENDE_ARENDE, match.start(), match.end(), detail)
