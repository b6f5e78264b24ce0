"""Times on paper: Swedish local time, UTC to the second, and an honest word where there is no time."""

import pytest

from arkiv.paper.times import moment, period


@pytest.mark.parametrize(
    ("text", "local", "utc"),
    [
        ("2026-11-22T13:05:09Z", "22 november 2026 kl. 14.05", "2026-11-22 13:05:09 UTC"),
        ("2026-07-01T22:30:00Z", "2 juli 2026 kl. 00.30", "2026-07-01 22:30:00 UTC"),
        ("2026-11-22T13:05:09.987654+00:00", "22 november 2026 kl. 14.05", "2026-11-22 13:05:09 UTC"),
        ("2026-11-22T14:05:09+01:00", "22 november 2026 kl. 14.05", "2026-11-22 13:05:09 UTC"),
        # The hour that comes twice in October is told apart by its UTC.
        ("2026-10-25T00:30:00Z", "25 oktober 2026 kl. 02.30", "2026-10-25 00:30:00 UTC"),
        ("2026-10-25T01:30:00Z", "25 oktober 2026 kl. 02.30", "2026-10-25 01:30:00 UTC"),
        ("", "tid saknas", ""),
        ("2026-02-31T25:00:00+0000", "”2026-02-31T25:00:00+0000” (går inte att läsa som tid)", ""),
        ("0001-01-01T00:00:00Z", "”0001-01-01T00:00:00Z” (går inte att läsa som tid)", ""),
        ("9999-12-31T23:59:59-14:00", "”9999-12-31T23:59:59-14:00” (går inte att läsa som tid)", ""),
        ("\u202ei morgon", "”[U+202E]i morgon” (går inte att läsa som tid)", ""),
    ],
)
def test_a_moment_on_paper(text, local, utc):
    found = moment(text)
    assert (found.local, found.utc) == (local, utc)


def test_a_period_on_paper():
    assert period("2026-11-16", "2026-11-22") == "16 november 2026 – 22 november 2026"
    assert period("2026-11-16", "2026-11-16") == "16 november 2026"
