"""Hints laid over a text leave every character of it where it was."""

import pytest

from moderation.hints import Hint, HintKind, find
from moderation.views.marking import Marked, Word, marked, words
from tests import hostile


def test_a_hint_is_a_run_with_its_word():
    hints = [Hint(HintKind.TELEFON, 5, 8)]
    assert marked("Ring 112 nu", hints) == [Marked("Ring "), Marked("112", "telefonnummer"), Marked(" nu")]


def test_two_hints_that_lie_over_each_other_share_what_is_common():
    hints = [Hint(HintKind.FRAGA, 0, 4), Hint(HintKind.HOT, 2, 6)]
    assert marked("abcdef", hints) == [
        Marked("ab", "fråga"),
        Marked("cd", "möjligt hot, fråga"),
        Marked("ef", "möjligt hot"),
    ]


def test_what_concerns_the_whole_text_marks_nothing_of_it():
    hints = [Hint(HintKind.SPRAK, 0, 0, "engelska")]
    assert marked("Hello", hints) == [Marked("Hello")]
    assert words(hints) == [Word("annat språk än svenska", "engelska")]


def test_a_place_outside_the_text_is_let_be():
    assert marked("kort", [Hint(HintKind.HOT, 2, 99), Hint(HintKind.HOT, -3, 2)]) == [Marked("kort")]


def test_an_empty_text_has_no_runs():
    assert marked("", []) == []


def test_each_kind_is_said_once_the_most_pressing_first_with_what_was_found():
    hints = [
        Hint(HintKind.FRAGA, 0, 1),
        Hint(HintKind.PAGAENDE_ARENDE, 2, 3, "KS 2026/2"),
        Hint(HintKind.PAGAENDE_ARENDE, 4, 5, "KS 2026/1"),
        Hint(HintKind.HOT, 6, 7),
    ]
    assert words(hints) == [
        Word("möjligt hot", ""),
        Word("pågående ärende", "KS 2026/1, KS 2026/2"),
        Word("fråga", ""),
    ]


@pytest.mark.parametrize("text", hostile.texts(long=3_000).values(), ids=hostile.texts(long=3_000))
def test_the_runs_of_a_hostile_text_make_up_the_text(text):
    runs = marked(text, find(text, ("KS",)))
    assert "".join(run.text for run in runs) == text
