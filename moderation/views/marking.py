"""Hints laid over a text: the text in runs, each with the words of the hints that cover it. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from moderation.hints import Hint, HintKind, kinds


@dataclass(frozen=True)
class Marked:
    """A stretch of the text. `words` is "" where nothing is marked."""

    text: str
    words: str = ""


@dataclass(frozen=True)
class Word:
    """A kind of hint in the text, and what was found where that says more than the place."""

    label: str
    details: str


def marked(text: str, hints: Iterable[Hint]) -> list[Marked]:
    """The runs make up the whole text. A hint that lies partly over another shares a run with it."""
    placed = [hint for hint in hints if 0 <= hint.start < hint.end <= len(text)]
    cuts = sorted({0, len(text), *(hint.start for hint in placed), *(hint.end for hint in placed)})
    runs = []
    for start, end in pairwise(cuts):
        over = kinds(hint for hint in placed if hint.start <= start and end <= hint.end)
        runs.append(Marked(text[start:end], ", ".join(kind.label for kind in over)))
    return runs


def words(hints: Collection[Hint]) -> list[Word]:
    """Each kind once, the most pressing first."""
    return [Word(kind.label, ", ".join(_details(hints, kind))) for kind in kinds(hints)]


def _details(hints: Iterable[Hint], kind: HintKind) -> list[str]:
    return sorted({hint.detail for hint in hints if hint.kind == kind and hint.detail})
