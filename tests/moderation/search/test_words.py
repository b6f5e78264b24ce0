"""Stems, folding and what is read out of a query."""

import pytest

from moderation.search import query, snippet
from moderation.search.fold import FROM, TO, fold
from moderation.search.stem import stem


@pytest.mark.parametrize(
    "forms",
    [
        "väg vägen vägar vägarna vägens",
        "skola skolan skolor skolorna skolans",
        "snö snön snöns",
        "lyse lyset lysets",
        "barn barnen barnens",
        "kommunen kommuner kommunens kommunerna",
        "behandling behandlingen behandlingar",
    ],
)
def test_the_forms_of_a_word_begin_as_its_stem(forms):
    words = [fold(word) for word in forms.split()]
    stems = {stem(word) for word in words}
    assert all(word.startswith(found) for word in words for found in stems), stems


@pytest.mark.parametrize("word", ["is", "a", "å", "brr", "", "2026", "nej", "ska", "inte"])
def test_short_words_are_left_alone(word):
    assert len(stem(word)) >= min(3, len(word))


def test_folding_is_letter_for_letter():
    assert fold("ÅÄÖ åäö Éø ŁŠ") == "aao aao eo ls"
    assert len(FROM) >= len(TO)
    assert len(set(FROM)) == len(FROM)


def test_words_and_phrases_and_what_must_not_be_there_are_told_apart():
    asked = query.read('vägen "Exakt fras" -inte -"en annan fras" KS 2026/1')
    assert [term.parts for term in asked.wanted] == [("vag",), ("exakt", "fras"), ("ks",), ("2026", "1")]
    assert [term.parts for term in asked.unwanted] == [("inte",), ("en", "annan", "fras")]


def test_both_languages_say_the_same():
    asked = query.read('vägen "exakt fras" -inte')
    assert query.as_postgresql(asked) == "(('vag':*) & ('exakt' <-> 'fras')) & !('inte')"
    assert query.as_sqlite(asked) == '("vag" * AND "exakt fras") NOT "inte"'


def test_an_excerpt_is_cut_around_the_hit_and_keeps_every_letter_of_it():
    text = "början " * 100 + "mitt i Vägarnas\n\nskick " + "slutet " * 100
    pieces = snippet.excerpt(text, query.read("väg"), 100)
    assert [piece.text for piece in pieces if piece.is_hit] == ["Vägarnas"]
    line = "".join(piece.text for piece in pieces)
    assert line[0] == line[-1] == "…"
    assert "mitt i Vägarnas skick" in line
    assert len(line) <= 102


def test_a_long_word_before_the_hit_does_not_push_it_out():
    assert snippet.has_hit(snippet.excerpt("x" * 5000 + " vägen", query.read("väg"), 100))


def test_a_text_without_a_hit_is_shown_from_its_beginning():
    assert [piece.text for piece in snippet.excerpt("Hej  där", query.read("väg"))] == ["Hej där"]


def test_a_phrase_is_marked_as_one():
    runs = snippet.runs("På torget, i dag. Torget i dagis", query.read('"torget i dag"'))
    assert [run.text for run in runs if run.is_hit] == ["torget, i dag"]
