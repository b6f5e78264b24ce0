"""The queue: what waits for judgement, and what was just judged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.models import Item, SyncRun
from moderation.models.item import ItemQuerySet
from moderation.policy.terms import Direction, Kind, Lane, Right
from moderation.views.brief import brief, under_post
from moderation.views.request import Request

ROWS = 50
BEGINNING = 300
SHARED = "gemensamt"


@dataclass(frozen=True)
class Choice:
    """What the person asked to see, as it stands in the address."""

    judged: bool = False
    history: bool = False
    kind: str = ""
    verksamhet: str = ""
    late: bool = False
    after: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Choice":
        kind, verksamhet = query.get("slag", ""), query.get("verksamhet", "")
        return cls(
            judged=query.get("visa") == "bedomda",
            history=query.get("visa") == "historik",
            kind=kind if kind in Kind.values else "",
            verksamhet=verksamhet if verksamhet == SHARED or _is_key(verksamhet) else "",
            late="forsenade" in query,
            after=query.get("efter", ""),
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.kind or self.verksamhet or self.late)

    def address(self, after: str = "") -> str:
        parts = {
            "visa": "bedomda" if self.judged else "historik" if self.history else "",
            "slag": self.kind,
            "verksamhet": self.verksamhet,
            "forsenade": "1" if self.late else "",
            "efter": after,
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{reverse('queue')}?{query}" if query else reverse("queue")


@require_GET
def queue(request: Request) -> HttpResponse:
    now = timezone.now()
    visible = access.visible_to(request.user, now)
    if visible.query.is_empty():
        access.require(request.user, Right.SEE, now)
    choice = Choice.read(request.GET)
    read = _judged if choice.judged else _history if choice.history else _waiting
    rows = list(read(visible, choice, now)[: ROWS + 1])
    return render(
        request,
        "moderation/queue.html",
        {
            "now": now,
            "choice": choice,
            "rows": rows[:ROWS],
            "more": choice.address(_token(rows[ROWS - 1], choice)) if len(rows) > ROWS else "",
            "first": choice.address() if choice.after else "",
            "run": SyncRun.objects.filter(lane=Lane.FRESH).exclude(ended_at=None).select_related("page").first(),
            **_counts(visible, now),
        },
    )


def _waiting(visible: ItemQuerySet, choice: Choice, now: datetime) -> QuerySet[Any]:
    items = visible.overdue(now) if choice.late else visible.in_queue(now)
    if choice.kind:
        items = items.filter(kind=choice.kind)
    if choice.verksamhet:
        items = items.filter(thread__verksamhet=None if choice.verksamhet == SHARED else choice.verksamhet)
    if place := _place(choice.after):
        items = items.after(place)
    return under_post(brief(items.in_queue_order(), BEGINNING), BEGINNING).select_related("thread__verksamhet")


def _judged(visible: ItemQuerySet, choice: Choice, now: datetime) -> QuerySet[Any]:
    items = under_post(brief(visible, BEGINNING), BEGINNING).filter(current__pk__isnull=False)
    if _is_key(choice.after):
        items = items.filter(current__pk__lt=int(choice.after))
    return items.select_related("thread__verksamhet").order_by("-current__pk")


def _history(visible: ItemQuerySet, choice: Choice, now: datetime) -> QuerySet[Any]:
    """What others wrote and only an export tells of: nobody waits for an answer any more, and nobody has judged it."""
    items = visible.filter(direction=Direction.INKOMMEN, waiting_since=None)
    if place := _place(choice.after):
        earlier = Q(dated_at=place.dated_at, pk__lt=place.pk)
        items = items.filter(Q(dated_at__lt=place.dated_at) | earlier)
    rows = under_post(brief(items, BEGINNING), BEGINNING).filter(current__pk=None)
    return rows.select_related("thread__verksamhet").order_by("-dated_at", "-pk")


def _counts(visible: ItemQuerySet, now: datetime) -> dict[str, object]:
    """How much waits, in all and in each verksamhet, by one question."""
    groups = list(
        visible.in_queue(now)
        .values("thread__verksamhet", "thread__verksamhet__namn")
        .annotate(waiting=Count("pk"), late=Count("pk", filter=Q(answer_by__lte=now)))
        .order_by("thread__verksamhet__namn")
    )
    named = [
        (
            str(group["thread__verksamhet"] or SHARED),
            group["thread__verksamhet__namn"] or "Gemensamma",
            group["waiting"],
        )
        for group in groups
    ]
    return {
        "waiting": sum(group["waiting"] for group in groups),
        "late": sum(group["late"] for group in groups),
        "verksamheter": named,
        "kinds": Kind.choices,
    }


def _token(last: Any, choice: Choice) -> str:
    """Where the next page begins: after this row."""
    return str(last.judged if choice.judged else last.pk)


def _place(token: str) -> Item | None:
    """The row after which the page begins. It is found also where somebody has judged it meanwhile."""
    rows = Item.objects.filter(pk=token) if _is_key(token) else Item.objects.none()
    return rows.filter(answer_by__isnull=False).only("urgency", "answer_by", "dated_at").first()


def _is_key(text: str) -> bool:
    """Digits that a database can take for a key."""
    return text.isascii() and text.isdigit() and len(text) <= 18
