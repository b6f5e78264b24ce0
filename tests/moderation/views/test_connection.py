"""The page where an administrator connects the page on Facebook anew."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation import vault
from moderation.models import Page, Standstill, User
from tests import make

pytestmark = pytest.mark.django_db

TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"


@pytest.fixture
def david(client, settings):
    settings.FACEBOOK_PAGE_ID = "1036844829507460"
    david = make.david()
    client.force_login(david)
    return david


def test_a_new_key_connects_the_page_and_is_shown_nowhere(client, david):
    answer = client.post("/anslutning/nyckel/", {"token": TOKEN}, follow=True)
    assertRedirects(answer, "/anslutning/")
    assertContains(answer, "är ansluten. Hela sidan läses om")
    assertContains(answer, "av David.")
    assertNotContains(answer, TOKEN)
    assert vault.unseal(Page.objects.get().token_sealed) == TOKEN


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "Klistra in en nyckel."),
        ("   ", "Klistra in en nyckel."),
        (f"{TOKEN} {TOKEN}", "Nyckeln har blanksteg eller radbrytningar inuti."),
        (f"{TOKEN}\n{TOKEN}", "Nyckeln har blanksteg eller radbrytningar inuti."),
        (TOKEN * 200, "Det där är ingen nyckel från Facebook."),
    ],
)
def test_what_is_refused_is_not_shown_again(client, david, token, said):
    answer = client.post("/anslutning/nyckel/", {"token": token})
    assert answer.status_code == 400
    assertContains(answer, said, status_code=400)
    assertNotContains(answer, TOKEN, status_code=400)
    assert not Page.objects.exists()


def test_without_the_pages_id_it_is_said_who_must_give_it(client, david, settings):
    settings.FACEBOOK_PAGE_ID = ""
    assertContains(client.get("/anslutning/"), "Driften behöver först ange sidans id")
    assertContains(client.post("/anslutning/nyckel/", {"token": TOKEN}), "FACEBOOK_PAGE_ID", status_code=400)


def test_the_gap_is_shown_and_whether_it_is_filled(client, david):
    now, page = timezone.now(), make.page()
    Standstill.objects.create(page=page, began_at=now - timedelta(hours=4), ended_at=now - timedelta(hours=2))
    assertContains(client.get("/anslutning/"), "fylls i nu.")
    Standstill.objects.update(filled_at=now)
    assertContains(client.get("/anslutning/"), "är ifyllt.")


def test_what_is_wrong_with_the_key_stands_there(client, david):
    make.page()
    Page.objects.update(token_dead_at=timezone.now(), token_error="Den som skapade nyckeln har bytt lösenord.")
    assertContains(client.get("/anslutning/"), "Den som skapade nyckeln har bytt lösenord.")


def test_an_administrator_gives_the_own_address_and_takes_it_back(client, david):
    answer = client.post("/anslutning/epost/", {"email": "david@kommun.example"}, follow=True)
    assertContains(answer, "Varningar skickas till david@kommun.example.")
    assert User.objects.get(pk=david.pk).email == "david@kommun.example"
    assertContains(client.post("/anslutning/epost/", {"email": ""}, follow=True), "Inga varningar skickas till dig.")
    assert User.objects.get(pk=david.pk).email == ""


@pytest.mark.parametrize(
    "email", ["david", "david@", "a b@c.se", "d\n@kommun.example", "@kommun.example", "d" * 250 + "@k.se"]
)
def test_what_is_no_address_is_refused(client, david, email):
    assert client.post("/anslutning/epost/", {"email": email}).status_code == 400
    assert User.objects.get(pk=david.pk).email == ""
