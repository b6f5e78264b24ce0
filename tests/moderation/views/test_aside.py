"""Put aside, give, take and pass over, from the item's page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import Deed, Item, Skip
from moderation.policy.terms import Direction, Role
from moderation.views import aside
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def send(client, item, door, **fields):
    seen = {"seen": "", "seen_version": 1, "revision": item.revision}
    return client.post(f"/handling/{item.pk}/{door}/", seen | fields)


def now_stands(item):
    return Item.objects.get(pk=item.pk)


def test_parked_for_a_week_it_says_that_the_clock_goes_on(client, agda):
    item = make.item()
    response = client.post(
        f"/handling/{item.pk}/parkera/",
        {"seen": "", "seen_version": 1, "revision": 0, "when": "vecka", "ko": "slag=comment"},
        follow=True,
    )
    assert response.request["QUERY_STRING"] == "slag=comment"
    assertContains(response, "Svarstiden fortsätter att löpa.")
    assert now_stands(item).parked_until > timezone.now() + timedelta(days=6)


def test_an_own_time_is_read_as_swedish_time(client, agda):
    item = make.item()
    day = (timezone.now() + timedelta(days=30)).date()
    send(client, item, "parkera", when="egen", until=f"{day}T08:30")
    local = timezone.localtime(now_stands(item).parked_until)
    assert (local.date(), local.hour, local.minute) == (day, 8, 30)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Välj när handlingen ska komma tillbaka."),
        ({"when": "aldrig"}, "Välj en av tiderna."),
        ({"when": "egen"}, "Välj dag och klockslag."),
        ({"when": "egen", "until": "igår"}, "Skriv dag och klockslag som"),
        ({"when": "egen", "until": "2001-01-01T08:00"}, "framåt, inom ett år"),
        ({"when": "egen", "until": "9999-12-31T23:59"}, "framåt, inom ett år"),
        ({"when": "egen", "until": "0001-01-01T00:00"}, "framåt, inom ett år"),
        ({"when": "x" * 100_000}, "Välj en av tiderna."),
    ],
)
def test_a_time_that_cannot_be_is_answered_with_a_sentence_and_the_form_as_it_was(client, agda, fields, said):
    item = make.item()
    response = send(client, item, "parkera", **fields)
    assertContains(response, said, status_code=400)
    if fields.get("until", "").startswith("2"):
        assertContains(response, 'value="2001-01-01T08:00"', status_code=400)
    assert now_stands(item).parked_until is None


@pytest.mark.parametrize("wrong", [{"revision": "många"}, {"seen_version": ""}, {"seen": "9" * 30}])
def test_a_form_without_what_was_seen_is_refused(client, agda, wrong):
    assertContains(
        send(client, make.item(), "parkera", when="vecka", **wrong), "Formuläret var inte helt", status_code=400
    )


def test_what_somebody_has_changed_since_is_a_conflict_with_the_choice_still_there(client, agda):
    item = make.item()
    send(client, item, "ta")
    response = send(client, item, "parkera", when="egen", until="2099-01-01T08:00")
    assertContains(response, "ändrat vem som har hand om den", status_code=409)
    assertContains(response, 'value="2099-01-01T08:00"', status_code=409)
    assertContains(response, '<input type="hidden" name="revision" value="1">', status_code=409, html=True)


def test_one_takes_it_and_lets_it_go(client, agda):
    item = make.item()
    assertRedirects(send(client, item, "ta"), item.get_absolute_url())
    assert now_stands(item).assigned_to == agda
    send(client, now_stands(item), "slapp")
    assert now_stands(item).assigned_to is None


def test_only_those_who_may_judge_it_are_offered_and_accepted(client, agda):
    item = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    bertil, birgit = make.bertil(), make.user("birgit", Role.WEBBREDAKTOR, make.verksamhet(make.BARN))
    offered = client.get(f"/handling/{item.pk}/tilldela/vem/").context["aside"]["assign"].fields["to"].queryset
    assert list(offered) == [birgit]
    for stranger in (bertil.pk, make.rut().pk, 999_999, "abc"):
        assertContains(send(client, item, "tilldela", to=stranger), "får inte bedöma", status_code=400)
    send(client, item, "tilldela", to=birgit.pk)
    assert now_stands(item).assigned_to == birgit


def test_a_parked_item_comes_back_at_once(client, agda):
    item = make.item(parked_until=timezone.now() + timedelta(days=1))
    send(client, item, "ater-i-kon")
    assert now_stands(item).parked_until is None


def test_passing_over_leads_to_the_next_one_in_the_chosen_queue(client, agda):
    first, second = make.item(), make.item(at=make.NOW + timedelta(minutes=1))
    response = client.post(f"/handling/{first.pk}/hoppa-over/", {"ko": "slag=comment"})
    assert response.headers["Location"] == f"/handling/{second.pk}/?slag=comment"
    assert Skip.objects.get().item == first


def test_passing_over_the_only_one_leads_to_the_queue(client, agda):
    item = make.item()
    response = client.post(f"/handling/{item.pk}/hoppa-over/", follow=True)
    assertContains(response, "inget mer i kön")
    assert response.request["PATH_INFO"] == "/ko/"


@pytest.mark.parametrize("ko", ["https://ont.example/", "//ont.example", "\r\nSet-Cookie: x=1", "slag=" + "x" * 5000])
def test_where_to_go_back_is_only_ever_a_place_in_this_house(client, agda, ko):
    item = make.item()
    response = send(client, item, "ta", ko=ko)
    assert response.headers["Location"] == f"/handling/{item.pk}/"


def test_nothing_of_it_is_offered_for_the_municipalitys_own_words_or_to_those_who_may_not(agda):
    assert aside.about(make.item(direction=Direction.UPPRATTAD), agda, make.NOW)["aside"]["may"] is False
    assert aside.about(make.item(), make.rut(), make.NOW)["aside"]["may"] is False


def test_ones_own_latest_deed_can_be_taken_back_on_the_item_itself(client, agda):
    item = make.item()
    send(client, item, "ta")
    told = aside.about(now_stands(item), agda, make.NOW)["aside"]
    assert told["own"] == Deed.objects.get()
    assert aside.about(now_stands(item), make.bertil(), make.NOW)["aside"]["own"] is None


def test_what_a_citizen_wrote_is_not_on_the_page_of_a_refusal(client, agda):
    assertNotContains(send(client, make.item("hemligt ord"), "parkera"), "hemligt ord", status_code=400)
