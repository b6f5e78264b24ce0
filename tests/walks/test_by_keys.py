"""An experienced editor's day, without a mouse: sixty items, what was done by mistake, and the way to any item."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from moderation.models import AuditEntry, Classification, Item, Preferences
from moderation.policy.terms import Category, Direction, Event, Kind, Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANY = 60


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


@pytest.fixture
def thread():
    post = make.item("Vi plogar i turordning.", kind=Kind.POST, direction=Direction.UPPRATTAD, author="Kommunen")
    return post.thread


@pytest.fixture
def queue(page: Page, agda, thread) -> Page:
    """Somebody who logs in by keys, and stands before the queue."""
    page.goto("/logga-in/?next=/ko/")
    page.keyboard.type("agda")
    page.keyboard.press("Tab")
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/ko/")
    # The address changes before the scripts are there that hear the keys.
    page.wait_for_load_state()
    return page


def fill(thread, count: int) -> None:
    for number in range(count):
        make.item(f"Tack, nummer {number}!", thread=thread, author=f"Kalle {number}")


def on_item(page: Page) -> str:
    expect(page).to_have_url(re.compile(r"/handling/\d+/"))
    return re.search(r"/handling/(\d+)/", page.url)[1]


def judge(page: Page, key: str) -> None:
    """The class by its digit, then save and next, and wait until the address is another."""
    before = on_item(page)
    page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    expect(page).not_to_have_url(re.compile(rf"/handling/{before}/"))


def test_sixty_of_little_importance_are_judged_by_keys_alone(queue: Page, thread, agda, record_property):
    fill(thread, MANY)
    queue.reload()
    began = time.monotonic()
    queue.keyboard.press("j")
    for _ in range(MANY):
        judge(queue, "2")
    record_property("seconds_for_sixty", round(time.monotonic() - began, 1))
    expect(queue).to_have_url(re.compile(r"/ko/"))
    judged = Classification.objects.filter(category=Category.RINGA_BETYDELSE, decided_by=agda)
    assert judged.count() == MANY
    assert AuditEntry.objects.filter(event=Event.CLASSIFIED).count() == MANY
    assert not Item.objects.waiting().exists()


def test_what_was_a_mistake_is_undone_by_one_key(queue: Page, thread):
    fill(thread, 2)
    queue.reload()
    queue.keyboard.press("j")
    judge(queue, "2")
    queue.keyboard.press("u")
    expect(queue.locator("body")).to_contain_text("ångrad")
    assert Item.objects.waiting().count() == 2


def test_the_keys_are_dead_inside_fields(queue: Page, thread):
    fill(thread, 2)
    queue.reload()
    queue.keyboard.press("j")
    here = on_item(queue)
    note = queue.get_by_label("Anteckning", exact=False).first
    note.focus()
    queue.keyboard.type("2 jjj kuu")
    assert note.input_value() == "2 jjj kuu"
    assert on_item(queue) == here
    assert queue.locator("input[name=category]:checked").count() == 0


def test_keys_can_be_turned_off_and_changed(queue: Page, thread, agda):
    fill(thread, 2)
    Preferences.objects.create(user=agda, keys_on=False)
    queue.reload()
    queue.keyboard.press("j")
    expect(queue).to_have_url("/ko/")
    Preferences.objects.update(keys_on=True, keys={"next": "w"})
    queue.reload()
    queue.keyboard.press("j")
    expect(queue).to_have_url("/ko/")
    queue.keyboard.press("w")
    on_item(queue)


def test_help_shows_the_keys_that_hold_here(queue: Page, thread):
    fill(thread, 1)
    queue.reload()
    queue.keyboard.press("j")
    on_item(queue)
    queue.keyboard.press("?")
    helped = queue.get_by_role("dialog", name="Kortkommandon här")
    expect(helped).to_contain_text("Ringa betydelse")
    queue.keyboard.press("Escape")
    expect(helped).to_be_hidden()
    queue.get_by_role("button", name="Tangenter").click()
    expect(helped).to_be_visible()


def test_the_palette_leads_to_an_item_by_its_number_and_runs_what_is_allowed(queue: Page, thread):
    fill(thread, 3)
    wanted = Item.objects.waiting().last()
    queue.reload()
    queue.keyboard.press("Control+k")
    queue.keyboard.type(str(wanted.pk))
    expect(queue.locator("#palett a")).not_to_have_count(0)
    queue.keyboard.press("ArrowDown")
    queue.keyboard.press("Enter")
    assert on_item(queue) == str(wanted.pk)
    queue.keyboard.press("Control+k")
    queue.keyboard.type("Parkera")
    expect(queue.locator("#palett").get_by_role("button", name="Parkera")).to_be_visible()


def test_the_palette_finds_an_item_by_its_link_on_facebook(queue: Page, thread):
    item = make.item("Hej!", thread=thread, permalink_url="https://www.facebook.com/1036844829507460/posts/77_88")
    item.graph_key, item.graph_id = "comment:88", "77_88"
    item.save(update_fields=["graph_key", "graph_id"])
    queue.keyboard.press("Control+k")
    queue.keyboard.insert_text("https://www.facebook.com/permalink.php?story_fbid=77&id=1036844829507460&comment_id=88")
    expect(queue.locator("#palett a")).to_have_count(1)


def test_focus_is_never_lost_and_always_seen(queue: Page, thread):
    fill(thread, 3)
    queue.reload()
    queue.keyboard.press("j")
    for _ in range(2):
        judge(queue, "2")
        # The address changes a moment before the desk does.
        expect(queue.locator("#rubrik")).to_be_focused()
    expect(queue.locator("#sammanhang")).to_be_visible()
    for _ in range(25):
        queue.keyboard.press("Tab")
        shown = queue.evaluate(
            "(() => { const box = document.activeElement.getBoundingClientRect();"
            " const style = getComputedStyle(document.activeElement);"
            " return { seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,"
            " ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none',"
            " html: document.activeElement.outerHTML.slice(0, 120) }; })()"
        )
        # After the last one the browser's own bar has its turn, and the page begins anew.
        assert shown["html"].startswith("<body") or (shown["seen"] and shown["ring"]), shown
