"""Nodes to rows. Whatever way a node came in, it is stored here, once, and every change of it is a version."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, OperationalError, transaction

from moderation import audit
from moderation.graph.payloads import RemoteItem
from moderation.models import Attachment, Item, ItemVersion, Page
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy.terms import Source, ThreadKind
from moderation.sync import changes, media, recognise, threads
from moderation.sync.changes import Told
from moderation.sync.media import Kept

logger = logging.getLogger(__name__)

# So many nodes are looked up and written together.
CHUNK = 500
# Others write too: what somebody else was faster with is compared anew.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A node on its way in. `thread` and `parent` are keys; `node` is the id to read the whole thread by.

    `is_beside` where it only came along with what answers it.
    """

    remote: RemoteItem
    thread: str
    node: str
    parent: str = ""
    kind: ThreadKind = ThreadKind.POST
    is_beside: bool = False
    # What only an export tells: that the page wrote it, and its files, by their urls, which are in the store already.
    by_page: bool = False
    files: Mapping[str, Kept] = field(default_factory=dict)

    def own(self, page: Page) -> bool:
        return self.by_page or self.remote.author_id == page.graph_id

    @property
    def key(self) -> str:
        return fitting(self.remote.key)


@dataclass(slots=True)
class Tally:
    found: int = 0
    created: int = 0
    changed: int = 0
    failed: int = 0

    def add(self, other: "Tally") -> None:
        self.found += other.found
        self.created += other.created
        self.changed += other.changed
        self.failed += other.failed


def fitting(key: str) -> str:
    """The key in a form that fits its column, whatever Facebook sent as an id."""
    clean = storable(key)
    return clean if clean == key and len(key) <= 200 else f"sha256:{text_digest(key)}"


def store(found: Iterable[Found], page: Page, at: datetime, source: Source = Source.FETCHED) -> Tally:
    """Store what is new, and a version of what has changed. `at` is when Facebook was asked."""
    unique = {one.key: one for one in found}
    nodes, tally = iter(unique.values()), Tally()
    while chunk := list(islice(nodes, CHUNK)):
        tally.add(_store_chunk(chunk, page, at, source))
    return tally


def unknown(found: Iterable[Found]) -> set[str]:
    """The keys of those that nobody has stored yet."""
    keys = {one.key for one in found}
    return keys - set(Item.objects.filter(graph_key__in=keys).values_list("graph_key", flat=True))


def _store_chunk(chunk: Sequence[Found], page: Page, at: datetime, source: Source) -> Tally:
    try:
        return _compared(chunk, page, at, source)
    except Exception:
        return _one_by_one(chunk, page, at, source)


def _one_by_one(chunk: Sequence[Found], page: Page, at: datetime, source: Source) -> Tally:
    """A node that cannot be stored takes none of its neighbours with it."""
    tally = Tally()
    for one in chunk:
        try:
            tally.add(_compared([one], page, at, source))
        except OperationalError:
            # The database itself is gone: nothing of this is the node's fault.
            raise
        except Exception:
            logger.exception("node %s could not be stored", one.remote.key)
            tally.add(Tally(found=1, failed=1))
    return tally


def _compared(chunk: Sequence[Found], page: Page, at: datetime, source: Source) -> Tally:
    """Also a single node may meet somebody who was faster, and is then compared with what they stored."""
    for _ in range(ATTEMPTS - 1):
        try:
            return _once(chunk, page, at, source)
        except (IntegrityError, OperationalError) as error:
            logger.info("%d nodes are compared anew: %s", len(chunk), type(error).__name__)
    return _once(chunk, page, at, source)


def _once(chunk: Sequence[Found], page: Page, at: datetime, source: Source) -> Tally:
    return _from_export(chunk, page, at) if source == Source.EXPORT else _attempt(chunk, page, at, source)


@transaction.atomic
def _attempt(chunk: Sequence[Found], page: Page, at: datetime, source: Source) -> Tally:
    told: list[Told] = []
    known = _known(chunk)
    recognised = _recognised([one for one in chunk if one.key not in known], page, at, told)
    known |= {one.key: item for item, one in recognised}
    fresh = [one for one in chunk if one.key not in known]
    old = [(known[one.key], one.remote) for one in chunk if one.key in known]
    attached = media.known(item for item, remote in old if remote.media)
    media.adopt(attached, [(item, one.remote.media) for item, one in recognised])
    changed = {item.pk for item, remote in old if changes.note(item, remote, at, source, told)}
    new_media = [row for item, remote in old for row in media.compare(attached, item, remote.media, at)]
    changed |= {row.item_id for row in new_media}
    made = _create(fresh, known, page, at, source, told)
    _answer([(known[one.key], one) for one in chunk if one.parent and one.key in known], known)
    new_media += [row for item, one in made for row in media.rows(item, one.remote.media, at)]
    Attachment.objects.bulk_create(new_media, batch_size=500)
    # Last, since whoever writes the chain holds all others up.
    audit.record_many(told, now=at)
    return Tally(found=len(chunk), created=len(made), changed=len(changed))


