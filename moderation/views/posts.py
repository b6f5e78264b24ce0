"""The queue by posts: how much waits under each, so that a discussion can be judged as a whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.models.item import ItemQuerySet
from moderation.policy.terms import Direction, Kind, Right
from moderation.views.brief import brief
from moderation.views.choice import Choice, key
from moderation.views.request import Request
from moderation.views.row import BEGINNING, Reader, is_secret

ROWS = 30
UNANSWERED, NEWEST = "obesvarade", "nyast"
# Where a page of the unanswered begins: after so many waiting, and after that thread.
PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,18})")


@dataclass(frozen=True)
class Post:
    """`item` is None where Facebook never showed us the post itself. `counts` holds waiting, total, hidden and the like."""

    thread: int
    item: Any
    counts: dict[str, Any]
    text: str
    address: str


@require_GET
def posts(request: Request) -> HttpResponse:
    now = timezone.now()
    request.reach = access.reach(request.user, now)
    reader = Reader(request.user, now, request.reach)
    if not reader.reach[Right.SEE]:
        access.require(request.user, Right.SEE, now)
    visible = access.items_within(reader.reach[Right.SEE])
    sort = NEWEST if request.GET.get("ordning") == NEWEST else UNANSWERED
    after = request.GET.get("efter", "")
    threads, token = _newest(visible, after) if sort == NEWEST else _unanswered(visible, after, now)
    context = {
        "posts": list(_described(visible, threads, reader)),
        "sort": sort,
        "sorts": [(UNANSWERED, "Flest obedömda"), (NEWEST, "Nyast")],
        "more": _address(sort, token) if token else "",
        "first": _address(sort) if after else "",
        "now": now,
    }
    return render(request, "moderation/posts.html", context)


def _address(sort: str, after: str = "") -> str:
    return f"{reverse('posts')}?{urlencode({'ordning': sort} | ({'efter': after} if after else {}))}"


def _unanswered(visible: ItemQuerySet, after: str, now: datetime) -> tuple[list[int], str]:
    """The keys of the threads where most waits, and where the next page begins."""
    waiting = visible.in_queue(now).exclude(kind=Kind.MESSAGE)
    groups = waiting.order_by().values("thread").annotate(count=Count("pk"))
    if place := PLACE.fullmatch(after):
        count, thread = int(place[1]), int(place[2])
        groups = groups.filter(Q(count__lt=count) | Q(count=count, thread__lt=thread))
    found = list(groups.order_by("-count", "-thread")[: ROWS + 1])
    last = found[ROWS - 1] if len(found) > ROWS else None
    return [each["thread"] for each in found[:ROWS]], f"{last['count']}-{last['thread']}" if last else ""


def _newest(visible: ItemQuerySet, after: str) -> tuple[list[int], str]:
    found = visible.filter(kind=Kind.POST)
    place = found.filter(pk=after).only("dated_at").first() if key(after) else None
    if place is not None:
        found = found.filter(Q(dated_at__lt=place.dated_at) | Q(dated_at=place.dated_at, pk__lt=place.pk))
    rows = list(found.order_by("-dated_at", "-pk").values_list("thread", "pk")[: ROWS + 1])
    return list(dict.fromkeys(thread for thread, _ in rows[:ROWS])), str(rows[ROWS - 1][1]) if len(rows) > ROWS else ""


def _described(visible: ItemQuerySet, threads: list[int], reader: Reader) -> Iterable[Post]:
    inside = visible.filter(thread__in=threads)
    heads = brief(inside.filter(kind=Kind.POST), BEGINNING).annotate(verksamhet=F("thread__verksamhet"))
    items = {each.thread_id: each for each in heads.order_by("-dated_at", "-pk")}
    counts = {each["thread"]: each for each in _counts(inside, reader.now)}
    for thread in threads:
        item = items.get(thread)
        shown = item is not None and not is_secret(item, reader)
        yield Post(
            thread=thread,
            item=item,
            counts=counts[thread],
            text=item.beginning if item is not None and shown else "",
            address=Choice(thread=str(thread)).address(),
        )


def _counts(inside: ItemQuerySet, now: datetime) -> Iterable[dict[str, Any]]:
    """Of each thread: what waits, what came in under the post, what is hidden or gone, and when the last came."""
    waits = Q(waiting_since__isnull=False) & (Q(parked_until=None) | Q(parked_until__lte=now))
    return (
        inside.order_by()
        .values("thread")
        .annotate(
            waiting=Count("pk", filter=waits),
            total=Count("pk", filter=~Q(kind=Kind.POST)),
            own=Count("pk", filter=Q(direction=Direction.UPPRATTAD) & ~Q(kind=Kind.POST)),
            hidden=Count("pk", filter=Q(hidden=True, removed_at=None)),
            removed=Count("pk", filter=Q(removed_at__isnull=False)),
            latest=Max("dated_at"),
        )
    )
