from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from moderation.policy.opening_hours import OpeningHours
from moderation.policy.workdays import STOCKHOLM

HOURS = OpeningHours(((time(8), time(17)),))
LUNCH = OpeningHours(((time(8), time(12)), (time(13), time(17))))
LOCAL = OpeningHours(
    LUNCH.hours,
    half_days={date(2026, 4, 2): time(12), date(2026, 4, 30): time(15, 30), date(2026, 12, 23): time(12, 30)},
    closed=frozenset({date(2026, 5, 15)}),
)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(written):
    """A moment by the clock on the wall in Sweden."""
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def test_the_hours_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        HOURS.hours = ()


def test_a_day_of_its_own_is_closed_besides_the_holidays():
    assert HOURS.is_workday(date(2026, 5, 15))
    assert not LOCAL.is_workday(date(2026, 5, 15))
    assert not HOURS.is_workday(date(2026, 5, 14))
    assert LOCAL.next_workday(date(2026, 5, 13)) == date(2026, 5, 18)
    assert LOCAL.is_workday(date(2026, 4, 2))


CLOSINGS = [
    (HOURS, "2026-11-20", "2026-11-20 17:00"),
    (LUNCH, "2026-07-01", "2026-07-01 17:00"),
    (LOCAL, "2026-04-02", "2026-04-02 12:00"),
    (LOCAL, "2026-04-30", "2026-04-30 15:30"),
    # It says 12.30, in the middle of lunch: the last opening ended at noon.
    (LOCAL, "2026-12-23", "2026-12-23 12:00"),
]


@pytest.mark.parametrize(("hours", "day", "closing"), CLOSINGS)
def test_a_day_closes_with_its_last_opening(hours, day, closing):
    assert hours.closes_at(date.fromisoformat(day)) == at(closing)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 6, 19), date(2026, 5, 15)])
def test_a_day_that_is_closed_has_no_closing(day):
    with pytest.raises(ValueError, match="no working day"):
        LOCAL.closes_at(day)


def test_a_half_day_on_a_holiday_is_still_a_holiday():
    midsummer_eve = replace(HOURS, half_days={date(2026, 6, 19): time(12)})
    assert midsummer_eve.working_time(at("2026-06-18 17:00"), at("2026-06-22 08:00")) == timedelta()


def test_a_day_both_halved_and_closed_is_closed():
    both = replace(HOURS, half_days={date(2026, 5, 15): time(12)}, closed=frozenset({date(2026, 5, 15)}))
    assert not both.is_workday(date(2026, 5, 15))
    assert both.working_time(at("2026-05-15 08:00"), at("2026-05-15 12:00")) == timedelta()


SPANS = [
    ("an hour in the morning", HOURS, "2026-11-20 09:00", "2026-11-20 10:00", 60),
    ("a whole day and night", HOURS, "2026-11-19 00:00", "2026-11-20 00:00", 9 * 60),
    ("from before opening till after closing", HOURS, "2026-11-20 05:00", "2026-11-20 23:00", 9 * 60),
    ("an evening", HOURS, "2026-11-20 17:00", "2026-11-20 23:00", 0),
    ("a weekend", HOURS, "2026-11-20 16:30", "2026-11-23 08:30", 60),
    ("lunch", LUNCH, "2026-11-20 12:00", "2026-11-20 13:00", 0),
    ("over lunch", LUNCH, "2026-11-20 11:30", "2026-11-20 13:30", 60),
    ("midsummer", HOURS, "2026-06-18 16:00", "2026-06-22 09:00", 120),
    ("a half day", LOCAL, "2026-04-02 08:00", "2026-04-02 17:00", 4 * 60),
    ("a half day that closes after lunch", LOCAL, "2026-04-30 08:00", "2026-04-30 17:00", 4 * 60 + 150),
    ("a closed day between", LOCAL, "2026-05-13 16:00", "2026-05-18 09:00", 120),
    ("the weekend the clocks go forward", HOURS, "2026-03-27 16:00", "2026-03-30 09:00", 120),
    ("the weekend the clocks go back", HOURS, "2026-10-23 16:00", "2026-10-26 09:00", 120),
    ("nothing", HOURS, "2026-11-20 09:00", "2026-11-20 09:00", 0),
    ("backwards", HOURS, "2026-11-20 10:00", "2026-11-20 09:00", 0),
    ("backwards over days", HOURS, "2026-11-24 10:00", "2026-11-20 09:00", 0),
]


