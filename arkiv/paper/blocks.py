"""A text of any length -> blocks that the layout engine gets through in linear time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional

from arkiv.paper.glyphs import PLAIN, Sign, signs

# One block of 60,000 signs takes over a minute to lay out, the same text in blocks of 500 four seconds.
SIGNS_AT_MOST = 500
EMPTY_LINES_AT_MOST = 60
# Above this many lines the breaks are printed as ↵, or one comment of single letters fills hundreds of pages.
LINES_AT_MOST = 300
# Each run is a box on the line, and many boxes on a line cost more than a second a block.
RUNS_AT_MOST = 16
RETURN = Sign("↵", is_mark=True)
NOT_LATIN = re.compile(r"([^\x20-\x7e\xa1-\xac\xae-\xff])\1*", re.DOTALL)
SENTENCE_END = frozenset(".!?…")


@dataclass(frozen=True)
class Run:
    text: str
    is_mark: bool = False


@dataclass(frozen=True)
class Block:
    """`goes_on`: the paper broke the line after this block, not the author. `mixed`: too many marks to set apart."""

    runs: tuple[Run, ...]
    goes_on: bool = False
    mixed: bool = False


def direction(text: str) -> str:
    """rtl or ltr, by the first letter that has a direction, as dir=auto would say."""
    if not PLAIN.fullmatch(text):
        for char in text:
            kind = bidirectional(char)
            if kind in {"L", "R", "AL"}:
                return "ltr" if kind == "L" else "rtl"
    return "ltr"


def blocks(text: str) -> tuple[Block, ...]:
    """The whole text, nothing hidden: at most 500 signs a block, cut between lines, sentences or words if possible."""
    text = text.replace("\r\n", "\n")
    if not text.strip():
        return (Block((Run(f"[{len(text)} blanktecken]", is_mark=True),)),) if text else ()
    if len(text) <= SIGNS_AT_MOST and text.count("\n") < EMPTY_LINES_AT_MOST and PLAIN.fullmatch(text):
        return (Block((Run(text),)),)
    return tuple(_packed(_flowing(list(_lines(text)))))


def inline(text: str, at_most: int = SIGNS_AT_MOST) -> tuple[Run, ...]:
    """A name or a label on one line; what does not fit is counted."""
    if len(text) <= at_most and "\n" not in text and PLAIN.fullmatch(text):
        return (Run(text),) if text else ()
    found = [sign for line in text.split("\n") for sign in (*signs(line), RETURN)][:-1]
    kept = list(_fitting(found, at_most))
    if len(kept) < len(found):
        kept.append(Sign(f"[+ {len(found) - len(kept)} tecken]", is_mark=True))
    return _block(kept).runs


def flat(text: str, at_most: int = SIGNS_AT_MOST) -> str:
    """The same as `inline` where the paper can hold nothing but characters: title, alt text, running header."""
    return "".join(run.text for run in inline(text, at_most))


def _fitting(found: Iterable[Sign], at_most: int) -> Iterator[Sign]:
    length = 0
    for sign in found:
        length += len(sign.text)
        if length > at_most:
            return
        yield sign


def _lines(text: str) -> Iterator[list[Sign]]:
    for is_empty, group in groupby(text.split("\n"), key=lambda line: not line.strip()):
        lines = list(group)
        if is_empty and len(lines) > EMPTY_LINES_AT_MOST:
            yield [Sign(f"[{len(lines)} tomma rader]", is_mark=True)]
        else:
            yield from (list(signs(line)) for line in lines)


def _flowing(lines: list[list[Sign]]) -> list[list[Sign]]:
    if len(lines) <= LINES_AT_MOST:
        return lines
    note = Sign(f"[{len(lines)} rader, radbrytning visas som ↵]", is_mark=True)
    return [[note], [sign for line in lines for sign in (*line, RETURN)][:-1]]


def _packed(lines: list[list[Sign]]) -> Iterator[Block]:
    """Short lines share a block, long ones are cut; an empty line keeps its height by a space."""
    waiting: list[Sign] = []
    for line in lines:
        for piece, goes_on in _pieces(line or [Sign(" ")]):
            if waiting and _length(waiting) + _length(piece) >= SIGNS_AT_MOST:
                yield _block(waiting)
                waiting = []
            if waiting:
                waiting.append(Sign("\n"))
            waiting += piece
            if goes_on:
                yield _block(waiting, goes_on=True)
                waiting = []
    if waiting:
        yield _block(waiting)


def _block(found: list[Sign], goes_on: bool = False) -> Block:
    runs = _runs(found)
    if len(runs) > RUNS_AT_MOST:
        return Block((Run("".join(sign.text for sign in found)),), goes_on, mixed=True)
    return Block(runs, goes_on)


def _pieces(line: list[Sign]) -> Iterator[tuple[list[Sign], bool]]:
    start = 0
    while (end := _cut(line, start)) < len(line):
        yield line[start:end], True
        start = end
    yield line[start:], False


def _cut(line: list[Sign], start: int) -> int:
    """After a sentence if one ends in the latter half, else after a word, else between two signs."""
    length = word = sentence = 0
    for at in range(start, len(line)):
        length += len(line[at].text)
        if length > SIGNS_AT_MOST:
            return sentence or word or max(at, start + 1)
        if length > SIGNS_AT_MOST // 2 and line[at].text == " ":
            word = at + 1
            if line[at - 1].text in SENTENCE_END:
                sentence = at + 1
    return len(line)


def _length(found: list[Sign]) -> int:
    return sum(len(sign.text) for sign in found)


def _runs(found: Iterable[Sign]) -> tuple[Run, ...]:
    return tuple(
        Run("".join(sign.text for sign in group), is_mark)
        for is_mark, group in groupby(found, key=lambda sign: sign.is_mark)
    )


def plain_lines(text: str, width: int = 88) -> Iterator[str]:
    """The text in nothing but Latin letters and [U+XXXX], in lines of our own: what any renderer gets through."""
    lines = text.replace("\r\n", "\n").split("\n") if text.count("\n") <= LINES_AT_MOST else [text]
    for line in lines:
        shown = NOT_LATIN.sub(_coded, line)
        while len(shown) > width:
            at = shown.rfind(" ", width // 2, width) + 1 or width
            yield shown[:at]
            shown = shown[at:]
        yield shown or " "


def _coded(found: re.Match[str]) -> str:
    times = f" × {len(found[0])}" if len(found[0]) > 1 else ""
    return f"[U+{ord(found[1]):04X}{times}]"
