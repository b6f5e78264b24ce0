from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import Note, Notice
from moderation.policy.terms import Category, Role
from moderation.views import notes
from tests import hostile, make

pytestmark = pytest.mark.django_db

FAR_AWAY = 9_999_999


@pytest.fixture
def agda(client):
    person = make.agda()
    client.force_login(person)
    return person


def write(client, item, text, **more):
    return client.post(f"/handling/{item.pk}/anteckning/", {"text": text} | more)


def test_one_writes_a_note_and_comes_back_beside_the_same_queue(client, agda):
    item = make.item()
    answer = write(client, item, "Se upp, @bo.", ko="slag=comment&javascript:alert(1)")
    assert answer.headers["Location"] == f"/handling/{item.pk}/?slag=comment"
    assert Note.objects.get().text == "Se upp, @bo."


def test_one_who_is_named_is_told(client, agda):
    bo = make.user("bo", Role.WEBBREDAKTOR)
    write(client, make.item(), "Vad säger du, @bo?")
    assert Notice.objects.get().to == bo


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Skriv något i anteckningen."), ("å" * 100_000, "Anteckningen är för lång. Den får ha högst 5 000 tecken.")],
)
def test_what_cannot_be_saved_stays_in_the_form(client, agda, text, sentence):
    answer = write(client, make.item(), text)
    assertContains(answer, sentence, status_code=400)
    assert f"\n{text}</textarea>" in answer.content.decode()
    assert not Note.objects.exists()


def test_nobody_writes_on_what_they_may_not_see(client, agda):
    elsewhere = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    assert write(client, elsewhere, "Hej").status_code == 404
    assert not Note.objects.exists()


def test_an_author_takes_back_and_puts_back_and_a_replayed_form_is_answered_with_a_sentence(client, agda):
    written = make.note(make.item(), agda)
    for _ in range(2):
        answer = client.post(f"/anteckning/{written.pk}/ta-tillbaka/", follow=True)
    assertContains(answer, "Anteckningen är redan tillbakatagen.")
    for _ in range(2):
        answer = client.post(f"/anteckning/{written.pk}/lagg-tillbaka/", follow=True)
    assertContains(answer, "Anteckningen är inte tillbakatagen.")


@pytest.mark.parametrize("door", ["ta-tillbaka", "lagg-tillbaka"])
def test_somebody_elses_note_and_none_at_all_are_answered_alike(client, agda, door):
    written = make.note(make.item(), make.user("bo", Role.WEBBREDAKTOR))
    assert [client.post(f"/anteckning/{pk}/{door}/").status_code for pk in (written.pk, FAR_AWAY)] == [404, 404]


def test_a_note_of_an_item_that_was_moved_away_is_out_of_reach(client, agda):
    written = make.note(make.item(), agda)
    written.item.thread.verksamhet = make.verksamhet(make.TEKNIK)
    written.item.thread.save()
    assert client.post(f"/anteckning/{written.pk}/ta-tillbaka/").status_code == 404


def test_what_colleagues_write_about_a_secret_is_only_for_those_who_may_read_secrets(agda):
    item = make.item()
    make.note(item, agda)
    make.classification(item, Category.SEKRETESS)
    item.refresh_from_db()
    for person, count in ((make.cecilia(), 0), (make.rut(), 1), (agda, 1)):
        assert len(notes.about(item, person, make.NOW)["notes"]["written"]) == count


def test_hostile_texts_are_shown_as_text(client, agda):
    item = make.item()
    for number, text in enumerate(text for text in hostile.texts(long=1_000).values() if 0 < len(text.strip()) < 2_000):
        make.note(item, agda, text, make.NOW + timedelta(hours=number))
    answer = write(client, item, "")
    assertNotContains(answer, "<script>alert", status_code=400)
    assertNotContains(answer, "onerror=alert(1)>", status_code=400)


def test_the_page_of_what_went_wrong_leads_back(client, agda):
    item = make.item()
    assertContains(write(client, item, "", ko="slag=comment"), f"/handling/{item.pk}/?slag=comment", status_code=400)
    assertRedirects(write(client, item, "Hej"), f"/handling/{item.pk}/", fetch_redirect_response=False)
