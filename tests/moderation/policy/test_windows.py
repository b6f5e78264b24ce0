from datetime import UTC, datetime, time, timedelta

import pytest

from moderation.policy import rules, windows
from moderation.policy.opening_hours import OpeningHours
from moderation.policy.terms import Kind
from moderation.policy.workdays import STOCKHOLM

HOURS = OpeningHours(((time(8), time(17)),))
INSTANT = timedelta(microseconds=1)


def at(written):
    """A moment by the clock on the wall in Sweden."""
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM).astimezone(UTC)


FRIDAY = at("2026-11-20 15:30")


def test_a_message_may_be_answered_freely_for_a_day_and_by_an_agent_for_a_week():
    found = windows.window(Kind.MESSAGE, FRIDAY, FRIDAY + timedelta(minutes=5))
    assert (found.ends_at, found.next_ends_at) == (at("2026-11-21 15:30"), at("2026-11-27 15:30"))
    assert found.label == (
        "Meddelandet kan besvaras fritt till 21 november kl. 15.30, därefter av en handläggare till "
        "27 november kl. 15.30, sedan inte alls via Facebook."
    )


def test_after_a_day_only_an_agent_may_answer():
    found = windows.window(Kind.MESSAGE, FRIDAY, FRIDAY + timedelta(hours=24))
    assert (found.ends_at, found.next_ends_at) == (at("2026-11-27 15:30"), None)
    assert (
        found.label
        == "Meddelandet kan besvaras av en handläggare till 27 november kl. 15.30, sedan inte alls via Facebook."
    )


def test_after_a_week_nobody_may_answer():
    found = windows.window(Kind.MESSAGE, FRIDAY, FRIDAY + timedelta(days=7))
    assert (found.ends_at, found.next_ends_at) == (None, None)
    assert found.label == "Meddelandet kan inte längre besvaras via Facebook; tiden gick ut kl. 15.30."


@pytest.mark.parametrize("span", [timedelta(hours=24), timedelta(days=7)])
def test_each_window_closes_at_its_end_and_not_before(span):
    before, after = (windows.window(Kind.MESSAGE, FRIDAY, FRIDAY + span - part) for part in (INSTANT, timedelta()))
    assert before.ends_at == FRIDAY + span
    assert after.ends_at != FRIDAY + span


def test_the_window_counts_hours_and_not_the_clock_on_the_wall():
    the_night_the_clocks_go_back = windows.window(Kind.MESSAGE, at("2026-10-24 15:30"), at("2026-10-24 16:00"))
    assert the_night_the_clocks_go_back.ends_at == at("2026-10-25 14:30")
    the_night_they_go_forward = windows.window(Kind.MESSAGE, at("2026-03-28 15:30"), at("2026-03-28 16:00"))
    assert the_night_they_go_forward.ends_at == at("2026-03-29 16:30")


@pytest.mark.parametrize(
    ("kind", "what"), [(Kind.COMMENT, "Kommentaren"), (Kind.REPLY, "Svaret"), (Kind.POST, "Inlägget")]
)
def test_what_is_written_in_the_open_may_be_answered_in_private_once_within_a_week(kind, what):
    found = windows.window(kind, FRIDAY, FRIDAY)
    assert found == windows.Window(
        f"{what} kan besvaras privat en enda gång, till 27 november kl. 15.30.", at("2026-11-27 15:30")
    )
    late = windows.window(kind, FRIDAY, at("2026-11-28 09:00"))
    assert late == windows.Window(f"{what} kan inte längre besvaras privat; tiden gick ut i går kl. 15.30.")


def test_where_the_person_has_not_written_there_is_no_window():
    assert windows.window(Kind.MESSAGE, None, FRIDAY) is None


def test_a_kind_without_private_answers_has_no_window():
    assert windows.window("story", FRIDAY, FRIDAY) is None


def test_it_warns_on_friday_that_monday_is_too_late_for_an_ordinary_message():
    now = at("2026-11-20 15:30")
    due = rules.answer_by(FRIDAY, HOURS)
    assert due == at("2026-11-23 17:00")
    assert windows.window(Kind.MESSAGE, FRIDAY, now).warning(due, now) == (
        "Svarstiden går ut först 23 november kl. 17.00, men efter 21 november kl. 15.30 "
        "går det inte att svara fritt, bara som handläggare."
    )


def test_it_warns_that_a_deadline_moved_by_a_pause_lies_after_every_window():
    now, due = at("2026-11-20 16:00"), at("2026-12-01 10:00")
    said = (
        "Svarstiden går ut först 1 december kl. 10.00, men "
        "Facebook tar inte emot något privat svar efter 27 november kl. 15.30."
    )
    assert windows.window(Kind.MESSAGE, FRIDAY, now).warning(due, now) == said
    assert windows.window(Kind.MESSAGE, FRIDAY, at("2026-11-22 12:00")).warning(due, now) == said
    assert windows.window(Kind.COMMENT, FRIDAY, now).warning(due, now) == said


def test_it_does_not_warn_where_the_deadline_comes_first_or_the_window_is_over():
    now = at("2026-11-20 16:00")
    assert windows.window(Kind.COMMENT, FRIDAY, now).warning(at("2026-11-23 17:00"), now) == ""
    assert windows.window(Kind.MESSAGE, FRIDAY, now).warning(at("2026-11-21 15:30"), now) == ""
    later = at("2026-12-01 09:00")
    assert windows.window(Kind.MESSAGE, FRIDAY, later).warning(at("2026-12-01 10:00"), later) == ""
