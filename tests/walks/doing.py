"""What a person does in the walks, whoever it is: logs in, and looks again until something is there."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from sociala_medier import demo_world

# A real worker takes its time on a busy machine.
PATIENCE = 120_000


def log_in(page: Page, who: str) -> None:
    # A page that is left open would go on asking who else is there, as nobody.
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill(who)
    page.get_by_label("Lösenord").fill(demo_world.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("link", name="Hjälp")).to_be_visible()


def until(page: Page, there: Callable[[], Locator]) -> None:
    """Look again, as a person would, until the worker has done what was asked."""
    give_up = timezone.now() + timedelta(milliseconds=PATIENCE)
    while not there().count():
        assert timezone.now() < give_up, page.locator("main").inner_text()
        page.reload()
