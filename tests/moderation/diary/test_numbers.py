"""Diarienummer are read however a registrator writes them."""

import pytest

from moderation.diary import numbers
from moderation.diary.numbers import Diarienummer


@pytest.mark.parametrize(
    ("written", "prefix", "year", "number"),
    [
        ("KS 0049/2017", "KS", 2017, 49),
        ("KS 2017/49", "KS", 2017, 49),
        ("ks-2018-00526-1", "KS", 2018, 526),
        ("KS/2019/0001/0009", "KS", 2019, 1),
        ("2016-000003", "", 2016, 3),
        ("KS-2012/837", "KS", 2012, 837),
        ("Dnr: BUN 2026/12", "BUN", 2026, 12),
        ("  KFN   2026/44 ", "KFN", 2026, 44),
        ("tn2026/318", "TN", 2026, 318),
    ],
)
def test_one_is_read_however_it_is_written(written, prefix, year, number):
    assert numbers.read(written) == Diarienummer(prefix, year, number)


@pytest.mark.parametrize(
    "written",
    ["", "KS", "49", "vet inte", "KS 49/17x", "2026-07-01", "KS § 184/2019-11-18", "=1+1", "KS 2026/1 och KS 2026/2"],
)
def test_what_is_none_is_none(written):
    assert numbers.read(written) is None


def test_two_ways_of_writing_are_the_same_matter():
    assert numbers.read("KS 0049/2017") == numbers.read("ks 2017/49")
    assert str(numbers.read("ks 0049/2017")) == "KS 2017/49"
