from datetime import UTC, date, datetime, time

import pytest

from moderation.policy import workdays


# Epiphany, midsummer eve, Christmas Eve and New Year's Eve, a Saturday and a Sunday; then plain days and Maundy Thursday.
@pytest.mark.parametrize("day", ["2026-01-06", "2026-06-19", "2026-12-24", "2026-12-31", "2026-11-21", "2026-11-22"])
def test_weekends_holidays_and_the_eves_the_law_puts_beside_them_are_no_workdays(day):
    assert not workdays.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-23", "2026-04-02", "2026-05-15"])
def test_what_only_some_take_off_is_a_workday(day):
    assert workdays.is_workday(date.fromisoformat(day))


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
