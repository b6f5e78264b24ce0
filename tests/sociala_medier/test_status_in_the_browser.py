"""The status page, the bar across every page and the connection page as a browser shows them."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from moderation import vault
from moderation.models import Page as FacebookPage
from moderation.models import Standstill
from moderation.policy.terms import OrderState
from tests import make
from tests.sociala_medier import house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"
LONG = "Ettordsomaldrigtarslut" * 20


@pytest.fixture
def logged_in(page: Page, settings) -> Page:
    settings.FACEBOOK_PAGE_ID = house.well(settings).graph_id
    make.david()
    page.goto("/logga-in/?next=/drift/")
    page.get_by_label("Användarnamn").fill("david")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url("/drift/")
    return page


@pytest.fixture
def broken(logged_in: Page) -> None:
    """As much as can be wrong at once, with long words."""
    now = timezone.now()
    FacebookPage.objects.update(
        token_dead_at=now, token_error=LONG, fresh_at=now, subscription_error=LONG, messages_error=LONG, name=LONG[:300]
    )
    Standstill.objects.create(page=FacebookPage.objects.get(), began_at=now, reason=LONG)
    make.attachment(make.item(author=LONG), state=OrderState.FAILED, done_at=now, last_error=LONG)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_all_can_be_read_on_wide_and_narrow_screens_in_both_themes(logged_in: Page, broken, axe, scheme, width):
    page = logged_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/drift/", "/anslutning/", "/"):
        page.goto(address)
        expect(page.get_by_role("complementary", name="Driftläge")).to_contain_text(
            "Facebook-sidan är inte ansluten sedan"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        axe(page)


def test_one_goes_from_the_bar_to_the_status_and_connects_the_page(logged_in: Page, broken, axe):
    page = logged_in
    page.goto("/")
    page.get_by_role("link", name="Se Drift").click()
    page.get_by_role("link", name="Anslutning", exact=True).click()
    field = page.get_by_label("Ny nyckel (token)")
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_attribute("autocomplete", "off")
    field.fill("två ord")
    page.get_by_role("button", name="Anslut sidan").click()
    expect(page.get_by_text("Nyckeln har blanksteg eller radbrytningar inuti.")).to_be_visible()
    expect(field).to_have_value("")
    axe(page)
    field.fill(TOKEN)
    page.get_by_role("button", name="Anslut sidan").click()
    expect(page.get_by_role("status")).to_contain_text("är ansluten. Hela sidan läses om")
    expect(page.get_by_role("complementary", name="Driftläge")).to_have_count(0)
    assert TOKEN not in page.content()
    assert vault.unseal(FacebookPage.objects.get().token_sealed) == TOKEN
    page.get_by_label("Din e-postadress").fill("david@kommun.example")
    page.get_by_role("button", name="Spara adressen").click()
    expect(page.get_by_role("status")).to_contain_text("Varningar skickas till david@kommun.example.")
    axe(page)


def test_a_red_part_is_red_in_words_too(logged_in: Page, broken):
    row = logged_in.get_by_role("listitem").filter(has=logged_in.get_by_role("heading", name="Nyckeln till sidan"))
    logged_in.goto("/drift/")
    expect(row).to_contain_text("Fel")
