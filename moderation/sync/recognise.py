"""An item that came in with the page's export has no id of Facebook's; here it is known again when Facebook shows it."""

from collections.abc import Iterable
from datetime import datetime

from moderation.graph.payloads import RemoteItem
from moderation.models import Item
from moderation.models.audit import subject_of
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy.terms import Event
from moderation.sync.changes import COMPARED, Told

EXPORTED = "export:"


def known(unknown: Iterable[tuple[str, RemoteItem]], at: datetime, told: list[Told]) -> dict[str, Item]:
    """Those of the unknown nodes that came before with an export, now under their own keys.

    The same is what is of one kind, was written in the same second and has the same text to the letter.
    """
    marks = {_mark(remote): (key, remote) for key, remote in unknown if remote.created_at and remote.message}
    if not marks:
        return {}
    moments = {remote.created_at for _, remote in marks.values() if remote.created_at}
    exported = Item.objects.filter(graph_key__startswith=EXPORTED, dated_at__in=moments)
    found = {}
    for item in exported.only(*COMPARED, "kind", "dated_at"):
        if pair := marks.pop((item.kind, item.dated_at, item.text_sha256), None):
            key, remote = pair
            found[key] = _identify(item, key, remote)
            told.append((Event.IDENTIFIED, subject_of(item), {"graph_key": key}))
    return found


def _identify(item: Item, key: str, remote: RemoteItem) -> Item:
    """What the export lacked is known now; what it told stays."""
    item.graph_key = key
    item.graph_id = storable(remote.graph_id)[:200]
    item.permalink_url = storable(remote.permalink_url)
    item.author_name = storable(remote.author_name)
    item.author_id = storable(remote.author_id)[:200]
    item.hidden = remote.hidden
    item.save(update_fields=["graph_key", "graph_id", "permalink_url", "author_name", "author_id", "hidden"])
    return item


def _mark(remote: RemoteItem) -> tuple[str, datetime | None, str]:
    return remote.kind, remote.created_at, text_digest(remote.message)
