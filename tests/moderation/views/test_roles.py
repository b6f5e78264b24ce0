"""Administrators give and take back roles, add people and note who has left; everything is said and remembered."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import AuditEntry, RoleAssignment, User
from moderation.policy.terms import Event, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def david(client):
    person = make.david()
    client.force_login(person)
    return person


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def details(**changes: str) -> dict[str, str]:
    about = {"username": "nils", "first_name": "Nils", "last_name": "Ny", "titel": "", "email": ""}
    return about | {"password": "k7mq-2xpw-9htd-vn4e"} | changes


def test_a_role_is_given_for_a_verksamhet_and_a_time(client, david):
    nils, teknik = make.user("nils"), make.verksamhet()
    until = timezone.localdate() + timedelta(days=90)
    told = {"user": nils.pk, "role": Role.WEBBREDAKTOR, "verksamhet": teknik.pk, "last_day": until}
    response = client.post("/roller/ge/", told, follow=True)
    assertRedirects(response, "/roller/")
    given = RoleAssignment.objects.get(user=nils)
    assert (given.role, given.verksamhet, given.last_day) == (Role.WEBBREDAKTOR, teknik, until)
    assert given.granted_by == david
    assert texts(response) == ["Nils är nu webbredaktör för Teknik."]
    assertContains(response, "av David")


def test_what_is_wrong_with_a_role_is_said_on_the_form_and_the_choices_are_kept(client, david):
    bertil = make.bertil()
    told = {"user": bertil.pk, "role": Role.WEBBREDAKTOR, "verksamhet": make.verksamhet().pk, "last_day": ""}
    response = client.post("/roller/ge/", told)
    assertContains(response, "Bertil har redan rollen Webbredaktör för Teknik.", status_code=400)
    assertContains(response, "<title>Fel: Roller", status_code=400)
    assert response.context["granting"]["user"].value() == str(bertil.pk)
    response = client.post("/roller/ge/", told | {"role": "kung", "last_day": "2027-02-30"})
    assertContains(response, "Välj en roll i listan.", status_code=400)
    assertContains(response, "Skriv dagen som ÅÅÅÅ-MM-DD", status_code=400)
    response = client.post("/roller/ge/", told | {"role": Role.REGISTRATOR, "last_day": "2020-01-01"})
    assertContains(response, "Sista dagen har redan passerat.", status_code=400)
    assert RoleAssignment.objects.filter(user=bertil).count() == 1


def test_nobody_who_has_left_can_be_given_a_role(client, david):
    response = client.post("/roller/ge/", {"user": make.erik().pk, "role": Role.WEBBREDAKTOR})
    assertContains(response, "Välj en person i listan.", status_code=400)


def test_a_role_is_taken_back_with_a_way_to_give_it_again(client, david):
    bertil = make.bertil()
    assignment = bertil.assignments.get()
    response = client.post(f"/roller/{assignment.pk}/ta-tillbaka/", follow=True)
    assignment.refresh_from_db()
    assert assignment.revoked_by == david
    assertContains(response, "Bertil är inte längre webbredaktör för Teknik.")
    again = f"/roller/?person={bertil.pk}&amp;roll=webbredaktor&amp;verksamhet={assignment.verksamhet_id}#ge"
    assertContains(response, again)
    form = client.get(again.replace("&amp;", "&")).context["granting"]
    assert (form["user"].value(), form["role"].value()) == (str(bertil.pk), "webbredaktor")
    assertContains(response, "tillbakatagen av David")


def test_the_last_administrator_stays(client, david):
    response = client.post(f"/roller/{david.assignments.get().pk}/ta-tillbaka/", follow=True)
    assert texts(response) == ["Det måste finnas minst en administratör. Utse en annan först."]
    response = client.post(f"/roller/person/{david.pk}/slutat/", follow=True)
    assert texts(response) == ["Det måste finnas minst en administratör. Utse en annan först."]
    assert User.objects.get(pk=david.pk).is_active


def test_a_role_taken_back_by_somebody_else_meanwhile_is_said(client, david):
    assignment = make.bertil().assignments.get()
    client.post(f"/roller/{assignment.pk}/ta-tillbaka/")
    response = client.post(f"/roller/{assignment.pk}/ta-tillbaka/", follow=True)
    assert "Behörigheten är redan tillbakatagen." in texts(response)


def test_a_person_is_added_can_log_in_and_is_ready_to_be_given_a_role(client, david):
    response = client.post("/roller/person/", details(), follow=True)
    nils = User.objects.get(username="nils")
    assert response.redirect_chain[0][0] == f"/roller/?person={nils.pk}#ge"
    assertContains(response, "Nils Ny är tillagd")
    assert AuditEntry.objects.filter(event=Event.PERSON_ADDED).exists()
    client.logout()
    assert client.login(username="nils", password="k7mq-2xpw-9htd-vn4e")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"username": ""}, "username", "Ange ett användarnamn."),
        ({"username": "david"}, "username", "finns redan"),
        ({"username": "nils öman!"}, "username", "giltigt användarnamn"),
        ({"email": "nils"}, "email", "Skriv adressen som namn@kommun.se."),
        ({"password": "kort"}, "password", "minst 12 tecken"),
        ({"last_name": "x\x00y"}, "last_name", "Null"),
    ],
)
def test_what_is_wrong_with_a_person_is_said_beside_the_field_and_the_rest_is_kept(
    client, david, changes, field, sentence
):
    response = client.post("/roller/person/", details(**changes))
    form = response.context["adding"]
    assert response.status_code == 400
    assert sentence in str(form.errors[field])
    assert form["first_name"].value() == "Nils"
    assert not User.objects.filter(username="nils").exists()


def test_the_suggested_password_is_good_enough_and_new_each_time(client, david):
    first, second = (client.get("/roller/").context["adding"]["password"].value() for _ in range(2))
    assert first != second
    client.post("/roller/person/", details(password=first))
    assert User.objects.filter(username="nils").exists()


def test_whoever_has_left_has_no_login_and_no_roles_but_is_remembered(client, david):
    bertil = make.bertil()
    response = client.post(f"/roller/person/{bertil.pk}/slutat/", follow=True)
    bertil.refresh_from_db()
    assert not bertil.is_active
    assert not bertil.assignments.filter(revoked_at=None).exists()
    assertContains(response, "Bertil (bertil)")
    assert client.post(f"/roller/person/{bertil.pk}/slutat/").status_code == 404


def test_the_memory_tells_when_a_role_ran_out_by_itself(client, david):
    person = make.user("nils", Role.REGISTRATOR)
    long_ago = make.NOW - timedelta(days=400)
    person.assignments.update(granted_at=long_ago, last_day=date(2025, 12, 31))
    assertContains(client.get("/roller/"), "31 december 2025, sista dagen passerad")


def test_each_role_is_explained_by_the_table_of_rights(client, david):
    response = client.get("/roller/")
    assertContains(
        response, "Kan ge och ta tillbaka behörighet, ansluta sidan och läsa in historik och ändra policyns ord."
    )
    assertContains(response, "läsa utskrifter av hela perioder och beställa utskrifter.")


def test_an_administrator_of_one_verksamhet_hands_out_roles_there_and_nowhere_else(client):
    teknik, barn = make.verksamhet(), make.verksamhet(make.BARN)
    make.david()
    local = make.user("tina", Role.ADMIN, verksamhet=teknik)
    agda, bertil = make.agda(), make.bertil()
    client.force_login(local)

    def give(verksamhet: object) -> int:
        told = {"user": agda.pk, "role": Role.REGISTRATOR, "verksamhet": verksamhet}
        return client.post("/roller/ge/", told).status_code

    assert (give(barn.pk), give("")) == (400, 400)
    assert give(teknik.pk) == 302
    assert client.post(f"/roller/{agda.assignments.get(verksamhet=barn).pk}/ta-tillbaka/").status_code == 403
    assert client.post(f"/roller/person/{agda.pk}/slutat/").status_code == 403
    assert client.post(f"/roller/{bertil.assignments.get().pk}/ta-tillbaka/").status_code == 302
    page = client.get("/roller/")
    assertNotContains(page, "Har slutat …")
    assertNotContains(page, "Hela kommunen")


def test_the_page_asks_the_database_no_more_for_many_than_for_few(client, david, django_assert_max_num_queries):
    for number in range(30):
        make.user(f"person{number}x", Role.WEBBREDAKTOR, make.verksamhet(f"Verksamhet {number}"))
    with django_assert_max_num_queries(20):
        client.get("/roller/")


# --- Chefs --------------------------------------------------------------------------------------------------------------


def test_an_administrator_says_who_is_chef(client):
    client.force_login(make.david())
    teknik = make.verksamhet(make.TEKNIK)
    sent = {"chef_namn": "Åsa Ek", "chef_epost": "asa@exempel.se"}
    answer = client.post(f"/roller/verksamhet/{teknik.pk}/chef/", sent, follow=True)
    assertContains(answer, "går nu till Åsa Ek.")
    assertContains(answer, f"{teknik}: Åsa Ek")


def test_an_address_that_is_none_is_told_and_what_was_typed_stays(client):
    client.force_login(make.david())
    teknik = make.verksamhet(make.TEKNIK)
    answer = client.post(f"/roller/verksamhet/{teknik.pk}/chef/", {"chef_namn": "Åsa Ek", "chef_epost": "asa"})
    assertContains(answer, "Skriv adressen som namn@kommun.se.", status_code=400)
    assertContains(answer, 'value="Åsa Ek"', status_code=400)


def test_a_local_administrator_names_the_chef_of_the_own_verksamhet_alone(client):
    barn, teknik = make.verksamhet(make.BARN), make.verksamhet(make.TEKNIK)
    client.force_login(make.user("lokal", Role.ADMIN, barn))
    page = client.get("/roller/")
    assertContains(page, f"/roller/verksamhet/{barn.pk}/chef/")
    assertNotContains(page, f"/roller/verksamhet/{teknik.pk}/chef/")
    assert client.post(f"/roller/verksamhet/{barn.pk}/chef/", {"chef_namn": "Åsa"}).status_code == 302
    assert client.post(f"/roller/verksamhet/{teknik.pk}/chef/", {"chef_namn": "Åsa"}).status_code == 403
