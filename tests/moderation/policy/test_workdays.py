from datetime import UTC, date, datetime, time

import pytest

from moderation.policy import workdays

# Thursday before midsummer, the days round Christmas and New Year, Maundy Thursday, and a plain Friday.
NEXT = [
    ("2026-06-18", "2026-06-22"),
    ("2026-12-23", "2026-12-28"),
    ("2026-12-30", "2027-01-04"),
    ("2026-04-02", "2026-04-07"),
    ("2026-04-30", "2026-05-04"),
    ("2026-05-13", "2026-05-15"),
    ("2027-03-25", "2027-03-30"),
    ("2026-11-20", "2026-11-23"),
]


@pytest.mark.parametrize(("day", "following"), NEXT)
def test_the_next_workday_skips_weekends_holidays_and_the_eves_the_law_puts_beside_them(day, following):
    assert workdays.next_workday(date.fromisoformat(day)) == date.fromisoformat(following)


def test_a_day_in_winter_begins_at_23_utc_the_day_before():
    start, end = workdays.day_span(date(2026, 11, 20), date(2026, 11, 20))
    assert start == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert end == datetime(2026, 11, 20, 23, tzinfo=UTC)


def test_the_day_the_clocks_go_back_is_25_hours_long():
    start, end = workdays.day_span(date(2026, 10, 25), date(2026, 10, 25))
    assert (end - start).total_seconds() == 25 * 3600


def test_the_hour_that_occurs_twice_means_its_first_occurrence():
    assert workdays.local_moment(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_before_midnight_utc_is_already_the_next_day_in_stockholm():
    assert workdays.local_date(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == date(2026, 11, 21)
