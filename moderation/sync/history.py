"""Meta's page export to rows: a chunk at a time, each one whole or not at all, as often as it takes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from moderation import audit
from moderation.graph.export import BadExport, Export, Limits, open_export
from moderation.graph.export import Found as Entry
from moderation.graph.payloads import RemoteItem
from moderation.models import Attachment, HistoryImport, Item, Page, PageSnapshot
from moderation.models.order import Impossible, Postponed
from moderation.models.storable import storable
from moderation.policy.terms import Direction, Event, Kind, OrderState, Source, ThreadKind
from moderation.store import Store
from moderation.sync import media, recognise, threads, write
from moderation.sync.changes import COMPARED
from moderation.sync.media import Kept
from moderation.sync.write import Found, Tally

CHUNK = 500
# Life is shown so often while nothing else is written.
BEAT = timedelta(seconds=20)
# An upload that nobody has written to, nor asked for, in so long has been left.
FORGOTTEN = timedelta(hours=1)
WAITED_FOR = (OrderState.ORDERED, OrderState.WORKING, OrderState.FAILED)
MEGABYTE = 1 << 20
NOT_QUEUED = "Inläst ur sidans export. Står därför inte i kön."
NAMELESS = (
    "Inget meddelande i exporten är skrivet av någon som heter som sidan ({}). Därför räknas alla meddelanden som "
    "inkomna, tills Facebook säger vem som skrev dem."
)

Clock = Callable[[], datetime]
Tell = Callable[[HistoryImport], None]


def read(page: Page, store: Store, clock: Clock, order: HistoryImport, tell: Tell = lambda order: None) -> None:
    """Read the whole file in, and `tell` how it goes. Raises Impossible where it is not an export that can be read."""
    pulse = Pulse(order, clock, tell)
    try:
        with open_export(Path(order.path), _limits(), pulse.beat) as export:
            reading = Reading(page, store, pulse, export)
            reading.go()
            _finish(order, reading.remarks, clock())
    except BadExport as error:
        forget(order)
        raise Impossible(error.sentence) from error
    except OSError as error:
        raise Postponed("Filerna i exporten kunde inte sparas i lagret.") from error
    forget(order)


def forget(order: HistoryImport) -> None:
    """Remove what was uploaded. A file that lay somewhere else already is its owner's."""
    path = Path(order.path)
    if path.parent == settings.INBOX_DIR:
        path.unlink(missing_ok=True)


def tidy(now: datetime) -> None:
    """Remove uploads that broke off, and those that nobody waits for any more."""
    wanted = set(HistoryImport.objects.filter(state__in=WAITED_FOR).values_list("path", flat=True))
    for path in settings.INBOX_DIR.glob("*"):
        with suppress(FileNotFoundError):
            if str(path) not in wanted and path.stat().st_mtime < (now - FORGOTTEN).timestamp():
                path.unlink()


@transaction.atomic
def _finish(order: HistoryImport, remarks: Iterable[str], now: datetime) -> None:
    order.finish(now, remarks="\n".join(dict.fromkeys(storable(remark) for remark in remarks)))
    counts = {name: getattr(order, name) for name in ("handled", "created", "matched", "failed")}
    audit.record(Event.HISTORY_READ, order, now=now, sha256=order.sha256, **counts)


class Pulse:
    """Shows that the order is being worked on, but not at every stroke."""

    def __init__(self, order: HistoryImport, clock: Clock, tell: Tell) -> None:
        self.order, self.clock, self.tell, self.last = order, clock, tell, clock()

    def beat(self) -> None:
        if (now := self.clock()) - self.last >= BEAT:
            self.order.show_life(now)
            self.last = now

    def strike(self, **facts: object) -> None:
        self.last = self.clock()
        self.order.show_life(self.last, **facts)
        self.tell(self.order)


