"""The desk as a browser swaps it: nothing typed is lost, focus is where it should be, and the list says what was done."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation.models import Classification
from moderation.policy.terms import Category, Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def items():
    now = timezone.now()
    return [make.item(text, author=f"Kalle {text}", at=now) for text in ("Ett", "Två", "Tre")]


@pytest.fixture
def desk(page: Page, agda, items) -> Page:
    """The first item beside the list."""
    page.set_viewport_size({"width": 1440, "height": 900})
    return open_item(page, items[0])


def open_item(page: Page, item) -> Page:
    page.goto(f"/logga-in/?next={item.get_absolute_url()}")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url(item.get_absolute_url())
    page.wait_for_load_state()
    return page


def note(page: Page):
    return page.locator("#bedomning-form textarea[name=note]")


def test_save_and_next_swaps_only_the_desk_and_says_so(desk: Page, items, axe):
    desk.evaluate("window.isTheSame = true")
    desk.get_by_role("radio", name="Ringa betydelse").check()
    desk.get_by_role("button", name="Spara och nästa").click()
    expect(desk).to_have_url(items[1].get_absolute_url())
    expect(desk.locator("#rubrik")).to_be_focused()
    expect(desk.locator("#rubrik")).to_have_text("Kommentar av Kalle Två")
    expect(desk.locator(f"#lage-{items[0].pk}")).to_have_text("Ringa betydelse · bedömd av dig")
    expect(desk.locator("#besked")).to_have_text("Sparat: Ringa betydelse. Nu visas kommentar av Kalle Två.")
    expect(desk.locator("#nyss")).to_contain_text("Ångra")
    expect(desk).to_have_title("Kommentar av Kalle Två – Sociala medier")
    assert desk.evaluate("window.isTheSame")
    axe(desk)
    desk.go_back()
    expect(desk.locator("#rubrik")).to_have_text("Kommentar av Kalle Ett")


def test_what_was_done_just_now_lies_over_no_row_of_the_list_and_can_be_put_away(desk: Page, agda):
    for number in range(30):
        make.item(f"Rad {number}", at=timezone.now())
    desk.reload()
    desk.get_by_role("radio", name="Ringa betydelse").check()
    desk.get_by_role("button", name="Spara och nästa").click()
    told = desk.locator("#nyss")
    expect(told).to_contain_text("Bedömd som Ringa betydelse.")
    for place in (0, 400):
        desk.evaluate(f"window.scrollTo(0, {place})")
        shown, pane = told.bounding_box(), desk.locator(".workbench__list").bounding_box()
        assert pane["y"] + pane["height"] <= shown["y"], place
        assert shown["y"] + shown["height"] <= 900, place
    told.get_by_role("button", name="Stäng").click()
    expect(told).to_be_empty()
    desk.reload()
    expect(told).to_be_empty()


def test_the_buttons_are_in_sight_however_much_there_is_to_read(desk: Page, items):
    for size in ({"width": 1440, "height": 900}, {"width": 768, "height": 1024}, {"width": 360, "height": 740}):
        desk.set_viewport_size(size)
        desk.get_by_role("radio", name="Brottsligt").check()
        for place in (0, 400):
            desk.evaluate(f"window.scrollTo(0, {place})")
            box = desk.get_by_role("button", name="Spara och nästa").bounding_box()
            assert box["y"] >= 0, size
            assert box["y"] + box["height"] <= size["height"], size


def test_what_a_colleague_was_faster_with_is_shown_with_ones_own_and_can_be_replaced(desk: Page, items, axe):
    make.classification(items[0], Category.SEKRETESS, by=make.user("anna", Role.WEBBREDAKTOR), at=timezone.now())
    desk.get_by_role("radio", name="Ringa betydelse").check()
    desk.get_by_role("button", name="Spara och nästa").click()
    expect(desk.locator("#krock")).to_be_focused()
    expect(desk.locator(".conflict")).to_contain_text("Sekretess")
    expect(desk.get_by_role("radio", name="Ringa betydelse")).to_be_checked()
    axe(desk)
    desk.get_by_role("button", name="Ersätt med min").click()
    expect(desk.locator(".conflict")).to_contain_text("varför din bedömning ska gälla")
    note(desk).fill("Inget här är hemligt.")
    desk.get_by_role("button", name="Ersätt och nästa").click()
    expect(desk).to_have_url(items[1].get_absolute_url())
    assert Classification.objects.get(item=items[0], superseded_at=None).category == Category.RINGA_BETYDELSE


def test_a_note_that_was_not_saved_is_there_again_and_forgotten_once_it_is(desk: Page, items):
    note(desk).fill("Ring henne i morgon.")
    desk.reload()
    expect(note(desk)).to_have_value("Ring henne i morgon.")
    expect(desk.get_by_text("Du hade börjat skriva det här")).to_be_visible()
    desk.get_by_role("radio", name="Ringa betydelse").check()
    desk.get_by_role("button", name="Spara och nästa").click()
    expect(desk).to_have_url(items[1].get_absolute_url())
    assert desk.evaluate("Object.keys(localStorage).filter(key => key.startsWith('utkast.'))") == []
    assert Classification.objects.get().note == "Ring henne i morgon."


@pytest.mark.parametrize("choices", [["Sekretess"], ["Brottsligt", "Barnpornografi"]])
def test_what_must_not_be_kept_is_not_kept_in_the_browser_either(desk: Page, choices):
    note(desk).fill("Pelle är sjuk.")
    for name in choices:
        desk.get_by_role("radio", name=re.compile(f"^{name}")).check()
    note(desk).fill("Pelle i 2B är sjuk.")
    assert desk.evaluate("JSON.stringify(localStorage)") == "{}"
    desk.reload()
    expect(note(desk)).to_have_value("")


def test_a_server_that_does_not_answer_takes_nothing_away(browser, browser_context_args, agda, items):
    # A context of its own: htmx says in the console that nobody answered.
    context = browser.new_context(**browser_context_args)
    desk = open_item(context.new_page(), items[0])
    note(desk).fill("Mitt utkast")
    desk.get_by_role("radio", name="Ringa betydelse").check()
    desk.route("**/bedom/", lambda route: route.abort())
    desk.get_by_role("button", name="Spara och nästa").click()
    expect(desk.get_by_text("Servern svarade inte.")).to_be_visible()
    expect(note(desk)).to_have_value("Mitt utkast")
    desk.unroute("**/bedom/")
    desk.get_by_role("button", name="Spara och nästa").click()
    expect(desk).to_have_url(items[1].get_absolute_url())
    context.close()


def test_only_what_belongs_to_the_chosen_class_is_shown(desk: Page):
    expect(desk.get_by_text("1. Ta skärmdump 2. Ta bort")).to_be_hidden()
    desk.get_by_role("radio", name="Sekretess").check()
    expect(desk.get_by_text("1. Ta skärmdump 2. Ta bort")).to_be_visible()
    desk.get_by_role("radio", name="Brottsligt").check()
    expect(desk.get_by_text("1. Spara 2. Ta bort")).to_be_visible()
    desk.get_by_role("radio", name=re.compile("^Barnpornografi")).check()
    expect(desk.get_by_text("1. Spara 2. Ta bort")).to_be_hidden()
    expect(desk.get_by_text("1. Polisanmäl 2. Ta bort")).to_be_visible()


def test_a_class_without_its_reason_is_not_sent_and_only_its_own_reasons_are_asked_for(desk: Page):
    told: list[str] = []
    desk.on("console", lambda line: told.append(line.text))
    desk.get_by_role("radio", name="Diarieförs").check()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("input[name=reason]:focus")).to_have_count(1)
    assert told == []


def test_a_picture_is_seen_when_asked_for_also_without_javascript(browser, browser_context_args, agda, items):
    make.attachment(items[0], sha256="a" * 64, mime="image/png")
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = open_item(context.new_page(), items[0])
    picture = page.locator(".picture img")
    assert "blur" in picture.evaluate("picture => getComputedStyle(picture).filter")
    page.get_by_label("Visa bilden").check()
    assert picture.evaluate("picture => getComputedStyle(picture).filter") == "none"
    context.close()
