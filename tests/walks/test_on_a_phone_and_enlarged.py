"""The workbench on a phone, at 400 per cent, and as axe sees every page and state of it in both themes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation.models import Classification, Item, Note
from moderation.policy.terms import Category, Direction, Kind, Reason, Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
# 1280 by 1024 at 400 per cent.
ENLARGED = {"width": 320, "height": 256}


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def place(agda):
    """A thread with one of most things."""
    now = timezone.now()
    post = make.item("Vi plogar.", kind=Kind.POST, direction=Direction.UPPRATTAD, author="Kommunen", at=now)
    said = ["När plogas Storgatan 12? Ring 070-174 06 05.", "Jag ska döda dig!", "Tack!", "Vägen är oframkomlig igen."]
    items = [make.item(text, thread=post.thread, parent=post, at=now, author_id="7") for text in said]
    items[1].__class__.objects.filter(pk=items[1].pk).update(urgency=0, hint_kinds="hot")
    Item.objects.filter(pk=items[3].pk).update(parked_until=now + timedelta(days=1), assigned_to=agda)
    Note.objects.create(item=items[0], by=agda, at=now, text="Jag ringde tekniska.")
    make.classification(items[2], Category.DIARIEFORS, Reason.KLAGOMAL, by=agda, at=now)
    return items


@pytest.fixture
def logged_in(page: Page, agda) -> Page:
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/ko/")
    page.wait_for_load_state()
    return page


def fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px too wide"


def test_one_judges_on_a_phone(logged_in: Page, place):
    page = logged_in
    page.set_viewport_size(PHONE)
    page.goto("/ko/")
    fits(page)
    page.get_by_role("link", name=re.compile("När plogas")).click()
    on = re.search(r"/handling/(\d+)/", page.url) or expect(page).to_have_url(re.compile(r"/handling/\d+/"))
    fits(page)
    ringa = page.locator("input[name=category][value=ringa_betydelse]")
    ringa.check(force=True)
    save = page.locator("[data-key~=save_next]").first
    box = save.bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE["height"], "the button is not in reach of a thumb"
    save.click()
    expect(page).not_to_have_url(re.compile(rf"/handling/{place[0].pk}/"))
    fits(page)
    assert Classification.objects.filter(item=place[0], category=Category.RINGA_BETYDELSE).exists(), on


def test_one_judges_by_keys_at_four_hundred_per_cent(logged_in: Page, place):
    page = logged_in
    page.set_viewport_size(ENLARGED)
    page.goto(place[0].get_absolute_url())
    fits(page)
    page.keyboard.press("2")
    assert page.locator("input[value=ringa_betydelse]").is_checked()
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert -5 <= focused <= ENLARGED["height"]
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(re.compile(rf"/handling/{place[0].pk}/"))
    fits(page)


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_workbench_is_without_fault(logged_in: Page, place, axe, scheme, width):
    page = logged_in
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    addresses = [
        "/ko/", "/ko/?visa=mina", "/ko/?visa=parkerade", "/ko/?visa=svara", "/ko/?visa=bedomda", "/ko/?visa=historik",
        "/ko/?slag=message", "/ko/inlagg/", "/sok/?q=plogas", "/sok/?q=finnsinte", "/notiser/", "/mina/",
        "/installningar/", "/policy/", "/tillganglighet/", "/ga-till/?q=1",
        *(item.get_absolute_url() for item in place),
    ]  # fmt: skip
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        fits(page)
        axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_states_are_without_fault(logged_in: Page, place, axe, scheme):
    page = logged_in
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(place[0].get_absolute_url())
    page.keyboard.press("?")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    axe(page)
    page.keyboard.press("Escape")
    # Somebody else was faster.
    make.classification(place[0], Category.SEKRETESS, by=make.user("bo", Role.WEBBREDAKTOR), at=timezone.now())
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#arbetsyta")).to_contain_text("har redan bedömt")
    axe(page)