class Reading:
    """One walk through the export, from its first entry. What an earlier attempt counted is not counted again."""

    def __init__(self, page: Page, store: Store, pulse: Pulse, export: Export) -> None:
        self.page, self.store, self.pulse, self.export = page, store, pulse, export
        self.names = _names(page)
        self.counted = pulse.order.handled
        # Items of Facebook's that an entry stands for already.
        self.taken: set[int] = set()
        # Where the messages of one of the export's conversations belong, by keys of threads, once that is known.
        self.homes: dict[str, str] = {}
        self.messages = self.own_messages = 0

    def go(self) -> None:
        self.pulse.strike(total=sum(1 for _ in self._beating(self.export.threads())))
        entries, walked = self.export.threads(), 0
        while chunk := list(islice(entries, CHUNK)):
            walked += len(chunk)
            self._take(chunk, walked)

    @property
    def remarks(self) -> list[str]:
        nameless = self.messages and not self.own_messages
        return [*self.export.remarks, *([NAMELESS.format(self.page.name)] if nameless else [])]

    def _take(self, chunk: Sequence[Entry], walked: int) -> None:
        found = [self._found(entry) for entry in chunk]
        taken = set(self.taken)
        wanting = self._wanting(found, self._there(found))
        files = [self._kept(entry) if one.key in wanting else {} for one, entry in zip(found, chunk, strict=True)]
        with transaction.atomic():
            # Asked once more: storing the files may have taken long, and Facebook's may have come in meanwhile.
            self.taken = taken
            there = self._there(found)
            threads.gather(self._homes(found, there))
            ready = [self._ready(one, there.get(one.key), kept) for one, kept in zip(found, files, strict=True)]
            tally = write.store(ready, self.page, self.pulse.clock(), Source.EXPORT)
            self.pulse.strike(**(self._counts(tally, len(chunk), walked) if walked > self.counted else {}))
        self._tidy(ready)

    def _found(self, entry: Entry) -> Found:
        remote, own = entry.item, bool(entry.by_page)
        if remote.kind == Kind.MESSAGE:
            own = remote.author_name.strip().casefold() in self.names
            self.messages += 1
            self.own_messages += own
        kind = ThreadKind.CONVERSATION if remote.kind == Kind.MESSAGE else ThreadKind.POST
        return Found(_as_facebook(remote, own), entry.thread_key, "", kind=kind, by_page=own)

    def _there(self, found: Sequence[Found]) -> dict[str, Item]:
        """Those that are here already, under the export's key or Facebook's."""
        items = Item.objects.filter(graph_key__in=[one.key for one in found]).select_related("thread")
        known = {item.graph_key: item for item in items.only(*COMPARED, "thread__graph_key")}
        unknown = [(one.key, one.remote, one.by_page) for one in found if one.key not in known]
        return known | recognise.here(unknown, self.taken)

    def _homes(self, found: Sequence[Found], there: Mapping[str, Item]) -> dict[str, str]:
        """What a citizen wrote tells whose conversation it is."""
        new = {
            one.thread: item.thread.graph_key
            for one in found
            if one.kind == ThreadKind.CONVERSATION
            and (item := there.get(one.key)) is not None
            and item.direction == Direction.INKOMMEN
            and item.thread.graph_key != one.thread
        }
        self.homes |= new
        return new

    def _wanting(self, found: Sequence[Found], there: Mapping[str, Item]) -> set[str]:
        """Those whose files are not here yet."""
        had = [there[one.key] for one in found if one.key in there and one.remote.media]
        attached = media.known(had)
        whole = {item.pk for item in had if not media.lacks(item, attached.get(item.pk, {}))}
        return {one.key for one in found if one.key not in there or there[one.key].pk not in whole}

    def _kept(self, entry: Entry) -> dict[str, Kept]:
        """The entry's files, put into the store one by one, by the addresses it calls them."""
        kept = {}
        for medium, name in entry.files:
            content = self.export.file(name)
            kept[storable(medium.url)] = (
                Kept(media.sniff(content), len(content), self.store.put(content))
                if content is not None
                else _too_large()
            )
            self.pulse.beat()
        return kept

    def _ready(self, one: Found, item: Item | None, files: Mapping[str, Kept]) -> Found:
        key = item.graph_key if item is not None else one.key
        return replace(
            one, remote=replace(one.remote, key=key), thread=self.homes.get(one.thread, one.thread), files=files
        )

    def _counts(self, tally: Tally, entries: int, walked: int) -> dict[str, int]:
        order = self.pulse.order
        return {
            "handled": walked,
            "created": order.created + tally.created,
            "matched": order.matched + entries - tally.created - tally.failed,
            "failed": order.failed + tally.failed,
        }

    def _tidy(self, ready: Iterable[Found]) -> None:
        """Bytes that no row came to stand for, since somebody else was faster or forbade it, do not stay."""
        digests = {kept.sha256 for one in ready for kept in one.files.values() if kept.sha256}
        rows = Attachment.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
        covers = PageSnapshot.objects.filter(cover_sha256__in=digests).values_list("cover_sha256", flat=True)
        for digest in digests.difference(rows, covers) if digests else ():
            self.store.remove(digest)

    def _beating(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.pulse.beat()
            yield entry


def _names(page: Page) -> set[str]:
    """Everything the page has been called while we knew it."""
    names = {page.name, *PageSnapshot.objects.filter(page=page).values_list("name", flat=True)}
    return {name.strip().casefold() for name in names} - {""}


def _as_facebook(remote: RemoteItem, own: bool) -> RemoteItem:
    """Times are in whole seconds, and the raw answer has the exact text where Facebook's own answers have it."""
    said = json.dumps({"message": remote.message, "from": {"name": remote.author_name}})
    return replace(
        remote,
        created_at=remote.created_at.replace(microsecond=0) if remote.created_at else None,
        notes=remote.notes if own else (*remote.notes, NOT_QUEUED),
        raw=f'{said[:-1]}, "export": {remote.raw}}}',
    )


def _too_large() -> Kept:
    return Kept(why=f"Filen är större än {settings.BILAGA_MEGABYTE} MB och lästes inte in. Den finns i exporten.")


def _limits() -> Limits:
    return Limits(media=settings.BILAGA_MEGABYTE * MEGABYTE)
