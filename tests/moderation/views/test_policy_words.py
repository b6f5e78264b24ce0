import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import PolicyVersion
from moderation.policy.terms import Category, Role
from tests import make

pytestmark = pytest.mark.django_db


def typed(seen=1, **other):
    return (
        {f"{category}-text": f"Ord om {category.label}" for category in Category}
        | {
            "note": "Tydligare för vikarier",
            "seen": seen,
        }
        | other
    )


def test_an_editor_reads_the_words_and_cannot_change_them(client):
    client.force_login(make.agda())
    answer = client.get("/policy/")
    assertContains(answer, "Kommentarer och inlägg av ringa betydelse diarieförs inte.")
    assertNotContains(answer, "Spara som ny version")
    assert client.post("/policy/", typed()).status_code == 403


def test_an_administrator_of_one_verksamhet_does_not_change_the_words_of_all(client):
    client.force_login(make.user("lokal", Role.ADMIN, make.verksamhet(make.BARN)))
    assertNotContains(client.get("/policy/"), "Spara som ny version")
    assertContains(client.post("/policy/", typed()), "gäller hela kommunen", status_code=403)
    assert not PolicyVersion.objects.filter(number__gt=1).exists()


def test_an_administrator_writes_a_new_version(client):
    client.force_login(make.david())
    client.get("/policy/")
    assertRedirects(client.post("/policy/", typed()), "/policy/")
    newest = PolicyVersion.objects.first()
    assert (newest.number, newest.made_by.username) == (2, "david")
    assertContains(client.get("/policy/"), "Tydligare för vikarier")


def test_without_a_note_nothing_is_changed_and_nothing_is_lost(client):
    client.force_login(make.david())
    answer = client.post("/policy/", typed(note=""))
    assertContains(answer, "Skriv vad som ändras och varför.", status_code=400)
    assertContains(answer, "Ord om Sekretess", status_code=400)
    assert PolicyVersion.objects.count() == 1


def test_a_page_that_is_old_overwrites_nothing(client):
    client.force_login(make.david())
    client.post("/policy/", typed())
    answer = client.post("/policy/", typed(**{"sekretess-text": "Mina ord"}))
    assertContains(answer, "Någon annan har ändrat policyns ord", status_code=400)
    assertContains(answer, "Mina ord", status_code=400)
    assert PolicyVersion.objects.count() == 2
