"""When the municipality is open, and time counted by that. Moments are aware datetimes in UTC, days are Stockholm's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from moderation.policy import workdays

# An opening and its closing.
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class OpeningHours:
    """The hours of an ordinary working day in their order, days that close earlier, and days of its own it is closed.

    A day that both closes early and is closed, is closed. A half day that is no working day stays none.
    """

    hours: tuple[tuple[time, time], ...]
    half_days: Mapping[date, time] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        return workdays.is_workday(day) and day not in self.closed

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def closes_at(self, day: date) -> datetime:
        """When the last opening of that day ends. ValueError if it is no working day."""
        spans = self._spans(day)
        if not spans:
            raise ValueError(f"{day} is no working day")
        return spans[-1][1]

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The time inside opening hours between two moments; none if the second is the earlier."""
        passed = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            passed += min(closes, end) - opens
        return passed

    def add(self, moment: datetime, span: timedelta) -> datetime:
        """The first moment when so much opening time has passed. Of no time at all: the moment itself."""
        if span < timedelta():
            raise ValueError("opening time does not run backwards")
        left, reached = span, moment
        for opens, closes in self._from(moment):
            if not left:
                break
            step = min(left, closes - opens)
            left, reached = left - step, opens + step
        return reached

    def _from(self, moment: datetime) -> Iterator[Span]:
        """What is left of the opening that `moment` falls in, and all that follow, without end."""
        day = workdays.local_date(moment)
        while True:
            for opens, closes in self._spans(day):
                if closes > moment:
                    yield max(opens, moment), closes
            day += timedelta(days=1)

    def _spans(self, day: date) -> list[Span]:
        if not self.is_workday(day):
            return []
        last = self.half_days.get(day, time.max)
        moment = workdays.local_moment
        return [(moment(day, opens), moment(day, min(closes, last))) for opens, closes in self.hours if opens < last]
