from datetime import date, time

import pytest
from django.core.exceptions import ImproperlyConfigured

from sociala_medier import municipality
from tests.sociala_medier.test_settings import django, told

WORKDAY = "8.00-17.00"


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("8.00-17.00", ((time(8), time(17)),)),
        ("8.00-12.00,13.00-17.00", ((time(8), time(12)), (time(13), time(17)))),
        (" 07:30 – 12 ; 13-16:15 ", ((time(7, 30), time(12)), (time(13), time(16, 15)))),
        ("8-12,12-17", ((time(8), time(12)), (time(12), time(17)))),
    ],
)
def test_opening_hours_are_read_as_people_write_them(written, hours):
    assert municipality.opening_hours(written, "", "").hours == hours


def test_half_days_and_closed_days_are_read():
    found = municipality.opening_hours(WORKDAY, "2026-04-02 12.00; 2026-04-30 15;", "2026-05-15, 2027-05-07")
    assert found.half_days == {date(2026, 4, 2): time(12), date(2026, 4, 30): time(15)}
    assert found.closed == {date(2026, 5, 15), date(2027, 5, 7)}


@pytest.mark.parametrize(
    "written",
    [
        "",
        " , ",
        "17",
        "8.00",
        "åtta till fem",
        "17.00-8.00",
        "8-8",
        "8-25",
        "8.75-17",
        "8-12-17",
        "13-17,8-12",
        "8-13,12-17",
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_the_right_form(written):
    with pytest.raises(ImproperlyConfigured, match=r"^OPPETTIDER kan inte vara .*: 8\.00-12\.00,13\.00-17\.00\.$"):
        municipality.opening_hours(written, "", "")


@pytest.mark.parametrize(
    "written", ["2026-04-02", "12.00", "2026-02-30 12.00", "2/4 12.00", "2026-04-02 kl. 12", "2026-04-02 25"]
)
def test_half_days_that_cannot_be_read_are_refused_with_the_right_form(written):
    with pytest.raises(ImproperlyConfigured, match=r"^HALVDAGAR kan inte vara .* som 2026-04-02 12\.00"):
        municipality.opening_hours(WORKDAY, written, "")


@pytest.mark.parametrize("clock", ["7.00", "8.00", "18.00"])
def test_a_half_day_must_close_within_the_opening_hours(clock):
    with pytest.raises(ImproperlyConfigured, match=r"HALVDAGAR .*2026-04-02 .* måste stänga inom OPPETTIDER"):
        municipality.opening_hours(WORKDAY, f"2026-04-02 {clock}", "")


@pytest.mark.parametrize("written", ["15 maj", "2026-5", "2026-02-29", "2026-05-15 2026-05-16"])
def test_closed_days_that_cannot_be_read_are_refused_with_the_right_form(written):
    with pytest.raises(ImproperlyConfigured, match=r"^STANGDA_DAGAR kan inte vara .* som 2026-05-15"):
        municipality.opening_hours(WORKDAY, "", written)


def test_the_boards_are_read_in_capitals():
    assert municipality.diary_prefixes("KS, bun;Vård") == ("KS", "BUN", "VÅRD")
    assert municipality.diary_prefixes("") == ()


@pytest.mark.parametrize("written", ["KS 2017", "K.S", "KS,.*", "KOMMUNSTYRELSEN"])
def test_boards_that_are_no_abbreviations_are_refused(written):
    with pytest.raises(ImproperlyConfigured, match="NAMNDER kan inte vara"):
        municipality.diary_prefixes(written)


def test_a_bad_setting_stops_the_start_and_says_which(tmp_path):
    refused = django(tmp_path, "check", DEBUG="1", OPPETTIDER="åtta till fem")
    assert refused.returncode != 0
    assert (
        "OPPETTIDER kan inte vara ”åtta till fem”. Skriv dagens öppettider i ordning, som 8.00-17.00" in refused.stderr
    )


def test_the_settings_carry_what_was_written(tmp_path):
    given = {"OPPETTIDER": "9-16", "HALVDAGAR": "2026-04-02 12.00", "STANGDA_DAGAR": "2026-05-15", "NAMNDER": "KS"}
    expression = "settings.OPENING_HOURS, settings.NAMNDER"
    assert told(tmp_path, expression, DEBUG="1", **given) == (
        "OpeningHours(hours=((datetime.time(9, 0), datetime.time(16, 0)),), "
        "half_days={datetime.date(2026, 4, 2): datetime.time(12, 0)}, "
        "closed=frozenset({datetime.date(2026, 5, 15)})) ('KS',)"
    )


def test_without_any_it_is_open_from_eight_to_five(tmp_path):
    expression = "settings.OPENING_HOURS.hours, settings.NAMNDER"
    assert told(tmp_path, expression, DEBUG="1") == (
        "((datetime.time(8, 0), datetime.time(17, 0)),) ('KS', 'BUN', 'SBN', 'MBN', 'SN')"
    )


@pytest.mark.parametrize(
    "written", ["", " ", "https://x.kommunen.se", "http://127.0.0.1:8000/", "https://kommunen.se/sm/"]
)
def test_the_address_of_the_service_has_no_slash_at_its_end(written):
    assert municipality.address(written) == written.strip().rstrip("/")


@pytest.mark.parametrize(
    "written", ["kommunen.se", "ftp://kommunen.se", "https://", "https://x.se/?a=b", "javascript:alert(1)"]
)
def test_what_is_no_address_stops_the_start(written):
    with pytest.raises(ImproperlyConfigured, match="ADRESS"):
        municipality.address(written)
