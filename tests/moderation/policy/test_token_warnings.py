from datetime import timedelta

import pytest

from moderation.policy import token_warnings
from tests.make import NOW

DAY = timedelta(days=1)


def told(moments):
    """The days left at each telling, for one who looks at these moments before the end."""
    heard = {}
    for left in moments:
        occasion = token_warnings.due(NOW, None, NOW - left)
        if occasion is not None:
            heard.setdefault(occasion.key, occasion.days)
    return list(heard.values())


def test_the_end_is_told_14_7_3_and_1_days_ahead_and_never_twice():
    hourly = [timedelta(hours=hours) for hours in range(30 * 24, 0, -1)]
    assert told(hourly) == [14, 7, 3, 1]


def test_whoever_looks_late_hears_the_nearest_only():
    assert told([timedelta(days=5), timedelta(days=2)]) == [7, 3]


@pytest.mark.parametrize("left", [timedelta(days=14, seconds=1), timedelta(days=400)])
def test_earlier_there_is_nothing_to_tell(left):
    assert token_warnings.due(NOW, None, NOW - left) is None


def test_a_key_that_never_ends_is_never_told_of():
    assert token_warnings.due(None, None, NOW) is None


@pytest.mark.parametrize(("ends_at", "dead_at"), [(NOW, None), (None, NOW), (NOW + 9 * DAY, NOW), (NOW, NOW + DAY)])
def test_the_death_is_told_at_once_after_two_days_and_then_every_fifth(ends_at, dead_at):
    heard = {}
    for hours in range(24 * 20):
        occasion = token_warnings.due(ends_at, dead_at, NOW + timedelta(hours=hours))
        heard.setdefault(occasion.key, hours / 24)
        assert occasion.days == 0
    assert list(heard.values()) == [0, 2, 7, 12, 17]


def test_another_death_is_another_telling():
    first, second = (token_warnings.due(None, NOW + days * DAY, NOW + 9 * DAY) for days in (0, 9))
    assert first.key != second.key


def test_silence_is_told_after_its_first_half_hour_and_not_before():
    tellings = (timedelta(minutes=30), 2 * DAY)
    assert token_warnings.again("tystnaden", NOW, tellings, NOW + timedelta(minutes=29)) is None
    assert token_warnings.again("tystnaden", NOW, tellings, NOW + timedelta(minutes=30)) is not None
