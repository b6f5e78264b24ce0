"""Hide, show again or remove on Facebook: what would vanish, the order, and how it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError
from redis import RedisError

from moderation import access, tasks
from moderation.actions import intervene
from moderation.actions.seen import Seen, Stale
from moderation.hints import HintKind
from moderation.intervention_forms import GapForm, InterventionForm
from moderation.models import Attachment, Intervention, Item
from moderation.policy import rules, wording
from moderation.policy.terms import Category, Direction, InterventionKind, OrderState, Right
from moderation.views import back, notes
from moderation.views.brief import brief
from moderation.views.intervention_state import about
from moderation.views.request import Request
from moderation.views.row import BEGINNING, Reader, is_secret

# Of what vanishes so many are shown, and the rest counted.
MOST = 50
ORDERED: dict[str, str] = {
    InterventionKind.HIDE: "Beställt: döljs på Facebook. Du kan ångra tills det skickas.",
    InterventionKind.SHOW: "Beställt: visas igen på Facebook. Du kan ångra tills det skickas.",
    InterventionKind.REMOVE: "Beställt: tas bort från Facebook. Du kan ångra tills det skickas.",
}
# What it is judged as remains a matter for the police or of secrecy, whoever no longer sees it.
HIDING_IS_NOT_ENOUGH = frozenset({Category.BROTTSLIGT, Category.SEKRETESS})


@dataclass(frozen=True)
class Line:
    """What vanishes with it: `who` and `text` are a citizen's, `instead` ours where there is none to show."""

    item: Any
    who: str
    text: str
    instead: str
    own: bool


@require_http_methods(["GET", "POST"])
def intervention(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.INTERVENE)
    if request.method == "GET":
        return _page(request, item, now, InterventionForm(intervene.grounds(item)))
    form = InterventionForm(intervene.grounds(item), request.POST)
    if not form.is_valid():
        return _page(request, item, now, form, status=400)
    seen = Seen(form.cleaned_data["seen"], form.cleaned_data["seen_version"])
    try:
        ordered = intervene.order(item=item, **form.wanted, by=request.user, now=now, seen=seen)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, item, now, form, status=409 if isinstance(error, Stale) else 400)
    messages.success(request, ORDERED[ordered.kind])
    return redirect(f"{back.to(request, item)}#facebook")


@require_GET
def intervention_state(request: Request, pk: int) -> HttpResponse:
    """The card alone, or 204 where the page that asks knows all there is to tell."""
    now = timezone.now()
    item = access.item_for(request.user, pk, now)
    may = access.may_on(request.user, item, Right.INTERVENE, now)
    told = about(item, request.user, now, may, back.query(request))
    if not request.htmx:
        return redirect(back.to(request, item))
    if (state := told["intervention"]["state"]) and state.mark == request.GET.get("sett"):
        return HttpResponse(status=204)
    return render(request, "moderation/_intervention.html", told | {"now": now})


@require_POST
def cancel_intervention(request: Request, pk: int, key: int) -> HttpResponse:
    return _do(request, pk, key, intervene.cancel, "Ångrat. Inget har skickats till Facebook.")


@require_POST
def approve_intervention(request: Request, pk: int, key: int) -> HttpResponse:
    return _do(request, pk, key, intervene.approve, "Godkänt. Det kan ångras tills det skickas.")


@require_POST
def retry_intervention(request: Request, pk: int, key: int) -> HttpResponse:
    return _do(request, pk, key, intervene.retry, "Systemet försöker igen.", wakes=True)


@require_POST
def accept_gap(request: Request, pk: int, key: int) -> HttpResponse:
    form = GapForm(request.POST)
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)

    def act(*, intervention: Intervention, **who: Any) -> Intervention:
        if said:
            raise ValidationError(said)
        return intervene.accept_gap(intervention=intervention, gap=form.cleaned_data["gap"], **who)

    return _do(request, pk, key, act, "Tas bort trots luckan. Avvikelsen är antecknad.", wakes=True)


def _do(
    request: Request, pk: int, key: int, act: Callable[..., Intervention], done: str, wakes: bool = False
) -> HttpResponse:
    now = timezone.now()
    found = access.intervention_for(request.user, pk, key, now)
    try:
        act(intervention=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, done)
        if wakes:
            _wake(request)
    return redirect(f"{back.to(request, found.item)}#facebook")


def _page(request: Request, item: Item, now: datetime, form: InterventionForm, status: int = 200) -> HttpResponse:
    user, current = request.user, item.current_classification
    # What our key may not do is said before anybody tries.
    lacks = item.thread.page.why_no_intervention(item.kind)
    refusal, seen = intervene.refusal(item) or lacks, Seen.of(item)
    context = about(item, user, now, may=True, ko=back.query(request)) | _vanishing(item, request, now)
    context |= {
        "now": now,
        "item": item,
        "current": current,
        "form": form,
        "seen": seen,
        "ko": back.query(request),
        "back": back.to(request, item),
        "refusal": refusal,
        "may_remove": not refusal and bool(intervene.grounds(item)),
        "may_hide": not refusal and bool(intervene.grounds(item)) and not item.hidden,
        "may_show": item.hidden and item.removed_at is None and not lacks,
        "secret": notes.is_secret(item, user, now),
        "text": "" if item.never_kept else item.latest_version.text,
        "criticism": intervene.CRITICISM if HintKind.KLAGOMAL in item.hint_kinds.split() else "",
        "hiding_is_not_enough": current is not None and current.category in HIDING_IS_NOT_ENOUGH,
        "still_seen": {str(kind): said for kind, said in rules.STILL_SEEN_BY.items()},
    }
    return render(request, "moderation/intervention.html", context, status=status)


def _vanishing(item: Item, request: Request, now: datetime) -> dict[str, Any]:
    leaving, reader = Item.objects.vanishing_with(item), Reader(request.user, now, access.reach(request.user, now))
    rows = brief(leaving, BEGINNING).annotate(verksamhet=F("thread__verksamhet")).in_reading_order()
    lines, count = [_line(row, reader) for row in rows[:MOST]], leaving.count()
    coming = Attachment.objects.filter(item__in=[item.pk, *leaving.values_list("pk", flat=True)])
    coming = coming.filter(state__in=(OrderState.ORDERED, OrderState.WORKING))
    return {"lines": lines, "vanishing": count, "rest": count - len(lines), "coming": coming.count()}


def _line(item: Any, reader: Reader) -> Line:
    secret = is_secret(item, reader)
    text = "" if secret or item.withheld else wording.first_line(item.beginning)
    instead = (
        "Sekretess: texten visas inte för dig." if secret else "Texten visas inte." if item.withheld else "Utan text."
    )
    return Line(
        item, wording.name(item.author_name), text, "" if text else instead, item.direction == Direction.UPPRATTAD
    )


def _wake(request: Request) -> None:
    """The order is saved whatever happens to the message; without it the clock finds it within seconds."""
    try:
        tasks.intervene.delay_on_commit()  # type: ignore[attr-defined]
    except (OperationalError, RedisError):
        messages.warning(request, "Det börjar lite senare, av sig själv. Du behöver inte göra något.")
