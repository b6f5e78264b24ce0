"""What was done just now can be taken back from every page, and later from a page of its own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.actions.assign import assign
from moderation.actions.park import park
from moderation.actions.seen import Seen
from moderation.models import Bulk, Deed, Item
from moderation.policy.terms import Category, OrderState, Role
from tests import make

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def judged(by, at=None, item=None):
    return make.classification(item or make.item(), by=by, at=at or timezone.now())


def test_every_page_says_what_was_done_just_now_and_how_to_take_it_back(client, agda):
    judged(agda)
    deed = Deed.objects.get()
    for address in ("/", "/ko/", "/mina/"):
        response = client.get(address)
        assertContains(response, "Bedömd som Ringa betydelse.")
        assertContains(response, f'action="/angra/{deed.pk}/"')
        assertContains(response, 'data-key="undo"', 1)


def test_it_can_be_put_away_until_something_else_is_done(client, agda):
    judged(agda)
    assertRedirects(client.post("/angra/besked/stang/", {"till": "/mina/?a=1"}), "/mina/?a=1")
    for address in ("/", "/ko/", "/angra/besked/"):
        assertNotContains(client.get(address), 'data-key="undo"')
    judged(agda)
    assertContains(client.get("/"), 'data-key="undo"', 1)
    answer = client.post("/angra/besked/stang/", headers={"HX-Request": "true"})
    assertContains(answer, 'id="nyss"')
    assertNotContains(answer, "Bedömd som")


@pytest.mark.parametrize("till", ["", "//ond.example/", "https://ond.example/", "javascript:alert(1)"])
def test_whoever_puts_it_away_is_sent_nowhere_else(client, agda, till):
    assertRedirects(client.post("/angra/besked/stang/", {"till": till}), "/")


def test_it_outlives_the_tab_and_the_login_since_the_server_holds_the_time(client, agda):
    judged(agda)
    client.logout()
    client.force_login(agda)
    assertContains(client.get("/ko/"), "Bedömd som Ringa betydelse.")


def test_after_two_minutes_it_is_no_longer_on_every_page_but_can_be_taken_back_still(client, agda):
    judged(agda, timezone.now() - 3 * MINUTE)
    assertNotContains(client.get("/"), "Bedömd som")
    assertNotContains(client.get("/angra/besked/"), "Bedömd som")
    assertContains(client.get("/mina/"), "Bedömd som Ringa betydelse.")
    assertRedirects(
        client.post(f"/angra/{Deed.objects.get().pk}/"),
        Item.objects.get().get_absolute_url(),
        fetch_redirect_response=False,
    )
    assert Item.objects.waiting().exists()


def test_others_deeds_are_never_shown_nor_taken_back(client, agda):
    judged(make.bertil())
    assertNotContains(client.get("/mina/"), "Bedömd som")
    assert client.post(f"/angra/{Deed.objects.get().pk}/").status_code == 404
    assert not Item.objects.waiting().exists()


def test_the_latest_is_taken_back_on_one_key_and_then_the_one_before(client, agda):
    first, second = judged(agda).item, judged(agda).item
    client.post("/angra/senaste/")
    assert list(Item.objects.waiting()) == [second]
    client.post("/angra/senaste/")
    assert set(Item.objects.waiting()) == {first, second}


def test_on_one_key_nothing_from_yesterday_is_lost(client, agda):
    judged(agda, timezone.now() - timedelta(days=1))
    response = client.post("/angra/senaste/", follow=True)
    assertContains(response, "inte gjort något de senaste två minuterna")
    assert response.request["PATH_INFO"] == "/mina/"
    assert not Item.objects.waiting().exists()


def test_what_was_done_to_many_is_taken_back_as_many(client, agda):
    ordered = make.bulk([make.item()], by=agda)
    judged(agda)
    Deed.objects.update(bulk=ordered)
    under_way = client.get("/")
    assertContains(under_way, "1 handling: Bedömd som Ringa betydelse. Fler är på väg.")
    assertNotContains(under_way, "Ångra alla")
    Bulk.objects.update(state=OrderState.DONE)
    assertContains(client.get("/"), "1 handling: Bedömd som Ringa betydelse.")
    assertContains(client.get("/"), f'action="/ko/flera/{ordered.pk}/angra/"')
    assert client.post("/angra/senaste/").headers["Location"] == f"/ko/flera/{ordered.pk}/"


def test_twice_says_so_and_changed_since_says_so(client, agda):
    item = judged(agda).item
    deed = Deed.objects.get()
    client.post(f"/angra/{deed.pk}/")
    assertContains(client.post(f"/angra/{deed.pk}/", follow=True), "redan ångrat")
    again = judged(agda, item=Item.objects.get(pk=item.pk))
    newer = Deed.objects.get(subject=again.pk)
    make.classification(Item.objects.get(pk=item.pk), Category.SEKRETESS, by=make.bertil())
    assertContains(client.post(f"/angra/{newer.pk}/", follow=True), "Bertil har redan bedömt")
    assert Item.objects.get(pk=item.pk).current_classification.category == Category.SEKRETESS


def test_the_page_names_each_kind_in_plain_words(client, agda):
    item, bertil = make.item(), make.bertil()
    until = timezone.now() + timedelta(days=2)
    park(item=item, until=until, by=agda, now=timezone.now(), seen=Seen.of(item))
    assign(item=item, to=bertil, by=agda, now=timezone.now(), seen=Seen.of(Item.objects.get(pk=item.pk)))
    mine = make.item()
    assign(item=mine, to=agda, by=agda, now=timezone.now(), seen=Seen.of(mine))
    response = client.get("/mina/")
    for words in ("Parkerad till ", "Bertil fick handlingen.", "Du tog hand om handlingen."):
        assertContains(response, words)


def test_fifty_deeds_ask_as_little_as_one(client, agda):
    counts = []
    for _ in range(2):
        judged(agda)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/mina/")
        counts.append(len(asked))
        for _ in range(49):
            judged(agda)
    assert counts[0] == counts[1]
    assert len(client.get("/mina/").context["deeds"]) == 50


def test_an_item_that_one_no_longer_may_see_is_not_told_of(client):
    bertil = make.bertil()
    client.force_login(bertil)
    item = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    judged(bertil, item=item)
    item.thread.verksamhet = make.verksamhet(make.BARN)
    item.thread.save()
    assertNotContains(client.get("/mina/"), f"Kommentar {item.pk}")
    assert client.post(f"/angra/{Deed.objects.get().pk}/").status_code == 404
