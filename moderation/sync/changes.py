"""What a node changes in the rows: the first time it is seen, and each time it looks different from the last."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from moderation.graph.payloads import RemoteItem
from moderation.models import Intervention, Item, ItemVersion, Thread
from moderation.models.audit import subject_of
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Change, Direction, Event, InterventionKind, Kind, OrderState, Source
from moderation.sync import hinting

# An event, its subject and its facts, for the audit chain.
Told = tuple[Event, str, dict[str, Any]]

# A clock on the other side may be a little ahead; a time further ahead is not believed.
AHEAD = timedelta(days=1)
COMPARED = (
    "pk", "thread", "parent", "graph_key", "direction", "text_sha256", "version_number", "changed_at", "hidden", "removed_at",
    "removed_by_page",
)  # fmt: skip
EVENTS = {
    Change.RECEIVED: Event.RECEIVED,
    Change.EDITED: Event.CHANGED,
    Change.HIDDEN: Event.HIDDEN,
    Change.SHOWN: Event.SHOWN,
    Change.REMOVED: Event.REMOVED,
    Change.RETURNED: Event.RETURNED,
}


def new_item(
    remote: RemoteItem, key: str, thread: Thread, parent: Item | None, at: datetime, *, own: bool, waits: bool
) -> Item:
    """The row of a node nobody has seen before, not saved. What the municipality itself wrote (`own`) never waits."""
    dated_at = remote.created_at if remote.created_at and remote.created_at <= at + AHEAD else at
    return Item(
        thread=thread,
        parent=parent,
        kind=Kind(remote.kind),
        direction=Direction.UPPRATTAD if own else Direction.INKOMMEN,
        graph_key=key,
        graph_id=storable(remote.graph_id)[:200],
        permalink_url=storable(remote.permalink_url),
        author_name=storable(remote.author_name),
        author_id=storable(remote.author_id)[:200],
        text=storable(remote.message),
        text_sha256=text_digest(remote.message),
        version_number=1,
        changed_at=at,
        created_at=remote.created_at,
        received_at=at,
        dated_at=dated_at,
        answer_by=None if own else rules.answer_by(dated_at, settings.OPENING_HOURS),
        waiting_since=at if waits and not own else None,
        hidden=remote.hidden,
        notes=notes(remote),
        **({} if own else hinting.fields(remote.message)),
    )


def first_version(item: Item, remote: RemoteItem, at: datetime, source: Source, told: list[Told]) -> ItemVersion:
    """The text it came with, not saved."""
    return _version(item, Change.RECEIVED, remote.message, item.text_sha256, remote.raw, at, source, told)


def note(item: Item, remote: RemoteItem, at: datetime, source: Source, told: list[Told]) -> bool:
    """Save a version for each thing that is different from last time. Returns whether anything was."""
    if at < item.changed_at:
        return _note_late(item, remote, at, source, told)
    found = _differences(item, remote)
    if not found:
        return False
    before = item.version_number
    fields: dict[str, Any] = {"changed_at": at}
    for change in found:
        fields |= _fields(item, change, remote, at)
        item.version_number += 1
        sha256 = fields.get("text_sha256", item.text_sha256)
        _version(item, change, remote.message, sha256, remote.raw, at, source, told).save(force_insert=True)
    _save(item, before, fields)
    return True


def _note_late(item: Item, remote: RemoteItem, at: datetime, source: Source, told: list[Told]) -> bool:
    """An answer to an older question than the last tells nothing of how it is now. But a text nobody has is kept."""
    sha256 = text_digest(remote.message)
    if sha256 == item.text_sha256 or item.versions.filter(sha256=sha256).exists():
        return False
    before = item.version_number
    item.version_number += 1
    _version(item, Change.EDITED, remote.message, sha256, remote.raw, at, source, told).save(force_insert=True)
    _save(item, before, {})
    return True


def note_gone(item: Item, at: datetime, source: Source, by_page: bool, told: list[Told]) -> bool:
    """Save that it is no longer on Facebook, with the text it had. Returns whether that was news."""
    if item.removed_at is not None or at < item.changed_at:
        return False
    last, before = item.versions.order_by("-seen_at", "-number")[0], item.version_number
    item.version_number += 1
    _version(item, Change.REMOVED, last.text, item.text_sha256, last.raw, at, source, told).save(force_insert=True)
    _save(item, before, {"removed_at": at, "removed_by_page": by_page, "changed_at": at})
    return True


def _save(item: Item, before: int, fields: dict[str, Any]) -> None:
    """Only what the change concerns, and only onto what it was compared with: a person may be judging meanwhile."""
    mine = Item.objects.filter(pk=item.pk, version_number=before)
    if not mine.update(version_number=item.version_number, **fields):
        raise IntegrityError(f"item {item.pk} was changed by somebody else")


def notes(remote: RemoteItem) -> str:
    lines = list(remote.notes)
    if storable(remote.message) != remote.message:
        lines.append("Texten har tecken som inte kan visas. Den finns sparad precis som den kom.")
    return "\n".join(storable(line) for line in lines)


def _differences(item: Item, remote: RemoteItem) -> list[Change]:
    found = [Change.EDITED] if text_digest(remote.message) != item.text_sha256 else []
    if item.removed_at is not None:
        found.append(Change.RETURNED)
    if remote.hidden != item.hidden:
        found.append(Change.HIDDEN if remote.hidden else Change.SHOWN)
    return found


def _fields(item: Item, change: Change, remote: RemoteItem, at: datetime) -> dict[str, Any]:
    again = {"waiting_since": Coalesce("waiting_since", Value(at, DateTimeField()))}
    if change == Change.RETURNED:
        raised = again if item.removed_by_page and item.direction != Direction.UPPRATTAD else {}
        return {"removed_at": None, "removed_by_page": False} | raised
    if change != Change.EDITED:
        return {"hidden": remote.hidden} | (again if change == Change.SHOWN and _was_hidden_by_us(item) else {})
    text = {"text": storable(remote.message), "text_sha256": text_digest(remote.message), "notes": notes(remote)}
    if item.direction == Direction.UPPRATTAD:
        return text
    # What was judged is no longer what stands there, so it is looked at again.
    return text | hinting.fields(remote.message) | again


def _was_hidden_by_us(item: Item) -> bool:
    """And nobody here has ordered that it is shown again: then somebody else has undone what we did."""
    ours = Intervention.objects.filter(item=item.pk, kind__in=(InterventionKind.HIDE, InterventionKind.SHOW))
    last = ours.exclude(state__in=(OrderState.FAILED, OrderState.CANCELLED)).order_by("-pk").first()
    return last is not None and (last.kind, last.state) == (InterventionKind.HIDE, OrderState.DONE)


def _version(
    item: Item, change: Change, text: str, sha256: str, raw: str, at: datetime, source: Source, told: list[Told]
) -> ItemVersion:
    facts = {"version": item.version_number, "sha256": sha256, "raw_sha256": hashlib.sha256(raw.encode()).hexdigest()}
    told.append((EVENTS[change], subject_of(item), facts if source == Source.FETCHED else facts | {"source": source}))
    return ItemVersion(
        item=item,
        number=item.version_number,
        change=change,
        source=source,
        text=storable(text),
        raw=raw,
        sha256=sha256,
        seen_at=at,
    )
