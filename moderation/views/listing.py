"""The list pane of the workbench: the rows of a choice, the tabs with their counts, and how fresh all of it is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Subquery, Value
from django.templatetags.static import static

from moderation import access
from moderation.hints import HintKind
from moderation.models import Page, Presence, SavedView, SyncRun, User, Verksamhet
from moderation.policy import rules, workdays
from moderation.policy.terms import Category, Kind, Lane, Right
from moderation.views.brief import brief
from moderation.views.choice import SHARED, Assigned, Choice, State
from moderation.views.chosen import behind, chosen, ordered, place_of
from moderation.views.notices import unread
from moderation.views.request import Request
from moderation.views.row import BEGINNING, Reader, Row, row
from moderation.views.undo import latest

ROWS = 30
# Beside an item, so that the page with both stays light.
BESIDE = 14
# Counted no further, so that a million cost no more than a thousand.
MOST = 999
# What is worked off, and counted; the judged and the history only ever grow.
COUNTED = (State.WAITING, State.MINE, State.PARKED, State.HARD)


@dataclass(frozen=True)
class Tab:
    state: State
    address: str
    count: str
    is_current: bool


@dataclass(frozen=True)
class View:
    """A saved view as the list shows it."""

    pk: int
    name: str
    address: str
    owner: str
    is_mine: bool
    is_current: bool


class CountUpTo(Subquery):
    """How many rows there are, as a part of another question; give it a slice, and it counts no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], most: int = MOST):
        super().__init__(rows.order_by().values("pk")[: most + 1])


def listing(request: Request, choice: Choice, now: datetime, current: int | None = None) -> dict[str, Any]:
    """What `_list.html` needs, under names of its own: `choice`, `now` and `listing`. `current` is the item beside it."""
    user = request.user
    reach = request.reach = access.reach(user, now)
    if not reach[Right.SEE]:
        access.require(user, Right.SEE, now)
    visible = access.items_within(reach[Right.SEE])
    known = overview(visible, user, now, **_beside_the_counts(visible, choice, user, now))
    # The frame of the page shows these too, and need not ask again.
    request.did_at, request.unread, request.page = (
        known["did_at"],
        known["unread"],
        Page.objects.named(settings.FACEBOOK_PAGE_ID).first(),
    )
    reader = Reader(user, now, reach, known["hidden_hints"] or ())
    items, more = _page(visible, choice, reader, BESIDE if current else ROWS)
    shown = [row(each, reader, choice.query, current) for each in items]
    verksamheter, views = _menus(reader, choice)
    return {
        "now": now,
        "choice": choice,
        "listing": {
            "rows": shown,
            "more": more,
            "first": choice.address() if choice.after else "",
            "tabs": tabs(choice, known),
            "total": told(known.get("total", known.get(choice.state))),
            "waiting": told(known[State.WAITING]),
            "late": told(known["late"]),
            "known": known,
            "fetched_at": request.page and request.page.fresh_at,
            "icons": static("sociala_medier/img/icons.svg"),
            "may_mark": any(each.may_mark for each in shown),
            "pulse": _pulse_query(choice, shown, bool(more)),
            "views": views,
            "verksamheter": verksamheter,
            "may_judge": bool(reader.reach[Right.JUDGE]),
            "is_dense": known["is_dense"],
            "closed_until": _closed_until(now),
            **MENUS,
        },
    }


MENUS = {
    "kinds": Kind.choices,
    "categories": Category.choices,
    "hint_kinds": HintKind.choices,
    "assigned": Assigned.choices,
    "shared": SHARED,
}


def _page(visible: Any, choice: Choice, reader: Reader, rows: int) -> tuple[list[Any], str]:
    """The rows of the page, and the address of the next one."""
    items = chosen(visible, choice, reader.user, reader.now)
    if place := place_of(choice.after, choice):
        items = behind(items, choice, place)
    # Which ones first, and only then all about them: in one step the database may look up thousands to show thirty.
    keys = ordered(items, choice).values("pk")[: rows + 1]
    found = list(ordered(as_rows(visible.filter(pk__in=keys), reader), choice))
    with_viewers(found, reader)
    if len(found) <= rows:
        return found, ""
    last = found[rows - 1]
    return found[:rows], choice.address(str(last.judged if choice.state == State.JUDGED else last.pk))


