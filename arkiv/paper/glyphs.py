"""What the fonts of the paper can draw, and how the rest is shown: a printout hides no character.

Everything that is not drawn as it stands becomes a mark such as [U+202E], set apart on the paper from what the
author wrote. The exact text is kept in the Document's JSON.
"""

import re
from collections.abc import Iterator
from functools import cache
from glob import glob
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from unicodedata import category
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

FONTS = Path(__file__).with_name("fonts.conf")

# Text of these characters needs no inspection; it is nearly all that is written in Swedish.
PLAIN = re.compile(r"[\n\x20-\x7e\xa0-\xac\xae-\xff–—‘’“”…•€]*")

ZWNJ, ZWJ, VS16 = "\u200c", "\u200d", "\ufe0f"
# Invisible although not of the category Cf, or able to turn the line around.
INVISIBLE = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x3164, 0xFFA0})
# Noto Sans Tamil Supplement: two of its glyphs in one file and veraPDF finds references to glyphs that are not there.
BROKEN = range(0x11FC0, 0x12000)
# Of the category Cf and yet visible: Arabic, Syriac and Kaithi signs that enclose numbers.
VISIBLE_FORMATS = frozenset({*range(0x600, 0x606), 0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD})
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAGS = range(0x1F1E6, 0x1F200)
BLACK_FLAG, TAGS, LAST_TAG = "\U0001f3f4", range(0xE0020, 0xE007F), "\U000e007f"

# Written language stacks at most four; more is a tower that covers the lines around it.
COMBINING_AT_MOST = 6
JOINED_AT_MOST = 10
MARKS_IN_A_ROW = 8


class Sign(NamedTuple):
    """What is not cut in two on the paper: a letter with its accents, an emoji family, or a mark of ours."""

    text: str
    is_mark: bool = False


class FontsMissing(RuntimeError):
    pass


@cache
def drawable() -> frozenset[int]:
    """The code points of all the fonts that fonts.conf lets in."""
    found: set[int] = set()
    for pattern in ElementTree.parse(FONTS).findall(".//acceptfont/glob"):  # noqa: S314, it is our own file
        for path in glob(pattern.text or ""):
            with TTFont(path, lazy=True) as font:
                found.update(font["cmap"].getBestCmap() or ())
    if not found:
        raise FontsMissing("Typsnitten saknas: installera fonts-dejavu-core, fonts-noto-core, fonts-noto-color-emoji.")
    return frozenset(found)


def signs(text: str) -> Iterator[Sign]:
    """Text without line breaks -> signs; equal marks in a long row become one with a count."""
    if PLAIN.fullmatch(text):
        yield from map(Sign, text)
        return
    for sign, same in groupby(_signs(text)):
        row = list(same)
        if sign.is_mark and len(row) > MARKS_IN_A_ROW:
            yield Sign(f"{sign.text} × {len(row)}", is_mark=True)
        else:
            yield from row


def mark(char: str) -> Sign:
    return Sign(f"[U+{ord(char):04X}]", is_mark=True)


def is_drawn(char: str) -> bool:
    """Whether the sign, standing alone, is on the paper what it is in the text."""
    code, kind = ord(char), category(char)
    if kind in {"Cc", "Cs", "Co", "Cn"} or code in INVISIBLE or code in BROKEN:
        return False
    if kind == "Cf" and code not in VISIBLE_FORMATS:
        return False
    return code in drawable()


def _signs(text: str) -> Iterator[Sign]:
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\t":
            yield Sign("    ")
            at += 1
        elif not is_drawn(char):
            yield mark(char)
            at += 1
        else:
            end = _end_of_cluster(text, at)
            yield Sign(text[at:end])
            at = end
            passed = _end_of_marks(text, at)
            if passed > at:
                yield Sign(f"[+ {passed - at} kombinerande tecken]", is_mark=True)
                at = passed


def _end_of_cluster(text: str, start: int) -> int:
    """A flag, or a sign with its accents and whatever is joined to it."""
    at = start + 1
    if ord(text[start]) in FLAGS and at < len(text) and ord(text[at]) in FLAGS:
        return at + 1
    if text[start] == BLACK_FLAG:
        return _end_of_tags(text, at)
    for _ in range(JOINED_AT_MOST):
        at = _end_of_marks(text, at, COMBINING_AT_MOST)
        joins = at + 1 < len(text) and text[at] in {ZWJ, ZWNJ} and _may_join(text[at - 1]) and is_drawn(text[at + 1])
        if not joins:
            return at
        at += 2
    return _end_of_marks(text, at, COMBINING_AT_MOST)


def _end_of_marks(text: str, at: int, at_most: int | None = None) -> int:
    end = len(text) if at_most is None else min(len(text), at + at_most)
    while at < end and _belongs_to_the_sign_before(text[at]):
        at += 1
    return at


def _belongs_to_the_sign_before(char: str) -> bool:
    if ord(char) in SKIN_TONES:
        return True
    return category(char) in {"Mn", "Me", "Mc"} and is_drawn(char)


def _may_join(char: str) -> bool:
    """Joiners shape emoji and scripts from Hebrew onwards; between Latin letters they would only hide."""
    return ord(char) >= 0x590


def _end_of_tags(text: str, at: int) -> int:
    """England, Scotland and Wales are a black flag followed by invisible letters."""
    end = at
    while end < len(text) and end - at < 8 and ord(text[end]) in TAGS:
        end += 1
    return end + 1 if end > at and text[end : end + 1] == LAST_TAG else _end_of_marks(text, at, COMBINING_AT_MOST)
