"""Evidence sheets: look for what lacks one, make it, and only then tell that the copy is safe."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from arkiv import freeze
from arkiv.freeze import Sheet
from arkiv.models import Evidence, EvidencePicture, Printout, ShownItem
from arkiv.paper import render
from arkiv.paper.glyphs import FontsMissing
from arkiv.paper.render import Paper
from moderation import audit
from moderation.actions import follow_up, intervene
from moderation.models import Attachment, Classification, Intervention, Item
from moderation.models.order import Impossible, Postponed
from moderation.policy import rules
from moderation.policy.terms import Category, Event, InterventionKind, OrderState, StepState
from moderation.store import Store

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
AT_ONCE = timedelta(seconds=1)
# What failed for good and is still waited for is begun anew after so long.
BEGUN_ANEW_AFTER = timedelta(hours=1)
# A sheet of hundreds of pages has only so many as pictures too; the item itself stands among them.
PICTURES_AT_MOST = 20


# --- What lacks one ---------------------------------------------------------------------------------------------


def order_missing(now: datetime) -> int:
    """Order a sheet of every text that must be saved or is to be removed, and has none. Returns how many."""
    ordered = 0
    for removal in _uncovered_removals().select_related("item"):
        if not removal.item.never_kept:
            ordered += order(removal.item, removal.version_id, removal.item.current_classification, now)
    for judged in _uncovered_judgements().select_related("item"):
        ordered += order(judged.item, judged.version_id, judged, now)
    return ordered


def vouch(store: Store, now: datetime) -> int:
    """Tell the removals that wait of the sheet that was made earlier, once its files are read anew. Returns how many."""
    safe = 0
    for removal in Intervention.objects.unsafe().filter(~Exists(_coming())).select_related("item"):
        made = Evidence.objects.whole().filter(item=removal.item_id, version=removal.version_id).first()
        if made is None or removal.item.never_kept:
            continue
        if _is_safe(store, made):
            intervene.preserved(item=removal.item, version=removal.version_id, evidence=made.pdf_sha256, now=now)
            safe += 1
        else:
            logger.error("the files of evidence %s are not as they were", made.pk)
            order(removal.item, removal.version_id, removal.item.current_classification, now)
    return safe


def _uncovered_judgements() -> QuerySet[Classification]:
    made = Evidence.objects.whole().filter(classification=OuterRef("pk"), version=OuterRef("version"))
    waiting = Classification.objects.filter(
        superseded_at=None, steps__state=StepState.OPEN, steps__kind__in=rules.DONE_BY_THE_ARCHIVE
    ).distinct()
    # A sheet made before its pictures have come would not be a whole copy.
    return waiting.exclude(reason__in=rules.NEVER_KEPT).filter(~Exists(made), ~Exists(_coming()))


def _uncovered_removals() -> QuerySet[Intervention]:
    """Where somebody has decided that it must go although its copy is not whole, what there is of it is kept."""
    of_the_text = Evidence.objects.filter(item=OuterRef("item"), version=OuterRef("version"))
    unsafe = Intervention.objects.unsafe().filter(~Exists(of_the_text.whole()), ~Exists(_coming()))
    hurried = Intervention.objects.on_the_way().filter(kind=InterventionKind.REMOVE, preserved_at=None)
    hurried = hurried.exclude(gap_accepted_by=None).filter(~Exists(of_the_text.filter(state=OrderState.DONE)))
    return unsafe | hurried


def _coming() -> QuerySet[Attachment]:
    return Attachment.objects.on_the_way().filter(item=OuterRef("item"))


@transaction.atomic
def order(item: Item, version: int, judged: Classification | None, now: datetime) -> bool:
    """Whether it was ordered: not where it is on its way, nor where it has just failed."""
    wanted = {"item": item, "version_id": version, "classification": judged}
    failed = Evidence.objects.filter(**wanted, state=OrderState.FAILED).first()
    if failed is not None and failed.done_at is not None and failed.done_at > now - BEGUN_ANEW_AFTER:
        return False
    evidence = failed or Evidence(**wanted, ordered_at=now)
    evidence.state, evidence.not_before, evidence.done_at = OrderState.ORDERED, now, None
    evidence.attempts, evidence.last_error = 0, ""
    try:
        with transaction.atomic():
            evidence.save()
    except IntegrityError:
        # Another sweep was faster, or a sheet of another text is on its way.
        return False
    judgement = judged.pk if judged else None
    audit.record(Event.EVIDENCE_ORDERED, item, now=now, evidence=evidence.pk, version=version, classification=judgement)
    return True


def _is_safe(store: Store, made: Evidence) -> bool:
    return all(store.check(digest) for digest in [made.pdf_sha256, *made.pictures.values_list("sha256", flat=True)])


# --- Making one -------------------------------------------------------------------------------------------------


def make(store: Store, clock: Clock, evidence: Evidence) -> None:
    """Carry out one claimed sheet. All slow work is done before the transaction that writes what came of it."""

    def alive(percent: int) -> None:
        evidence.show_life(clock())

    if evidence.item.never_kept:
        raise Impossible("Handlingen får inte sparas (BrB 16:10 a).")
    captured_at = clock()
    sheet = freeze.evidence(evidence, audit.head(), captured_at)
    try:
        paper = render.pdf(sheet.document, store.read, alive)
        pictures = render.pictures(paper, PICTURES_AT_MOST, alive)
    except (render.PaperError, FontsMissing) as error:
        raise Postponed(str(error)) from error
    kept = _keep(store, [paper.pdf, *(content for _, content in pictures)])
    try:
        _write(evidence, sheet, paper, kept, [number for number, _ in pictures], captured_at, clock())
    except BaseException:
        _forget(store, kept)
        raise


def _keep(store: Store, contents: Iterable[bytes]) -> list[str]:
    """Their digests, once each is in the store and has been read anew."""
    kept: list[str] = []
    try:
        for content in contents:
            kept.append(store.put(content))
        if not all(store.check(digest) for digest in kept):
            raise OSError("a file read back differs")
    except OSError as error:
        _forget(store, kept)
        raise Postponed("Bevisbladet kunde inte sparas i lagret.") from error
    return kept


def _forget(store: Store, digests: Iterable[str]) -> None:
    for digest in digests:
        others = (Evidence.objects.with_file(digest), Printout.objects.filter(pdf_sha256=digest))
        if not any(rows.exists() for rows in (*others, Attachment.objects.filter(sha256=digest))):
            store.remove(digest)


@transaction.atomic
def _write(
    evidence: Evidence,
    sheet: Sheet,
    paper: Paper,
    kept: list[str],
    numbers: list[int],
    captured_at: datetime,
    now: datetime,
) -> None:
    """`kept`: the digests of the PDF and then of the pages whose `numbers` those are."""
    item = Item.objects.select_for_update(no_key=True).get(pk=evidence.item_id)
    _refuse_other_judgement(item, sheet)
    pdf_sha256, *pictures = kept
    evidence.finish(
        now,
        classification_id=sheet.classification,
        captured_at=captured_at,
        document=sheet.document.to_json(),
        document_sha256=sheet.document.digest,
        pdf_sha256=pdf_sha256,
        size=len(paper.pdf),
        pages=paper.pages,
        pictured=len(pictures),
        plain_entries=len(paper.plain_entries),
    )
    EvidencePicture.objects.bulk_create(
        EvidencePicture(evidence=evidence, number=number, sha256=digest)
        for number, digest in zip(numbers, pictures, strict=True)
    )
    shown = [ShownItem(evidence=evidence, item_id=key) for key in sorted(sheet.shown)]
    ShownItem.objects.bulk_create(shown, batch_size=500)
    _tell(evidence, item, now)
    audit.record(
        Event.EVIDENCE_MADE,
        item,
        now=now,
        evidence=evidence.pk,
        version=evidence.version_id,
        classification=sheet.classification,
        pdf_sha256=pdf_sha256,
        png_sha256s=pictures,
        document_sha256=sheet.document.digest,
    )


def _tell(evidence: Evidence, item: Item, now: datetime) -> None:
    """The copy is safe, unless an attachment of it is still on its way."""
    if Attachment.objects.on_the_way().filter(item=item).exists():
        return
    if (judged := item.current_classification) is not None and judged.version_id == evidence.version_id:
        follow_up.preserved(item=item, classification=judged, now=now)
    intervene.preserved(item=item, version=evidence.version_id, evidence=evidence.pdf_sha256, now=now)


def _refuse_other_judgement(item: Item, sheet: Sheet) -> None:
    """Somebody may have judged it, or what stands around it, while it was drawn."""
    judged = item.current_classification
    if judged is not None and judged.reason in rules.NEVER_KEPT:
        raise Impossible("Handlingen får inte sparas (BrB 16:10 a).")
    since = Classification.objects.filter(superseded_at=None, item__in=sheet.shown).exclude(pk__in=sheet.judgements)
    sealed = any(c.category == Category.SEKRETESS or c.reason in rules.NEVER_KEPT for c in since)
    if sealed or (judged.pk if judged else None) != sheet.classification:
        raise Postponed("En handling fick ny bedömning medan bevisbladet ritades. Det ritas på nytt.", AT_ONCE)