def as_rows(items: Any, reader: Reader) -> QuerySet[Any]:
    """All that `row` reads, in one question; save for who else is there, which `with_viewers` adds."""
    read = brief(items, BEGINNING).annotate(verksamhet=F("thread__verksamhet"))
    return read.select_related("assigned_to", "lease__user").only(
        "kind", "author_name", "hint_kinds", "answer_by", "dated_at", "waiting_since", "parked_until", "removed_at",
        "hidden", "urgency", "assigned_to__first_name", "assigned_to__last_name", "assigned_to__username",
        "lease__until", "lease__user__first_name", "lease__user__last_name", "lease__user__username",
    )  # fmt: skip


def with_viewers(rows: list[Any], reader: Reader) -> list[Any]:
    """Each with `viewers`: the others who have it open, by name, whoever came first standing first."""
    there = Presence.objects.here(reader.now).filter(item__in=[each.pk for each in rows]).exclude(user=reader.user)
    named = there.select_related("user").only("item", "user__first_name", "user__last_name", "user__username")
    found = defaultdict(list)
    for each in named.order_by("since", "pk"):
        found[each.item_id].append(str(each.user))
    for shown in rows:
        shown.viewers = found[shown.pk]
    return rows


def overview(visible: Any, user: User, now: datetime, **more: Any) -> dict[str, Any]:
    """Every tab's count and whatever else is asked for, in one question. The counts stop at one more than MOST."""
    counts = {state.name: CountUpTo(chosen(visible, Choice(state=state), user, now)) for state in COUNTED}
    known: dict[str, Any] = dict(User.objects.filter(pk=user.pk).values(**counts, **more).get())
    return known | {state: known[state.name] for state in COUNTED}


def _beside_the_counts(visible: Any, choice: Choice, user: User, now: datetime) -> dict[str, Any]:
    """What a list says besides; `total` only where it is another count than the tab's."""
    runs = SyncRun.objects.filter(lane=Lane.FRESH).exclude(ended_at=None)
    narrowed = {"total": CountUpTo(chosen(visible, choice, user, now))} if choice.is_narrow else {}
    return (narrowed if choice.shows_waiting else {}) | {
        "late": CountUpTo(visible.overdue(now)),
        "unread": CountUpTo(unread(user, visible)),
        "did_at": Subquery(latest(user).values("at")[:1]),
        "error": Subquery(runs.values("error")[:1]),
        "hidden_hints": F("preferences__hidden_hints"),
        "is_dense": F("preferences__is_dense"),
    }


def tabs(choice: Choice, known: dict[str, Any]) -> list[Tab]:
    return [
        Tab(state, choice.of_state(state).address(), told(known.get(state)), state == choice.state) for state in State
    ]


def told(count: int | None) -> str:
    """Such as "17" or "fler än 999"; "" where nothing was counted."""
    if count is None:
        return ""
    return str(count) if count <= MOST else f"fler än {MOST}"


def _menus(reader: Reader, choice: Choice) -> tuple[list[tuple[str, str]], list[View]]:
    """The verksamheter to choose among and the saved views, in one question."""
    mine = reader.reach[Right.SEE]
    places = Verksamhet.objects.all() if None in mine else Verksamhet.objects.filter(pk__in=[pk for pk in mine if pk])
    blank, nobody = Value("", CharField()), Value(0, IntegerField())
    views = SavedView.objects.filter(Q(owner=reader.user) | Q(is_shared=True), removed_at=None)
    owners = views.values_list("pk", "name", "query", "owner", "owner__first_name", "owner__last_name")
    named = places.values_list(F("pk"), F("namn"), blank, nobody, blank, blank)
    rows = sorted(named.order_by().union(owners.order_by(), all=True), key=lambda each: (each[1].casefold(), each[0]))
    verksamheter = [(str(pk), namn) for pk, namn, _, owner, _, _ in rows if not owner]
    return verksamheter, [_view(each, reader.user, choice) for each in rows if each[3]]


def _view(found: tuple[int, str, str, int, str, str], user: User, choice: Choice) -> View:
    pk, name, query, owner, first, last = found
    saved = Choice.of(query)
    whose = "" if owner == user.pk else f"{first} {last}".strip()
    return View(pk, name, saved.address(), whose, owner == user.pk, saved.query == choice.query)


def _pulse_query(choice: Choice, shown: list[Row], is_cut: bool) -> str:
    """The choice, the rows on the screen, and whether there are more below them."""
    rows = ".".join(str(each.item.pk) for each in shown)
    parts = [choice.query, f"rader={rows}", "mer=1" if is_cut else "", f"efter={choice.after}" if choice.after else ""]
    return "&".join(part for part in parts if part)


def _closed_until(now: datetime) -> datetime | None:
    """On a day when nobody is there: by when what comes in now is to be answered."""
    hours = settings.OPENING_HOURS
    return None if hours.is_workday(workdays.local_date(now)) else rules.answer_by(now, hours)
