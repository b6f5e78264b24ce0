"""Nothing is hidden on paper: what is not drawn as it stands is shown as a mark."""

import unicodedata

import pytest

from arkiv.paper.glyphs import Sign, drawable, is_drawn, signs
from tests import hostile


def shown(text: str) -> str:
    return "".join(sign.text for sign in signs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("före\x00efter", "före[U+0000]efter"),
        ("a\x1b[31m", "a[U+001B][31m"),
        ("a\x7fb\x9bc", "a[U+007F]b[U+009B]c"),
        ("gnp\u202eexe", "gnp[U+202E]exe"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\u00adb", "a[U+00AD]b"),
        ("a\u200db", "a[U+200D]b"),
        ("\ud83d", "[U+D83D]"),
        ("\U0001fae9", "[U+1FAE9]"),
        ("\ue000", "[U+E000]"),
        ("rad\u2028rad", "rad[U+2028]rad"),
        ("\x00" * 60_000, "[U+0000] × 60000"),
        ("a\tb", "a    b"),
        ("a" + "\u0301" * 40, "a" + "\u0301" * 6 + "[+ 34 kombinerande tecken]"),
        ("åäö ÅÄÖ é – ”x” €", "åäö ÅÄÖ é – ”x” €"),
    ],
)
def test_what_is_shown(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦", "👍🏽", "🇸🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1\ufe0f\u20e3", "❤️‍🔥", "क्ष", "ä"])
def test_what_belongs_together_is_one_sign(text):
    found = list(signs(text))
    assert "".join(sign.text for sign in found) == text
    assert len(found) <= 2
    if unicodedata.category(text[0]) == "So":
        assert found == [Sign(text)]


def test_persian_keeps_its_joiners():
    assert shown("می‌خواهم") == "می‌خواهم"


def test_a_mark_is_told_apart_from_the_same_letters_written_by_a_person():
    assert list(signs("\u202e")) == [Sign("[U+202E]", is_mark=True)]
    assert not any(sign.is_mark for sign in signs("[U+202E] ш"))


@pytest.mark.parametrize("name", hostile.texts(long=300))
def test_every_sign_that_is_not_a_mark_can_be_drawn(name):
    for line in hostile.texts(long=300)[name].split("\n"):
        for sign in signs(line):
            drawn = sign.text.replace("\u200d", "").replace("\u200c", "")
            assert all(ord(char) in drawable() or unicodedata.category(char) == "Cf" for char in drawn), sign
            assert not any("\ud800" <= char <= "\udfff" for char in drawn)


def test_the_fonts_hold_what_a_swede_writes():
    assert all(is_drawn(char) for char in "abcåäöÅÄÖéü0123456789.,:;!?–—’”…•€£½§°😀👍❤😡🎉")
    assert all(is_drawn(char) for char in "جהश가"[:3])
