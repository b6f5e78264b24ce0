"""Who else has the item open, and who is judging it. Asked by the page every ten seconds, so every question counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import lease as leasing
from moderation.actions import presence as being
from moderation.actions.lease import Leased
from moderation.models import Item, Lease, Presence, User
from moderation.models.item import ItemQuerySet
from moderation.policy import wording
from moderation.policy.terms import Direction, Doing, Right
from moderation.views import back
from moderation.views.notices import tell, unread
from moderation.views.request import Request

# So many are named; the rest are counted.
NAMED = 4


@dataclass(frozen=True)
class Holder:
    """Somebody else who is judging the item. `left` is minutes and seconds, such as "2.10"."""

    name: str
    left: str


def about(item: Item, user: User, now: datetime, ko: str = "") -> dict[str, Any]:
    """For _presence.html: the others at the item as it is opened. Nobody is said to be here until the page says so."""
    may = _may_hold(item) and access.may_on(user, item, Right.JUDGE, now)
    return {"presence": _told(item, user, now, _lease(item, user, now, takes=False), may, ko)}


@require_POST
def here(request: Request, pk: int) -> HttpResponse:
    """The person is at the item; with `doing` judging, a key was pressed since last time, and the lease begins anew."""
    now, user = timezone.now(), request.user
    reach = access.reach(user, now)
    visible = access.items_within(reach[Right.SEE])
    item = visible.select_related("thread", "lease__user").filter(pk=pk).first()
    if item is None:
        raise Http404("Handlingen finns inte, eller hör till en verksamhet som du inte har behörighet till.")
    may = _may_hold(item) and access.covers(reach[Right.JUDGE], item.thread.verksamhet_id)
    lease = _lease(item, user, now, takes=may and request.POST.get("doing") == Doing.JUDGING)
    mine = lease is not None and lease.user_id == user.pk
    has_come = being.say(item=item, by=user, doing=Doing.JUDGING if mine else Doing.VIEWING, now=now)
    return _answer(request, item, now, lease, may, visible, has_come)


@require_POST
def left(request: Request, pk: int) -> HttpResponse:
    """Told by the browser on its way elsewhere. Says the same whether or not there was anything to leave."""
    item = access.item_for(request.user, pk, timezone.now())
    being.leave(item=item, by=request.user)
    leasing.release(item=item, by=request.user)
    return HttpResponse()


def _lease(item: Item, user: User, now: datetime, takes: bool) -> Lease | None:
    """Whoever holds it now: the person, where they take it and nobody else has it."""
    if takes:
        try:
            return leasing.take(item=item, by=user, now=now)
        except Leased as other:
            return other.lease
    lease = getattr(item, "lease", None)
    return lease if lease is not None and lease.until > now else None


def answer(request: Request, item: Item, now: datetime, lease: Lease) -> HttpResponse:
    """As `here` answers, after the person has taken the item over."""
    return _answer(request, item, now, lease, True, access.visible_to(request.user, now), has_come=False)


def _answer(
    request: Request, item: Item, now: datetime, lease: Lease | None, may: bool, visible: ItemQuerySet, has_come: bool
) -> HttpResponse:
    """Drawn without what every page is given, which would ask the database again and again."""
    mine = list(unread(request.user, visible).select_related("by"))
    about_it = [each for each in mine if each.item_id == item.pk]
    if has_come and about_it:
        # Whoever opens the item has been told. What comes while it is open stays until it is read.
        unread(request.user, visible.filter(pk=item.pk)).update(read_at=now)
    context = {
        "presence": _told(item, request.user, now, lease, may, back.query(request)),
        "notices": [f"{tell(each)} {wording.at(each.at, now)}" for each in about_it],
        "unread": len(mine) - (len(about_it) if has_come else 0),
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string("moderation/here.html", context))


def _told(item: Item, user: User, now: datetime, lease: Lease | None, may: bool, ko: str) -> dict[str, Any]:
    holder = lease if lease is not None and lease.user_id != user.pk else None
    others = Presence.objects.here(now).filter(item=item).exclude(user=user).select_related("user").order_by("since")
    others = others.only("since", "user__first_name", "user__last_name", "user__username")
    viewers = [each for each in others if holder is None or each.user_id != holder.user_id]
    named = [f"{each.user} tittar sedan {wording.at(each.since, now)}" for each in viewers[:NAMED]]
    more = [f"{len(viewers) - NAMED} till tittar"] if len(viewers) > NAMED else []
    return {
        "item": item,
        "ko": ko,
        "may": may,
        "mine": lease is not None and holder is None,
        "judged": item.waiting_since is None,
        "holder": Holder(str(holder.user), _left(holder, now)) if holder else None,
        "viewers": named + more,
    }


def _left(lease: Lease, now: datetime) -> str:
    seconds = max(int((lease.until - now).total_seconds()), 0)
    return f"{seconds // 60}.{seconds % 60:02}"


def _may_hold(item: Item) -> bool:
    return item.direction == Direction.INKOMMEN
