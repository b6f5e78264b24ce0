"""The list in a real browser: it tells what happens meanwhile, moves nothing, and keeps the focus where it was."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation.models import Item, Presence
from moderation.policy.terms import Role
from tests import make

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def items(agda):
    return [make.item(f"Fråga nummer {number}?", hint_kinds="fraga") for number in range(3)]


@pytest.fixture
def queue(page: Page, items) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/ko/")
    page.wait_for_load_state()
    return page


def now_asked(page: Page) -> None:
    """As if ten seconds had passed."""
    with page.expect_response(re.compile("/ko/puls/")):
        page.evaluate("document.body.dispatchEvent(new Event('ko-andrad'))")


def texts(page: Page) -> list[str]:
    return page.locator("#lista .row__text").all_inner_texts()


def test_what_is_new_is_offered_and_shown_only_when_asked_for(queue: Page, axe):
    before = texts(queue)
    make.item("Ny", urgency=0, hint_kinds="hot")
    now_asked(queue)
    expect(queue.get_by_role("status").get_by_role("link", name="1 ny – visa")).to_be_visible()
    expect(queue.locator("#antal-att-bedoma")).to_have_text("4")
    assert texts(queue) == before
    axe(queue)
    queue.get_by_role("link", name="1 ny – visa").click()
    expect(queue.locator("#lista .row__text").first).to_have_text("Ny")
    expect(queue.locator("#listans-rubrik")).to_be_focused()
    expect(queue.get_by_role("link", name=re.compile("visa"))).to_be_hidden()


def test_a_row_judged_by_a_colleague_is_greyed_where_it_stands(queue: Page, items, axe):
    bertil = make.user("bertil", Role.WEBBREDAKTOR)
    queue.locator(f"#rad-{items[1].pk} a").focus()
    make.classification(items[1], by=bertil)
    Presence.objects.create(item=items[2], user=bertil, since=timezone.now(), seen_at=timezone.now())
    now_asked(queue)
    expect(queue.locator(f"#lage-{items[1].pk}")).to_have_text("Ringa betydelse · bedömd av Bertil")
    expect(queue.locator(f"#lage-{items[2].pk}")).to_have_text("Bertil tittar")
    expect(queue.locator(f"#rad-{items[1].pk} a")).to_be_focused()
    expect(queue.locator(f"#rad-{items[1].pk}")).to_have_attribute("data-done", "")
    assert texts(queue) == [item.text for item in items]
    axe(queue)


def test_an_item_opens_beside_the_list_which_stays(queue: Page, items):
    queue.evaluate("document.querySelector('#lista').dataset.same = 'yes'")
    queue.locator(f"#rad-{items[1].pk} a").click()
    expect(queue).to_have_url(re.compile(f"/handling/{items[1].pk}/"))
    expect(queue.locator("#arbetsyta")).to_contain_text("Fråga nummer 1?")
    expect(queue.locator("#lista [aria-current=true]")).to_contain_text("Fråga nummer 1?")
    assert queue.evaluate("document.querySelector('#lista').dataset.same") == "yes"
    assert queue.evaluate("document.querySelector('#arbetsyta').contains(document.activeElement)")


def test_on_a_phone_the_list_and_the_item_take_turns(queue: Page, items):
    queue.set_viewport_size({"width": 360, "height": 740})
    expect(queue.locator("#arbetsyta")).to_be_hidden()
    queue.locator(f"#rad-{items[0].pk} a").click()
    expect(queue.locator("#arbetsyta")).to_be_visible()
    expect(queue.locator("#lista")).to_be_hidden()


def test_whoever_is_logged_out_meanwhile_is_led_to_the_login(queue: Page):
    queue.context.clear_cookies()
    queue.evaluate("document.body.dispatchEvent(new Event('ko-andrad'))")
    expect(queue).to_have_url(re.compile("/logga-in/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_every_list_can_be_read_by_everybody(queue: Page, items, agda, axe, scheme, width):
    queue.emulate_media(color_scheme=scheme)
    queue.set_viewport_size({"width": width, "height": 900})
    Item.objects.filter(pk=items[0].pk).update(parked_until=timezone.now() + timedelta(days=1), assigned_to=agda)
    make.classification(items[1], by=agda)
    make.item("Hot mot någon", hint_kinds="hot fraga", urgency=0, hidden=True)
    for address in ("/ko/", "/ko/?visa=parkerade", "/ko/?visa=bedomda", "/ko/?slag=post", "/ko/inlagg/"):
        queue.goto(address)
        for fold in queue.locator("#lista summary").all():
            fold.click()
        axe(queue)
        assert queue.evaluate("document.documentElement.scrollWidth") <= width, address


def test_everything_of_the_list_works_without_javascript(browser, browser_context_args, items):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.get_by_text("Avgränsa", exact=True).click()
    page.get_by_label("Ledtråd").select_option("fraga")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page).to_have_url(re.compile("ledtrad=fraga"))
    page.get_by_text("Sparade vyer").click()
    page.get_by_label("Spara det som visas nu som").fill("Frågor")
    page.get_by_role("button", name="Spara vyn").click()
    page.get_by_text("Sparade vyer").click()
    expect(page.get_by_role("link", name="Frågor")).to_be_visible()
    page.get_by_role("checkbox", name="Markera kommentar av Kalle Exempel").first.check()
    page.get_by_role("button", name="Ringa betydelse").click()
    expect(page).to_have_url(re.compile("/ko/flera/"))
    expect(page.get_by_role("main")).to_contain_text("Fråga nummer 0?")
    context.close()
