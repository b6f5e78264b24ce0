"""Two people at the same item, each with a browser of their own: what the one does, the other sees in time."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from moderation.models import AuditEntry, Classification, Notice, Presence
from moderation.policy.terms import Category, Event, NoticeKind, Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is promised, in milliseconds.
PROMISED = 25_000
NOTE = "Ingen kritik, bara en hälsning."


@pytest.fixture
def item():
    return make.item("Inget plogat här.")


@pytest.fixture
def arrive(browser: Browser, browser_context_args: dict) -> Iterator[Callable[[str], Page]]:
    """arrive("anna"): somebody who edits for all of the municipality, logged in with a browser of their own."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def log_in(name: str) -> Page:
        make.user(name, Role.WEBBREDAKTOR)
        contexts.append(browser.new_context(**browser_context_args, viewport={"width": 1440, "height": 900}))
        contexts[-1].on("weberror", lambda error: complaints.append(str(error.error)))
        page = contexts[-1].new_page()
        page.goto("/logga-in/?next=/ko/")
        page.get_by_label("Användarnamn").fill(name)
        page.get_by_label("Lösenord").fill(make.PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        expect(page).to_have_url("/ko/")
        page.wait_for_load_state()
        return page

    yield log_in
    for context in contexts:
        context.close()
    assert not complaints, f"The browser complained: {complaints}"


def begin_to_judge(page: Page) -> None:
    page.get_by_role("radio", name="Ringa betydelse").check()


def others(page: Page):
    return page.locator("#narvaro")


def test_two_never_judge_the_same_item_unknowingly(item, arrive, axe):
    anna, bo = arrive("anna"), arrive("bo")

    anna.goto(item.get_absolute_url())
    opened = time.monotonic()
    expect(bo.locator(f"#rad-{item.pk}")).to_contain_text("Anna tittar", timeout=PROMISED)
    assert time.monotonic() - opened < PROMISED / 1000
    bo.goto(item.get_absolute_url())
    expect(others(bo)).to_contain_text("Anna tittar sedan kl. ")
    axe(bo)
    expect(others(anna)).to_contain_text("Bo tittar sedan kl. ", timeout=PROMISED)

    begin_to_judge(bo)
    expect(others(bo)).to_contain_text("Du bedömer")
    expect(others(anna)).to_contain_text(re.compile(r"Bo bedömer, 2\.\d\d kvar"), timeout=PROMISED)
    expect(anna.locator("[data-presence-said]")).to_contain_text("Bo bedömer")
    expect(anna.locator(f"#rad-{item.pk}")).to_contain_text("Bo bedömer", timeout=PROMISED)
    axe(anna)

    begin_to_judge(anna)
    anna.get_by_label("Anteckning (valfritt)").fill(NOTE)
    with anna.expect_response(lambda answer: answer.url.endswith("/bedom/")) as refused:
        anna.get_by_role("button", name="Spara", exact=False).first.click()
    assert refused.value.status == 409
    expect(anna.get_by_role("heading", name="Bo bedömer just nu")).to_be_visible()
    expect(anna.get_by_role("textbox", name="Anteckning (valfritt)")).to_have_value(NOTE)
    assert not Classification.objects.exists()

    others(anna).get_by_role("button", name="Ta över").click()
    expect(others(anna)).to_contain_text("Du bedömer")
    expect(anna.get_by_role("textbox", name="Anteckning (valfritt)")).to_have_value(NOTE)
    expect(others(bo)).to_contain_text("Anna tog över bedömningen från dig", timeout=PROMISED)
    expect(bo.locator("#notiser-antal")).to_contain_text("1")
    assert Notice.objects.get().kind == NoticeKind.TAKEN_OVER
    assert AuditEntry.objects.about(item).filter(event=Event.TAKEN_OVER).count() == 1
    axe(bo)


def test_whoever_goes_to_another_item_or_away_is_gone_at_once(item, arrive):
    other = make.item("Tack för ett snabbt jobb!")
    anna = arrive("anna")
    anna.goto(item.get_absolute_url())
    expect(others(anna)).to_be_attached()
    begin_to_judge(anna)
    expect(others(anna)).to_contain_text("Du bedömer")
    with anna.expect_response(lambda answer: answer.url.endswith("/lamnar/")):
        anna.locator(f"#rad-{other.pk} a[href]").click()
    expect(anna.locator("#arbetsyta")).to_contain_text("Tack för ett snabbt jobb!")
    with anna.expect_response(lambda answer: answer.url.endswith(f"/{other.pk}/har/")):
        begin_to_judge(anna)
    assert [each.item for each in Presence.objects.all()] == [other]
    anna.goto("/mina/")
    anna.wait_for_load_state("networkidle")
    assert not Presence.objects.exists()


def test_without_javascript_one_is_told_and_takes_over(item, arrive, browser, browser_context_args):
    bo = arrive("bo")
    bo.goto(item.get_absolute_url())
    begin_to_judge(bo)
    expect(others(bo)).to_contain_text("Du bedömer")
    make.user("anna", Role.WEBBREDAKTOR)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    anna = context.new_page()
    anna.goto(f"/logga-in/?next={item.get_absolute_url()}")
    anna.get_by_label("Användarnamn").fill("anna")
    anna.get_by_label("Lösenord").fill(make.PASSWORD)
    anna.get_by_role("button", name="Logga in").click()
    expect(others(anna)).to_contain_text("Bo bedömer")
    others(anna).get_by_role("button", name="Ta över").click()
    expect(anna.get_by_text("Du har tagit över bedömningen.")).to_be_visible()
    expect(others(anna)).to_contain_text("Du bedömer")
    context.close()


def test_colleagues_write_ask_and_are_told(item, arrive, axe):
    anna, bo = arrive("anna"), arrive("bo")
    anna.goto(item.get_absolute_url())
    anna.get_by_label("Ny anteckning").fill("Känner du igen den här, @bo?")
    anna.get_by_role("button", name="Spara anteckningen").click()
    # The page comes back whole once the note is written.
    expect(anna.get_by_text("Anteckningen är sparad.")).to_be_visible()
    anna.wait_for_load_state()
    anna.get_by_text("Fråga en kollega", exact=True).click()
    anna.get_by_role("combobox", name="Kollega").last.select_option(label="Bo")
    anna.get_by_label("Vad vill du veta?").fill("Ringa eller inte?")
    axe(anna)
    anna.get_by_role("button", name="Fråga", exact=True).click()
    expect(anna.get_by_text("Väntar på svar från Bo.")).to_be_visible()
    bo.goto("/notiser/")
    axe(bo)
    expect(bo.locator("#notiser-antal")).to_contain_text("2")
    expect(bo.get_by_text("Anna nämnde dig")).to_be_visible()
    bo.get_by_role("listitem").filter(has_text="vill veta vad du anser").get_by_role("link").click()
    expect(others(bo)).to_contain_text("Anna vill veta vad du anser")
    bo.get_by_label("Vilken klass skulle du välja?").select_option(Category.RINGA_BETYDELSE)
    bo.get_by_role("button", name="Svara", exact=True).click()
    expect(bo.locator("#fragor")).to_contain_text("skulle välja Ringa betydelse")
    expect(bo.locator("#notiser-antal")).to_contain_text("0")
