"""Is everything still as it was? Compares rows, files and the audit chain with each other; changes nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import Manager

from arkiv.models import Evidence, EvidencePicture, Printout
from moderation import audit
from moderation.models import Attachment, AuditEntry, Classification, Item, ItemVersion, PageSnapshot
from moderation.models.audit import subject_of
from moderation.models.storable import storable
from moderation.policy.terms import Event
from moderation.store import Store

BATCH = 1000


def faults(store: Store) -> Iterator[str]:
    """One Swedish sentence for each thing that is wrong."""
    yield from audit.verify()
    yield from _versions()
    yield from _judgements()
    yield from _evidence()
    yield from _files(store)


def counts() -> dict[str, int]:
    return {
        "händelser i kedjan": AuditEntry.objects.count(),
        "handlingar": Item.objects.count(),
        "versioner": ItemVersion.objects.count(),
        "bedömningar": Classification.objects.count(),
        "filer": len(set(chain(*_kept().values()))),
    }


def _versions() -> Iterator[str]:
    """Each version against its digest, and both against what the chain said when it came in."""
    told = _told((Event.RECEIVED, Event.CHANGED, Event.HIDDEN, Event.SHOWN, Event.REMOVED, Event.RETURNED), "version")
    newest: dict[int, ItemVersion] = {}
    for version in ItemVersion.objects.order_by("item_id", "seen_at", "number").iterator(chunk_size=BATCH):
        facts = told.pop((f"moderation.item:{version.item_id}", version.number), {})
        raw_sha256 = hashlib.sha256(version.raw.encode()).hexdigest()
        whole = version.is_whole and version.text == storable(version.exact_text)
        if not whole or (version.sha256, raw_sha256) != (facts.get("sha256"), facts.get("raw_sha256")):
            yield f"Handling {version.item_id}: version {version.number} är inte som den kom från Facebook."
        if len(newest) >= BATCH and version.item_id not in newest:
            yield from _shown(newest)
            newest = {}
        newest[version.item_id] = version
    yield from _shown(newest)
    yield from (f"{subject}: version {number} saknas." for subject, number in told)


def _shown(newest: dict[int, ItemVersion]) -> Iterator[str]:
    """The text on the screen is the newest version's."""
    for item in Item.objects.filter(pk__in=newest).only("pk", "text"):
        if item.text != newest[item.pk].text:
            yield f"Handling {item.pk}: texten som visas är inte den senaste versionens."


def _judgements() -> Iterator[str]:
    told = _told((Event.CLASSIFIED,), "classification")
    for judged in Classification.objects.order_by("pk").iterator(chunk_size=BATCH):
        facts = told.pop((f"moderation.item:{judged.item_id}", judged.pk), {})
        if (judged.category, judged.reason) != (facts.get("category"), facts.get("reason")):
            yield f"Handling {judged.item_id}: bedömning {judged.pk} är inte som den gjordes."
    yield from (f"{subject}: bedömning {key} saknas." for subject, key in told)


def _evidence() -> Iterator[str]:
    """Each sheet's files are those that the chain told of when it was made; a purged one has none."""
    told = {key[1]: facts for key, facts in _told((Event.EVIDENCE_MADE,), "evidence").items()}
    purged = {key[1] for key in _told((Event.EVIDENCE_PURGED,), "evidence")}
    for made in Evidence.objects.exclude(pdf_sha256="").defer("document").prefetch_related("pictures").iterator(BATCH):
        facts = told.pop(made.pk, {})
        pictures = [picture.sha256 for picture in made.pictures.all()]
        if (made.pdf_sha256, pictures) != (facts.get("pdf_sha256"), facts.get("png_sha256s")):
            yield f"{made}: filerna är inte de som gjordes."
    yield from (f"Bevisblad {key} saknas." for key in told if key not in purged)


def _told(events: Iterable[Event], key: str) -> dict[tuple[str, int], dict[str, object]]:
    entries = AuditEntry.objects.filter(event__in=events).order_by("seq")
    known = ((entry.subject, entry.known_facts) for entry in entries.iterator(chunk_size=BATCH))
    return {(subject, facts[key]): facts for subject, facts in known}


def _files(store: Store) -> Iterator[str]:
    kept = _kept()
    for digest, owners in kept.items():
        if not store.has(digest):
            yield f"{owners[0]}: filen {digest} saknas i lagret."
        elif not store.check(digest):
            yield f"{owners[0]}: filen {digest} har ändrats i lagret."
    yield from (f"Filen {digest} i lagret hör inte till något." for digest in store.digests() if digest not in kept)
    for row in chain(_frozen(Printout.objects), _frozen(Evidence.objects)):
        if hashlib.sha256(row.document.encode()).hexdigest() != row.document_sha256:
            yield f"{row}: det frysta dokumentet har ändrats."


def _frozen(rows: "Manager[Printout] | Manager[Evidence]") -> Iterator[Printout | Evidence]:
    yield from rows.exclude(document="").iterator(chunk_size=10)


def _kept() -> dict[str, list[str]]:
    """Digest to the rows that stand for it."""
    kept: dict[str, list[str]] = {}
    kinds = (
        (Attachment.objects, "sha256"),
        (PageSnapshot.objects, "cover_sha256"),
        (Printout.objects, "pdf_sha256"),
        (Evidence.objects, "pdf_sha256"),
        (EvidencePicture.objects, "sha256"),
    )
    for rows, name in kinds:
        for row in rows.exclude(**{name: ""}).only("pk", name).iterator(chunk_size=BATCH):
            kept.setdefault(getattr(row, name), []).append(subject_of(row))
    return kept