@transaction.atomic
def _from_export(chunk: Sequence[Found], page: Page, at: datetime) -> Tally:
    """An export is old news: what is known already stays as it is, but for files that nobody had."""
    told: list[Told] = []
    known = _known(chunk)
    old = [(known[one.key], one) for one in chunk if one.files and one.key in known]
    made = _create([one for one in chunk if one.key not in known], known, page, at, Source.EXPORT, told)
    attached = media.known(item for item, _ in old)
    lacking = [(item, one) for item, one in old if media.lacks(item, attached.get(item.pk, {}))]
    rows = [
        row
        for item, one in [*made, *lacking]
        for row in media.read_in(item, one.remote.media, one.files, at, attached.get(item.pk, {}))
    ]
    Attachment.objects.bulk_create(rows, batch_size=500)
    audit.record_many([*told, *media.told(rows)], now=at)
    return Tally(found=len(chunk), created=len(made))


def _known(chunk: Sequence[Found]) -> dict[str, Item]:
    wanted = {one.key for one in chunk} | {fitting(one.parent) for one in chunk if one.parent}
    return {item.graph_key: item for item in Item.objects.filter(graph_key__in=wanted).only(*changes.COMPARED)}


def _recognised(unknown: Sequence[Found], page: Page, at: datetime, told: list[Told]) -> list[tuple[Item, Found]]:
    """Those that came before with an export, in the threads where they belong."""
    nodes = {one.key: one for one in unknown}
    found = recognise.known([(key, one.remote, one.own(page)) for key, one in nodes.items()], at, told)
    pairs = [(item, nodes[key]) for key, item in found.items()]
    if pairs:
        threads.settle([(item, fitting(one.thread)) for item, one in pairs], _wanted(one for _, one in pairs), page)
    return pairs


def _answer(items: Iterable[tuple[Item, Found]], known: dict[str, Item]) -> None:
    """What came in before that which it answers, or with an export that did not say what it was."""
    lacking = [(item, known.get(fitting(one.parent))) for item, one in items if item.parent_id is None]
    found = [(item, parent) for item, parent in lacking if parent is not None and parent.pk != item.pk]
    for item, parent in found:
        item.parent = parent
    Item.objects.bulk_update([item for item, _ in found], ["parent"], batch_size=500)


def _wanted(found: Iterable[Found]) -> threads.Wanted:
    return {fitting(one.thread): (one.kind, one.node) for one in found}


def _create(
    fresh: Sequence[Found], known: dict[str, Item], page: Page, at: datetime, source: Source, told: list[Told]
) -> list[tuple[Item, Found]]:
    """In waves, so that what is answered has its number before its answers."""
    places = threads.of(_wanted(fresh), page)
    made: list[tuple[Item, Found]] = []
    for wave in _waves(fresh):
        rows = [
            changes.new_item(
                one.remote,
                one.key,
                places[fitting(one.thread)],
                known.get(fitting(one.parent)),
                at,
                own=one.own(page),
                waits=source != Source.EXPORT,
            )
            for one in wave
        ]
        Item.objects.bulk_create(rows, batch_size=500)
        known |= {row.graph_key: row for row in rows}
        made += zip(rows, wave, strict=True)
    versions = [changes.first_version(item, one.remote, at, source, told) for item, one in made]
    ItemVersion.objects.bulk_create(versions, batch_size=500)
    return made


def _waves(fresh: Sequence[Found]) -> Iterator[list[Found]]:
    left = {one.key: one for one in fresh}
    while left:
        ready = [one for one in left.values() if fitting(one.parent) not in left or fitting(one.parent) == one.key]
        # Nodes that answer each other in a circle are nobody's answer.
        wave = ready or list(left.values())
        yield wave
        for one in wave:
            del left[one.key]


def gone(items: Iterable[Item], at: datetime, source: Source = Source.FETCHED, by_page: bool = False) -> int:
    """Note that these are no longer on Facebook. What we have of them stays as it is. Returns how many that was news of."""
    noted = 0
    for item in items:
        try:
            noted += _note_gone(item.pk, at, source, by_page)
        except (IntegrityError, OperationalError) as error:
            logger.info("item %s is left for the next reading: %s", item.pk, type(error).__name__)
    return noted


@transaction.atomic
def _note_gone(pk: int, at: datetime, source: Source, by_page: bool) -> bool:
    item = Item.objects.only(*changes.COMPARED).get(pk=pk)
    told: list[Told] = []
    noted = changes.note_gone(item, at, source, by_page, told)
    audit.record_many(told, now=at)
    return noted
