"""The page of roles as a browser shows it, and the pages around it."""

import pytest
from playwright.sync_api import Page, expect

from moderation.policy.terms import Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def logged_in(page: Page) -> Page:
    make.david()
    make.verksamhet(make.TEKNIK)
    page.goto("/logga-in/?next=/roller/")
    page.get_by_label("Användarnamn").fill("david")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/roller/")
    page.wait_for_load_state()
    return page


def test_a_person_is_added_given_a_role_and_the_role_taken_back(logged_in: Page, axe):
    page = logged_in
    axe(page)
    page.get_by_text("Lägg till en person").click()
    page.get_by_label("Användarnamn").fill("nils")
    page.get_by_role("button", name="Lägg till", exact=True).click()
    # The form is still open, says what is missing, and keeps what was typed.
    expect(page.get_by_text("Ange förnamnet.")).to_be_visible()
    expect(page.get_by_label("Användarnamn")).to_have_value("nils")
    axe(page)
    page.get_by_label("Förnamn").fill("Nils")
    page.get_by_label("Efternamn").fill("Ny")
    page.get_by_role("button", name="Lägg till", exact=True).click()

    expect(page.get_by_label("Person", exact=True).locator("option:checked")).to_have_text("Nils Ny")
    page.get_by_label("Roll", exact=True).select_option("Webbredaktör")
    page.get_by_role("combobox", name="Verksamhet").select_option("Teknik")
    page.get_by_role("button", name="Ge rollen").click()
    expect(page.get_by_text("Nils Ny är nu webbredaktör för Teknik.")).to_be_visible()
    axe(page)

    page.get_by_role("button", name="Ta tillbaka rollen Webbredaktör för Teknik från Nils Ny").click()
    expect(page.get_by_text("Nils Ny är inte längre webbredaktör för Teknik.")).to_be_visible()
    page.get_by_text("Tidigare behörigheter").click()
    axe(page)
    page.get_by_role("link", name="Ge rollen åter").click()
    expect(page.get_by_label("Roll", exact=True).locator("option:checked")).to_have_text("Webbredaktör")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_long_names_do_not_widen_a_narrow_page(logged_in: Page, axe, scheme):
    page = logged_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    make.user("n" * 100, Role.WEBBREDAKTOR, make.verksamhet("V" * 100), first_name="F" * 100, last_name="L" * 100)
    for address in ("/roller/", "/", "/hjalp/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        axe(page)
