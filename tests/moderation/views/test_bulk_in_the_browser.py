"""Marking many with mouse and keys, seeing what will happen, watching it happen, and taking it all back."""

import pytest
from playwright.sync_api import Page, expect

from moderation.models import Classification, Item
from moderation.policy.terms import Role
from moderation.tasks import carry_out_bulk
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def logged_in(page: Page) -> Page:
    make.user("agda", Role.WEBBREDAKTOR)
    for number in range(6):
        make.item(f"Tack nummer {number}")
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/ko/")
    page.wait_for_load_state()
    return page


def test_from_the_first_mark_to_taking_it_all_back(logged_in: Page, axe):
    page = logged_in
    boxes = page.locator("input[name=handling]")
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(page.locator("[data-mark-count]")).to_have_text("4 markerade")
    boxes.nth(1).click()
    expect(page.locator("[data-mark-count]")).to_have_text("3 markerade")
    page.get_by_role("button", name="Ringa betydelse").click()
    expect(page.get_by_role("heading", name="Görs: 3")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Bedöm 3 som ringa betydelse").click()
    expect(page.get_by_text("0 av 3 (0 procent)")).to_be_visible()
    axe(page)
    carry_out_bulk()
    expect(page.get_by_text("Gjort för 3 av 3.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Klart. 3 av 3 gjorda.")).to_be_attached()
    axe(page)
    assert Classification.objects.count() == 3
    page.get_by_role("button", name="Ångra alla (3)").click()
    expect(page.get_by_text("Ångrat för 3 handlingar.")).to_be_visible()
    axe(page)
    assert Item.objects.waiting().count() == 6


def test_all_in_the_view_are_marked_at_once_and_one_let_go(logged_in: Page):
    page = logged_in
    page.get_by_label("Markera alla i vyn").check()
    expect(page.locator("[data-mark-count]")).to_have_text("Alla i vyn är markerade")
    page.locator("input[name=handling]").nth(2).uncheck()
    expect(page.get_by_label("Markera alla i vyn")).not_to_be_checked()
    page.get_by_role("button", name="Parkera").click()
    expect(page.get_by_role("heading", name="Görs: 5")).to_be_visible()


def test_parking_and_its_way_back_by_keys_alone(logged_in: Page, axe):
    page = logged_in
    item = Item.objects.first()
    page.goto(item.get_absolute_url())
    page.keyboard.press("p")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    axe(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svarstiden fortsätter att löpa.")).to_be_visible()
    expect(page.locator("#nyss")).to_contain_text("Parkerad till")
    axe(page)
    page.keyboard.press("u")
    expect(page.get_by_text("Ångrat: parkering.")).to_be_visible()
    assert Item.objects.get(pk=item.pk).parked_until is None
    page.goto("/mina/")
    expect(page.get_by_text("Ångrad", exact=False).first).to_be_visible()
    axe(page)
