"""What is lacking before something may leave Facebook: its sheet, and every text, file and answer that goes with it.

Everything is read anew, the files to their last byte: what was written down earlier proves nothing.
"""

from collections.abc import Iterable, Iterator

from moderation.models import Attachment, Intervention, Item, ItemVersion
from moderation.policy.terms import OrderState
from moderation.store import Store

SHEET_COMING = "Bevisbladet är inte klart än."
SHEET_BROKEN = "Bevisbladet i lagret är inte längre som det var."
FILE_COMING = "En bilaga hämtas fortfarande."
FILE_MISSING = "En bilaga gick inte att hämta."
FILE_BROKEN = "En bilaga i lagret är inte längre som den var."
TEXT_BROKEN = "En text hos oss är inte längre som den kom."

_READ = ("versions", "attachments", "classifications")


def lacking(order: Intervention, files: Store) -> list[str]:
    """Sentences for people; none where it may be removed.

    Where somebody has decided that it must go all the same, no text may be broken even so. Of what may not be kept
    there is nothing to wait for.
    """
    leaving = [item for item in _leaving(order.item) if not item.never_kept]
    around = [item for item in _above(order.item) if not item.never_kept]
    texts = [TEXT_BROKEN] if _any_broken_text([*leaving, *around]) else []
    if order.gap_accepted_by_id is not None:
        return texts
    needs_sheet = not order.item.never_kept
    coming = [SHEET_COMING] if needs_sheet and order.preserved_at is None else []
    found = [*coming, *_of_rows(leaving, around), *texts]
    # Films are long: their bytes are read once all else is in place.
    return list(dict.fromkeys(found or _of_bytes(order, needs_sheet, [*leaving, *around], files)))


def _leaving(item: Item) -> list[Item]:
    itself = Item.objects.filter(pk=item.pk)
    return [one for items in (itself, Item.objects.vanishing_with(item)) for one in items.prefetch_related(*_READ)]


def _above(item: Item) -> list[Item]:
    """What it answers stays where it is, but without it nobody understands what was removed."""
    keys: list[int] = []
    while item.parent is not None and item.parent.pk not in keys:
        item = item.parent
        keys.append(item.pk)
    return list(Item.objects.filter(pk__in=keys).prefetch_related(*_READ))


def _any_broken_text(items: Iterable[Item]) -> bool:
    return not all(_is_whole(version) for item in items for version in item.versions.all())


def _is_whole(version: ItemVersion) -> bool:
    try:
        return version.is_whole
    except ValueError:
        # Not even JSON any more.
        return False


def _of_rows(leaving: Iterable[Item], around: Iterable[Item]) -> Iterator[str]:
    for attachment in _attached(leaving):
        yield from _of_row(attachment)
    for attachment in _attached(around):
        # What stays on Facebook is not lost where it could not be fetched.
        if attachment.state != OrderState.FAILED:
            yield from _of_row(attachment)


def _of_row(attachment: Attachment) -> Iterator[str]:
    if attachment.state in (OrderState.ORDERED, OrderState.WORKING):
        yield FILE_COMING
    elif attachment.state == OrderState.CANCELLED:
        if not attachment.last_error:
            yield FILE_MISSING
    elif not attachment.sha256 and (attachment.url or attachment.state == OrderState.FAILED):
        yield FILE_MISSING


def _of_bytes(order: Intervention, needs_sheet: bool, items: Iterable[Item], files: Store) -> Iterator[str]:
    if needs_sheet and not files.check(order.evidence_sha256):
        yield SHEET_BROKEN
    digests = {attachment.sha256 for attachment in _attached(items) if attachment.sha256}
    if not all(files.check(digest) for digest in sorted(digests)):
        yield FILE_BROKEN


def _attached(items: Iterable[Item]) -> Iterator[Attachment]:
    return (attachment for item in items for attachment in item.attachments.all())
