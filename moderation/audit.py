"""The audit chain's two verbs: record what happened, and verify that nobody has touched it since."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from moderation.models import AuditEntry, AuditHead, User
from moderation.models.audit import subject_of
from moderation.policy.terms import Event

START = "0" * 64


def record(event: Event, subject: models.Model, *, now: datetime, by: User | None = None, **facts: Any) -> AuditEntry:
    """Add one entry, in the caller's own transaction, so that the change and its entry stand or fall together.

    `facts` are ids, choices and digests. What a citizen wrote never belongs here.
    """
    return record_many([(event, subject_of(subject), facts)], now=now, by=by)[0]


def record_many(
    told: Sequence[tuple[Event, str, dict[str, Any]]], *, now: datetime, by: User | None = None
) -> list[AuditEntry]:
    """As `record`, for much that happened at once: each is an event, its subject ("moderation.item:17") and its facts."""
    if not told:
        return []
    # Without a savepoint: whoever cannot add the entry must not go on without it.
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        entries, seq, previous = [], head.seq, head.hash
        for event, subject, facts in told:
            entry = _entry(seq + 1, previous, event, subject, facts, now, by)
            entries.append(entry)
            seq, previous = entry.seq, entry.hash
        AuditEntry.objects.bulk_create(entries, batch_size=500)
        AuditHead.objects.filter(pk=1).update(seq=seq, hash=previous)
    return entries


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is not None:
        return head
    AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=1)


def _entry(
    seq: int, previous: str, event: Event, subject: str, facts: dict[str, Any], now: datetime, by: User | None
) -> AuditEntry:
    entry = AuditEntry(
        seq=seq,
        at=now.astimezone(UTC).isoformat(),
        event=event,
        subject=subject,
        actor=by,
        actor_name=str(by) if by else "",
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=True, default=str),
        previous_hash=previous,
    )
    entry.hash = entry.computed_hash()
    return entry


def head() -> tuple[int, str]:
    """The number and hash of the newest entry; (0, zeros) before the first."""
    row = AuditHead.objects.filter(pk=1).first()
    return (row.seq, row.hash) if row else (0, START)


def verify() -> Iterator[str]:
    """Walk the whole chain and yield one Swedish sentence for each thing that is wrong."""
    seq, previous = 0, START
    for entry in AuditEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            yield f"Händelseloggen: händelse {seq + 1} saknas före händelse {entry.seq}."
        if entry.previous_hash != previous:
            yield f"Händelseloggen: händelse {entry.seq} hänger inte ihop med den före."
        if entry.computed_hash() != entry.hash:
            yield f"Händelseloggen: händelse {entry.seq} har ändrats i efterhand."
        seq, previous = entry.seq, entry.hash
    if (seq, previous) != head():
        yield f"Händelseloggen slutar vid händelse {seq}, men ska sluta vid {head()[0]}."
