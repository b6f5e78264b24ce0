from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from moderation.policy import rules
from moderation.policy.opening_hours import OpeningHours
from moderation.policy.terms import Category, Reason, Right, Role, StepKind
from moderation.policy.workdays import STOCKHOLM

HOURS = OpeningHours(((time(8), time(17)),))
LUNCH = OpeningHours(((time(8), time(12)), (time(13), time(17))))

# The Thursday before midsummer, the days before Christmas, New Year, Good Friday, the first of May, Ascension Day and
# Epiphany, and a plain Friday.
DUE = [
    ("2026-06-18", "2026-06-22"),
    ("2026-12-23", "2026-12-28"),
    ("2026-12-30", "2027-01-04"),
    ("2026-04-02", "2026-04-07"),
    ("2026-04-30", "2026-05-04"),
    ("2026-05-13", "2026-05-15"),
    ("2027-03-25", "2027-03-30"),
    ("2026-11-20", "2026-11-23"),
    ("2027-05-05", "2027-05-07"),
    ("2026-01-05", "2026-01-07"),
]


def at(written):
    """A moment by the clock on the wall in Sweden."""
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(("day", "due"), DUE)
def test_an_answer_is_due_at_the_closing_of_the_first_workday_after_the_arrival(day, due):
    assert rules.answer_by(at(f"{day} 12:00"), HOURS) == at(f"{due} 17:00")


def test_what_arrives_on_a_sunday_is_due_on_monday_not_on_tuesday():
    assert rules.answer_by(at("2026-11-22 12:00"), HOURS) == at("2026-11-23 17:00")


def test_what_arrives_on_midsummer_eve_is_due_on_monday():
    assert rules.answer_by(at("2026-06-19 16:30"), HOURS) == at("2026-06-22 17:00")


@pytest.mark.parametrize("clock", ["00:00", "07:59", "12:30", "16:59", "17:00", "23:59"])
def test_the_hour_of_the_arrival_changes_nothing(clock):
    assert rules.answer_by(at(f"2026-11-23 {clock}"), LUNCH) == at("2026-11-24 17:00")


def test_summer_time_moves_the_deadline_in_utc_and_not_on_the_wall():
    assert rules.answer_by(datetime(2026, 7, 1, 12, tzinfo=UTC), HOURS) == datetime(2026, 7, 2, 15, tzinfo=UTC)
    assert rules.answer_by(datetime(2026, 3, 27, 12, tzinfo=UTC), HOURS) == datetime(2026, 3, 30, 15, tzinfo=UTC)
    assert rules.answer_by(datetime(2026, 10, 23, 12, tzinfo=UTC), HOURS) == datetime(2026, 10, 26, 16, tzinfo=UTC)


def test_a_half_day_ends_at_its_own_closing():
    maundy_thursday = replace(HOURS, half_days={date(2026, 4, 2): time(12)})
    assert rules.answer_by(at("2026-04-01 10:00"), maundy_thursday) == at("2026-04-02 12:00")


def test_a_closed_day_is_no_day_to_answer_on():
    bridge = replace(HOURS, closed=frozenset({date(2026, 5, 15)}))
    assert rules.answer_by(at("2026-05-13 10:00"), bridge) == at("2026-05-18 17:00")
    assert rules.answer_by(at("2026-05-15 10:00"), bridge) == at("2026-05-18 17:00")


PAUSES = [
    ("two hours on the same day", "2026-11-20 10:00", "2026-11-20 12:00", "2026-11-24 10:00"),
    ("over a weekend counts only what is open", "2026-11-20 16:00", "2026-11-23 09:00", "2026-11-24 10:00"),
    ("a whole working day", "2026-11-20 08:00", "2026-11-20 17:00", "2026-11-24 17:00"),
    ("past the deadline it had", "2026-11-23 16:00", "2026-11-25 09:00", "2026-11-25 10:00"),
    ("an evening", "2026-11-20 18:00", "2026-11-20 23:00", "2026-11-23 17:00"),
    ("a weekend", "2026-11-20 17:00", "2026-11-23 08:00", "2026-11-23 17:00"),
    ("begun at the deadline", "2026-11-23 17:00", "2026-11-25 12:00", "2026-11-23 17:00"),
    ("begun after the deadline", "2026-11-24 09:00", "2026-11-25 12:00", "2026-11-23 17:00"),
    ("ended as it began", "2026-11-20 10:00", "2026-11-20 10:00", "2026-11-23 17:00"),
]


@pytest.mark.parametrize(("started", "ended", "due"), [row[1:] for row in PAUSES], ids=[row[0] for row in PAUSES])
def test_a_pause_moves_the_deadline_by_the_opening_time_it_took(started, ended, due):
    assert rules.paused(at("2026-11-23 17:00"), at(started), at(ended), HOURS) == at(due)


def test_a_lunch_is_no_part_of_a_pause_nor_of_what_it_moves():
    assert rules.paused(at("2026-11-23 17:00"), at("2026-11-20 11:00"), at("2026-11-20 16:00"), LUNCH) == at(
        "2026-11-24 12:00"
    )
    assert rules.paused(at("2026-11-23 17:00"), at("2026-11-20 12:00"), at("2026-11-20 13:00"), LUNCH) == at(
        "2026-11-23 17:00"
    )


def test_a_pause_leaves_as_much_time_to_answer_as_there_was_when_it_began():
    started, ended, due = at("2026-10-23 15:20"), at("2026-10-27 09:45"), at("2026-10-26 17:00")
    moved = rules.paused(due, started, ended, LUNCH)
    assert LUNCH.working_time(ended, moved) == LUNCH.working_time(started, due)


def test_every_category_has_reasons_steps_and_the_words_of_the_policy():
    for table in (rules.REASONS, rules.STEPS, rules.MEANING):
        assert set(table) == set(Category)


def test_every_reason_belongs_to_exactly_one_category():
    placed = [reason for reasons in rules.REASONS.values() for reason in reasons]
    assert sorted(placed) == sorted(Reason)


def test_every_right_has_somebody_who_carries_it():
    assert set(rules.RIGHTS) == set(Right)
    assert all(rules.RIGHTS.values())


@pytest.mark.parametrize(
    "right", [right for right in Right if right not in (Right.GRANT, Right.OPERATE, Right.EDIT_POLICY)]
)
def test_who_hands_out_roles_gets_no_right_to_read_by_it(right):
    assert Role.ADMIN not in rules.RIGHTS[right]


def test_crime_is_saved_before_it_is_removed_reported_and_registered():
    wanted = (StepKind.SPARA, StepKind.TA_BORT, StepKind.POLISANMALAN, StepKind.REGISTRERA)
    assert rules.steps(Category.BROTTSLIGT, Reason.HOT) == wanted


def test_child_abuse_pictures_are_never_saved():
    steps = rules.steps(Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    assert StepKind.SPARA not in steps
    assert steps[0] == StepKind.POLISANMALAN
    assert "114 14" in rules.ADVICE[Reason.BARNPORNOGRAFI]


def test_a_category_with_reasons_demands_one_and_the_others_take_none():
    assert rules.belongs(Reason.KLAGOMAL, Category.DIARIEFORS)
    assert not rules.belongs("", Category.DIARIEFORS)
    assert not rules.belongs(Reason.HOT, Category.DIARIEFORS)
    assert rules.belongs("", Category.SEKRETESS)
    assert not rules.belongs(Reason.HOT, Category.SEKRETESS)
