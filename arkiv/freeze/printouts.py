"""Rows to the Document of a printout: what stood where, how it was judged, frozen at one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from arkiv.freeze.entries import counts, day, in_order, sections, utc, whole
from arkiv.models import PrintedItem, Printout
from arkiv.paper.document import Document
from moderation.models import Item
from moderation.models.item import ItemQuerySet
from moderation.policy.terms import Kind


@dataclass(frozen=True)
class Frozen:
    document: Document
    printed: list[PrintedItem]


def freeze(printout: Printout, chain: tuple[int, str], now: datetime) -> Frozen:
    """The document of an ordered printout. `chain` is the audit chain's newest number and hash."""
    if printout.item is not None:
        wanted = Item.objects.filter(pk=printout.item.pk)
        below = Item.objects.filter(parent=printout.item)
    else:
        wanted = Item.objects.filter(thread__page=printout.page).of_period(*printout.span)
        below = Item.objects.none()
    chosen = {item.pk: item for item in whole(wanted)}
    context = {item.pk: item for item in whole(_context(chosen.values(), below)) if item.pk not in chosen}
    shown = [item for item in [*chosen.values(), *context.values()] if not item.never_kept]
    numbers = {item.pk: number for number, item in enumerate(in_order(shown), start=1)}
    document = Document(
        title=_title(printout),
        kommun=settings.KOMMUN,
        page_name=printout.page.name,
        page_id=printout.page.graph_id,
        period_from=str(printout.first_day or day(printout.item)),
        period_to=str(printout.last_day or day(printout.item)),
        frozen_at=utc(now),
        ordered_by=str(printout.ordered_by or "Systemet"),
        sections=tuple(sections(shown, numbers, set(context))),
        counts=tuple(counts(list(chosen.values()), len(context), printout.item is None)),
        chain_seq=chain[0],
        chain_head=chain[1],
    )
    return Frozen(document, [_printed(printout, item, numbers) for item in chosen.values() if item.pk in numbers])


def _context(chosen: Iterable[Item], below: ItemQuerySet) -> ItemQuerySet:
    """What must stand beside the chosen ones for them to be understood: their posts, what they answer, their answers."""
    items = list(chosen)
    threads = {item.thread_id for item in items}
    parents = {item.parent_id for item in items if item.parent_id}
    posts = Item.objects.filter(thread__in=threads, kind=Kind.POST)
    return posts | Item.objects.filter(pk__in=parents) | below


def _printed(printout: Printout, item: Item, numbers: dict[int, int]) -> PrintedItem:
    return PrintedItem(
        printout=printout,
        item=item,
        version=item.latest_version,
        classification=item.current_classification,
        number=numbers[item.pk],
    )


def _title(printout: Printout) -> str:
    return f"Utskrift av handling {printout.item_id}" if printout.item_id else "Utskrift av Facebook-sidan"
