"""A choice of the queue can be kept under a name, for oneself or for all, and let go of again."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import AuditEntry, SavedView
from moderation.policy.terms import Event, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def save(client, name: str = "Hot och hat", query: str = "ledtrad=hot", **more: str):
    return client.post("/ko/vyer/spara/", {"namn": name, "ko": query} | more)


def names(client) -> list[str]:
    return [view.name for view in client.get("/ko/").context["listing"]["views"]]


def test_a_saved_view_stands_in_the_list_with_its_address(client, agda):
    assertRedirects(save(client), "/ko/?ledtrad=hot")
    assertContains(client.get("/ko/"), 'href="/ko/?ledtrad=hot">Hot och hat')
    assert AuditEntry.objects.get(event=Event.VIEW_SAVED).known_facts["query"] == "ledtrad=hot"


def test_it_is_marked_where_it_is_what_is_shown(client, agda):
    save(client)
    assertContains(client.get("/ko/?ledtrad=hot"), 'href="/ko/?ledtrad=hot" aria-current="page">Hot och hat')


def test_only_a_shared_one_is_seen_by_others_with_whose_it_is(client, agda):
    save(client, "Min egen")
    save(client, "Allas", for_alla="1")
    client.force_login(make.bertil())
    assert names(client) == ["Allas"]
    assertContains(client.get("/ko/"), 'Allas <span class="small quiet">Agda</span>')
    assertNotContains(client.get("/ko/"), "/ta-bort/")


def test_the_same_name_again_replaces_the_former(client, agda):
    save(client)
    save(client, query="ledtrad=fraga")
    assert names(client) == ["Hot och hat"]
    assert SavedView.objects.get(removed_at=None).query == "ledtrad=fraga"


def test_one_is_removed_and_can_be_saved_again(client, agda):
    save(client)
    view = SavedView.objects.get()
    response = client.post(f"/ko/vyer/{view.pk}/ta-bort/", follow=True)
    assertContains(response, "Vyn ”Hot och hat” är borttagen.")
    assert names(client) == []
    assert AuditEntry.objects.filter(event=Event.VIEW_REMOVED).count() == 1
    assert client.post(f"/ko/vyer/{view.pk}/ta-bort/").status_code == 404
    save(client)
    assert names(client) == ["Hot och hat"]


def test_nobody_removes_what_somebody_else_saved(client, agda):
    save(client, for_alla="1")
    view = SavedView.objects.get()
    client.force_login(make.bertil())
    assert client.post(f"/ko/vyer/{view.pk}/ta-bort/").status_code == 403
    view.refresh_from_db()
    assert view.removed_at is None


@pytest.mark.parametrize(("name", "words"), [("   ", "Skriv vad vyn ska heta."), ("x" * 61, "60")])
def test_an_impossible_name_is_refused_with_a_sentence(client, agda, name, words):
    response = client.post("/ko/vyer/spara/", {"namn": name, "ko": ""}, follow=True)
    assertContains(response, words)
    assert not SavedView.objects.exists()


def test_only_what_is_a_choice_is_saved(client, agda):
    save(client, query="next=//ond.example&slag=post&<script>")
    assert SavedView.objects.get().query == "slag=post"


def test_a_character_that_no_database_holds_is_made_visible(client, agda):
    save(client, "a\x00b")
    assert "\x00" not in SavedView.objects.get().name


def test_a_hostile_name_stays_words(client, agda):
    save(client, "<script>alert(1)</script>")
    assertNotContains(client.get("/ko/"), "<script>alert(1)")
