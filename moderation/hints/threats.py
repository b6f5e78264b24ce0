"""Threats that no phrase foresaw: violence, somebody it is meant for, and a will, near each other in one sentence."""

from collections.abc import Iterator

from moderation.hints.kinds import Hint, HintKind
from moderation.hints.phrases import ENDS, fits
from moderation.hints.reading import Reading
from moderation.hints.words_threats import MEANT_FOR, VIOLENCE, WILLING

# So far apart at most, in words.
NEAR = 9

_VIOLENCE, _MEANT_FOR, _WILLING = fits(VIOLENCE), fits(MEANT_FOR), fits(WILLING)


def find(reading: Reading) -> Iterator[Hint]:
    words = reading.words
    violent = {word for word in set(words) if _VIOLENCE(word)}
    reached = 0
    for at, word in enumerate(words) if violent else ():
        if word in violent and at >= reached:
            first, last = _sentence(words, at)
            around = words[first:at] + words[at + 1 : last]
            if any(map(_MEANT_FOR, around)) and any(map(_WILLING, around)):
                yield Hint(HintKind.HOT, *reading.span(first, last - 1))
                reached = last


def _sentence(words: list[str], at: int) -> tuple[int, int]:
    """Where the words near that place begin and end, within their sentence."""
    first = last = at
    while first > max(0, at - NEAR) and words[first - 1] not in ENDS:
        first -= 1
    while last < min(len(words), at + NEAR) and words[last] not in ENDS:
        last += 1
    return first, last
