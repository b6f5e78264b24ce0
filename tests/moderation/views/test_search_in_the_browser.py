"""The search page as a browser draws it."""

import pytest

from moderation.policy.terms import Kind
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hits_are_drawn_without_faults_at_every_width_in_both_themes(page, axe, width, theme):
    thread = make.thread(make.verksamhet())
    make.item("Vägen stängs av", kind=Kind.POST, thread=thread)
    for n in range(3):
        make.classification(make.item(f"Vägen är oframkomlig {n} " + "lång text " * 40, thread=thread))
    make.rut()
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/logga-in/?next=/sok/")
    page.get_by_label("Användarnamn").fill("rut")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.locator("#sok").fill("väg")
    page.locator("#sok").press("Enter")
    page.get_by_role("heading", name="4 träffar").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
    if width == 320:
        page.get_by_text("Visa vad du kan välja").click()
        axe(page)
    page.get_by_role("link", name="Inlägg 1").click()
    page.get_by_role("heading", name="1 träff").wait_for()
