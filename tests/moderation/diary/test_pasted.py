"""A pasted list, from Excel, a mail or a hand."""

import pytest

from moderation.diary import pasted
from moderation.diary.pasted import Line


@pytest.mark.parametrize(
    "line",
    [
        "17;KS 2026/12",
        "17\tKS 2026/12",
        '"17";"KS 2026/12"',
        "17, KS 2026/12",
        "Handling 17 KS 2026/12",
        "17;KS 2026/12;;",
    ],
)
def test_a_line_is_an_item_and_its_number(line):
    (told,) = pasted.read(line)
    assert (told.item, told.diarienummer, told.fault) == (17, "KS 2026/12", "")


def test_heading_mark_and_empty_lines_are_passed_over():
    told = list(pasted.read("\ufeffHandling;Diarienummer\r\n\r\n17;KS 2026/12\r\n;;\r\n18;KS 2026/13\r\n"))
    assert [(line.item, line.diarienummer) for line in told] == [(17, "KS 2026/12"), (18, "KS 2026/13")]


def test_a_line_that_cannot_be_read_says_why_and_the_others_are_read():
    bad, good = pasted.read("17;imorgon\n18;KS 2026/13")
    assert bad == Line("17;imorgon", fault="”imorgon” är inte ett diarienummer.")
    assert good.item == 18


def test_a_line_without_a_number_of_an_item_says_what_is_missing():
    *_, told = pasted.read("1;KS 2026/1\nKS 2026/12")
    assert "handlingens nummer" in told.fault


def test_more_than_a_thousand_lines_are_not_lost_in_silence():
    told = list(pasted.read("\n".join(f"{number};KS 2026/1" for number in range(1, 1003))))
    assert [line.fault for line in told[1000:]] == ["Klistra in högst 1000 rader åt gången."] * 2


def test_hostile_lines_take_no_time():
    assert all(line.fault for line in pasted.read("1;" + " " * 50_000 + "x\n" + "1" * 50_000))
