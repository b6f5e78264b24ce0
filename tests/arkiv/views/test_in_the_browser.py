"""Printouts as a browser shows them: they move by themselves, and without JavaScript one asks."""

import pytest
from playwright.sync_api import Page, expect

from arkiv.models import Printout
from moderation.models import User
from moderation.policy.terms import Category, OrderState, Reason
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def logged_in(page: Page) -> Page:
    make.cecilia()
    log_in(page)
    return page


def log_in(page: Page) -> None:
    page.goto("/logga-in/?next=/utskrifter/")
    page.get_by_label("Användarnamn").fill("cecilia")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/utskrifter/")
    page.wait_for_load_state()


def test_one_orders_a_period_and_sees_it_move_until_it_is_done(logged_in: Page, files, printed, axe):
    page = logged_in
    make.item()
    page.reload()
    page.get_by_label("Från och med").fill("2026-11-01")
    page.get_by_label("Till och med").fill("2026-11-30")
    page.get_by_role("button", name="Beställ utskrift").click()
    expect(page.get_by_text("Utskriften av november 2026 är beställd.")).to_be_visible()
    axe(page)

    row = page.get_by_role("row", name="November 2026")
    row.get_by_role("button", name="Avbryt").focus()
    Printout.objects.update(state=OrderState.WORKING, progress=40)
    expect(row.get_by_text("40 %").last).to_be_visible()
    expect(row.get_by_role("button", name="Avbryt")).to_be_focused()
    axe(page)

    Printout.objects.update(state=OrderState.ORDERED, progress=0, not_before=make.NOW)
    printout = printed(Printout.objects.get())
    expect(row.get_by_text("Klar", exact=True)).to_be_visible()
    # Where one could call it off one can now open it, and there the focus is.
    expect(row.get_by_role("link", name="Öppna")).to_be_focused()
    expect(page.locator("#besked")).to_have_text("Utskriften av november 2026 är klar.")
    expect(page.locator("#listor")).not_to_have_attribute("data-hx-trigger", "every 2s")
    axe(page)

    row.get_by_role("link", name="November 2026", exact=True).click()
    expect(page.get_by_text(printout.pdf_sha256)).to_be_visible()
    axe(page)


def test_the_printouts_own_page_moves_too(logged_in: Page, axe):
    page = logged_in
    printout = make.printout(state=OrderState.WORKING, progress=10)
    page.goto(printout.get_absolute_url())
    axe(page)
    Printout.objects.update(state=OrderState.FAILED, last_error="Lagret är fullt.", done_at=make.NOW)
    expect(page.get_by_text("Lagret är fullt.")).to_be_visible()
    expect(page.locator("#besked")).to_have_text("Utskriften av november 2026 misslyckades.")
    page.get_by_role("button", name="Försök igen").click()
    expect(page).to_have_url(printout.get_absolute_url())
    expect(page.get_by_text("Utskriften är beställd på nytt.")).to_be_visible()


def test_whoever_is_logged_out_meanwhile_is_asked_to_log_in(logged_in: Page):
    page = logged_in
    make.printout()
    page.goto("/utskrifter/")
    page.context.clear_cookies()
    expect(page.get_by_role("heading", name="Logga in")).to_be_visible()
    expect(page).to_have_url("/logga-in/?next=/utskrifter/")


def test_everything_works_without_javascript(browser, browser_context_args, axe):
    make.cecilia()
    make.item()
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    page.get_by_role("link", name="Hittills i år").click()
    page.get_by_label("Från och med").fill("2026-11-01")
    page.get_by_label("Till och med").fill("2026-11-30")
    page.get_by_role("button", name="Beställ utskrift").click()
    Printout.objects.update(state=OrderState.WORKING, progress=40)
    page.get_by_role("link", name="Uppdatera").click()
    expect(page.get_by_text("40 %").last).to_be_visible()
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_text("Utskriften är avbruten.")).to_be_visible()
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_text("Utskriften är beställd på nytt.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_words_neither_widen_a_narrow_page_nor_hurt_it(logged_in: Page, printed, axe, scheme):
    page = logged_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    by = User.objects.get()
    for text in ("x" * 5_000, "<script>document.title = 'ägd'</script>", "\u202etxet", "مرحبا", ""):
        item = make.item(text, author="A" * 400)
        make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=by)
        make.printout(item, state=OrderState.FAILED, last_error="y" * 300)
    printout = printed(make.printout())
    for address in ("/utskrifter/", printout.get_absolute_url(), "/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert "ägd" not in page.title()
        axe(page)
