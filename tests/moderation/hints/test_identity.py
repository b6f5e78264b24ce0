import pytest

from moderation import hints
from moderation.hints import HintKind


def kinds(text):
    return [hint.kind for hint in hints.find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "19910717-2380",
        "910717-2380",
        "199107172380",
        "9107172380",
        "19910717 2380",
        "1991-07-17-2380",
        "910717+2380",
        "910717–2380",
        "18910717-2380",
    ],
)
def test_a_personnummer_is_found_however_it_is_written(written):
    text = f"Mitt nummer är {written}, ring mig"
    (hint,) = hints.find(text)
    assert (hint.kind, text[hint.start : hint.end]) == (HintKind.PERSONNUMMER, written)


@pytest.mark.parametrize("written", ["19910717-2381", "910717-2381", "199107172381"])
def test_one_with_a_wrong_last_digit_is_told_apart(written):
    assert kinds(f"Jag heter Testa, {written}") == [HintKind.PERSONNUMMER_FEL]


@pytest.mark.parametrize("written", ["900662-2394", "19900662-2394", "199006622394"])
def test_a_samordningsnummer_has_sixty_more_days(written):
    assert kinds(f"Hon har {written}") == [HintKind.SAMORDNINGSNUMMER]


def test_a_mistyped_samordningsnummer_says_what_it_looks_like():
    (hint,) = hints.find("Hon har 900662-2395")
    assert (hint.kind, hint.detail) == (HintKind.PERSONNUMMER_FEL, "samordningsnummer")


@pytest.mark.parametrize(
    "text",
    [
        "Faktura 20261122-0001 är betald",
        "OCR 8812310049562",
        "Den 1991-07-17 klockan 23.80",
        "Den 31 april, 910431-2380, finns inte",
        "Månad tretton 911317-2380",
        "Artikel 8001014567 är slut",
        "Kontot är 8327-9,910717238-0",
        "123910717-23804",
    ],
)
def test_other_numbers_are_none(text):
    assert not {kind for kind in kinds(text) if "nummer" in kind}


def test_ten_digits_on_end_with_a_wrong_last_one_need_a_word_that_says_what_they_are():
    assert kinds("Artikeln 9107172381") == []
    assert kinds("Mitt personnummer: 9107172381") == [HintKind.PERSONNUMMER_FEL]


def test_a_mobile_number_is_no_samordningsnummer():
    assert kinds("mobil 0701740633") == [HintKind.TELEFON]
