"""Swedish working days. Days are Stockholm's; moments are aware datetimes in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@lru_cache
def _calendar() -> HolidayBase:
    # "de_facto" adds midsommarafton, julafton and nyårsafton, which lag (1930:173) 2 § puts beside the holidays.
    return country_holidays("SE", categories=("public", "de_facto"), language="sv")


def is_workday(day: date) -> bool:
    """By the calendar of the whole country; when a municipality is open says opening_hours."""
    return day.weekday() < 5 and day not in _calendar()


def local_date(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()


def local_moment(day: date, clock: time) -> datetime:
    """That time of day in Stockholm, as UTC. An hour that occurs twice means its first occurrence."""
    return datetime.combine(day, clock, tzinfo=STOCKHOLM).astimezone(UTC)


def day_span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of `first` to the first moment after `last`."""
    return local_moment(first, time.min), local_moment(last + timedelta(days=1), time.min)
