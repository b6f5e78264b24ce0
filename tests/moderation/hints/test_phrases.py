import pytest

from moderation.hints.kinds import HintKind
from moderation.hints.phrases import KEY, Phrases
from moderation.hints.reading import read
from moderation.hints.words import LISTS, SETS


def found(line, text, **sets):
    phrases = Phrases({HintKind.HOT: line}, sets)
    return [text[hint.start : hint.end] for hint in phrases.find(read(text))]


def test_a_word_is_found_with_its_place_whatever_its_case():
    assert found("hora", "En HORA, sa han. hora") == ["HORA", "hora"]


def test_a_word_inside_another_is_not_the_word():
    assert found("hora", "Horan och skohora") == []


def test_a_stem_has_the_endings_that_are_written():
    assert found("hor(a/an)", "hora horan horor") == ["hora", "horan"]


def test_a_star_stands_for_any_ending_or_any_beginning():
    assert found("svart*", "svartskalle") == ["svartskalle"]
    assert found("*jävel", "horjävel") == ["horjävel"]
    assert found("*jävel", "en jävel på plogning") == []


def test_a_gap_takes_three_words_and_no_more():
    assert found("ska … stryk", "ska du få stryk") == ["ska du få stryk"]
    assert found("ska … stryk", "ska stryk") == ["ska stryk"]
    assert found("ska … stryk", "ska en två tre fyra stryk") == []


def test_no_phrase_runs_across_the_end_of_a_sentence():
    assert found("ska … stryk", "Det ska det. Stryk bordet") == []


def test_what_must_not_follow():
    assert found("skjuta !upp/till", "skjuta upp, skjuta till, skjuta dig") == ["skjuta"]


def test_a_set_stands_for_its_words():
    assert found("slå DEM", "slå dig, slå er, slå bordet", DEM="dig/er") == ["slå dig", "slå er"]


@pytest.mark.parametrize("written", ["h0ra", "h o r a", "H.O.R.A", "ho\u00adra", "ho\u200bra", "hor@"])
def test_a_disguise_is_seen_through(written):
    assert found("hora", f"din {written}") == [written]


def test_decomposed_letters_are_the_same_letters():
    assert found("slå", "sla\u030a") == ["sla\u030a"]


@pytest.mark.parametrize("kind", LISTS)
def test_every_line_of_the_lists_is_written_as_it_is_read(kind):
    for line in LISTS[kind].strip().splitlines():
        parts = line.split()
        assert not parts[0].startswith(("!", "…")), line
        assert parts[-1] != "…", line
        assert "… !" not in line, line
        for part in ("/".join(SETS.get(one, one) for one in part.split("/")) for part in parts):
            assert part == part.lower(), line
            assert part.count("(") == part.count(")"), line
            assert "" not in part.removeprefix("!").replace("(/", "(x/").split("/"), line
            assert all(len(form) > KEY for form in part.split("/") if form.endswith("*")), line
