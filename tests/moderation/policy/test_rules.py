from datetime import UTC, datetime

import pytest

from moderation.policy import rules
from moderation.policy.terms import Category, Reason, Right, Role, StepKind


def test_an_answer_is_due_at_five_on_the_first_workday_after_the_arrival():
    friday_noon = datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert rules.answer_by(friday_noon, 17) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_what_arrives_on_a_sunday_is_due_on_monday_not_on_tuesday():
    sunday = datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert rules.answer_by(sunday, 17) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_summer_time_moves_the_deadline_in_utc_and_not_on_the_wall():
    assert rules.answer_by(datetime(2026, 7, 1, 12, tzinfo=UTC), 17) == datetime(2026, 7, 2, 15, tzinfo=UTC)


def test_every_category_has_reasons_steps_and_the_words_of_the_policy():
    for table in (rules.REASONS, rules.STEPS, rules.MEANING):
        assert set(table) == set(Category)


def test_every_reason_belongs_to_exactly_one_category():
    placed = [reason for reasons in rules.REASONS.values() for reason in reasons]
    assert sorted(placed) == sorted(Reason)


def test_every_right_has_somebody_who_carries_it():
    assert set(rules.RIGHTS) == set(Right)
    assert all(rules.RIGHTS.values())


@pytest.mark.parametrize("right", [right for right in Right if right not in (Right.GRANT, Right.OPERATE)])
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
