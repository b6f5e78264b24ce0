"""The small forms around a decision, refused: answered where they stand, with everything that was typed still there."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation.actions.assign import assign
from moderation.actions.seen import Seen
from moderation.models import Item
from moderation.policy.terms import Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def item(settings):
    settings.ADRESS = "https://socialamedier.kommunen.example"
    return make.item(at=timezone.now())


@pytest.fixture
def desk(page: Page, agda, item) -> Page:
    """The item, with half a judgement in its form."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/logga-in/?next={item.get_absolute_url()}")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_role("radio", name="Ringa betydelse").check()
    page.evaluate("window.isTheSame = true")
    return page


def is_where_it_was(desk: Page, item: Item) -> None:
    expect(desk).to_have_url(re.compile(f"{item.get_absolute_url()}$"))
    expect(desk).to_have_title(re.compile("^Kommentar av"))
    expect(desk.get_by_role("radio", name="Ringa betydelse")).to_be_checked()
    assert desk.evaluate("window.isTheSame")


def test_an_empty_note_is_refused_where_it_stands_and_saved_the_second_time(desk: Page, item, axe):
    notes = desk.locator("#anteckningar")
    notes.get_by_role("button", name="Spara anteckningen").click()
    expect(notes.get_by_text("Fel:")).to_have_count(1)
    expect(notes.get_by_role("textbox")).to_be_focused()
    is_where_it_was(desk, item)
    axe(desk)
    notes.get_by_role("textbox").fill("Samma person som i går.")
    notes.get_by_role("button", name="Spara anteckningen").click()
    expect(desk.get_by_text("Anteckningen är sparad.")).to_be_visible()
    expect(desk).to_have_url(re.compile(f"{item.get_absolute_url()}$"))


def test_a_question_to_a_chef_without_an_address_keeps_its_words(desk: Page, item):
    part = desk.locator(".referral")
    part.locator("summary").click()
    part.get_by_label("Vad ska chefen ta ställning till?").fill("När plogas det?")
    part.get_by_role("button", name="Skicka frågan").click()
    expect(part.get_by_label("Chefens namn")).to_be_focused()
    expect(part.get_by_label("Vad ska chefen ta ställning till?")).to_have_value("När plogas det?")
    is_where_it_was(desk, item)


def test_a_time_that_cannot_be_is_refused_in_the_form(desk: Page, item, axe):
    part = desk.locator(".aside")
    part.locator("summary", has_text="Parkera").click()
    part.locator("form", has=desk.get_by_role("radio")).get_by_role("button", name="Parkera").click()
    expect(part.get_by_text("Fel:").first).to_be_visible()
    is_where_it_was(desk, item)
    axe(desk)


def test_what_somebody_else_did_meanwhile_is_said_where_it_was_refused(desk: Page, item):
    bertil = make.bertil()
    assign(item=item, to=bertil, by=bertil, now=timezone.now(), seen=Seen.of(item))
    desk.get_by_role("button", name="Ta hand om").click()
    told = desk.locator(".aside [role=alert]")
    expect(told).to_contain_text("ändrat vem som har hand om den")
    expect(told).to_be_focused()
    expect(desk.locator(".aside")).to_contain_text("Bertil har hand om handlingen.")
    is_where_it_was(desk, item)


def test_what_cannot_be_answered_in_its_place_is_shown_as_it_would_be_without_scripts(desk: Page, item):
    desk.route("**/anteckning/", lambda route: route.fulfill(status=500, body="Trasigt"), times=1)
    notes = desk.locator("#anteckningar")
    notes.get_by_role("button", name="Spara anteckningen").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Anteckningen är inte sparad")
    desk.get_by_role("button", name="Spara anteckningen").click()
    expect(desk.get_by_text("Fel:")).to_have_count(1)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Anteckningen är inte sparad")


def test_whoever_asks_whom_to_give_it_to_is_not_told_of_any_fault(desk: Page, item):
    desk.goto(f"{item.get_absolute_url()}tilldela/vem/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Lägg undan eller lämna över")
    expect(desk).to_have_title(re.compile("^Lägg undan"))


def test_whoever_asks_whom_to_give_it_to_keeps_what_was_filled_in_beside_it(desk: Page, item, axe):
    make.user("cilla", Role.WEBBREDAKTOR)
    part = desk.locator(".aside")
    part.locator("summary", has_text="Parkera").click()
    part.get_by_label("Egen tid").check()
    part.locator("[name=until]").fill("2031-02-03T10:00")
    part.get_by_role("link", name="Ge till en kollega").click()
    expect(part.locator("select[name=to]")).to_be_focused()
    expect(part.locator("[name=until]")).to_have_value("2031-02-03T10:00")
    is_where_it_was(desk, item)
    axe(desk)
    part.get_by_role("button", name="Ge till kollegan").click()
    expect(part.get_by_text("Fel:")).to_have_count(1)
    part.locator("select[name=to]").select_option(label="Cilla")
    part.get_by_role("button", name="Ge till kollegan").click()
    expect(desk.get_by_text("Cilla har nu hand om handlingen.")).to_be_visible()
