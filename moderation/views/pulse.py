"""What has happened to a list since it was drawn. Asked every ten seconds, and changes no row's place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.models import User
from moderation.policy import wording
from moderation.policy.terms import Category, Right
from moderation.views.choice import Choice, State, key
from moderation.views.chosen import chosen, has_place, up_to
from moderation.views.listing import ROWS, CountUpTo, as_rows, overview, tabs, told, with_viewers
from moderation.views.request import Request
from moderation.views.row import Reader, who_is_here


@dataclass(frozen=True)
class Sign:
    """What stands at the end of a row; `is_done` where nobody needs to do anything more about it here."""

    pk: int
    text: str
    is_done: bool = False


@require_GET
def pulse(request: Request) -> HttpResponse:
    now, user = timezone.now(), request.user
    reach = access.reach(user, now)
    if not reach[Right.SEE]:
        access.require(user, Right.SEE, now)
    choice, visible = Choice.read(request.GET), access.items_within(reach[Right.SEE])
    shown = _keys(request.GET.get("rader", ""))
    reader = Reader(user, now, reach)
    rows = with_viewers(list(_with_judge(as_rows(visible.filter(pk__in=shown), reader))), reader)
    new = _new(visible, choice, shown, rows, bool(request.GET.get("mer")), user, now)
    known = overview(visible, user, now, new=CountUpTo(new))
    context = {
        "new": told(known["new"]) if known["new"] else "",
        "is_one": known["new"] == 1,
        "signs": _signs(shown, rows, choice, reader),
        "tabs": [tab for tab in tabs(choice, known) if known.get(tab.state) is not None],
    }
    # Without the request: the frame of a page, and what it asks the database for, is not needed every ten seconds.
    return HttpResponse(render_to_string("moderation/pulse.html", context))


def _new(
    visible: Any, choice: Choice, shown: list[int], rows: list[Any], is_cut: bool, user: User, now: datetime
) -> QuerySet[Any]:
    """What would stand on the page if it were drawn anew, and does not. Nothing for later pages and what is over."""
    items = chosen(visible, choice, user, now).exclude(pk__in=shown)
    if choice.after or not choice.shows_waiting:
        return items.none()
    placed = {row.pk: row for row in rows if has_place(row, choice)}
    last = next((placed[pk] for pk in reversed(shown) if pk in placed), None)
    return up_to(items, choice, last) if is_cut and last is not None else items


def _with_judge(items: QuerySet[Any]) -> QuerySet[Any]:
    return items.annotate(
        judge=F("current__decided_by"),
        judge_first=F("current__decided_by__first_name"),
        judge_last=F("current__decided_by__last_name"),
    )


def _signs(shown: list[int], rows: list[Any], choice: Choice, reader: Reader) -> list[Sign]:
    signs = {item.pk: _sign(item, choice, reader) for item in rows}
    return [signs.get(pk) or Sign(pk, "Hör inte längre hit", True) for pk in shown]


def _sign(item: Any, choice: Choice, reader: Reader) -> Sign:
    done = _done(item, choice, reader)
    return Sign(item.pk, done or who_is_here(item, reader), bool(done))


def _done(item: Any, choice: Choice, reader: Reader) -> str:
    """What somebody has done that takes it out of the list, or ""."""
    if not choice.shows_waiting:
        return ""
    if item.waiting_since is None:
        return f"{Category(item.category).label} · {_judge(item, reader)}" if item.judged else "Väntar inte längre"
    if choice.state in (State.WAITING, State.MINE) and item.parked_until and item.parked_until > reader.now:
        return f"Parkerad till {wording.at(item.parked_until, reader.now)}"
    if choice.state == State.MINE and item.assigned_to != reader.user:
        return f"Hos {item.assigned_to}" if item.assigned_to else "Släppt"
    return ""


def _judge(item: Any, reader: Reader) -> str:
    if item.judge == reader.user.pk:
        return "bedömd av dig"
    return f"bedömd av {f'{item.judge_first} {item.judge_last}'.strip() or 'en kollega'}"


def _keys(text: str) -> list[int]:
    return [int(part) for part in text.split(".") if key(part)][:ROWS]
