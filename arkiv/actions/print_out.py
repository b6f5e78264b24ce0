"""Print: freeze, render, keep."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from arkiv.freeze import Frozen, freeze
from arkiv.models import PrintedItem, Printout
from arkiv.paper import render
from arkiv.paper.glyphs import FontsMissing
from arkiv.paper.render import Paper
from moderation import audit
from moderation.models import Classification
from moderation.models.order import LostClaim, Postponed
from moderation.policy import rules
from moderation.policy.terms import Category, Event
from moderation.store import Store

Clock = Callable[[], datetime]


def print_out(store: Store, clock: Clock, printout: Printout) -> None:
    """Carry out one claimed printout. All slow work is done before the transaction that writes what came of it.

    While it is drawn the row shows how far it has come, and the drawing stops where the order is no longer ours.
    """
    frozen = freeze(printout, audit.head(), clock())
    try:
        paper = render.pdf(frozen.document, store.read, lambda percent: printout.show_life(clock(), progress=percent))
    except (render.PaperError, FontsMissing) as error:
        raise Postponed(str(error)) from error
    try:
        digest = store.put(paper.pdf)
    except OSError as error:
        raise Postponed("Utskriften kunde inte sparas i lagret.") from error
    try:
        _write(printout, frozen, paper, digest, clock())
    except (Postponed, LostClaim):
        if not Printout.objects.filter(pdf_sha256=digest).exists():
            store.remove(digest)
        raise


@transaction.atomic
def _write(printout: Printout, frozen: Frozen, paper: Paper, digest: str, now: datetime) -> None:
    _refuse_what_became_secret(frozen)
    printout.finish(
        now,
        progress=100,
        document=frozen.document.to_json(),
        document_sha256=frozen.document.digest,
        pdf_sha256=digest,
        size=len(paper.pdf),
        pages=paper.pages,
        plain_entries=len(paper.plain_entries),
    )
    PrintedItem.objects.bulk_create(frozen.printed, batch_size=500)
    audit.record(
        Event.PRINTED,
        printout,
        now=now,
        by=printout.ordered_by,
        pdf_sha256=digest,
        document_sha256=frozen.document.digest,
        items=len(frozen.printed),
        pages=paper.pages,
    )


def _refuse_what_became_secret(frozen: Frozen) -> None:
    """Somebody may have judged an item while its text was on its way to the paper."""
    known = {printed.classification_id for printed in frozen.printed}
    now_secret = Classification.objects.filter(
        superseded_at=None, item__in=[printed.item_id for printed in frozen.printed]
    ).exclude(pk__in=[key for key in known if key])
    if any(c.category == Category.SEKRETESS or c.reason in rules.NEVER_KEPT for c in now_secret):
        raise Postponed("En handling fick ny bedömning under utskriften. Den skrivs ut på nytt.")
