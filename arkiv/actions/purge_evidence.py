"""Destroy the sheets of what may not be possessed, and make those anew that it stood on only beside."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from arkiv.actions.evidence import order
from arkiv.models import Evidence
from moderation import audit
from moderation.models import Item
from moderation.policy.terms import Event, OrderState
from moderation.store import Store

WHY = "Bevisbladet är raderat ur lagret (BrB 16:10 a)."


def purge(store: Store, clock: Callable[[], datetime]) -> int:
    """Returns how many sheets went.

    The files go first: dying between the two leaves a row that the next sweep finds again.
    """
    gone = 0
    for evidence in Evidence.objects.forbidden().defer("document"):
        files = [digest for digest in (evidence.pdf_sha256, *_pictures(evidence)) if digest]
        for digest in files:
            store.remove(digest)
        _empty(evidence, files, clock())
        gone += 1
    return gone


@transaction.atomic
def _empty(evidence: Evidence, files: list[str], now: datetime) -> None:
    item = Item.objects.select_for_update(no_key=True).get(pk=evidence.item_id)
    was_made = evidence.pdf_sha256 != ""
    evidence.pictures.all().delete()
    emptied = {"document": "", "document_sha256": "", "pdf_sha256": "", "size": 0, "pages": 0, "pictured": 0}
    gone = {"state": OrderState.CANCELLED, "done_at": now, "last_error": WHY}
    Evidence.objects.filter(pk=evidence.pk).update(**emptied, **gone)
    audit.record(Event.EVIDENCE_PURGED, item, now=now, evidence=evidence.pk, files=files)
    if was_made and not item.never_kept:
        order(item, evidence.version_id, item.current_classification, now)


def _pictures(evidence: Evidence) -> list[str]:
    return list(evidence.pictures.values_list("sha256", flat=True))
