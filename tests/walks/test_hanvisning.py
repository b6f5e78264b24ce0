"""A question goes from the editor to a chef's phone and back, by a letter. Only the mail server is played."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from moderation.models import Draft, Item, Mail, Pause, Referral, Verksamhet
from moderation.policy.terms import Role
from moderation.sync import letters
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 640}
LINK = re.compile(r"^(\S+/hanvisning/\S+)$", re.M)


@pytest.fixture
def place(settings, live_server):
    settings.ADRESS = live_server.url
    settings.EMAIL_CONFIGURED = True
    teknik = Verksamhet.objects.create(namn="Teknik", chef_namn="Tore Ström", chef_epost="tore@kommunen.example")
    make.user("agda", Role.WEBBREDAKTOR, email="agda@kommunen.example")
    thread = make.thread(teknik)
    post = make.item("Vi plogar.", kind="post", thread=thread, direction="upprattad", author="Kommunen")
    return make.item("När plogas Storgatan 12?", thread=thread, parent=post, at=timezone.now())


def log_in(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page).not_to_have_url(re.compile("logga-in"))


def ask(page: Page, item: Item) -> str:
    """Put the question, send the letter, and return the link in it."""
    page.goto(item.get_absolute_url())
    page.locator("summary", has_text="Hänvisa till ansvarig chef").click()
    expect(page.get_by_label("Chefens namn")).to_have_value("Tore Ström")
    page.get_by_label("Vad ska chefen ta ställning till?").fill("När kan vi lova att Storgatan är plogad?")
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_role("status").first).to_contain_text("Frågan är ställd till Tore Ström")
    assert letters.deliver(timezone.now) == 1
    letter = mail.outbox[-1]
    assert letter.to == ["tore@kommunen.example"]
    assert "Storgatan" not in letter.body
    return LINK.search(letter.body)[1]


@pytest.fixture
def phone(browser: Browser, live_server):
    """Somebody else's, where nobody is logged in."""
    fresh = browser.new_context(base_url=live_server.url, locale="sv-SE", viewport=PHONE)
    referers: list[str] = []
    fresh.on("request", lambda request: referers.append(request.headers.get("referer", "")))
    yield fresh.new_page()
    assert not [each for each in referers if "hanvisning" in each]
    fresh.close()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_chef_answers_by_the_link_in_the_letter(page: Page, phone: Page, place, axe):
    log_in(page)
    link = ask(page, place)
    assert Mail.objects.count() == 1
    expect(page.locator("#arbetsyta")).to_contain_text("Pausad")

    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        phone.goto(link)
        expect(phone.get_by_role("heading", level=1)).to_contain_text("Tore Ström")
        expect(phone.get_by_text("När plogas Storgatan 12?")).to_be_visible()
        phone.locator("summary", has_text="Jag tar över").click()
        fits(phone)
        axe(phone)
    # Nothing else can be reached: ways within the page, and whom to write to.
    ways = phone.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert set(ways) == {"#innehall", "#svara", "mailto:agda@kommunen.example"}
    assert all(box["height"] >= 44 for box in (b.bounding_box() for b in phone.get_by_role("button").all()))

    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("alert")).to_contain_text("Det gick inte att skicka")
    axe(phone)
    phone.get_by_label("Ditt svar").fill("I kväll före klockan 22.")
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Frågan är besvarad")
    fits(phone)
    axe(phone)

    page.goto(place.get_absolute_url())
    expect(page.get_by_role("region", name="Utkast till svar").get_by_role("textbox")).to_have_value(
        "I kväll före klockan 22."
    )
    expect(page.locator("#arbetsyta")).to_contain_text("Besvarad")
    page.goto("/notiser/")
    expect(page.get_by_role("main")).to_contain_text("Chefen har svarat")
    assert Pause.objects.get().ended_at is not None


def test_what_the_chef_typed_is_kept_where_the_question_is_taken_back_meanwhile(page: Page, phone: Page, place, axe):
    log_in(page)
    link = ask(page, place)
    phone.goto(link)
    phone.get_by_label("Ditt svar").fill("Svaret som tog en stund att skriva.")
    page.get_by_role("button", name="Dra tillbaka").click()
    expect(page.get_by_role("status").first).to_contain_text("Länken fungerar inte längre")
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_label("Det du skrev")).to_have_value("Svaret som tog en stund att skriva.")
    expect(phone.get_by_role("main")).to_contain_text("tillbakadragen")
    fits(phone)
    axe(phone)
    assert not Draft.objects.exists()


def test_the_chef_takes_over_without_javascript(page: Page, browser: Browser, live_server, place):
    log_in(page)
    link = ask(page, place)
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    chef = plain.new_page()
    chef.goto(link)
    chef.locator("summary", has_text="Jag tar över").click()
    chef.get_by_label("Ett ord till webbredaktören").fill("Jag ringer henne.")
    chef.get_by_role("button", name="Jag tar över frågan").click()
    expect(chef.get_by_role("heading", level=1)).to_have_text("Frågan är övertagen")
    plain.close()
    assert Referral.objects.get().answer == "Jag ringer henne."
    assert Pause.objects.get().ended_at is None
