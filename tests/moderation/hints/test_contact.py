import pytest

from moderation import hints
from moderation.hints import HintKind

PLACES = {HintKind.TELEFON, HintKind.EPOST, HintKind.LANK, HintKind.ADRESS}


def found(text):
    return [(hint.kind.value, text[hint.start : hint.end]) for hint in hints.find(text) if hint.kind in PLACES]


@pytest.mark.parametrize(
    "number",
    [
        "070-174 06 05",
        "0701740605",
        "070 174 06 05",
        "+46 70 174 06 05",
        "+46701740605",
        "+46 (0)70-174 06 05",
        "08-465 004 15",
        "0980-31 92 00",
        "0980-319200",
        "08 - 465 004 15",
    ],
)
def test_a_telephone_number_is_found(number):
    assert found(f"Ring {number} efter fyra.") == [("telefon", number)]


@pytest.mark.parametrize(
    "text", ["Det kostar 070 kronor", "01-02-2026", "KS 0049/2017", "00000000000", "klockan 08.15"]
)
def test_other_digits_are_no_telephone(text):
    assert found(text) == []


@pytest.mark.parametrize("address", ["fia.fiktiv@exempel.se", "kalle(at)exempel.se", "A+B@mail.exempel.se"])
def test_an_email_address_is_found_whole_and_is_no_link(address):
    assert found(f"Mejla {address}!") == [("epost", address)]


@pytest.mark.parametrize(
    "link",
    ["https://exempel.se/film?id=4", "www.exempel-lan.test", "exempel.se", "HTTPS://EXEMPEL.SE", "youtu.be/abc123"],
)
def test_a_link_is_found_without_what_ends_the_sentence(link):
    assert found(f"Se ({link}).") == [("lank", link)]


def test_a_forgotten_space_makes_no_link_and_a_question_mark_in_a_link_no_question():
    assert found("Nu är det bra.Se till att det blir så") == []
    assert hints.kinds(hints.find("https://exempel.se/?id=4")) == (HintKind.LANK,)


@pytest.mark.parametrize(
    "address",
    ["Exempelgatan 3", "exempelvägen 22b", "Norra Exempelgatan 12", "Hyttbacken 14 B", "714 80 Kopparberg", "Box 12"],
)
def test_an_address_is_found(address):
    assert found(f"Skicka det till {address}, tack") == [("adress", address)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi gick vägen 5 gånger",
        "Cykelvägen 3 meter bort",
        "Lampa 114 på Järnvägsgatan",
        "riksväg 63",
        "Det kostar 100 00 Kronor",
        "detaljplan 12",
        "Gruvgatan är oplogad",
    ],
)
def test_what_is_counted_on_a_road_is_no_address(text):
    assert found(text) == []
