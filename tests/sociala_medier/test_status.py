"""The status page, and the bar across every page, as people meet them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import HistoryImport, Page, Standstill, SyncRun
from moderation.policy.terms import Lane, OrderState, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def test_everybody_with_a_role_reads_it_and_nobody_else(client):
    client.force_login(make.user("nils"))
    assert client.get("/drift/").status_code == 403
    client.force_login(make.agda())
    assert client.get("/drift/").status_code == 200


def test_the_heading_says_how_much_is_wrong(client):
    client.force_login(make.agda())
    assertContains(client.get("/drift/"), "saker fungerar inte och")


def test_only_those_who_operate_are_led_to_the_connection(client):
    for person, shown in ((make.agda(), False), (make.david(), True)):
        client.force_login(person)
        (assertContains if shown else assertNotContains)(client.get("/drift/"), 'href="/anslutning/"')


def test_gaps_are_told_with_what_became_of_them(client, now):
    page = make.page()
    hours = [timedelta(hours=hours) for hours in range(7)]
    Standstill.objects.create(
        page=page, began_at=now - hours[6], ended_at=now - hours[5], filled_at=now - hours[4], reason="Nyckeln dog."
    )
    Standstill.objects.create(page=page, began_at=now - hours[3], ended_at=now - hours[2], reason="Facebook låg nere.")
    Standstill.objects.create(page=page, began_at=now - hours[1], reason="Nätet är borta.")
    client.force_login(make.agda())
    answer = client.get("/drift/")
    for said in ("Nyckeln dog.", "Ifyllt", "Facebook låg nere.", "Fylls i", "Nätet är borta.", "Pågår"):
        assertContains(answer, said)


def test_history_is_told_with_its_figures(client, now):
    HistoryImport.objects.create(
        file_name="sidan.zip", sha256="0" * 64, size=1, state=OrderState.DONE, total=9, handled=9, created=5, matched=3,
        failed=1, ordered_at=now, not_before=now, done_at=now,
    )  # fmt: skip
    client.force_login(make.agda())
    assertContains(client.get("/drift/"), "9 av 9 poster: 5 nya, 3 fanns redan, 1 gick inte att läsa.")


def test_attachments_are_named_only_to_those_who_may_see_the_item(client, now):
    item = make.item("Hemligt innehåll", thread=make.thread(make.verksamhet(make.TEKNIK)), author="Kalle")
    make.attachment(item, state=OrderState.FAILED, done_at=now, last_error="Filen är för stor.")
    client.force_login(make.bertil())
    assertContains(client.get("/drift/"), item.get_absolute_url())
    assertContains(client.get("/drift/"), "Filen är för stor.")
    for other in (make.agda(), make.david()):
        client.force_login(other)
        assertNotContains(client.get("/drift/"), "Kalle")
        assertContains(client.get("/drift/"), "1 bilaga har inte gått att hämta.")


def test_what_citizens_wrote_is_never_there(client):
    make.item("Min granne är sjuk", author="Kalle Exempel")
    client.force_login(make.david())
    answer = client.get("/drift/")
    assertNotContains(answer, "granne")
    assertNotContains(answer, "Kalle")


# --- The bar across every page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/ko/", "/utskrifter/", "/hjalp/", "/drift/", "/losenord/"])
def test_every_page_says_that_the_page_is_not_connected(client, now, address):
    make.page()
    Page.objects.update(token_dead_at=now - timedelta(hours=2), fresh_at=now - timedelta(hours=2))
    client.force_login(make.user("bo", Role.WEBBREDAKTOR))
    answer = client.get(address)
    assertContains(answer, "Driftläge", count=1)
    assertContains(answer, "Kön är inte hela sanningen.")


def test_it_is_said_once_and_not_again_in_other_words(client, now):
    page = make.page()
    Page.objects.update(fresh_at=now - timedelta(hours=2))
    SyncRun.objects.create(
        page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now, error="Facebook går inte att nå."
    )
    client.force_login(make.agda())
    for address in ("/", "/ko/"):
        answer = client.get(address)
        assertContains(answer, "Inget nytt har hämtats från Facebook sedan")
        assertNotContains(answer, "Facebook går inte att nå.")


def test_an_empty_queue_is_not_called_done_while_nothing_comes_in(client, now):
    page = make.page()
    Page.objects.update(fresh_at=now - timedelta(hours=2), fetched_at=now - timedelta(hours=2))
    SyncRun.objects.create(page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now)
    client.force_login(make.agda())
    answer = client.get("/ko/")
    assertContains(answer, "Kön är tom, men hämtningen står still")
    assertNotContains(answer, "Allt som har hämtats från Facebook är bedömt.")


def test_whoever_is_not_logged_in_or_has_no_role_is_told_nothing(client, now):
    make.page()
    Page.objects.update(fresh_at=now - timedelta(hours=2))
    assertNotContains(client.get("/logga-in/"), "Kön är inte hela sanningen.")
    client.force_login(make.user("nils"))
    assertNotContains(client.get("/"), "Kön är inte hela sanningen.")


def test_the_bar_costs_the_queue_one_question(client, now, django_assert_max_num_queries):
    make.item()
    client.force_login(make.agda())
    client.get("/ko/")
    with django_assert_max_num_queries(10):
        client.get("/ko/")
