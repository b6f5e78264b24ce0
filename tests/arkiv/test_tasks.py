"""The clock's door: one call looks for what lacks a sheet and makes the one that somebody waits for."""

import pytest
from django.conf import settings

from arkiv.tasks import make_evidence
from moderation.actions import intervene
from moderation.actions.seen import Seen
from moderation.models import Item
from moderation.policy.terms import Category, Ground, InterventionKind, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def woken(monkeypatch, tmp_path, settings):
    """Instead of the broker, a list of who was woken."""
    settings.STORE_DIR = tmp_path / "arkiv"
    calls = []
    monkeypatch.setattr(make_evidence, "delay", lambda: calls.append("make_evidence"))
    return calls


def test_what_is_to_be_removed_comes_before_what_is_only_to_be_kept(woken):
    kept, unwanted = make.item("Jag vet var du bor."), make.item("Köp billiga solglasögon!")
    make.classification(kept, Category.BROTTSLIGT, Reason.HOT)
    make.classification(unwanted)
    unwanted = Item.objects.get(pk=unwanted.pk)
    wish = {"kind": InterventionKind.REMOVE, "ground": Ground.REKLAM, "by": make.user(), "now": make.NOW}
    removal = intervene.order(item=unwanted, seen=Seen.of(unwanted), **wish)
    make.evidence(kept)
    make_evidence()
    removal.refresh_from_db()
    assert removal.preserved_at is not None
    assert kept.evidence.get().state == OrderState.ORDERED
    assert woken == ["make_evidence"]
    make_evidence()
    assert kept.evidence.get().state == OrderState.DONE
    assert woken == ["make_evidence"]


def test_a_sheet_never_waits_in_the_queue_where_printouts_are_made():
    routes = settings.CELERY_TASK_ROUTES
    assert routes["arkiv.tasks.make_evidence"] != routes["arkiv.tasks.*"]
    assert settings.CELERY_BEAT_SCHEDULE["make_evidence"]["schedule"] == 10.0
