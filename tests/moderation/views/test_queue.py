"""The queue shows what waits, to those who may see it, in the order in which it must be answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import Item, SyncRun
from moderation.policy.terms import Category, Direction, Kind, Lane, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    """A webbredaktör for the whole municipality, logged in."""
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def late(hours: int = 5):
    return timezone.now() - timedelta(hours=hours, minutes=30)


def shown(response) -> list[str]:
    return [row.beginning for row in response.context["rows"]]


def fetched(error: str = "") -> None:
    now = timezone.now()
    page = make.page()
    page.fresh_at = now - timedelta(minutes=4)
    page.save()
    SyncRun.objects.create(page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now, error=error)


def test_what_is_due_first_stands_first_and_judged_items_are_not_there(client, agda):
    make.item("Senare", answer_by=late(2))
    make.item("Först", answer_by=late(3))
    make.classification(make.item("Redan bedömd"), by=agda)
    make.item("Kommunens svar", direction=Direction.UPPRATTAD)
    response = client.get("/ko/")
    assert shown(response) == ["Först", "Senare"]
    assertContains(response, "Kön: 2 att bedöma")


def test_a_row_says_kind_author_text_post_and_deadline_in_words(client, agda):
    post = make.item("Vi plogar i turordning.", kind=Kind.POST, direction=Direction.UPPRATTAD)
    make.item("Inget plogat här.", thread=post.thread, parent=post, author="", answer_by=late(5))
    html = client.get("/ko/").content.decode()
    for words in (
        "Kommentar av",
        "Okänd avsändare",
        "Inget plogat här.",
        "Vi plogar i turordning.",
        "försenad 5 timmar",
    ):
        assert words in html


def test_badges_say_in_words_what_is_particular(client, agda):
    hidden = make.item("Dold", hidden=True)
    make.attachment(hidden)
    changed = make.item("Ändrad")
    make.classification(changed, by=agda)
    make.version(changed, "Ändrad en gång till")
    Item.objects.filter(pk=changed.pk).update(waiting_since=make.NOW)
    html = client.get("/ko/").content.decode()
    for words in ("dold", "bilaga", "ändrad efter bedömning"):
        assert words in html


def test_an_editor_sees_the_own_verksamhet_and_the_shared_threads_only(client):
    client.force_login(make.bertil())
    make.item("Teknik", thread=make.thread(make.verksamhet(make.TEKNIK)))
    make.item("Gemensam")
    make.item("Barn", thread=make.thread(make.verksamhet(make.BARN)))
    assert shown(client.get("/ko/")) == ["Teknik", "Gemensam"]


def test_an_admin_is_told_what_is_missing(client):
    client.force_login(make.david())
    response = client.get("/ko/")
    assertContains(response, "Läsa handlingar", status_code=403)
    assertContains(response, "Till startsidan", status_code=403)


def test_nobody_sees_the_queue_without_logging_in(client):
    assert client.get("/ko/").headers["Location"] == "/logga-in/?next=/ko/"


def test_the_queue_is_narrowed_by_kind_verksamhet_and_lateness(client, agda):
    teknik = make.verksamhet(make.TEKNIK)
    make.item("Svar", kind=Kind.REPLY, answer_by=late(4))
    make.item("Teknik", thread=make.thread(teknik), answer_by=late(3))
    make.item("I tid", answer_by=timezone.now() + timedelta(days=1))
    assert shown(client.get("/ko/", {"slag": "reply"})) == ["Svar"]
    assert shown(client.get("/ko/", {"verksamhet": teknik.pk})) == ["Teknik"]
    assert shown(client.get("/ko/", {"verksamhet": "gemensamt"})) == ["Svar", "I tid"]
    assert shown(client.get("/ko/", {"forsenade": "1"})) == ["Svar", "Teknik"]


@pytest.mark.parametrize(
    "query",
    [
        {"slag": "skräp", "verksamhet": "x"},
        {"verksamhet": "9" * 40},
        {"efter": "skräp"},
        {"efter": "20261120T120000000000-" + "9" * 40},
        {"visa": "bedomda", "efter": "9" * 40},
    ],
)
def test_nonsense_in_the_address_is_ignored(client, agda, query):
    make.classification(make.item("Bedömd"), by=agda)
    make.item("Väntar")
    assert len(shown(client.get("/ko/", query))) == 1


def test_the_pages_of_a_long_queue_hold_every_item_once(client, agda):
    post = make.item("Inlägg", kind=Kind.POST, direction=Direction.UPPRATTAD)
    expected = [make.item(f"Nummer {n}", thread=post.thread).text for n in range(113)]
    seen, address = [], "/ko/?slag=comment"
    while address:
        response = client.get(address)
        seen += shown(response)
        address = response.context["more"]
    assert seen == expected


def test_a_page_asks_the_database_eight_times_at_most_however_many_rows(client, agda):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/ko/").status_code == 200
        return len(asked)

    fetched()
    empty = questions()
    for number in range(60):
        one = make.item(f"Nummer {number}", thread=make.thread(make.verksamhet(f"Verksamhet {number % 7}")))
        make.attachment(one)
    full = questions()
    assert full == empty
    assert full <= 8


def test_no_answer_of_facebook_and_no_whole_text_is_read_for_the_list(client, agda):
    make.item("ord " * 15_000)
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/ko/")
    assert len(response.content) < 20_000
    assert not [query for query in asked if '"raw"' in query["sql"]]


def test_the_judged_stand_newest_first_and_can_be_found_again(client, agda):
    items = [make.item(f"Nummer {number}") for number in range(3)]
    make.classification(items[1], Category.BROTTSLIGT, Reason.HOT, by=agda)
    make.classification(items[0], by=agda)
    response = client.get("/ko/", {"visa": "bedomda"})
    assert shown(response) == ["Nummer 0", "Nummer 1"]
    assertContains(response, "Brottsligt: Hot")


def test_the_judged_are_paged_too(client, agda):
    for number in range(53):
        make.classification(make.item(f"Nummer {number}"), by=agda)
    first = client.get("/ko/", {"visa": "bedomda"})
    rest = client.get(first.context["more"])
    assert (len(shown(first)), shown(rest)) == (50, ["Nummer 2", "Nummer 1", "Nummer 0"])


def test_what_nobody_may_keep_is_not_shown_in_any_list(client, agda):
    post = make.item("Förbjudet inlägg", kind=Kind.POST)
    make.item("Kommentar under det", thread=post.thread, parent=post)
    make.classification(post, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    for address in ("/ko/", "/ko/?visa=bedomda"):
        assertNotContains(client.get(address), "Förbjudet inlägg")
    assertContains(client.get("/ko/?visa=bedomda"), "Texten visas inte.")


def test_an_empty_queue_says_why_and_how_old_the_knowledge_is(client, agda):
    assertContains(client.get("/ko/"), "Ingenting är hämtat än")
    fetched()
    response = client.get("/ko/")
    assertContains(response, "Kön är tom")
    assertContains(response, "för 4 minuter sedan")


def test_a_narrowed_queue_that_is_empty_offers_the_rest(client, agda):
    make.item("Väntar")
    assertContains(client.get("/ko/", {"slag": "post"}), "Rensa urvalet")


def test_a_failed_fetch_is_said_in_a_sentence_with_the_time_of_the_last_good_one(client, agda):
    fetched(error="Facebook går inte att nå just nu. Systemet försöker igen av sig självt.")
    response = client.get("/ko/")
    assertContains(response, "Facebook går inte att nå just nu.")
    assertContains(response, "Senast hämtat")
    assertContains(response, "hämtningen står still")


def test_strangers_words_stay_words(client, agda):
    make.item("<script>alert(1)</script>", author="<b>Fet</b>")
    response = client.get("/ko/")
    assertNotContains(response, "<script>alert(1)")
    assertNotContains(response, "<b>Fet")


def test_what_only_an_export_tells_of_is_listed_as_history_until_it_is_judged(client, agda):
    old = [make.item(f"Gammal fråga {n}", waiting_since=None, at=make.NOW - timedelta(days=n)) for n in range(60)]
    make.item("Väntar")
    make.item("Kommunens eget", direction=Direction.UPPRATTAD)
    make.classification(old[0])
    first = client.get("/ko/?visa=historik")
    assert shown(first) == [item.text for item in old[1:51]]
    assertNotContains(first, "örsenad")
    second = client.get(first.context["more"])
    assert shown(second) == [item.text for item in old[51:]]
    assertContains(client.get("/ko/"), "Väntar")
