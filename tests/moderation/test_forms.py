"""What an editor may type."""

from datetime import date

import pytest

from moderation.forms import ClassificationForm, TickForm
from moderation.models import FollowUpStep
from moderation.policy.terms import StepKind

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("category", "reason"),
    [("ringa_betydelse", ""), ("sekretess", ""), ("diariefors", "klagomal"), ("brottsligt", "hot")],
)
def test_a_category_with_a_reason_of_its_own_is_taken(category, reason):
    assert ClassificationForm({"category": category, "reason": reason}).is_valid()


@pytest.mark.parametrize(
    ("category", "reason", "sentence"),
    [
        ("", "", "Välj en klass."),
        ("påhittad", "", "Välj en klass."),
        ("diariefors", "", "Välj ett skäl som hör till ”Diarieförs”."),
        ("diariefors", "hot", "Välj ett skäl som hör till ”Diarieförs”."),
        ("ringa_betydelse", "hot", "”Ringa betydelse” har inga skäl."),
        ("brottsligt", "påhittat", "Välj ett av klassens skäl."),
    ],
)
def test_a_wrong_choice_is_answered_with_a_sentence(category, reason, sentence):
    form = ClassificationForm({"category": category, "reason": reason})
    assert not form.is_valid()
    assert [str(error) for errors in form.errors.values() for error in errors] == [sentence]


def test_what_the_person_saw_may_be_left_out():
    form = ClassificationForm({"category": "ringa_betydelse"})
    assert form.is_valid()
    assert (form.cleaned_data["seen"], form.cleaned_data["seen_version"]) == (None, None)


def test_a_step_asks_for_its_reference_by_the_name_officials_know():
    step = FollowUpStep(pk=1, kind=StepKind.REGISTRERA)
    form = TickForm(step, TODAY, {"done_on": "2026-11-20"})
    assert form.fields["reference"].label == "Diarienummer"
    assert form.errors == {"reference": ["Ange diarienummer."]}


def test_a_step_without_a_reference_asks_for_none():
    form = TickForm(FollowUpStep(pk=1, kind=StepKind.KONTAKTA), TODAY, {"done_on": "2026-11-20", "reference": "x"})
    assert form.is_valid()
    assert form.cleaned_data == {"done_on": TODAY}


def test_the_day_is_today_until_somebody_says_otherwise():
    assert 'value="2026-11-20"' in str(TickForm(FollowUpStep(pk=1, kind=StepKind.KONTAKTA), TODAY)["done_on"])


def test_an_impossible_day_is_explained():
    form = TickForm(FollowUpStep(pk=1, kind=StepKind.KONTAKTA), TODAY, {"done_on": "igår"})
    assert form.errors == {"done_on": ["Skriv dagen som 2026-11-22."]}
