"""Attachments: ordered with the item, fetched at once since their links die, kept with a checksum."""

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moderation import audit
from moderation.graph.client import GraphClient
from moderation.graph.errors import GraphError, Retryable
from moderation.graph.payloads import RemoteMedia
from moderation.models import Attachment, Item, PageSnapshot
from moderation.models.order import Impossible, Postponed
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Event, OrderState
from moderation.store import Store
from moderation.sync.changes import Told

# What a file begins with says what it is; what the server calls it is only a claim.
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
)


def known(items: Iterable[Item]) -> dict[int, dict[str, Attachment]]:
    """What is ordered already, by item and by key."""
    found: dict[int, dict[str, Attachment]] = {}
    for attachment in Attachment.objects.filter(item__in=[item.pk for item in items]):
        found.setdefault(attachment.item_id, {})[attachment.source_key] = attachment
    return found


def compare(
    attached: dict[int, dict[str, Attachment]], item: Item, remotes: Iterable[RemoteMedia], now: datetime
) -> list[Attachment]:
    """Orders, not saved, for what is not ordered yet; what is not fetched yet is given its newest link."""
    had, new = attached.get(item.pk, {}), []
    for remote in remotes:
        attachment = had.get(_source_key(remote))
        if attachment is None:
            new.append(remote)
        elif attachment.state in (OrderState.ORDERED, OrderState.FAILED) and attachment.url != remote.url:
            _renew(attachment, remote, now)
    return rows(item, new, now, item.never_kept) if new else []


def rows(item: Item, remotes: Iterable[RemoteMedia], now: datetime, never_kept: bool = False) -> list[Attachment]:
    """An order, not saved, for each. What has no link has nothing to fetch."""
    return [_row(item, remote, key, now, never_kept) for key, remote in {_source_key(r): r for r in remotes}.items()]


