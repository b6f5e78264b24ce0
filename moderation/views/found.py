"""Hits as the page shows them: the words around the hit, or the note that was the hit, and the post above."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left

from moderation.models import Classification, FollowUpStep, Item, Note
from moderation.policy import rules
from moderation.policy.terms import Category, Kind
from moderation.search import snippet
from moderation.search.find import Asked, Reach
from moderation.search.query import Query
from moderation.search.snippet import Run
from moderation.views.brief import brief

POST = 80


@dataclass(frozen=True)
class Row:
    """An item as brief() reads it. Text, note and post are cut around the hit; empty where there is nothing to show."""

    item: Any
    text: list[Run]
    note: list[Run]
    post: list[Run]
    withheld: bool


def rows(pks: Iterable[int], asked: Asked, reach: Reach) -> list[Row]:
    """In the order of the numbers."""
    order = list(pks)
    if not order:
        return []
    items, wanted = {item.pk: item for item in _items(order)}, asked.query
    closed = _closed(items.values(), reach)
    texts = {pk: [] if pk in closed else snippet.excerpt(item.beginning, wanted) for pk, item in items.items()}
    silent = [pk for pk, item in items.items() if pk not in closed and not _speaks(item, texts[pk], wanted)]
    notes = _notes(silent, wanted) if silent and not asked.under_post else {}
    posts = _posts({item.thread_id for item in items.values()}, reach)
    return [
        Row(
            item=items[pk],
            text=texts[pk],
            note=snippet.excerpt(notes.get(pk, ""), wanted),
            post=_post(items[pk], posts, asked),
            withheld=pk in closed or items[pk].withheld,
        )
        for pk in order
        if pk in items
    ]


def _items(pks: list[int]) -> Any:
    read = brief(Item.objects.filter(pk__in=pks), snippet.READ).select_related("thread__verksamhet")
    return read.only(
        "kind", "author_name", "dated_at", "waiting_since", "parked_until", "removed_at", "thread__verksamhet__namn",
    )  # fmt: skip


def _closed(items: Iterable[Any], reach: Reach) -> set[int]:
    """Those that are secret to this person. A hit never is; what was named by its number may be."""
    secret = {item.pk for item in items if item.category == Category.SEKRETESS}
    return secret - set(reach.open().filter(pk__in=secret).values_list("pk", flat=True)) if secret else set()


def _speaks(item: Any, text: list[Run], wanted: Query) -> bool:
    return snippet.has_hit(text) or bool(snippet.hits(item.author_name, wanted))


def _posts(threads: set[int], reach: Reach) -> dict[int, tuple[int, str]]:
    """The first post of each thread, where it may be read."""
    never = Classification.objects.filter(item=OuterRef("pk"), superseded_at=None, reason__in=rules.NEVER_KEPT)
    posts = reach.open().filter(~Exists(never), thread__in=threads, kind=Kind.POST)
    found = posts.order_by("-dated_at", "-pk").values_list("thread", "pk", Left("text", snippet.READ))
    return {thread: (pk, beginning) for thread, pk, beginning in found}


def _post(item: Any, posts: dict[int, tuple[int, str]], asked: Asked) -> list[Run]:
    """Where it was searched for with its hits marked."""
    pk, beginning = posts.get(item.thread_id, (item.pk, ""))
    if pk == item.pk:
        return []
    return snippet.excerpt(beginning, asked.query if asked.under_post else Query(), POST)


def _notes(pks: list[int], wanted: Query) -> dict[int, str]:
    """What colleagues wrote, or the reference, that has the hit; in one question."""
    judged = Classification.objects.filter(item__in=pks).exclude(note="").order_by()
    written = Note.objects.filter(item__in=pks, withdrawn_at=None).order_by()
    steps = FollowUpStep.objects.filter(classification__item__in=pks).exclude(reference="").order_by()
    said = judged.values_list("item_id", Left("note", snippet.READ)).union(
        written.values_list("item_id", Left("text", snippet.READ)),
        steps.values_list("classification__item_id", Left("reference", snippet.READ)),
        all=True,
    )
    return {pk: text for pk, text in said if snippet.hits(text, wanted)}
