"""What is done with an item without judging it: put aside, given to somebody, passed over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import assign as assigning
from moderation.actions import park as parking
from moderation.actions import skip as skipping
from moderation.actions.seen import Seen, Stale
from moderation.aside_forms import AssignForm, ParkForm, SeenForm
from moderation.models import Deed, Item, User
from moderation.policy import wording
from moderation.policy.parking import offers
from moderation.policy.terms import Direction, Right
from moderation.views import back
from moderation.views.choice import Choice
from moderation.views.chosen import following
from moderation.views.request import Request

Forms = ParkForm | AssignForm


def about(
    item: Item, user: User, now: datetime, ko: str = "", wrong: Forms | None = None, error: str = ""
) -> dict[str, Any]:
    """For _aside.html: the forms, what the person sees now, and their own latest deed here. `ko` is the queue's query."""
    may = item.direction == Direction.INKOMMEN and access.may_on(user, item, Right.JUDGE, now)
    if not may:
        return {"aside": {"may": False, "item": item}}
    own = Deed.objects.filter(item=item, by=user, undone_at=None).order_by("-pk").first()
    told = {
        "may": True,
        "item": item,
        "seen": Seen.of(item),
        "ko": ko,
        "error": error,
        "parked": item.parked_until is not None and item.parked_until > now,
        "mine": item.assigned_to_id == user.pk,
        "park": wrong if isinstance(wrong, ParkForm) else ParkForm(offers(now, settings.OPENING_HOURS)),
        # Only when somebody asks for it: it names every colleague.
        "assign": wrong if isinstance(wrong, AssignForm) else None,
        "own": own,
    }
    return {"aside": told}


@require_POST
def park(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    form = ParkForm(offers(now, settings.OPENING_HOURS), request.POST)

    def act(seen: Seen) -> str:
        until = form.cleaned_data["until"]
        parking.park(item=item, until=until, by=request.user, now=now, seen=seen)
        return f"Parkerad till {wording.exactly(until)}. Svarstiden fortsätter att löpa."

    return _do(request, item, now, act, form)


@require_POST
def unpark(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)

    def act(seen: Seen) -> str:
        parking.unpark(item=item, by=request.user, now=now, seen=seen)
        return "Handlingen är tillbaka i kön."

    return _do(request, item, now, act)


@require_GET
def whom_to_assign(request: Request, pk: int) -> HttpResponse:
    """The form with every colleague in it, by itself or for the desk to take in."""
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    return _again(request, item, now, AssignForm(_judges(item, now).exclude(pk=request.user.pk)), "", 200)


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    form = AssignForm(_judges(item, now), request.POST)

    def act(seen: Seen) -> str:
        to = form.cleaned_data["to"]
        assigning.assign(item=item, to=to, by=request.user, now=now, seen=seen)
        return "Du har hand om handlingen." if to == request.user else f"{to} har nu hand om handlingen."

    return _do(request, item, now, act, form)


@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)

    def act(seen: Seen) -> str:
        assigning.assign(item=item, to=request.user, by=request.user, now=now, seen=seen)
        return "Du har hand om handlingen."

    return _do(request, item, now, act)


@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)

    def act(seen: Seen) -> str:
        assigning.release(item=item, by=request.user, now=now, seen=seen)
        return "Ingen har hand om handlingen längre."

    return _do(request, item, now, act)


@require_POST
def skip(request: Request, pk: int) -> HttpResponse:
    """On to the next one, as the queue was chosen."""
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    try:
        skipping.skip(item=item, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(back.to(request, item))
    choice = Choice.of(request.POST.get("ko", ""))
    after = following(request.user, choice, item, now)
    if after is None:
        messages.info(request, "Det finns inget mer i kön just nu.")
        return redirect(choice.address())
    return redirect(back.to(request, after))


def _do(
    request: Request, item: Item, now: datetime, act: Callable[[Seen], str], form: Forms | None = None
) -> HttpResponse:
    """Do it and go back to the item; or the form as it was filled in, with what was wrong."""
    looked = SeenForm(request.POST)
    if not looked.is_valid():
        return _again(request, item, now, form, "Formuläret var inte helt. Titta på handlingen och försök igen.", 400)
    if form is not None and not form.is_valid():
        return _again(request, item, now, form, "", 400)
    told = looked.cleaned_data
    try:
        messages.success(request, act(Seen(told["seen"], told["seen_version"], told["revision"])))
    except ValidationError as error:
        return _again(request, item, now, form, " ".join(error.messages), 409 if isinstance(error, Stale) else 400)
    return back.away(request, item)


def _again(request: Request, item: Item, now: datetime, form: Forms | None, error: str, status: int) -> HttpResponse:
    item.refresh_from_db()
    context = about(item, request.user, now, back.query(request), form, error)
    context |= {"now": now, "back": back.to(request, item), "wrong": status != 200}
    return render(request, "moderation/aside.html", context, status=status)


def _judges(item: Item, now: datetime) -> QuerySet[User]:
    return access.judges({item.thread.verksamhet_id}, now)
