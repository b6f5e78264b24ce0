import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    agda = make.agda()
    client.force_login(agda)
    return agda


def test_a_number_leads_to_its_item(client, agda):
    item = make.item(author="Kalle Exempel")
    assertContains(client.get("/ga-till/", {"q": str(item.pk)}), f'href="/handling/{item.pk}/"')


def test_what_belongs_to_another_verksamhet_is_not_found(client, agda):
    item = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    assertContains(client.get("/ga-till/", {"q": str(item.pk)}), "Ingen handling hittades så.")


def test_it_shows_who_and_when_and_never_what_was_written(client, agda):
    item = make.item("Hemlig text")
    assertNotContains(client.get("/ga-till/", {"q": str(item.pk)}), "Hemlig text")


def test_asked_by_the_page_it_answers_with_the_list_alone(client, agda):
    item = make.item()
    answer = client.get("/ga-till/", {"q": str(item.pk)}, headers={"HX-Request": "true"})
    assertTemplateUsed(answer, "moderation/_palette.html")
    assertNotContains(answer, "<!doctype html>")


@pytest.mark.parametrize(
    "asked", ["\x00", "x" * 100_000, "'; DROP TABLE", "https://www.facebook.com/", "👍", "%", "()"]
)
def test_whatever_is_typed_is_answered(client, agda, asked):
    assert client.get("/ga-till/", {"q": asked}).status_code == 200
