"""The page for history as a browser shows it: a file handed in, watched on its way, with and without JavaScript."""

from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation import store
from moderation.models import HistoryImport
from moderation.models import Page as FacebookPage
from moderation.models.order import carry_out
from moderation.policy.terms import OrderState
from moderation.sync import history
from tests import export_zip, make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.FACEBOOK_PAGE_ID = make.page().graph_id
    settings.STORE_DIR = tmp_path / "arkiv"
    settings.INBOX_DIR = tmp_path / "inkommet"
    make.david()


@pytest.fixture
def export(tmp_path):
    posts = [export_zip.post(f"Inlägg {n}", 1_700_000_000 + n) for n in range(30)]
    return export_zip.build(tmp_path / "facebook-kommunen.zip", posts=posts)


def log_in(page: Page) -> None:
    page.goto("/logga-in/?next=/drift/")
    page.get_by_label("Användarnamn").fill("david")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/drift/")
    page.wait_for_load_state()


def hand_in(page: Page, path) -> None:
    page.get_by_role("link", name="Historik").click()
    page.get_by_label("ZIP-fil från Facebook").set_input_files(path)
    page.get_by_role("button", name="Läs in filen").click()
    expect(page.get_by_text("Filen är mottagen och läses in.")).to_be_visible()


def read() -> None:
    work = partial(history.read, FacebookPage.objects.get(), store.files(), timezone.now)
    assert carry_out(HistoryImport.objects.all(), work, timezone.now) == 1


def test_one_hands_a_file_in_and_sees_it_move_until_it_is_read(page: Page, export, axe):
    log_in(page)
    page.get_by_role("link", name="Historik").click()
    axe(page)
    page.get_by_role("button", name="Läs in filen").click()
    expect(page.get_by_text("Välj en fil.")).to_be_visible()
    axe(page)
    page.goto("/drift/")
    hand_in(page, export)
    axe(page)
    row = page.get_by_role("listitem").filter(has_text="facebook-kommunen.zip")
    row.get_by_role("button", name="Avbryt").focus()
    HistoryImport.objects.update(state=OrderState.WORKING, total=30, handled=12, created=12)
    expect(row.get_by_text("40 %").last).to_be_visible()
    expect(row.get_by_role("button", name="Avbryt")).to_be_focused()
    axe(page)
    HistoryImport.objects.update(state=OrderState.ORDERED, handled=0, created=0)
    read()
    expect(row.get_by_text("Klar", exact=True)).to_be_visible()
    expect(row.get_by_text("30 poster: 30 nya, 0 fanns redan.")).to_be_visible()
    expect(page.locator("#besked")).to_have_text("Inläsningen av facebook-kommunen.zip är klar.")
    expect(page.locator("#inlasningar")).not_to_have_attribute("data-hx-trigger", "every 2s")
    axe(page)


def test_everything_works_without_javascript(browser, browser_context_args, export):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    hand_in(page, export)
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_text("Inläsningen är avbruten.")).to_be_visible()
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_text("Inläsningen fortsätter där den slutade.")).to_be_visible()
    read()
    page.get_by_role("link", name="Uppdatera").click()
    expect(page.get_by_text("30 poster: 30 nya")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_long_and_hostile_words_neither_widen_the_page_nor_hurt_it(page: Page, axe, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    names = ["x" * 250, "<script>document.title='ägd'</script>.zip", "\u202epiz.xet", "sidan.zip"]
    states = [OrderState.WORKING, OrderState.ORDERED, OrderState.DONE, OrderState.FAILED]
    for name, state in zip(names, states, strict=True):
        make.history_import(
            file_name=name,
            state=state,
            path=__file__,
            handled=12_000,
            total=40_000,
            created=9_000,
            matched=2_998,
            failed=2,
            remarks="Filen posts/y.json går inte att läsa som JSON och är överhoppad.\n" + "y" * 300,
            last_error="ZIP-filen är skadad: allt i den går inte att läsa." if state == OrderState.FAILED else "",
            done_at=make.NOW,
        )
    log_in(page)
    page.goto("/historik/")
    page.get_by_text("Anmärkningar (2)").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "ägd" not in page.title()
    axe(page)
