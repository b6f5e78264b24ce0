"""The queue and the item page as a browser shows them: accessible, narrow, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from moderation.policy.terms import Category, Direction, Kind, Reason, Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def item():
    post = make.item("Vi plogar i turordning.", kind=Kind.POST, direction=Direction.UPPRATTAD, author="Kommunen")
    return make.item("Inget plogat här.", thread=post.thread, parent=post)


@pytest.fixture
def logged_in(page: Page, agda) -> Page:
    log_in(page)
    return page


def log_in(page: Page) -> None:
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/ko/")
    page.wait_for_load_state()


def test_one_reads_judges_and_ticks_off(item, logged_in: Page, axe):
    page = logged_in
    axe(page)
    page.get_by_role("link", name="Inget plogat här.").click()
    axe(page)
    page.get_by_role("radio", name="Diarieförs", exact=True).check()
    page.get_by_role("radio", name="Klagomål eller synpunkter", exact=True).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".verdict")).to_have_text("Diarieförs: Klagomål eller synpunkter")
    page.get_by_text("Bocka av").click()
    page.get_by_role("textbox", name="Diarienummer").fill("KS 2026/112")
    axe(page)
    page.get_by_role("button", name="Spara som gjord").click()
    expect(page.get_by_text("KS 2026/112", exact=True)).to_be_visible()
    axe(page)


def test_only_the_chosen_categorys_reasons_are_shown_and_a_wrong_one_is_let_go(logged_in: Page, item):
    page = logged_in
    page.goto(item.get_absolute_url())
    expect(page.get_by_role("radio", name="Hot")).to_be_hidden()
    page.get_by_role("radio", name="Brottsligt").check()
    page.get_by_role("radio", name="Hot").check()
    page.get_by_role("radio", name="Ringa betydelse").check()
    expect(page.get_by_role("radio", name="Hot")).to_be_hidden()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator(".verdict")).to_have_text("Ringa betydelse")


def test_everything_works_without_javascript(browser, browser_context_args, agda, item, axe):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    page.get_by_role("link", name="Inget plogat här.").click()
    page.get_by_role("radio", name="Hot").check()
    page.get_by_role("radio", name="Ringa betydelse").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("”Ringa betydelse” har inga skäl.")).to_be_visible()
    page.get_by_role("radio", name="Inget skäl").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Bedömd som Ringa betydelse.")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_words_neither_widen_a_narrow_page_nor_hurt_it(logged_in: Page, agda, axe, scheme):
    page = logged_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    texts = ["x" * 5_000, "<script>document.title = 'ägd'</script>", "\u202etxet", "مرحبا", "👨‍👩‍👧‍👦" * 100, ""]
    items = [make.item(text, author="A" * 400) for text in texts]
    make.classification(items[-1], Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    for address in ("/ko/", "/ko/?visa=bedomda", *(item.get_absolute_url() for item in items)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert "ägd" not in page.title()
    axe(page)


def test_the_page_can_be_walked_by_keyboard_from_a_skip_link(logged_in: Page, item):
    page = logged_in
    page.goto(item.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till handlingen")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till kön")).to_be_focused()
