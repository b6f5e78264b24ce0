"""The whole walk: a comment travels from Facebook through a browser to a PDF/A page. Only Facebook is played."""

import hashlib
import re
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from arkiv.models import Printout
from arkiv.tasks import make_evidence
from moderation import audit
from moderation.graph import scenario
from moderation.graph.simulator import serve
from moderation.models import Item
from moderation.tasks import sweep_page
from sociala_medier import demo_world
from tests import verapdf
from tests.walks.doing import PATIENCE, log_in, until

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.verapdf, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def facebook():
    """The demo's fortnight, ended an hour ago, so that nothing new comes while the walk is on."""
    started_at = timezone.now() - timedelta(hours=1)
    server = serve(scenario.build(started_at, timezone.now))
    yield server
    server.close()


@pytest.fixture
def house(facebook, start_worker, live_server):
    """The product in its own processes: a web server, a worker, and the demo's people."""
    demo_world.build(timezone.now())
    start_worker(
        GRAPH_URL=facebook.url,
        FACEBOOK_PAGE_ID=scenario.PAGE_ID,
        FACEBOOK_PAGE_TOKEN=scenario.TOKEN,
        VAR_DIR=str(settings.VAR_DIR),
    )
    sweep_page.delay()
    return live_server


def test_a_complaint_and_a_threat_travel_from_facebook_to_the_archives_paper(house, page: Page, axe, tmp_path):
    # Agda waits until the page has been read, and judges a complaint.
    log_in(page, "agda")
    page.goto("/ko/")
    until(page, partial(page.get_by_role, "link", name="Vattnet på Bergsgatan är brunt"))
    axe(page)
    page.get_by_role("link", name="Vattnet på Bergsgatan är brunt").click()
    axe(page)
    page.get_by_role("radio", name=re.compile("^Diarieförs")).check()
    page.get_by_role("radio", name="Klagomål eller synpunkter", exact=True).check()
    axe(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Bocka av: Registrera i diariet")
    complaint = page.url
    axe(page)

    # A threat is open until the archive itself says that its copy is safe.
    threat = Item.objects.get(text__contains="jag vet vilken väg du tar")
    page.goto(threat.get_absolute_url())
    page.get_by_role("radio", name=re.compile("^Brottsligt")).check()
    page.get_by_role("radio", name="Hot BrB 4:5, 17:1", exact=True).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Bocka av: Polisanmäl")
    make_evidence.delay()
    steps = page.get_by_role("main").get_by_role("listitem")
    until(page, lambda: steps.filter(has_text=re.compile(r"Spara\s*Gjort")))
    axe(page)

    # A pupil's health is judged as secret, and stands on no paper from now on but the sheet that is evidence of it.
    secret = Item.objects.get(text__contains="i 2B har adhd")
    page.goto(secret.get_absolute_url())
    page.get_by_role("radio", name=re.compile("^Sekretess")).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Bocka av: Registrera i diariet")
    make_evidence.delay()
    until(page, lambda: steps.filter(has_text=re.compile(r"Ta skärmdump\s*Gjort")))
    assert "i 2B har adhd" in secret.evidence.get().document

    # Rut registers the complaint under its diarienummer.
    log_in(page, "rut")
    page.goto(complaint)
    page.get_by_text("Bocka av: Registrera i diariet").click()
    page.get_by_role("textbox", name="Diarienummer").fill("KS 2026/112")
    page.get_by_role("button", name="Spara som gjord").click()
    expect(page.get_by_role("main")).to_contain_text("KS 2026/112")

    # Cecilia orders the fortnight and sees it move until it is done, without touching anything.
    log_in(page, "cecilia")
    page.goto("/utskrifter/")
    axe(page)
    today = timezone.localdate()
    page.get_by_label("Från och med").fill((today - timedelta(days=20)).isoformat())
    page.get_by_label("Till och med").fill(today.isoformat())
    page.get_by_role("button", name="Beställ utskrift").click()
    done = page.get_by_role("table", name="Utskrifter av perioder").get_by_text("Klar")
    expect(done).to_be_visible(timeout=PATIENCE)
    axe(page)

    # Its paper is what the archive demands, and holds what it must and nothing that it must not.
    period = Printout.objects.of_periods().get()
    page.goto(period.get_absolute_url())
    axe(page)
    paper = download(page, tmp_path / "period.pdf")
    assert hashlib.sha256(paper.read_bytes()).hexdigest() == period.pdf_sha256
    assert "KS 2026/112" in period.document
    assert "Sekretess. Diarienummer" in period.document
    assert "2B" not in period.document
    for verdict in verapdf.verdicts([(paper, "2a"), (paper, "ua1")]):
        assert verdict.compliant, verdict
    assert list(audit.verify()) == []


def download(page: Page, target: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name="Ladda ner").click()
    started.value.save_as(target)
    return target
