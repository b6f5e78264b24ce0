"""What came in both with the page's export and from Facebook is one item. The export has no ids to know it by.

The same is what is of one kind, was written in the same second and has the same text to the letter. Of a post
without words each side has a description of its own, so there the second alone must do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from moderation.graph.payloads import RemoteItem
from moderation.models import Item, ItemVersion
from moderation.models.audit import subject_of
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Direction, Event, Kind
from moderation.sync import hinting
from moderation.sync.changes import COMPARED, Told, notes

EXPORTED = "export:"
WORDLESS = "Inlägget har ingen egen text; Facebooks beskrivning av händelsen visas i stället."
NO_WORDS = text_digest("")
READ = ("kind", "dated_at", "author_name", "notes", "hint_kinds", "hint_version", "urgency")
IDENTIFIED = (
    "graph_key", "graph_id", "permalink_url", "author_name", "author_id", "hidden", "kind", "direction", "notes",
    "answer_by", "waiting_since", "hint_kinds", "hint_version", "urgency",
)  # fmt: skip

# A node's key, the node, and whether the page wrote it.
Node = tuple[str, RemoteItem, bool]
# Kind, second, digest of the text ("" without words), and whether the page wrote it (None where only a name says so).
Mark = tuple[str, datetime | None, str, bool | None]


def known(unknown: Iterable[Node], at: datetime, told: list[Told]) -> dict[str, Item]:
    """Those of Facebook's nodes that came before with an export, now under their own keys."""
    nodes = _by_mark(unknown)
    if not nodes:
        return {}
    waiting = Item.objects.filter(graph_key__startswith=EXPORTED, dated_at__in=_moments(nodes))
    items: dict[Mark, list[Item]] = defaultdict(list)
    read = waiting.select_related("thread").only(*COMPARED, *READ, "thread__graph_key")
    for item in read.prefetch_related("classifications").order_by("pk"):
        items[_mark_of(item, item.text_sha256)].append(item)
    found: dict[str, Item] = {}
    for mark in items.keys() & nodes.keys():
        for key, remote, own in nodes[mark]:
            if (exported := _one(remote, items[mark], len(nodes[mark]))) is not None:
                items[mark].remove(exported)
                found[key] = _identify(exported, key, remote, own, at)
                told.append((Event.IDENTIFIED, subject_of(exported), {"graph_key": key}))
    Item.objects.bulk_update(found.values(), IDENTIFIED, batch_size=500)
    return found


def here(entries: Sequence[Node], taken: set[int]) -> dict[str, Item]:
    """Those entries of an export that Facebook has shown us before. `taken` holds the items that others already stand for.

    Any text that an item has had will do: the export may be older than its newest.
    """
    nodes = _by_mark(entries)
    moments = _moments(nodes)
    shown = Item.objects.filter(dated_at__in=moments).exclude(graph_key__startswith=EXPORTED)
    read = {item.pk: item for item in shown.select_related("thread").only(*COMPARED, *READ, "thread__graph_key")}
    if not read:
        return {}
    items: dict[Mark, list[Item]] = defaultdict(list)
    texts = ItemVersion.objects.filter(item__in=read).order_by("item", "number").values_list("item", "sha256")
    for pk, sha256 in dict.fromkeys(texts):
        items[_mark_of(read[pk], sha256)].append(read[pk])
    found: dict[str, Item] = {}
    for mark in items.keys() & nodes.keys():
        for key, remote, _ in nodes[mark]:
            free = [item for item in dict.fromkeys(items[mark]) if item.pk not in taken]
            if (item := _one(remote, free, len(nodes[mark]))) is not None:
                taken.add(item.pk)
                found[key] = item
    return found


def _one(remote: RemoteItem, items: Sequence[Item], nodes: int) -> Item | None:
    """A private message goes by its sender's name too, unless there is but one it could be."""
    if remote.kind != Kind.MESSAGE or len(items) == nodes == 1:
        return items[0] if items else None
    return next((item for item in items if item.author_name == storable(remote.author_name)), None)


def _identify(item: Item, key: str, remote: RemoteItem, own: bool, at: datetime) -> Item:
    """What the export lacked is known now. What Facebook shows is judged like everything else it shows."""
    item.graph_key = key
    item.graph_id = storable(remote.graph_id)[:200]
    item.permalink_url = storable(remote.permalink_url)
    item.author_name = storable(remote.author_name)
    item.author_id = storable(remote.author_id)[:200]
    item.hidden = remote.hidden
    item.kind = Kind(remote.kind)
    item.direction = Direction.UPPRATTAD if own else Direction.INKOMMEN
    item.notes = notes(remote)
    item.answer_by = None if own else rules.answer_by(item.dated_at, settings.OPENING_HOURS)
    item.waiting_since = None if own or item.current_classification else at
    for name, value in ({} if own else hinting.fields(remote.message)).items():
        setattr(item, name, value)
    return item


def _by_mark(nodes: Iterable[Node]) -> dict[Mark, list[Node]]:
    found: dict[Mark, list[Node]] = defaultdict(list)
    for node in nodes:
        if node[1].created_at is not None:
            found[_mark(node[1], node[2])].append(node)
    return found


def _moments(nodes: Iterable[Mark]) -> set[datetime]:
    return {moment for _, moment, _, _ in nodes if moment is not None}


def _mark(remote: RemoteItem, own: bool) -> Mark:
    wordless = not remote.message or WORDLESS in remote.notes
    digest = "" if wordless else text_digest(remote.message)
    return _family(remote.kind), remote.created_at, digest, None if remote.kind == Kind.MESSAGE else own


def _mark_of(item: Item, sha256: str) -> Mark:
    wordless = sha256 == NO_WORDS or WORDLESS in item.notes
    own = None if item.kind == Kind.MESSAGE else item.direction == Direction.UPPRATTAD
    return _family(item.kind), item.dated_at, "" if wordless else sha256, own


def _family(kind: str) -> str:
    """The export does not say what a comment answers, so there a reply is a comment."""
    return Kind.COMMENT if kind == Kind.REPLY else kind
