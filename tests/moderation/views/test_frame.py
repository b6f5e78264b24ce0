"""The frame around every page: who one is, where one may go, and what is said when something goes wrong."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests import make

ROOT = Path(__file__).parents[3]
ICONS = ROOT / "sociala_medier/static/sociala_medier/img/icons.svg"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "rooms"),
    [
        (make.agda, ["Kön", "Sök", "Uppföljning", "Utskrifter", "Drift", "Hjälp"]),
        (make.cecilia, ["Kön", "Sök", "Utskrifter", "Drift", "Hjälp"]),
        (make.david, ["Roller", "Drift", "Hjälp"]),
    ],
)
def test_one_is_shown_the_rooms_one_may_enter(client, person, rooms):
    client.force_login(person())
    html = client.get("/losenord/").content.decode()
    assert re.findall(r'class="site-nav__link"[^>]*>([^<]+)<', html) == rooms


@pytest.mark.django_db
def test_every_page_names_the_person_and_the_way_out(client):
    client.force_login(make.agda())
    page = client.get("/ko/")
    for words in ("Agda", "Logga ut", "Byt lösenord", "Hoppa till innehållet"):
        assertContains(page, words)
    assertRedirects(client.post("/logga-ut/"), "/logga-in/")
    assertRedirects(client.get("/ko/"), "/logga-in/?next=/ko/")


@pytest.mark.django_db
def test_nobody_is_logged_out_by_a_link(client):
    client.force_login(make.agda())
    assert client.get("/logga-ut/").status_code == 405


@pytest.mark.django_db
def test_a_wrong_password_is_answered_in_swedish_and_the_title_says_so(client):
    page = client.post("/logga-in/", {"username": "agda", "password": "fel"})
    assertContains(page, "<title>Fel: Logga in")
    assertContains(page, 'role="alert"')


@pytest.mark.django_db
def test_who_has_left_cannot_log_in(client):
    make.erik()
    page = client.post("/logga-in/", {"username": "erik", "password": make.PASSWORD})
    assertContains(page, "<title>Fel: Logga in")


@pytest.mark.django_db
def test_one_changes_the_password_oneself(client):
    client.force_login(make.agda())
    new = "ett-helt-annat-losenord"
    told = {"old_password": make.PASSWORD, "new_password1": new, "new_password2": new}
    assertContains(client.post("/losenord/", told, follow=True), "Lösenordet är bytt")
    assert Client().login(username="agda", password=new)


@pytest.mark.django_db
def test_a_page_that_does_not_exist_is_answered_in_swedish_with_a_way_on(client):
    client.force_login(make.agda())
    page = client.get("/finns-inte/")
    assertContains(page, "Det finns ingenting på den här adressen.", status_code=404)
    assertContains(page, "Till kön", status_code=404)
    assertNotContains(page, "Resolver404", status_code=404)


@pytest.mark.django_db
def test_a_form_that_is_too_old_is_answered_in_swedish():
    strict = Client(enforce_csrf_checks=True)
    assertContains(strict.post("/logga-in/", {}), "Formuläret gick inte att skicka", status_code=403)


def test_the_page_for_our_own_faults_needs_nothing_but_itself():
    assert "Felet ligger i programmet, inte hos dig." in render_to_string("500.html")


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', ICONS.read_text()))
    named: set[str] = set()
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text()
        named |= set(re.findall(r'_icon\.html" with name="([\w-]+)"', text))
        named |= set(re.findall(r'include "components/[^%]* icon="([\w-]+)"', text))
    assert named
    assert named <= drawn


def test_no_template_carries_style_or_script_within_itself():
    """The content security policy would not let a browser heed them."""
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "print" not in path.parts]
    faults = [
        path.name for path in pages if re.search(r'\sstyle="|<style|<script(?![^>]*\ssrc=)|\son\w+="', path.read_text())
    ]
    assert faults == []
