"""Times, deadlines and names in plain Swedish."""

from datetime import UTC, datetime, timedelta

import pytest

from moderation.models import Item
from moderation.templatetags.moderation_tags import (
    ago,
    author,
    deadline,
    deadline_tone,
    first_line,
    moment,
    web_address,
    when,
    when_short,
)

# A Friday, 13.00 Swedish time.
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_a_moment_is_told_long_and_short_in_swedish_time():
    assert when(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "22 november 2026 kl. 14.05"
    assert when_short(datetime(2026, 11, 22, 13, 5, tzinfo=UTC), NOW) == "22 nov 14.05"
    assert when_short(datetime(2025, 12, 31, 22, 59, tzinfo=UTC), NOW) == "31 dec 2025 23.59"


def test_the_year_is_swedish_too():
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert when_short(new_year, NOW) == "1 jan 2027 00.30"


def test_summer_time_is_heeded():
    assert when(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "1 juli 2026 kl. 14.00"


def test_no_moment_is_no_words():
    assert (when(None), when_short(None, NOW), moment(None, NOW)) == ("", "", "")


def test_machines_get_the_exact_time():
    assert moment(NOW, NOW) == (
        '<time datetime="2026-11-20T12:00:00+00:00" title="20 november 2026 kl. 13.00">20 nov 13.00</time>'
    )


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(hours=4), "svar senast i dag kl. 17.00"),
        (timedelta(hours=28), "svar senast i morgon kl. 17.00"),
        (timedelta(days=3, hours=4), "svar senast på måndag kl. 17.00"),
        (timedelta(days=13, hours=4), "svar senast 3 dec kl. 17.00"),
        (timedelta(days=60, hours=4), "svar senast 19 jan 2027 kl. 17.00"),
        (timedelta(0), "försenad 1 minut"),
        (timedelta(minutes=-12), "försenad 12 minuter"),
        (timedelta(hours=-1), "försenad 1 timme"),
        (timedelta(hours=-23), "försenad 23 timmar"),
        (timedelta(days=-1), "försenad 1 dag"),
        (timedelta(days=-2, hours=-5), "försenad 2 dagar"),
    ],
)
def test_a_deadline_is_told_in_words(ahead, words):
    assert deadline(NOW + ahead, NOW) == words


def test_a_deadline_is_late_soon_or_neither():
    moments = [NOW, NOW + timedelta(hours=4), NOW + timedelta(days=1)]
    assert [deadline_tone(one, NOW) for one in moments] == ["late", "soon", ""]


def test_how_long_ago():
    assert ago(NOW - timedelta(seconds=30), NOW) == "nyss"
    assert ago(NOW - timedelta(minutes=4), NOW) == "för 4 minuter sedan"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kalle Exempel", "Kalle Exempel"),
        ("  ", "Okänd avsändare"),
        ("\u202ejeH", "[U+202E]jeH"),
        ("\u200b", "[U+200B]"),
        ("مستخدم", "مستخدم"),
        ("Familjen 👨‍👩‍👧", "Familjen 👨‍👩‍👧"),
    ],
)
def test_a_name_hides_nothing(name, shown):
    assert author(Item(author_name=name)) == shown


def test_a_name_is_no_longer_than_a_line():
    assert len(author(Item(author_name="A" * 400))) == 80


def test_the_first_line_is_the_first_that_says_something():
    assert first_line("\n  \n  Hej!\nrad två") == "Hej!"
    assert first_line("ord " * 100, 20) == "ord ord ord ord ord…"
    assert first_line(" \n") == ""


@pytest.mark.parametrize("address", ["https://www.facebook.com/x", "http://127.0.0.1:8000/x"])
def test_a_web_address_may_be_followed(address):
    assert web_address(address) == address


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "//x.se", "http:x", "http://["])
def test_anything_else_may_not(address):
    assert web_address(address) == ""
