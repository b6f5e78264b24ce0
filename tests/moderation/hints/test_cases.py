import pytest

from moderation import hints
from moderation.hints import HintKind

OWN = ("KS", "BUN")


def details(text, namnder=OWN):
    return [hint.detail for hint in hints.find(text, namnder) if hint.kind == HintKind.PAGAENDE_ARENDE]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Angående KS 2026/112: jag motsätter mig", "KS 2026/112"),
        ("se dnr ks 2026-112 – tack", "KS 2026/112"),
        ("KS 0049/2017 är klart", "KS 2017/49"),
        ("dnr BUN 2026-00123", "BUN 2026/123"),
        ("(KS-2018-00526-1)", "KS 2018/526"),
        ("ks/2026/0088 gäller", "KS 2026/88"),
        ("bun2026/31", "BUN 2026/31"),
        ("Ref 2026-0871.", "2026/871"),
        ("ärende 18/2026", "2026/18"),
    ],
)
def test_a_diarienummer_of_ones_own_is_found_however_it_is_written(text, number):
    assert details(text) == [number]


def test_the_place_of_the_number_is_told():
    text = "Angående KS 2026/112: jag motsätter mig"
    (hint,) = hints.find(text, OWN)
    assert text[hint.start : hint.end] == "KS 2026/112"


@pytest.mark.parametrize(
    "text",
    [
        "Länsstyrelsens dnr LST 2026/5512",
        "MHN 2026/18",
        "KS 2026-03-01 sammanträdde de",
        "KS § 184/2019",
        "Omsättningen 2026/27",
        "XKS 2026/112",
    ],
)
def test_other_peoples_numbers_are_none(text):
    assert details(text) == []


def test_without_prefixes_only_a_number_that_is_said_to_be_one_counts():
    assert details("KS 2026/112", ()) == []
    assert details("dnr 2026/112", ()) == ["2026/112"]


def test_prefixes_may_be_written_in_any_case():
    assert details("KS 2026/112", [" ks "]) == ["KS 2026/112"]


def test_somebody_who_appeals_speaks_of_a_case_without_a_number():
    assert details("Jag överklagar beslutet") == [""]