def _row(item: Item, remote: RemoteMedia, key: str, now: datetime, never_kept: bool) -> Attachment:
    nothing = "" if remote.url or remote.link else "Facebook lämnade ingen länk till filen."
    wanted = OrderState.ORDERED if remote.url else OrderState.DONE
    return Attachment(
        item=item,
        source_key=key,
        kind=storable(remote.kind)[:50],
        title=storable(remote.title),
        description=storable(remote.description),
        url=storable(remote.url),
        link=storable(remote.link),
        state=OrderState.CANCELLED if nothing or never_kept else wanted,
        last_error=nothing,
        ordered_at=now,
        not_before=now,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of an export: in the store under its digest, or, without one, why it is not."""

    mime: str = ""
    size: int = 0
    sha256: str = ""
    why: str = ""


MISSING = Kept(why="Filen finns inte i exporten.")


def read_in(
    item: Item,
    remotes: Iterable[RemoteMedia],
    files: Mapping[str, Kept],
    now: datetime,
    known: Container[str] = frozenset(),
) -> list[Attachment]:
    """A row, not saved, for each that is not known by its key, with its bytes where the export had them.

    There is nothing to be fetched later.
    """
    made = [row for row in rows(item, remotes, now) if row.source_key not in known]
    for row in made:
        if row.url:
            kept = files.get(row.url, MISSING)
            row.url, row.mime, row.size, row.sha256, row.last_error = "", kept.mime, kept.size, kept.sha256, kept.why
            row.state = OrderState.DONE if kept.sha256 else OrderState.CANCELLED
            row.done_at = now
    return made


def lacks(item: Item, attached: Mapping[str, Attachment]) -> bool:
    """No file of it is here or on its way, and files of it may be kept."""
    coming = (OrderState.ORDERED, OrderState.WORKING)
    return not any(row.sha256 or row.state in coming for row in attached.values()) and not item.never_kept


def adopt(attached: dict[int, dict[str, Attachment]], recognised: Iterable[tuple[Item, Sequence[RemoteMedia]]]) -> None:
    """Files that came with an export are Facebook's, where there are as many of each kind. They are not fetched again."""
    adopted = []
    for item, remotes in recognised:
        had = [row for row in attached.get(item.pk, {}).values() if row.sha256]
        fetched = [remote for remote in {_source_key(r): r for r in remotes}.values() if remote.url]
        for kind in {_class(row.kind) for row in had}:
            rows = [row for row in had if _class(row.kind) == kind]
            same = [remote for remote in fetched if _class(remote.kind) == kind]
            if len(rows) == len(same):
                adopted += [_adopted(row, remote, attached[item.pk]) for row, remote in zip(rows, same, strict=True)]
    Attachment.objects.bulk_update(adopted, ["source_key"], batch_size=500)


def _adopted(row: Attachment, remote: RemoteMedia, attached: dict[str, Attachment]) -> Attachment:
    row.source_key = _source_key(remote)
    attached[row.source_key] = row
    return row


def _class(kind: str) -> str:
    return "video" if "video" in kind else kind


def told(rows: Iterable[Attachment]) -> list[Told]:
    """Saved rows whose bytes came with them."""
    return [
        (
            Event.MEDIA_FETCHED,
            f"moderation.item:{row.item_id}",
            {"attachment": row.pk, "sha256": row.sha256, "size": row.size},
        )
        for row in rows
        if row.sha256
    ]


def _renew(attachment: Attachment, remote: RemoteMedia, now: datetime) -> None:
    """Facebook signs its links for a few days; a new signature is a new chance."""
    fields = {"url": storable(remote.url)}
    if attachment.state == OrderState.FAILED:
        fields |= {"state": OrderState.ORDERED, "attempts": 0, "not_before": now}  # type: ignore[dict-item]
    Attachment.objects.filter(pk=attachment.pk, state=attachment.state).update(**fields)


def _source_key(remote: RemoteMedia) -> str:
    # What stands before the question mark stays when the link is signed anew.
    lasting = remote.target_id or remote.url.partition("?")[0] or remote.link
    return hashlib.sha256(f"{remote.kind} {lasting}".encode("utf-8", "surrogatepass")).hexdigest()


def fetch(client: GraphClient, store: Store, clock: Callable[[], datetime], attachment: Attachment) -> None:
    """Fetch one attachment's bytes, keep them, and note what they are."""
    mime, size, digest = _fetched(client, store, attachment.url)
    with transaction.atomic():
        item = Item.objects.select_for_update(no_key=True).get(pk=attachment.item_id)
        if not item.never_kept:
            attachment.finish(clock(), mime=mime, size=size, sha256=digest)
            audit.record(Event.MEDIA_FETCHED, item, now=clock(), attachment=attachment.pk, sha256=digest, size=size)
            return
    # Judged as something of which no copy may be kept, while it was on its way here.
    store.remove(digest)
    raise Impossible("Bilagan får inte sparas.")


def fetch_cover(client: GraphClient, store: Store, clock: Callable[[], datetime], snapshot: PageSnapshot) -> None:
    mime, size, digest = _fetched(client, store, snapshot.url)
    with transaction.atomic():
        snapshot.finish(clock(), cover_mime=mime, cover_size=size, cover_sha256=digest)
        audit.record(
            Event.MEDIA_FETCHED, snapshot.page, now=clock(), snapshot=snapshot.number, sha256=digest, size=size
        )


def _fetched(client: GraphClient, store: Store, url: str) -> tuple[str, int, str]:
    """What the bytes are, how many, and their digest, once they are in the store."""
    try:
        found = client.media(url)
        return sniff(found.content), len(found.content), store.put(found.content)
    except GraphError as error:
        if isinstance(error, Retryable):
            raise Postponed(error.sentence, error.retry_after) from error
        raise Impossible(error.sentence) from error
    except OSError as error:
        raise Postponed("Bilagan kunde inte sparas i lagret.") from error


def sniff(content: bytes) -> str:
    for offset, signature, mime in SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return mime
    return "application/octet-stream"


def purge(store: Store, clock: Callable[[], datetime]) -> int:
    """Destroy the bytes of what may not be possessed (BrB 16:10 a). Returns how many files went.

    The file goes first: dying between the two leaves a row that the next sweep finds again.
    """
    forbidden = Attachment.objects.filter(
        item__classifications__superseded_at=None, item__classifications__reason__in=rules.NEVER_KEPT
    ).exclude(sha256="")
    digests = set(forbidden.values_list("sha256", flat=True))
    for digest in digests:
        store.remove(digest)
        _forget(digest, clock())
    return len(digests)


@transaction.atomic
def _forget(digest: str, now: datetime) -> None:
    for attachment in Attachment.objects.filter(sha256=digest).select_related("item"):
        why = "Filen är raderad och hämtas inte igen (BrB 16:10 a)."
        Attachment.objects.filter(pk=attachment.pk).update(
            sha256="", url="", size=0, mime="", state=OrderState.CANCELLED, last_error=why
        )
        audit.record(Event.MEDIA_PURGED, attachment.item, now=now, attachment=attachment.pk, sha256=digest)
