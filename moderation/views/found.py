"""Hits as the page shows them: the words around the hit, or the note that was the hit, and the post above."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Left

from moderation.models import Classification, FollowUpStep, Item, Note
from moderation.policy.terms import Category, Kind
from moderation.search import snippet
from moderation.search.find import Asked, Reach
from moderation.search.query import Query
from moderation.views.brief import brief

POST = 120


@dataclass(frozen=True)
class Row:
    """An item as brief() reads it. `text`, `note` and `post` are cut around the hit; "" where there is nothing to show."""

    item: Any
    text: str
    note: str
    post: str
    withheld: bool


def rows(pks: Iterable[int], asked: Asked, reach: Reach) -> list[Row]:
    """In the order of the numbers."""
    order = list(pks)
    if not order:
        return []
    items = {item.pk: item for item in _items(order)}
    closed = _closed(items.values(), reach)
    posts = _posts({item.thread_id for item in items.values()}, reach)
    silent = [pk for pk, item in items.items() if pk not in closed and not _speaks(item, asked)]
    noted = _notes(silent, asked.query) if silent and not asked.under_post else {}
    return [
        Row(
            item=items[pk],
            text="" if pk in closed else snippet.cut(items[pk].beginning, asked.query),
            note=snippet.cut(noted.get(pk, ""), asked.query),
            post=_post(items[pk], posts, asked.query),
            withheld=pk in closed or items[pk].withheld,
        )
        for pk in order
        if pk in items
    ]


def _items(pks: list[int]) -> Any:
    return brief(Item.objects.filter(pk__in=pks), snippet.READ).select_related("thread__verksamhet")


def _closed(items: Iterable[Any], reach: Reach) -> set[int]:
    """Those that are secret to this person. A hit never is; what was named by its number may be."""
    secret = {item.pk for item in items if item.category == Category.SEKRETESS}
    return secret - reach.readable(secret) if secret else set()


def _speaks(item: Any, asked: Asked) -> bool:
    return bool(snippet.hits(f"{item.author_name} {item.beginning}", asked.query))


def _posts(threads: set[int], reach: Reach) -> dict[int, tuple[int, str]]:
    """The first post of each thread, where it may be read."""
    found = brief(reach.searchable().filter(thread__in=threads, kind=Kind.POST), snippet.READ)
    return {post.thread_id: (post.pk, post.beginning) for post in found.order_by("-dated_at", "-pk")}


def _post(item: Any, posts: dict[int, tuple[int, str]], asked: Query) -> str:
    pk, beginning = posts.get(item.thread_id, (item.pk, ""))
    return "" if pk == item.pk else snippet.cut(beginning, asked, POST)


def _notes(pks: list[int], asked: Query) -> dict[int, str]:
    """What colleagues wrote, or the reference, that has the hit; in one question."""
    judged = Classification.objects.filter(item__in=pks).exclude(note="").order_by()
    written = Note.objects.filter(item__in=pks, withdrawn_at=None).order_by()
    steps = FollowUpStep.objects.filter(classification__item__in=pks).exclude(reference="").order_by()
    said = judged.values_list("item_id", Left("note", snippet.READ)).union(
        written.values_list("item_id", Left("text", snippet.READ)),
        steps.values_list("classification__item_id", Left("reference", snippet.READ)),
        all=True,
    )
    return {pk: text for pk, text in said if snippet.hits(text, asked)}
