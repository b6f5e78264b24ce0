"""Texts of any length become blocks of at most 500 signs, and nothing is lost on the way."""

import time

import pytest

from arkiv.paper.blocks import SIGNS_AT_MOST, Block, Run, blocks, direction, flat, inline, plain_lines
from tests import hostile

FAMILY = hostile.FAMILY


def text_of(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def test_an_ordinary_comment_is_one_block_as_it_was_written():
    assert blocks("Hej!\n\nVägen är hal.") == (Block((Run("Hej!\n\nVägen är hal."),)),)


@pytest.mark.parametrize("name", hostile.texts())
def test_no_block_is_longer_than_the_limit_and_no_text_takes_long(name):
    began = time.process_time()
    found = blocks(hostile.texts()[name])
    assert time.process_time() - began < 5
    assert all(len(text_of(block)) <= SIGNS_AT_MOST + 10 for block in found)
    assert all(len(block.runs) <= 16 for block in found)


def test_a_long_text_is_cut_after_a_sentence_and_says_so():
    found = blocks("En mening som är ganska lång men inte alltför. " * 30)
    assert all(block.goes_on for block in found[:-1])
    assert all(text_of(block).endswith("alltför. ") for block in found)
    assert not found[-1].goes_on


def test_cutting_loses_nothing():
    text = "ord " * 700
    assert "".join(map(text_of, blocks(text))) == text


def test_a_family_is_not_torn_apart():
    found = blocks("x" * 497 + FAMILY + "y" * 600)
    assert sum(text_of(block).count(FAMILY) for block in found) == 1


def test_a_break_between_lines_is_the_authors_own():
    found = blocks("\n".join(["en rad som har fyrtio tecken i sig, minst"] * 100))
    assert len(found) > 1
    assert not any(block.goes_on for block in found)


def test_sixty_empty_lines_are_printed_and_more_are_counted():
    assert "tomma" not in text_of(blocks("a" + "\n" * 61 + "b")[0])
    assert text_of(blocks("a" + "\n" * 500 + "b")[0]) == "a\n[499 tomma rader]\nb"


def test_empty_lines_between_blocks_keep_their_height():
    shown = "\n".join(map(text_of, blocks(("a" * 300 + "\n\n") * 4 + "b")))
    assert shown.count("\n \n") == 4


def test_thousands_of_short_lines_flow():
    found = blocks("a\n" * 4000)
    assert text_of(found[0]) == "[4001 rader, radbrytning visas som ↵]"
    assert text_of(found[1]).startswith("a↵a↵")
    assert len(found) < 20


def test_blanks_are_counted_and_nothing_is_nothing():
    assert text_of(blocks("\xa0" * 7)[0]) == "[7 blanktecken]"
    assert blocks("") == ()


def test_many_marks_share_one_run_and_the_block_says_so():
    found = blocks("a\u200b" * 100)
    assert all(block.mixed and len(block.runs) == 1 for block in found)
    assert text_of(found[0]).startswith("a[U+200B]a[U+200B]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hej", "ltr"), ("שלום hej", "rtl"), ("123 مرحبا", "rtl"), ("hej مرحبا", "ltr"), ("😀 !", "ltr"), ("", "ltr")],
)
def test_direction_is_that_of_the_first_letter(text, expected):
    assert direction(text) == expected


def test_a_name_stands_on_one_line():
    assert flat("Anna\nAndersson") == "Anna↵Andersson"
    assert flat("x" * 60_000).endswith("[+ 59500 tecken]")
    assert inline("") == ()


@pytest.mark.parametrize("name", hostile.texts(long=3000))
def test_the_plain_listing_is_made_of_short_lines_of_latin_letters(name):
    for line in plain_lines(hostile.texts(long=3000)[name]):
        assert len(line) <= 88
        assert all("\x20" <= char <= "\xff" and char not in "\x7f\xad\xa0" for char in line.replace("×", ""))


def test_the_plain_listing_tells_codes():
    assert list(plain_lines("Hej 😀😀\nå\x00")) == ["Hej [U+1F600 × 2]", "å[U+0000]"]
    assert list(plain_lines("a\n\nb")) == ["a", " ", "b"]
    assert list(plain_lines("ord " * 30, 21)) == ["ord " * 5] * 6
