"""Three judgements and all that follows, in a browser, with a real worker. Only Facebook is played.

The pictures of the handbook's last part are taken on the way:

    sh scripts/test.sh tests/walks/test_from_judgement_to_the_diary.py --pictures sociala_medier/static/sociala_medier/img/handbok
"""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from arkiv.tasks import make_evidence
from moderation import audit
from moderation.actions.intervene import CRITICISM
from moderation.graph.simulator import PAGE, World, serve
from moderation.models import FollowUpStep, Item
from moderation.policy.terms import StepState
from moderation.tasks import fetch_media, intervene, pull_fresh
from sociala_medier import demo_world
from tests.walks.doing import PATIENCE, log_in, until

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

COMPLAINT = "Det är oplogat igen på Bergsgatan, tredje gången i rad. Ni sköter inte ert jobb!"
THREAT = "Jag vet var ni bor, och i kväll kommer jag med yxan."


class Place:
    """The municipality's page, as it is on Facebook."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.earlier = timezone.now() - timedelta(hours=1)
        self.post = world.add_post("Nu plogas det i Kopparberg.", self.earlier)

    def is_asked(self, text: str, author: str, **more: str) -> str:
        return self.world.add_comment(self.post, text, self.earlier + timedelta(minutes=20), author=author, **more)

    def answers(self, comment: str, text: str) -> None:
        self.world.add_comment(self.post, text, timezone.now(), author=PAGE, parent=comment)

    def shows(self, comment: str) -> bool:
        return comment.rpartition("_")[2] in self.world.comments


@pytest.fixture
def place(start_worker, live_server):
    """On Facebook, with the product in its own processes beside it: a web server, a worker, and the demo's people."""
    world = World("1036844829507460", "Ljusnarsbergs kommun", timezone.now)
    facebook = serve(world)
    demo_world.build(timezone.now())
    start_worker(
        GRAPH_URL=facebook.url,
        FACEBOOK_PAGE_ID=world.page_id,
        FACEBOOK_PAGE_TOKEN="demo-token",
        VAR_DIR=str(settings.VAR_DIR),
    )
    yield Place(world)
    facebook.close()


def find(page: Page, words: str) -> None:
    """Wait until it has been taken in, and open it."""
    pull_fresh.delay()
    page.goto("/ko/")
    until(page, partial(page.get_by_role, "link", name=words))
    page.get_by_role("link", name=words).click()
    expect(page.get_by_role("region", name="Beslut")).to_be_visible()


def judge(page: Page, category: str, reason: str = "") -> None:
    page.get_by_role("radio", name=re.compile(f"^{category}")).check()
    if reason:
        page.get_by_role("radio", name=re.compile(f"^{reason}")).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("region", name="Bedömning", exact=True)).to_be_visible()


def steps(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem")


def test_a_complaint_is_answered_and_registered_and_cannot_be_removed(place, page: Page, axe, picture):
    comment = place.is_asked(COMPLAINT, "Kalle Exempel")
    log_in(page, "agda")
    find(page, COMPLAINT[:30])
    judge(page, "Diarieförs", "Klagomål")
    item = Item.objects.get(graph_id=comment)
    picture(page.get_by_role("region", name="Bedömning", exact=True), "klagomal-1")

    # No way leads to removing it, and whoever finds the page by its address is told why.
    expect(page.get_by_role("link", name="Dölj eller ta bort på Facebook …")).to_have_count(0)
    page.goto(f"{item.get_absolute_url()}facebook/")
    expect(page.get_by_role("main")).to_contain_text(CRITICISM)
    expect(page.get_by_role("button", name="Ta bort från Facebook")).to_have_count(0)
    axe(page)
    picture(page.get_by_role("main"), "klagomal-2")

    # It is answered on Facebook, which stops its clock.
    place.answers(comment, "Tack för att du hör av dig. Plogbilen kommer i natt.")
    pull_fresh.delay()
    page.goto(item.get_absolute_url())
    until(page, partial(page.get_by_text, "Plogbilen kommer i natt."))

    # Rut gives it its number, and nothing remains to be done.
    log_in(page, "rut")
    page.goto("/diariet/")
    expect(page.get_by_role("main")).to_contain_text("1 handling att registrera.")
    axe(page)
    page.get_by_role("textbox", name=f"Diarienummer för {item}").fill("KS 2026/112")
    picture(page.get_by_role("main"), "klagomal-3")
    page.get_by_role("button", name=re.compile(f"^Registrera ?: {item}")).click()
    expect(page.get_by_role("main")).to_contain_text("Inget väntar på diarienummer")
    assert place.shows(comment)
    assert not FollowUpStep.objects.exclude(state=StepState.DONE).exists()
    assert list(audit.verify()) == []


def test_a_threat_is_saved_removed_reported_and_registered(place, page: Page, axe, picture):
    comment = place.is_asked(THREAT, "Kalle Exempel", picture="snowy road")
    place.world.add_comment(place.post, "Håller med!", timezone.now(), author="Amina Fiktiv", parent=comment)
    log_in(page, "agda")
    find(page, THREAT[:30])
    judge(page, "Brottsligt", "Hot")
    picture(page.get_by_role("region", name="Bedömning", exact=True), "hot-1")

    # What vanishes with it is said before it is ordered.
    page.get_by_role("link", name="Dölj eller ta bort på Facebook …").click()
    expect(page.get_by_role("main")).to_contain_text("1 handling till försvinner med den")
    axe(page)
    picture(page.get_by_role("main"), "hot-2")
    page.get_by_role("button", name="Ta bort från Facebook").click()
    expect(page.locator("#facebook-angra")).to_be_visible()
    axe(page)
    picture(page.locator("#facebook"), "hot-3")
    assert place.shows(comment)

    # The copy is made, and only then is it removed, and looked after.
    fetch_media.delay()
    make_evidence.delay()
    until(page, lambda: steps(page).filter(has_text=re.compile(r"Spara\s*Gjort")))
    assert place.shows(comment)
    while place.shows(comment):
        intervene.delay()
        page.wait_for_timeout(500)
    expect(page.locator("#facebook")).to_contain_text("bekräftat", timeout=PATIENCE)
    axe(page)
    picture(page.locator("#facebook"), "hot-4")
    assert list(audit.verify()) == []
