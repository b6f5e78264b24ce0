"""Diarienummer of one's own nämnder, however they are written, and others that are said to be one."""

import re
from collections.abc import Collection, Iterator

from moderation.hints.kinds import Hint, HintKind

# Year and number either way round: 2026/123, 2026-00123, 0049/2017. 2026-07-01 is a date.
NUMBER = (
    r"(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9]))"
    r"(?:((?:19|20)[0-9]{2}) ?[/.:-] ?([0-9]{1,6})|([0-9]{1,6}) ?/ ?((?:19|20)[0-9]{2}))"
    r"(?:[/-][0-9]{1,5})?(?![\w/]|-[0-9])"
)
# KS 0049/2017, KS-2018-00526-1, ks/2026/12.
PREFIXED = re.compile(rf"(?<![\w/§-])([a-zåäö]{{2,6}})[ ./-]{{0,2}}{NUMBER}", re.IGNORECASE)
# Without a prefix only after a word that says what it is.
SAID = re.compile(
    rf"(?<!\w)(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärende|ref)(?: nr)?[.:]? {{0,2}}{NUMBER}",
    re.IGNORECASE,
)
SAYING = {"DNR", "NR", "DIARIENR", "REF"}


def find(text: str, namnder: Collection[str]) -> Iterator[Hint]:
    if "20" not in text and "19" not in text:
        return
    own = {one.strip().upper() for one in namnder} - SAYING
    for match in PREFIXED.finditer(text):
        prefix = match[1].upper()
        if prefix in own:
            yield Hint(HintKind.PAGAENDE_ARENDE, *match.span(), f"{prefix} {_number(match.groups()[1:])}")
    for match in SAID.finditer(text):
        yield Hint(HintKind.PAGAENDE_ARENDE, *match.span(), _number(match.groups()))


def _number(groups: tuple[str | None, ...]) -> str:
    """Year first and without leading noughts, so that the same one is always written alike."""
    year, number, number_first, year_last = groups
    return f"{year or year_last}/{int(number or number_first or 0)}"
