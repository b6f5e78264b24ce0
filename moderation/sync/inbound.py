"""Facebook to rows. Whatever way a node came in, it is stored here, once, and every change of it is a version."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from moderation import audit
from moderation.graph import payloads
from moderation.graph.client import GraphClient
from moderation.graph.errors import GraphError, RateLimited, Retryable
from moderation.graph.payloads import RemoteItem
from moderation.models import Item, ItemVersion, Page, SyncRun, Thread
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Direction, Event, Kind, ThreadKind
from moderation.sync import media

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Found = tuple[RemoteItem, RemoteItem | None]
# So many nodes are looked up with one question to the database.
CHUNK = 200
# Facebook shows two levels and answers on answers now and then make a third; nothing real is deeper.
DEEPEST = 20
# A clock on the other side may be a little ahead; a time further ahead is not believed.
AHEAD = timedelta(days=1)
# How long to keep quiet where Facebook throttles without saying for how long: further calls prolong the block.
THROTTLED = timedelta(minutes=15)


class TakenOver(Exception):
    """Somebody else reads the page now; this run has been ended from outside."""


def pull(client: GraphClient, page_id: str, clock: Clock, take_over: bool = False) -> SyncRun | None:
    """Read the whole page once. Returns how it went, or None where somebody else reads it or Facebook asked us to wait.

    An error from Facebook ends the run with its sentence; what was stored before stays, the rest comes next time.
    With `take_over` a run that is still open is ended first, since its process may have been killed.
    """
    page = _page(page_id)
    if page.resume_at is not None and clock() < page.resume_at:
        return None
    run = _open_run(page, clock(), take_over)
    if run is None:
        return None
    try:
        _read(client, page, run, clock)
    except TakenOver:
        return None
    except GraphError as error:
        run.error = error.sentence
        page.resume_at = clock() + _wait(error)
        logger.warning("pull of page %s ended: %s code=%s trace=%s", page.pk, error, error.code, error.trace_id)
    else:
        page.fetched_at, page.resume_at = run.started_at, None
    page.save()
    SyncRun.objects.filter(pk=run.pk).update(ended_at=clock(), error=run.error)
    return run


def _wait(error: GraphError) -> timedelta:
    if isinstance(error, RateLimited):
        return error.retry_after or THROTTLED
    return error.retry_after or timedelta() if isinstance(error, Retryable) else timedelta()


def _page(page_id: str) -> Page:
    return Page.objects.get_or_create(graph_id=page_id, defaults={"name": settings.KOMMUN})[0]


def _open_run(page: Page, now: datetime, take_over: bool) -> SyncRun | None:
    dead = SyncRun.objects.running() if take_over else SyncRun.objects.silent(now)
    dead.filter(page=page).update(
        ended_at=now, error="Hämtningen avbröts utan att säga något. Den börjar om av sig själv."
    )
    try:
        with transaction.atomic():
            return SyncRun.objects.create(page=page, started_at=now, seen_at=now)
    except IntegrityError:
        return None


def _read(client: GraphClient, page: Page, run: SyncRun, clock: Clock) -> None:
    name = client.page(page.graph_id).get("name")
    if isinstance(name, str) and name:
        page.name = storable(name)[:300]
    for raw_post in client.posts(page.graph_id):
        post = payloads.post(raw_post)
        nodes = _nodes(client, raw_post, post)
        thread = _thread(page, post)
        while chunk := list(islice(nodes, CHUNK)):
            _store_chunk(chunk, thread, run, clock())
            _show_life(run, clock())


def _show_life(run: SyncRun, now: datetime) -> None:
    told = {name: getattr(run, name) for name in ("found", "created", "changed", "failed")}
    if not SyncRun.objects.running().filter(pk=run.pk).update(seen_at=now, **told):
        raise TakenOver


def _nodes(client: GraphClient, raw_post: dict, post: RemoteItem) -> Iterator[Found]:
    yield post, None
    yield from _below(client, raw_post, post)


def _below(client: GraphClient, raw: dict, parent: RemoteItem, depth: int = 1) -> Iterator[Found]:
    for raw_comment in client.comments(raw):
        comment = payloads.comment(raw_comment, parent)
        yield comment, parent
        if isinstance(raw_comment, dict) and depth < DEEPEST:
            yield from _below(client, raw_comment, comment, depth + 1)


def _thread(page: Page, post: RemoteItem) -> Thread:
    found = Thread.objects.get_or_create(graph_key=_fitting(post.key), defaults={"page": page, "kind": ThreadKind.POST})
    return found[0]


def _store_chunk(chunk: list[Found], thread: Thread, run: SyncRun, now: datetime) -> None:
    wanted = {_fitting(remote.key) for pair in chunk for remote in pair if remote is not None}
    known = {item.graph_key: item for item in _known(wanted)}
    for remote, parent in chunk:
        run.found += 1
        try:
            _store_alone(remote, parent, thread, known, run, now)
        except Exception:
            run.failed += 1
            logger.exception("node %s could not be stored", remote.key)


def _store_alone(
    remote: RemoteItem, parent: RemoteItem | None, thread: Thread, known: dict[str, Item], run: SyncRun, now: datetime
) -> None:
    """A savepoint for each node: one that cannot be stored takes none of its neighbours with it."""
    try:
        with transaction.atomic():
            _store(remote, parent, thread, known, run, now)
    except IntegrityError:
        # Another reader was faster with this one; then there is an item to compare with.
        known |= {item.graph_key: item for item in _known([_fitting(remote.key)])}
        with transaction.atomic():
            _store(remote, parent, thread, known, run, now)


def _known(keys: Iterable[str]) -> Iterable[Item]:
    newest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
    return Item.objects.filter(graph_key__in=keys).annotate(
        newest_sha256=Subquery(newest.values("sha256")[:1]), newest_number=Subquery(newest.values("number")[:1])
    )


def _store(
    remote: RemoteItem, parent: RemoteItem | None, thread: Thread, known: dict[str, Item], run: SyncRun, now: datetime
) -> None:
    key = _fitting(remote.key)
    item = known.get(key)
    if item is None:
        above = known.get(_fitting(parent.key)) if parent is not None else None
        known[key] = _create(remote, above, thread, now)
        run.created += 1
    elif _update(item, remote, now):
        run.changed += 1


def _create(remote: RemoteItem, parent: Item | None, thread: Thread, now: datetime) -> Item:
    own = remote.author_id == thread.page.graph_id
    dated_at = remote.created_at if remote.created_at and remote.created_at <= now + AHEAD else now
    item = Item.objects.create(
        thread=thread,
        parent=parent,
        kind=Kind(remote.kind),
        direction=Direction.UPPRATTAD if own else Direction.INKOMMEN,
        graph_key=_fitting(remote.key),
        graph_id=storable(remote.graph_id)[:200],
        permalink_url=storable(remote.permalink_url),
        author_name=storable(remote.author_name),
        author_id=storable(remote.author_id)[:200],
        text=storable(remote.message),
        created_at=remote.created_at,
        received_at=now,
        dated_at=dated_at,
        answer_by=None if own else rules.answer_by(dated_at, settings.SVAR_KLOCKAN),
        waiting_since=None if own else now,
        hidden=remote.hidden,
        notes=_notes(remote),
    )
    item.newest_sha256, item.newest_number = text_digest(remote.message), 1  # type: ignore[attr-defined]
    _add_version(item, remote, 1, now, Event.RECEIVED)
    media.order(item, remote.media, now)
    return item


def _update(item: Item, remote: RemoteItem, now: datetime) -> bool:
    """Note what is different since last time. Returns whether anything was."""
    changed = False
    if text_digest(remote.message) != item.newest_sha256:  # type: ignore[attr-defined]
        item.text, item.notes = storable(remote.message), _notes(remote)
        if item.direction == Direction.INKOMMEN:
            # What was judged is no longer what stands there, so it is looked at again.
            item.waiting_since = item.waiting_since or now
        item.save(update_fields=["text", "notes", "waiting_since"])
        _add_version(item, remote, item.newest_number + 1, now, Event.CHANGED)  # type: ignore[attr-defined]
        changed = True
    if remote.hidden != item.hidden:
        item.hidden = remote.hidden
        item.save(update_fields=["hidden"])
        audit.record(Event.HIDDEN if remote.hidden else Event.SHOWN, item, now=now)
        changed = True
    return media.order(item, remote.media, now) or changed


def _add_version(item: Item, remote: RemoteItem, number: int, now: datetime, event: Event) -> None:
    version = ItemVersion.objects.create(
        item=item,
        number=number,
        text=storable(remote.message),
        raw=remote.raw,
        sha256=text_digest(remote.message),
        seen_at=now,
    )
    raw_sha256 = hashlib.sha256(remote.raw.encode()).hexdigest()
    audit.record(event, item, now=now, version=number, sha256=version.sha256, raw_sha256=raw_sha256)


def _notes(remote: RemoteItem) -> str:
    notes = list(remote.notes)
    if storable(remote.message) != remote.message:
        notes.append("Texten har tecken som inte kan visas. Den finns sparad precis som den kom.")
    return "\n".join(storable(note) for note in notes)


def _fitting(key: str) -> str:
    """The key in a form that fits its column, whatever Facebook sent as an id."""
    clean = storable(key)
    return clean if clean == key and len(key) <= 200 else f"sha256:{text_digest(key)}"
