"""Periods are called what people call them."""

from datetime import date

import pytest

from arkiv.views import periods

NAMES = [
    (date(2026, 10, 1), date(2026, 10, 31), "oktober 2026"),
    (date(2028, 2, 1), date(2028, 2, 29), "februari 2028"),
    (date(2026, 2, 1), date(2026, 2, 27), "1–27 februari 2026"),
    (date(2026, 1, 1), date(2026, 12, 31), "2026"),
    (date(2026, 11, 9), date(2026, 11, 9), "9 november 2026"),
    (date(2026, 10, 1), date(2026, 11, 30), "1 oktober – 30 november 2026"),
    (date(2026, 12, 24), date(2027, 1, 6), "24 december 2026 – 6 januari 2027"),
    (date(2025, 1, 1), date(2026, 12, 31), "1 januari 2025 – 31 december 2026"),
]


@pytest.mark.parametrize(("first", "last", "name"), NAMES)
def test_a_period_has_a_name(first: date, last: date, name: str):
    assert periods.name(first, last) == name


def test_in_january_the_previous_month_lies_in_the_year_before():
    month = periods.previous_month(date(2027, 1, 31))
    assert (month.first_day, month.last_day, month.name) == (date(2026, 12, 1), date(2026, 12, 31), "December 2026")


def test_the_shortcuts_are_three_months_the_month_so_far_and_the_year_so_far():
    found = list(periods.shortcuts(date(2026, 11, 22)))
    assert [period.name for period in found] == [
        "Oktober 2026",
        "September 2026",
        "Augusti 2026",
        "Hittills i november",
        "Hittills i år",
    ]
    assert (found[-1].first_day, found[-1].last_day) == (date(2026, 1, 1), date(2026, 11, 22))
