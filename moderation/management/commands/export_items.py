"""`manage.py export_items`: every item as one JSON object a line, in the order they came in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.management import BaseCommand
from django.db.models import Prefetch

from moderation.models import Attachment, Classification, Item

BATCH = 500


class Command(BaseCommand):
    help = "Skriver varje handling som ett JSON-objekt per rad."

    def handle(self, *args: Any, **options: Any) -> None:
        for item in _items():
            # ASCII, so that NUL and lone surrogates go out as the escapes they came in as.
            self.stdout.write(json.dumps(exported(item), ensure_ascii=True))


def _items() -> Iterator[Item]:
    """By key, a batch at a time, so that memory stays flat on every database."""
    current = Classification.objects.filter(superseded_at=None)
    fetched = Attachment.objects.exclude(sha256="").order_by("pk")
    rows = Item.objects.select_related("parent").order_by("pk")
    rows = rows.prefetch_related("versions", Prefetch("classifications", current), Prefetch("attachments", fetched))
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1].pk


def exported(item: Item) -> dict[str, Any]:
    versions = item.texts
    judged = item.current_classification
    return {
        "graph_id": item.graph_id,
        "kind": item.kind,
        "parent_graph_id": item.parent.graph_id if item.parent else None,
        "author_name": versions[-1].exact_author or item.author_name,
        "author_id": item.author_id,
        "message": versions[-1].exact_text,
        "created_at": _iso(item.created_at),
        "received_at": _iso(item.received_at),
        "versions": [{"message": v.exact_text, "seen_at": _iso(v.seen_at), "sha256": v.sha256} for v in versions],
        "hidden": item.hidden,
        "removed_at": _iso(item.removed_at),
        "classification": judged.category if judged else None,
        "reason": judged.reason if judged else None,
        "attachments": [{"sha256": a.sha256, "mime": a.mime, "size": a.size} for a in item.attachments.all()],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
