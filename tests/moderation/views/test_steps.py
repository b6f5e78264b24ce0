"""The follow-up steps are ticked off and waived in the browser."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.policy.terms import Category, Reason, Role, StepKind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rut(client):
    """A registrator, who may follow up but not judge, logged in."""
    person = make.rut()
    client.force_login(person)
    return person


@pytest.fixture
def judged():
    return make.classification(make.item(), Category.SEKRETESS)


def step(judged, kind: StepKind):
    return judged.steps.get(kind=kind)


def test_a_step_is_ticked_off_with_day_person_and_reference(client, rut, judged):
    registrera = step(judged, StepKind.REGISTRERA)
    response = client.post(f"/atgard/{registrera.pk}/gjord/", {"done_on": "2026-11-20", "reference": "KS 2026/112"})
    assertRedirects(response, judged.item.get_absolute_url(), fetch_redirect_response=False)
    page = client.get(judged.item.get_absolute_url())
    assertContains(page, "Gjort: registrera i diariet.")
    assertContains(page, "20 november 2026, Rut")
    assertContains(page, "KS 2026/112")


def test_a_missing_reference_is_asked_for_and_the_day_is_kept(client, rut, judged):
    registrera = step(judged, StepKind.REGISTRERA)
    response = client.post(f"/atgard/{registrera.pk}/gjord/", {"done_on": "2026-11-19", "reference": ""})
    assertContains(response, "Ange diarienummer.", status_code=400)
    assertContains(response, 'value="2026-11-19"', status_code=400)


def test_nothing_is_taken_away_before_its_copy_is_safe(client, rut, judged):
    response = client.post(f"/atgard/{step(judged, StepKind.TA_BORT).pk}/gjord/", {"done_on": "2026-11-20"})
    assertContains(response, "Inget lämnar Facebook innan kopian är säker.", status_code=400)


def test_a_step_is_waived_with_a_reason(client, rut, judged):
    kontakta = step(judged, StepKind.KONTAKTA)
    client.post(f"/atgard/{kontakta.pk}/avsta/", {"because": "Avsändaren är okänd."})
    assertContains(client.get(judged.item.get_absolute_url()), "Avsändaren är okänd.")
    kontakta.refresh_from_db()
    assert (kontakta.state, kontakta.closed_by) == ("waived", rut)


def test_a_step_is_not_waived_without_a_reason(client, rut, judged):
    response = client.post(f"/atgard/{step(judged, StepKind.KONTAKTA).pk}/avsta/", {"because": " "})
    assertContains(response, "Skriv varför åtgärden inte behövs.", status_code=400)


def test_the_copy_cannot_be_waived(client, rut, judged):
    skarmdump = step(judged, StepKind.SKARMDUMP)
    assertNotContains(client.get(judged.item.get_absolute_url()), f"/atgard/{skarmdump.pk}/avsta/")
    response = client.post(f"/atgard/{skarmdump.pk}/avsta/", {"because": "Orkar inte."})
    assertContains(response, "Det går inte att avstå", status_code=400)


def test_what_the_archive_does_has_no_form(client, rut):
    judged = make.classification(make.item(), Category.BROTTSLIGT, Reason.HOT)
    page = client.get(judged.item.get_absolute_url())
    assertNotContains(page, f"/atgard/{step(judged, StepKind.SPARA).pk}/gjord/")
    assertContains(page, "Arkivet bockar av den när dess kopia är säker.")


def test_a_second_click_is_told_that_it_is_done_already(client, rut, judged):
    address = f"/atgard/{step(judged, StepKind.KONTAKTA).pk}/gjord/"
    answers = [client.post(address, {"done_on": "2026-11-20"}) for _ in range(2)]
    assert answers[0].status_code == 302
    assertContains(answers[1], "Åtgärden är redan avslutad: gjort.", status_code=400)


def test_an_archivist_sees_the_steps_but_follows_nothing_up(client, judged):
    client.force_login(make.cecilia())
    kontakta = step(judged, StepKind.KONTAKTA)
    page = client.get(judged.item.get_absolute_url())
    assertContains(page, "Kontakta avsändaren")
    assertNotContains(page, "Bocka av")
    assert client.post(f"/atgard/{kontakta.pk}/gjord/", {"done_on": "2026-11-20"}).status_code == 403


def test_a_step_of_another_verksamhet_does_not_exist(client):
    judged = make.classification(make.item(thread=make.thread(make.verksamhet(make.BARN))))
    judged = make.classification(judged.item, Category.SEKRETESS)
    client.force_login(make.user("bertil", Role.WEBBREDAKTOR, make.verksamhet(make.TEKNIK)))
    assert client.post(f"/atgard/{step(judged, StepKind.KONTAKTA).pk}/gjord/", {}).status_code == 404


def test_the_queue_as_it_was_chosen_is_kept_by_every_form_of_a_step(client, rut, judged):
    address, first = judged.item.get_absolute_url(), step(judged, StepKind.REGISTRERA)
    page = client.get(f"{address}?slag=comment").content.decode()
    forms = [form for form in page.split("<form")[1:] if 'action="/atgard/' in form]
    assert forms
    assert all('name="ko" value="slag=comment"' in form for form in forms)
    done = {"done_on": "2026-11-20", "reference": "KS 2026/112", "ko": "slag=comment"}
    for verb in ("gjord", "oppna"):
        response = client.post(f"/atgard/{first.pk}/{verb}/", done)
        assertRedirects(response, f"{address}?slag=comment", fetch_redirect_response=False)
    wrong = client.post(f"/atgard/{first.pk}/gjord/", done | {"reference": ""})
    assertContains(wrong, 'name="ko" value="slag=comment"', status_code=400)
