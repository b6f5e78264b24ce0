"""All of it together: order, places, pressing first, and texts that were written to hurt."""

import time

import pytest

from moderation import hints
from moderation.hints import Hint, HintKind
from moderation.hints.finder import MOST
from tests import hostile

LONG = 100_000
# Each begins many phrases or numbers, and ends none of them.
TEASING = (
    "ska ",
    "din ",
    "vill se ",
    "hur ",
    "a@",
    "a.",
    "070-",
    "900101-",
    "xgatan 1 ",
    "d ö ",
    "ks 2026/",
    "(at) ",
    "få ",
)


def test_hints_come_in_the_order_of_their_places():
    found = hints.find("Ring 070-174 06 05 eller 08-465 004 15, när öppnar ni? Jag begär ut avtalet")
    assert [hint.start for hint in found] == sorted(hint.start for hint in found)
    assert len(found) > 3


def test_kinds_are_told_once_and_the_most_pressing_first():
    found = [Hint(HintKind.FRAGA, 0, 1), Hint(HintKind.HOT, 5, 8), Hint(HintKind.FRAGA, 9, 10)]
    assert hints.kinds(found) == (HintKind.HOT, HintKind.FRAGA)


def test_what_stands_first_has_a_reason_and_the_rest_has_none():
    for kind in HintKind:
        assert hints.urgency([kind]) == (0 if kind in hints.WHY else 1)
    assert hints.urgency([]) == 1
    assert hints.urgency(["fraga", "hot"]) == 0
    assert set(hints.WHY) == {
        HintKind.HOT,
        HintKind.KRANKNING,
        HintKind.PERSONNUMMER,
        HintKind.SAMORDNINGSNUMMER,
        HintKind.PERSONNUMMER_FEL,
        HintKind.UTLAMNANDE,
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jag begär ut fakturorna", HintKind.UTLAMNANDE),
        ("Kan jag få ta del av avtalet med entreprenören", HintKind.UTLAMNANDE),
        ("Jag vet var du bor", HintKind.HOT),
        ("Rektorn förtjänar en kula", HintKind.HOT),
        ("Ni ska få spö allihop, era svin", HintKind.HOT),
        ("svartskallarna får allt", HintKind.KRANKNING),
        ("Det här är under all kritik", HintKind.KLAGOMAL),
    ],
)
def test_words_are_hinted_at(text, kind):
    assert kind in hints.kinds(hints.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "Jag blir mordisk av den där plogkanten varje morgon",
        "Skjut upp beslutet, ni borde skjuta till pengar",
        "Jag dör av skratt",
        "Hotellet har öppnat igen",
        "Politikerna i det här hålet är idioter hela bunten.",
        "Ni dödar landsbygden",
        "Vi kommer hem till er på fika, passa på",
        "Alla ska få en kula glass",
        "Skicka hem räkningen till dem",
    ],
)
def test_figures_of_speech_and_hard_words_about_those_who_govern_are_no_threat_and_no_slur(text):
    assert not {HintKind.HOT, HintKind.KRANKNING} & set(hints.kinds(hints.find(text)))


def test_nothing_is_found_in_nothing():
    assert hints.find("") == ()
    assert hints.find("👍👍👍") == ()


@pytest.mark.parametrize("name", hostile.texts(long=2_000))
def test_no_text_makes_it_stumble_or_point_outside(name):
    _check(hostile.texts(long=2_000)[name])


@pytest.mark.parametrize("unit", TEASING)
def test_a_text_made_to_be_slow_is_read_in_time_that_grows_with_its_length(unit):
    # It takes a few tenths of a second; where the time grew with the square it would be minutes.
    text = (unit * LONG)[:LONG]
    start = time.process_time()
    _check(text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "name", ["one long word", "hyphens", "combining flood", "one letter a line", "url", "nul flood"]
)
def test_a_flood_is_read_too(name):
    start = time.process_time()
    _check(hostile.texts(long=LONG)[name])
    assert time.process_time() - start < 3


def _check(text):
    found = hints.find(text, ("KS",))
    for hint in found:
        assert 0 <= hint.start <= hint.end <= len(text)
        assert hint.start < hint.end or (hint.start, hint.kind) == (0, HintKind.SPRAK)
    assert max((sum(one.kind == kind for one in found) for kind in HintKind), default=0) <= MOST
