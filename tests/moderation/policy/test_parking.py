from datetime import UTC, date, datetime, time

from moderation.policy.opening_hours import OpeningHours
from moderation.policy.parking import offers

HOURS = OpeningHours(((time(9), time(16)),))
# A Monday, 10.00 Swedish time; a Friday, 14.00; the last Friday of summer time.
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 13, tzinfo=UTC)
SUMMER = datetime(2026, 10, 23, 13, tzinfo=UTC)


def told(now, hours=HOURS):
    return {name: (words, moment) for name, words, moment in offers(now, hours)}


def test_in_the_morning_the_afternoon_is_offered():
    assert told(MONDAY)["eftermiddag"] == ("I eftermiddag, kl. 13.00", datetime(2026, 11, 16, 12, tzinfo=UTC))


def test_in_the_afternoon_it_is_too_late_for_that():
    assert "eftermiddag" not in told(FRIDAY)


def test_the_next_working_day_is_offered_only_where_it_is_not_tomorrow():
    assert "arbetsdag" not in told(MONDAY)
    words, moment = told(FRIDAY)["arbetsdag"]
    assert words == "Nästa arbetsdag, måndag 23 november kl. 9.00"
    assert moment == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_days_when_the_municipality_is_closed_are_passed_over():
    closed = OpeningHours(HOURS.hours, closed=frozenset({date(2026, 11, 23)}))
    assert told(FRIDAY, closed)["arbetsdag"][0] == "Nästa arbetsdag, tisdag 24 november kl. 9.00"


def test_eight_in_the_morning_is_eight_in_sweden_also_when_the_clocks_have_changed():
    assert told(SUMMER)["imorgon"][1] == datetime(2026, 10, 24, 6, tzinfo=UTC)
    assert told(SUMMER)["vecka"][1] == datetime(2026, 10, 30, 7, tzinfo=UTC)
