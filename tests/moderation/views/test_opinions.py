import pytest
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import Opinion
from moderation.policy.terms import Category, Role
from moderation.views import opinions
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.agda()
    client.force_login(person)
    return person


@pytest.fixture
def bo():
    return make.user("bo", Role.WEBBREDAKTOR)


def ask(client, item, of, question="Hot eller inte?", **more):
    return client.post(f"/handling/{item.pk}/fraga/", {"of": of.pk, "question": question} | more)


def answer(client, asked, **data):
    return client.post(f"/fraga/{asked.pk}/svara/", data)


def test_one_asks_a_colleague_who_answers(client, agda, bo):
    item = make.item()
    assert ask(client, item, bo, ko="slag=comment").headers["Location"] == f"/handling/{item.pk}/?slag=comment"
    asked = Opinion.objects.get()
    client.force_login(bo)
    assert answer(client, asked, category=Category.BROTTSLIGT, answer="Ja.").status_code == 302
    asked.refresh_from_db()
    assert (asked.category, asked.answer) == (Category.BROTTSLIGT, "Ja.")


def test_the_item_says_whom_it_waits_for_and_the_one_asked_gets_a_form(agda, bo):
    item = make.item()
    asked = make.opinion(item, of=bo, by=agda)
    assert opinions.about(item, bo, make.NOW)["opinions"]["mine"] == asked
    assert opinions.about(item, agda, make.NOW)["opinions"]["mine"] is None


def test_only_those_who_may_judge_the_item_can_be_asked(client, agda, bo):
    item = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    page = client.get(f"/handling/{item.pk}/fraga/vem/")
    assert list(page.context["opinions"]["ask"].fields["of"].queryset) == [bo]
    assertContains(page, "autofocus")
    for nobody in (make.bertil(), make.cecilia(), make.erik(), agda):
        assertContains(ask(client, item, nobody), "Kollegan får inte bedöma handlingen.", status_code=400)
    assert not Opinion.objects.exists()


def test_the_page_names_no_colleague_until_somebody_asks_for_them(client, agda, bo):
    item = make.item()
    page = client.get(f"/handling/{item.pk}/?slag=comment")
    assertNotContains(page, ">Bo</option>")
    assertContains(page, f'href="/handling/{item.pk}/fraga/vem/?ko=slag%3Dcomment"')
    asked = client.get(f"/handling/{item.pk}/fraga/vem/", {"ko": "slag=comment"})
    assertContains(asked, '<input type="hidden" name="ko" value="slag=comment">')


def test_a_colleague_whom_one_disagrees_with_is_chosen_already(client, agda, bo):
    assertContains(client.get(f"/handling/{make.item().pk}/?fraga={bo.pk}"), f'<option value="{bo.pk}" selected>')


def test_what_was_written_stays_where_it_could_not_be_saved(client, agda, bo):
    item = make.item()
    long = "å" * 100_000
    assertContains(ask(client, item, bo, long), long, status_code=400)
    asked = make.opinion(item, of=agda, by=bo)
    assertContains(answer(client, asked, answer=long), long, status_code=400)
    assertContains(answer(client, asked), "Välj en klass eller skriv ett svar.", status_code=400)
    assertContains(answer(client, asked, category="mord", answer="Hej"), "Välj en av klasserna.", status_code=400)


def test_a_second_answer_is_refused_with_a_sentence_and_kept_in_the_form(client, agda, bo):
    asked = make.opinion(make.item(), of=agda, by=bo)
    answer(client, asked, answer="Nej.")
    refused = answer(client, asked, answer="Jo.")
    assertContains(refused, "Du har redan svarat på frågan.", status_code=400)
    assert "\nJo.</textarea>" in refused.content.decode()


def test_a_question_to_somebody_else_and_none_at_all_are_answered_alike(client, agda, bo):
    asked = make.opinion(make.item(), of=bo, by=agda)
    for pk in (asked.pk, 9_999_999):
        assert client.post(f"/fraga/{pk}/svara/", {"answer": "Hej"}).status_code == 404


def test_whoever_lost_the_right_answers_no_longer(client, agda, bo):
    asked = make.opinion(make.item(), of=agda, by=bo)
    asked.item.thread.verksamhet = make.verksamhet(make.TEKNIK)
    asked.item.thread.save()
    assert answer(client, asked, answer="Hej").status_code == 404


def test_a_secret_is_asked_about_among_those_who_may_read_secrets(agda, bo):
    item = make.item()
    make.opinion(item, of=bo, by=agda)
    make.classification(item, Category.SEKRETESS)
    item.refresh_from_db()
    assert opinions.about(item, make.cecilia(), make.NOW)["opinions"]["asked"] == []
    assert len(opinions.about(item, make.rut(), make.NOW)["opinions"]["asked"]) == 1
