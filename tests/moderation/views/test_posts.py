"""The queue by posts says how much waits under each, and leads to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from moderation.policy.terms import Category, Direction, Kind, Reason, Role
from moderation.views.posts import ROWS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def post(text: str, waiting: int, days: int = 0, **fields):
    made = make.item(text, kind=Kind.POST, direction=Direction.UPPRATTAD, at=make.NOW - timedelta(days=days), **fields)
    for number in range(waiting):
        make.item(f"Kommentar {number}", thread=made.thread, parent=made)
    return made


def told(response) -> list[str]:
    return [one.text for one in response.context["posts"]]


def test_the_post_with_most_unjudged_stands_first_and_the_quiet_are_left_out(client, agda):
    post("Lite", 1)
    post("Inget", 0)
    post("Mycket", 3)
    assert told(client.get("/ko/inlagg/")) == ["Mycket", "Lite"]


def test_the_newest_post_stands_first_where_that_is_asked_for(client, agda):
    post("Äldre", 3, days=2)
    post("Nyare", 0)
    assert told(client.get("/ko/inlagg/?ordning=nyast")) == ["Nyare", "Äldre"]


def test_the_menu_says_that_the_posts_belong_to_the_queue(client, agda):
    assertContains(client.get("/ko/inlagg/"), 'href="/ko/" aria-current="true"')


def test_the_numbers_of_a_post_are_right(client, agda):
    one = post("Inlägget", 2)
    make.item("Dold", thread=one.thread, hidden=True)
    make.item("Borta", thread=one.thread, removed_at=make.NOW)
    make.item("Vårt svar", thread=one.thread, direction=Direction.UPPRATTAD)
    make.classification(make.item("Bedömd", thread=one.thread), by=agda)
    make.item("Parkerad", thread=one.thread, parked_until=make.NOW + timedelta(days=9_999))
    counts = client.get("/ko/inlagg/").context["posts"][0].counts
    names = ("waiting", "total", "own", "hidden", "removed")
    assert {name: counts[name] for name in names} == {"waiting": 4, "total": 7, "own": 1, "hidden": 1, "removed": 1}


def test_a_post_leads_to_the_queue_narrowed_to_it(client, agda):
    one = post("Inlägget", 2)
    make.item("Under ett annat")
    assertContains(client.get("/ko/inlagg/"), f'href="/ko/?trad={one.thread_id}"')
    rows = client.get(f"/ko/?trad={one.thread_id}").context["listing"]["rows"]
    assert [row.text for row in rows] == ["Kommentar 0", "Kommentar 1"]


@pytest.mark.parametrize("sort", ["obesvarade", "nyast"])
def test_the_pages_hold_every_post_once(client, agda, sort):
    expected = {post(f"Inlägg {number}", 1 + number % 3, days=number).text for number in range(2 * ROWS + 3)}
    seen, address = [], f"/ko/inlagg/?ordning={sort}"
    while address:
        response = client.get(address)
        seen += told(response)
        address = response.context["more"]
    assert sorted(seen) == sorted(expected)


def test_a_page_asks_the_database_equally_often_however_many_posts(client, agda):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/ko/inlagg/")
        return len(asked)

    post("Ett", 2)
    few = questions()
    for number in range(40):
        post(f"Inlägg {number}", 2)
    assert questions() == few <= 10


def test_what_is_not_the_persons_business_is_not_counted(client):
    client.force_login(make.bertil())
    hidden = post("Barn", 2, thread=make.thread(make.verksamhet(make.BARN)))
    post("Gemensamt", 1)
    response = client.get("/ko/inlagg/")
    assert told(response) == ["Gemensamt"]
    assertNotContains(response, hidden.text)


def test_what_may_not_be_read_is_not_shown_as_a_heading(client, agda):
    secret, forbidden = post("Hennes diagnos", 1), make.item("Förbjudet", kind=Kind.POST)
    make.item("Under det", thread=forbidden.thread)
    shared = make.item("Sekretess", kind=Kind.POST)
    make.item("Under den", thread=shared.thread)
    make.classification(shared, Category.SEKRETESS, by=agda)
    make.classification(forbidden, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    assertNotContains(client.get("/ko/inlagg/"), "Förbjudet")
    assert sorted(told(client.get("/ko/inlagg/"))) == ["", secret.text, "Sekretess"]
    client.force_login(make.cecilia())
    assert sorted(told(client.get("/ko/inlagg/"))) == ["", "", secret.text]


@pytest.mark.parametrize("query", ["ordning=x&efter=y", "efter=9-" + "9" * 30, "ordning=nyast&efter=" + "9" * 30])
def test_nonsense_in_the_address_is_ignored(client, agda, query):
    post("Inlägg", 1)
    assert told(client.get(f"/ko/inlagg/?{query}")) == ["Inlägg"]


def test_with_nothing_unjudged_the_page_says_so(client, agda):
    assertContains(client.get("/ko/inlagg/"), "Inget inlägg har något obedömt")
