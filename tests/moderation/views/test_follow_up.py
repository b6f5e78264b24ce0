"""The page of what remains to be done, and the one for the end of the day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.models import FollowUpStep, Item
from moderation.policy.terms import Category, Reason, Role, StepKind
from tests import make

pytestmark = pytest.mark.django_db
SECRET = "Min son Testa har fått insulin"


@pytest.fixture
def bertil(client):
    bertil = make.bertil()
    client.force_login(bertil)
    return bertil


@pytest.fixture
def threat(bertil):
    item = make.item("Passa dig noga.", thread=make.thread(make.verksamhet()))
    return make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=bertil)


def page(client, **query):
    answer = client.get(reverse("follow_up"), query)
    assert answer.status_code == 200
    return answer


def kinds(answer):
    return [line.step.kind for line in answer.context["lines"]]


def test_what_must_be_done_first_stands_first_with_whose_it_is(client, threat):
    answer = page(client)
    assert kinds(answer)[-1] == StepKind.REGISTRERA
    told = answer.content.decode()
    assert "Passa dig noga." in told
    assert "arkivet, av sig självt" in told
    assert "försenad" in told


def test_one_sees_ones_own(client, threat):
    assert set(kinds(page(client, vems="mina"))) == {StepKind.TA_BORT, StepKind.POLISANMALAN}


def test_a_step_is_taken_on_the_page(client, threat, bertil):
    step = threat.steps.get(kind=StepKind.REGISTRERA)
    assert client.post(reverse("take_step", args=[step.pk])).status_code == 302
    assert FollowUpStep.objects.get(pk=step.pk).owner == bertil


def test_what_others_verksamheter_must_do_is_not_shown(client, threat):
    client.force_login(make.agda())
    assert kinds(page(client)) == []


def test_a_secret_text_is_shown_to_those_who_may_read_it_and_whoever_may_not_follow_up_has_no_such_page(client, bertil):
    make.classification(make.item(SECRET), Category.SEKRETESS, by=bertil)
    assert SECRET in page(client).content.decode()
    client.force_login(make.cecilia())
    assert client.get(reverse("follow_up")).status_code == 403


def test_a_hundred_steps_come_in_pages_and_none_twice(client, bertil):
    for number in range(35):
        item = make.item(f"Klagomål {number}", thread=make.thread(make.verksamhet()))
        make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=bertil)
    first = page(client)
    rest = client.get(first.context["more"])
    seen = [line.step.pk for answer in (first, rest) for line in answer.context["lines"]]
    assert len(seen) == len(set(seen)) == 35
    assert rest.context["more"] == ""


@pytest.mark.parametrize("token", ["0", "x", "9" * 40, "-1", "½"])
def test_a_page_that_begins_nowhere_begins_at_the_beginning(client, threat, token):
    assert len(kinds(page(client, efter=token))) == 4


def test_the_page_asks_equally_many_questions_however_much_there_is_to_do(
    client, threat, bertil, django_assert_max_num_queries
):
    for number in range(20):
        make.classification(make.item(f"Nr {number}"), Category.DIARIEFORS, Reason.KLAGOMAL, by=bertil)
    with django_assert_max_num_queries(14):
        page(client)


def test_when_nothing_is_left_it_says_so(client, bertil):
    assert "Inget är kvar att göra" in page(client).content.decode()


def handover(client):
    answer = client.get(reverse("hand_over"))
    assert answer.status_code == 200
    return answer


def test_the_end_of_the_day_shows_what_breaks_before_the_next_noon(client, threat, bertil):
    late = make.item("Svara mig!", thread=make.thread(make.verksamhet()))
    later = make.item("Ingen brådska", answer_by=timezone.now() + timedelta(days=20))
    answer = handover(client)
    shown = [row.item.pk for row in answer.context["unanswered"]]
    assert late.pk in shown
    assert later.pk not in shown
    assert "Passa dig noga." in answer.content.decode()


def test_what_is_mine_is_handed_over_with_words_of_how_much(client, threat, bertil):
    cilla = make.user("cilla", Role.WEBBREDAKTOR)
    item = make.item(assigned_to=bertil, thread=make.thread(make.verksamhet()))
    answer = client.post(reverse("hand_over"), {"to": cilla.pk}, follow=True)
    assert "Cilla har fått 1 handling och 2 åtgärder." in answer.content.decode()
    assert Item.objects.get(pk=item.pk).assigned_to == cilla


def test_without_a_colleague_nothing_is_handed_over(client, threat, bertil):
    answer = client.post(reverse("hand_over"), {"to": ""})
    assert answer.status_code == 400
    assert "Välj en kollega." in answer.content.decode()


def test_a_colleague_without_the_right_keeps_out_of_it(client, threat, bertil):
    answer = client.post(reverse("hand_over"), {"to": make.agda().pk}, follow=True)
    assert "2 blev kvar hos dig" in answer.content.decode()
