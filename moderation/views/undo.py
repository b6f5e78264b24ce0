"""What the person did lately, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import undo as undoing
from moderation.models import Classification, Deed, User
from moderation.policy import wording
from moderation.policy.terms import OrderState, Right, Verb
from moderation.views.choice import Choice
from moderation.views.request import Request

FRESH = timedelta(minutes=2)
ROWS = 50
MOVING = (OrderState.ORDERED, OrderState.WORKING)
# In the session: what the person has put away.
CLOSED = "stangt"


@dataclass(frozen=True)
class Told:
    deed: Deed
    sentence: str


def about(user: User, now: datetime, closed: str = "", done: Classification | None = None) -> dict[str, Any]:
    """For _toast.html: what was done last, if that was just now, and the address that takes it back; else empty.

    `closed` is what the person has put away, `done` a judgement that was just made. While the worker has many in hand,
    `address` is where its progress shows.
    """
    deed = _fresh(user, now)
    if deed is None or _key(deed) == closed:
        return {}
    if deed.bulk is None:
        sentence = tell([deed], [done] if done else [])[0].sentence
        return {"sentence": sentence, "moving": False, "many": False, "address": _way_back(deed)}
    many = wording.count(Deed.objects.filter(bulk=deed.bulk, undone_at=None).count(), "handling", "handlingar")
    moving, backwards = deed.bulk.state in MOVING, deed.bulk.undo_ordered_at is not None
    sentence = f"{many}: {tell([deed])[0].sentence}"
    if moving:
        sentence = f"Ångrar: {many} kvar." if backwards else f"{sentence} Fler är på väg."
    return {"sentence": sentence, "moving": moving, "many": True, "address": _way_back(deed, moving)}


@require_GET
def toast(request: Request) -> HttpResponse:
    return render(request, "moderation/_toast.html")


@require_POST
def close_toast(request: Request) -> HttpResponse:
    """Until something else is done."""
    deed = _fresh(request.user, timezone.now())
    if deed is not None:
        request.session[CLOSED] = _key(deed)
    if request.htmx:
        return render(request, "moderation/_toast.html")
    till = request.POST.get("till", "")
    return redirect(till if url_has_allowed_host_and_scheme(till, allowed_hosts=None) else "start")


@require_GET
def own_deeds(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    mine = Deed.objects.filter(by=request.user, item__in=access.visible_to(request.user, now)).select_related("item")
    return render(request, "moderation/own_deeds.html", {"deeds": tell(mine[:ROWS]), "now": now})


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    return _take_back(request, access.deed_for(request.user, pk, now), now)


@require_POST
def undo_latest(request: Request) -> HttpResponse:
    """Only what was done just now: on a single key nobody should lose something from yesterday."""
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    deed = _fresh(request.user, now)
    if deed is None:
        messages.info(request, "Du har inte gjort något de senaste två minuterna. Det äldre kan ångras här.")
        return redirect("own_deeds")
    if deed.bulk is not None:
        return redirect(deed.bulk)
    return _take_back(request, access.deed_for(request.user, deed.pk, now), now)


def _take_back(request: Request, deed: Deed, now: datetime) -> HttpResponse:
    try:
        undoing.undo(deed=deed, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, f"Ångrat: {deed.get_verb_display().lower()}.")
    query = Choice.of(request.POST.get("ko", "")).query
    return redirect(f"{deed.item.get_absolute_url()}?{query}" if query else deed.item)


def latest(user: User) -> QuerySet[Deed]:
    """What the person did that can be taken back, the latest first."""
    return Deed.objects.filter(by=user, undone_at=None).order_by("-pk")


def is_fresh(at: datetime | None, now: datetime) -> bool:
    return at is not None and at > now - FRESH


def _fresh(user: User, now: datetime) -> Deed | None:
    deed = latest(user).select_related("bulk").first()
    return deed if deed is not None and is_fresh(deed.at, now) else None


def _key(deed: Deed) -> str:
    return f"{deed.pk}" if deed.bulk_id is None else f"flera {deed.bulk_id}"


def _way_back(deed: Deed, moving: bool = False) -> str:
    if deed.bulk is None:
        return reverse("undo", args=[deed.pk])
    return deed.bulk.get_absolute_url() if moving else reverse("undo_bulk", args=[deed.bulk.pk])


def tell(deeds: Iterable[Deed], known: Iterable[Classification] = ()) -> list[Told]:
    """Each with a sentence of what it was, in three queries however many they are; `known` need not be asked for."""
    deeds = list(deeds)
    labels = {one.pk: one.label for one in known}
    judged = {deed.subject or 0 for deed in deeds if deed.verb == Verb.CLASSIFY} - labels.keys()
    people = {deed.subject or 0 for deed in deeds if deed.verb == Verb.ASSIGN}
    labels |= {one.pk: one.label for one in Classification.objects.filter(pk__in=judged)} if judged else {}
    names = {one.pk: str(one) for one in User.objects.filter(pk__in=people)} if people else {}
    return [Told(deed, _sentence(deed, labels, names)) for deed in deeds]


def _sentence(deed: Deed, labels: dict[int, str], names: dict[int, str]) -> str:
    subject = deed.subject
    match deed.verb:
        case Verb.CLASSIFY:
            return f"Bedömd som {labels.get(subject or 0, 'något annat')}."
        case Verb.PARK if subject:
            return f"Parkerad till {wording.exactly(datetime.fromtimestamp(subject, UTC))}."
        case Verb.PARK:
            return "Tillbaka i kön."
        case Verb.ASSIGN if subject == deed.by_id:
            return "Du tog hand om handlingen."
        case Verb.ASSIGN if subject:
            return f"{names.get(subject, 'En kollega')} fick handlingen."
        case Verb.ASSIGN:
            return "Släppt."
    return "Anteckning skriven."
