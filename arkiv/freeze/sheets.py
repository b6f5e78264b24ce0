"""Rows to the Document of an evidence sheet: one item in its thread, as the public saw it, to the letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from arkiv.freeze.entries import LEFT_OUT, counts, day, in_order, sections, utc, whole
from arkiv.models import Evidence
from arkiv.paper.document import Document
from moderation.models import Item
from moderation.models.item import ItemQuerySet
from moderation.policy.terms import Category, Direction, Kind

HOLDS_SECRETS = "Innehåller uppgifter som är bedömda som sekretess."


@dataclass(frozen=True)
class Sheet:
    document: Document
    # The judgement of the item itself as it stands on the sheet.
    classification: int | None
    # Every judgement that stands on the sheet, and every item that stands there to the letter.
    judgements: frozenset[int]
    shown: frozenset[int]


def evidence(ordered: Evidence, chain: tuple[int, str], now: datetime) -> Sheet:
    """The item is never masked, what stands around it is masked where it is secret. `chain` as for a printout."""
    everybody = {item.pk: item for item in whole(_around(ordered.item))}
    shown = {key: item for key, item in everybody.items() if not item.never_kept}
    item = shown[ordered.item_id]
    numbers = {one.pk: number for number, one in enumerate(in_order(shown.values()), start=1)}
    told = list(counts([item], len(shown) - 1, of_period=False))
    if left_out := len(everybody) - len(shown):
        told.append((LEFT_OUT, left_out))
    document = Document(
        title=f"Bevisblad: handling {item.pk}",
        kommun=settings.KOMMUN,
        page_name=item.thread.page.name,
        page_id=item.thread.page.graph_id,
        period_from=str(day(item)),
        period_to=str(day(item)),
        frozen_at=utc(now),
        ordered_by=str(ordered.ordered_by or "Systemet"),
        sections=tuple(sections(list(shown.values()), numbers, shown.keys() - {item.pk}, in_full={item.pk})),
        counts=tuple(told),
        chain_seq=chain[0],
        chain_head=chain[1],
        concerns=tuple(_concerns(item, ordered, numbers[item.pk])),
    )
    judged = item.current_classification
    judgements = frozenset(c.pk for one in shown.values() if (c := one.current_classification) is not None)
    to_the_letter = frozenset(entry.item_id for entry in document.entries if not entry.withheld)
    return Sheet(document, judged.pk if judged else None, judgements, to_the_letter)


def _around(item: Item) -> ItemQuerySet:
    """The item, all that it answers, everything below it, and what the municipality answered beside it."""
    together = Item.objects.filter(thread=item.thread_id)
    if item.kind == Kind.POST:
        return together
    parents = dict(together.values_list("pk", "parent"))
    keys = {item.pk, *_above(item.pk, parents), *_below(item.pk, parents)}
    answers = together.filter(kind=Kind.REPLY, parent=item.parent_id, direction=Direction.UPPRATTAD)
    posts = together.filter(kind=Kind.POST)
    return together.filter(pk__in=[*keys, *answers.values_list("pk", flat=True), *posts.values_list("pk", flat=True)])


def _above(key: int, parents: dict[int, int | None]) -> set[int]:
    found: set[int] = set()
    above = parents.get(key)
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return found


def _below(key: int, parents: dict[int, int | None]) -> set[int]:
    found: set[int] = set()
    level = {key}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - found
        found |= level
    return found


def _concerns(item: Item, ordered: Evidence, number: int) -> Iterator[str]:
    """What the sheet is evidence of: where it stands below, and which of its texts."""
    texts = item.texts
    which = next((at for at, text in enumerate(texts, start=1) if text.pk == ordered.version_id), len(texts))
    version = f", version {which} av {len(texts)}" if len(texts) > 1 else ""
    yield f"{item}, nummer {number} nedan{version}. Textens SHA-256: {texts[which - 1].sha256}"
    judged = item.current_classification
    if judged is not None and judged.category == Category.SEKRETESS:
        yield HOLDS_SECRETS