@pytest.mark.parametrize(
    ("hours", "start", "end", "minutes"), [row[1:] for row in SPANS], ids=[row[0] for row in SPANS]
)
def test_working_time_is_what_lies_inside_the_opening_hours(hours, start, end, minutes):
    assert hours.working_time(at(start), at(end)) == minutes * MINUTE


SUMS = [
    ("within the morning", HOURS, "2026-11-20 09:00", 60, "2026-11-20 10:00"),
    ("up to closing, not to the next opening", HOURS, "2026-11-20 16:00", 60, "2026-11-20 17:00"),
    ("a minute past closing", HOURS, "2026-11-20 16:00", 61, "2026-11-23 08:01"),
    ("from the night", HOURS, "2026-11-20 03:00", 30, "2026-11-20 08:30"),
    ("from a Sunday", HOURS, "2026-11-22 11:00", 60, "2026-11-23 09:00"),
    ("over lunch", LUNCH, "2026-11-20 11:00", 90, "2026-11-20 13:30"),
    ("up to lunch", LUNCH, "2026-11-20 11:00", 60, "2026-11-20 12:00"),
    ("over midsummer", HOURS, "2026-06-18 16:00", 120, "2026-06-22 09:00"),
    ("over a half day", LOCAL, "2026-04-02 11:00", 120, "2026-04-07 09:00"),
    ("over a closed day", LOCAL, "2026-05-13 16:00", 120, "2026-05-18 09:00"),
    ("two whole days", HOURS, "2026-11-19 08:00", 18 * 60, "2026-11-20 17:00"),
    ("over the night the clocks go forward", HOURS, "2026-03-27 16:00", 120, "2026-03-30 09:00"),
    ("over the night the clocks go back", HOURS, "2026-10-23 16:00", 120, "2026-10-26 09:00"),
    ("nothing, at night", HOURS, "2026-11-21 03:00", 0, "2026-11-21 03:00"),
]


@pytest.mark.parametrize(("hours", "start", "minutes", "end"), [row[1:] for row in SUMS], ids=[row[0] for row in SUMS])
def test_what_is_added_is_opening_time(hours, start, minutes, end):
    assert hours.add(at(start), minutes * MINUTE) == at(end)


def test_opening_time_is_not_taken_away():
    with pytest.raises(ValueError, match="backwards"):
        HOURS.add(at("2026-11-20 09:00"), -MINUTE)


@pytest.mark.parametrize("hours", [HOURS, LUNCH, LOCAL], ids=["plain", "lunch", "local"])
def test_what_was_added_is_what_is_counted_from_any_hour_of_the_year(hours):
    # Steps of 7 h 13 min meet every time of day, both clock changes, and all holidays.
    moment, step = at("2026-01-01 00:00"), timedelta(hours=7, minutes=13)
    for number in range(1213):
        start, span = moment + number * step, number % 31 * 37 * MINUTE
        assert hours.working_time(start, hours.add(start, span)) == span


def test_counting_can_be_cut_anywhere():
    start, end = at("2026-03-20 09:20"), at("2026-05-20 14:45")
    whole = LOCAL.working_time(start, end)
    for hours in range(0, 61 * 24, 5):
        cut = start + hours * HOUR
        assert LOCAL.working_time(start, cut) + LOCAL.working_time(cut, end) == whole


def test_every_answer_is_in_utc():
    for moment in (HOURS.closes_at(date(2026, 11, 20)), HOURS.add(at("2026-11-20 09:00"), HOUR)):
        assert moment.tzinfo is UTC
