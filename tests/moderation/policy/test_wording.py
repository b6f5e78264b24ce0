from datetime import UTC, datetime, timedelta

import pytest

from moderation.policy import wording
from tests.make import NOW


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "kl. 13.00"),
        (NOW - timedelta(hours=13, minutes=1), "i går kl. 23.59"),
        (NOW - timedelta(days=2), "18 november kl. 13.00"),
        (datetime(2024, 3, 1, 12, tzinfo=UTC), "1 mars 2024 kl. 13.00"),
        (NOW + timedelta(days=1), "21 november kl. 13.00"),
    ],
)
def test_a_moment_is_said_as_near_as_it_is(moment, said):
    assert wording.at(moment, NOW) == said


def test_months_figures_and_lengths_are_swedish():
    assert wording.month(datetime(2024, 3, 1, tzinfo=UTC)) == "mars 2024"
    assert wording.exactly(NOW) == "20 november 2026 kl. 13.00"
    assert wording.count(12040, "handling", "handlingar") == "12\u00a0040 handlingar"
    assert wording.count(1, "handling", "handlingar") == "1 handling"
    spans = [timedelta(seconds=50), timedelta(minutes=1), timedelta(hours=3, minutes=12), timedelta(days=2)]
    assert [wording.length(span) for span in spans] == ["50 sekunder", "1 minut", "3 timmar", "2 dagar"]
