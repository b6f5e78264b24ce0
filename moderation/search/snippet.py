"""The part of a text where the hit stands, and which words of it are hits. Makes no HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moderation.search.fold import fold, words
from moderation.search.query import Query, Term

# A hit further into a text than this is found but not marked.
READ = 20_000
BEFORE = 60
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Run:
    text: str
    is_hit: bool


def runs(text: str, asked: Query) -> list[Run]:
    """The text in pieces, hits by themselves."""
    return _pieces(text, hits(text, asked))


def excerpt(text: str, asked: Query, length: int = 240) -> list[Run]:
    """In one line, around the first hit, or from the beginning where there is none."""
    line = _SPACE.sub(" ", text[:READ]).strip()
    spans = hits(line, asked)
    first = spans[0][0] if spans else 0
    start = 0 if first <= length // 2 else line.rfind(" ", first - BEFORE * 2, first - BEFORE) + 1 or first - BEFORE
    end = min(start + length, len(line))
    within = [(max(one, start) - start, min(other, end) - start) for one, other in spans if other > start and one < end]
    pieces = _pieces(line[start:end], within)
    before, after = [Run("…", False)] * (start > 0), [Run("…", False)] * (end < len(line))
    return [*before, *pieces, *after]


def has_hit(pieces: list[Run]) -> bool:
    return any(piece.is_hit for piece in pieces)


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Run]:
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [Run(text[end:start], False), Run(text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, Run(text[end:], False)] if piece.text]


def hits(text: str, asked: Query) -> list[tuple[int, int]]:
    """Where the wanted words stand, in order and without overlap."""
    read = [(match.start(), match.end(), fold(match[0])) for match in words(text)]
    spans = sorted(span for term in asked.wanted for span in _of_term(term, read))
    apart: list[tuple[int, int]] = []
    for start, stop in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, stop))
    return apart


def _of_term(term: Term, read: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    length = len(term.parts)
    for at in range(len(read) - length + 1):
        beside = [word for _, _, word in read[at : at + length]]
        if beside[:-1] == list(term.parts[:-1]) and _same(beside[-1], term):
            yield read[at][0], read[at + length - 1][1]


def _same(word: str, term: Term) -> bool:
    return word.startswith(term.parts[-1]) if term.is_prefix else word == term.parts[-1]
