import json

import pytest
from django.core.exceptions import ValidationError

from moderation.actions import opinion
from moderation.models import AuditEntry, Item, Notice, Opinion
from moderation.policy.terms import Category, Direction, Event, NoticeKind, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda():
    return make.agda()


@pytest.fixture
def bo():
    return make.user("bo", Role.WEBBREDAKTOR)


def answer(asked, by, category="", text=""):
    return opinion.answer(opinion=asked, category=category, text=text, by=by, now=make.NOW)


def test_whoever_is_asked_is_told_and_so_is_whoever_asked(agda, bo):
    asked = make.opinion(make.item(), of=bo, by=agda)
    answer(asked, bo, Category.BROTTSLIGT, "Ett hot, enligt mig.")
    told = Notice.objects.order_by("pk").values_list("to__username", "kind")
    assert list(told) == [("bo", NoticeKind.OPINION_ASKED), ("agda", NoticeKind.OPINION_GIVEN)]


def test_the_chain_tells_who_asked_whom_and_which_class_but_no_words(agda, bo):
    asked = make.opinion(make.item(), of=bo, by=agda, question="Är Kalle hotfull?")
    answer(asked, bo, Category.BROTTSLIGT, "Kalle hotar.")
    entries = AuditEntry.objects.about(asked.item).filter(event__in=[Event.OPINION_ASKED, Event.OPINION_GIVEN])
    assert [each.known_facts for each in entries] == [
        {"opinion": asked.pk, "of": bo.pk},
        {"opinion": asked.pk, "category": Category.BROTTSLIGT},
    ]
    assert "Kalle h" not in json.dumps(list(entries.values()), default=str)


def test_nobody_needs_to_wait_for_the_answer(agda, bo):
    item = make.item()
    asked = make.opinion(item, of=bo, by=agda)
    make.classification(item, by=agda)
    answer(asked, bo, text="För sent, men jag håller med.")
    assert Item.objects.get().waiting_since is None


def test_a_colleague_has_one_question_at_a_time_about_an_item(agda, bo):
    item = make.item()
    asked = make.opinion(item, of=bo, by=agda)
    assert make.opinion(item, of=bo, by=agda) == asked
    for by, question in ((agda, "En annan fråga"), (make.bertil(), "Hot eller inte?")):
        with pytest.raises(ValidationError, match="Bo är redan tillfrågad"):
            make.opinion(item, of=bo, by=by, question=question)
    answer(asked, bo, text="Nej.")
    assert make.opinion(item, of=bo, by=agda) != asked


@pytest.mark.parametrize(("category", "text"), [("", ""), ("", "  ")])
def test_an_answer_says_something(agda, bo, category, text):
    with pytest.raises(ValidationError, match="Välj en klass eller skriv ett svar"):
        answer(make.opinion(make.item(), of=bo, by=agda), bo, category, text)


def test_only_whoever_was_asked_answers_and_only_once(agda, bo):
    asked = make.opinion(make.item(), of=bo, by=agda)
    with pytest.raises(ValidationError, match="någon annan"):
        answer(asked, agda, text="Själv")
    answer(asked, bo, text="Nej.")
    answer(asked, bo, text="Nej.")
    with pytest.raises(ValidationError, match="redan svarat"):
        answer(asked, bo, text="Jo.")
    assert Opinion.objects.get().answer == "Nej."
    assert Notice.objects.filter(kind=NoticeKind.OPINION_GIVEN).count() == 1


def test_what_makes_no_sense_is_refused(agda, bo):
    with pytest.raises(ValidationError, match="någon annan än dig själv"):
        make.opinion(make.item(), of=agda, by=agda)
    with pytest.raises(ValidationError, match="ska inte bedömas"):
        make.opinion(make.item(direction=Direction.UPPRATTAD), of=bo, by=agda)
    with pytest.raises(ValidationError, match="Frågan är för lång"):
        make.opinion(make.item(), of=bo, by=agda, question="a" * 100_000)
    with pytest.raises(ValidationError, match="Svaret är för långt"):
        answer(make.opinion(make.item(), of=bo, by=agda), bo, text="a" * 5_001)
