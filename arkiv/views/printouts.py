"""The printouts: ordered, watched on their way, read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.db.models.functions import Left
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError
from redis import RedisError

from arkiv import reach
from arkiv.actions import order_printout
from arkiv.forms import PeriodForm
from arkiv.models import PrintedItem, Printout
from arkiv.models.printout import PrintoutQuerySet
from arkiv.reach import Request
from arkiv.tasks import print_due
from arkiv.views import motion, periods
from moderation import access
from moderation.models import SyncRun
from moderation.policy import workdays
from moderation.policy.terms import Lane, Right

ROWS = 20
ENTRIES = 50
PERIODS, ITEMS = "perioder", "handlingar"


@dataclass(frozen=True)
class Listing:
    rows: list[Printout]
    more: str
    first: str


@require_GET
def printouts(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.READ_PRINTOUTS, now)
    lists = _lists(request, now)
    if request.htmx:
        return _watched(request, "arkiv/_lists.html", lists, reach.readable(request.user, now))
    return _page(request, now, PeriodForm(initial=_suggestion(request, now)), lists)


@require_POST
def order(request: Request) -> HttpResponse:
    now = timezone.now()
    reach.require_order(request.user, now)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, now, form, _lists(request, now), status=400)
    try:
        order_printout.of_period(by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, now, form, _lists(request, now), status=400)
    first, last = form.cleaned_data["first_day"], form.cleaned_data["last_day"]
    messages.success(request, f"Utskriften av {periods.name(first, last)} är beställd.")
    if last >= workdays.local_date(now):
        messages.info(
            request, "Perioden är inte slut än. Det som kommer in senare kommer inte med på den här utskriften."
        )
    _wake(request)
    return redirect("arkiv:printouts")


@require_GET
def printout(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = reach.printout_for(request.user, pk, now)
    context = {"printout": found, **_motion(request, [found], now), **_entries(request, found, now)}
    if request.htmx:
        return _watched(request, "arkiv/_printout.html", context, reach.readable(request.user, now))
    return render(request, "arkiv/printout.html", context)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = reach.printout_for(request.user, pk, now)
    access.require(request.user, Right.ORDER_PRINTOUTS, now)
    try:
        order_printout.cancel(printout=found, by=request.user, now=now)
        messages.success(request, "Utskriften är avbruten.")
    except ValidationError as error:
        messages.warning(request, error.message)
    return _back(request, found)


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = reach.printout_for(request.user, pk, now)
    access.require(request.user, Right.ORDER_PRINTOUTS, now)
    try:
        order_printout.retry(printout=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "Utskriften är beställd på nytt.")
        _wake(request)
    return _back(request, found)


def _page(request: Request, now: datetime, form: PeriodForm, lists: dict[str, Any], status: int = 200) -> HttpResponse:
    """The whole page of printouts."""
    more = {
        "form": form,
        "shortcuts": list(periods.shortcuts(workdays.local_date(now))),
        "run": SyncRun.objects.filter(lane=Lane.FRESH).exclude(ended_at=None).select_related("page").first(),
    }
    return render(request, "arkiv/printouts.html", lists | more, status=status)


def _lists(request: Request, now: datetime) -> dict[str, Any]:
    rows = reach.readable(request.user, now)
    of_periods = _listing(request, rows.of_periods(), PERIODS)
    of_items = _listing(request, rows.of_items(), ITEMS)
    shown = [*of_periods.rows, *of_items.rows]
    return {
        "periods": of_periods,
        "items": of_items,
        "reads_periods": reach.everywhere(request.user, Right.READ_PERIODS, now),
        **_motion(request, shown, now),
    }


def _listing(request: Request, rows: PrintoutQuerySet, name: str) -> Listing:
    """One page of a list, read by its keys; `name` is where the address says after which key."""
    after = request.GET.get(name, "")
    if _is_key(after):
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: ROWS + 1])
    more = _address(request, **{name: str(found[ROWS - 1].pk)}) if len(found) > ROWS else ""
    return Listing(
        found[:ROWS], f"{more}#{name}" if more else "", f"{_address(request, **{name: ''})}#{name}" if after else ""
    )


def _entries(request: Request, printout: Printout, now: datetime) -> dict[str, Any]:
    """What stands on the paper and the person may see, fifty at a time in the paper's order."""
    every = PrintedItem.objects.filter(printout=printout)
    visible = every.filter(item__in=access.visible_to(request.user, now))
    after = request.GET.get("efter", "")
    rows = visible.filter(number__gt=int(after)) if _is_key(after) else visible
    sealed = Exists(reach.forbidden().filter(item=OuterRef("item")))
    rows = rows.select_related("item", "classification").defer("item__text", "item__notes")
    found = list(rows.annotate(withheld=sealed, beginning=Left("item__text", reach.BEGINNING))[: ENTRIES + 1])
    return {
        "entries": found[:ENTRIES],
        "count": every.count(),
        "hidden": every.count() - visible.count(),
        "more": f"{_address(request, efter=str(found[ENTRIES - 1].number))}#handlingar" if len(found) > ENTRIES else "",
        "first": f"{request.path}#handlingar" if after else "",
        "is_sealed": reach.is_sealed(printout),
    }


def _motion(request: Request, shown: list[Printout], now: datetime) -> dict[str, Any]:
    """What every part that moves is drawn from. `poll` is where to ask how it goes, or "" where nothing moves."""
    marks = motion.marks(shown)
    return {
        "marks": marks,
        "poll": _address(request, ror=marks) if marks else "",
        "may_order": Right.ORDER_PRINTOUTS in access.rights(request.user, now),
        "may_order_periods": reach.everywhere(request.user, Right.ORDER_PRINTOUTS, now),
        "now": now,
    }


def _watched(request: Request, template: str, context: dict[str, Any], rows: PrintoutQuerySet) -> HttpResponse:
    """The part of the page that moves, or nothing where it stands as it stood."""
    known = request.GET.get("ror", "")
    if known == context["marks"]:
        return HttpResponse(status=204)
    return render(request, template, context | {"news": motion.news(known, rows)})


def _wake(request: Request) -> None:
    """The row is saved whatever happens to the message; without it the clock finds the row within a minute."""
    try:
        print_due.delay_on_commit()  # type: ignore[attr-defined]
    except (OperationalError, RedisError):
        messages.warning(
            request, "Utskriften är sparad men börjar lite senare, av sig själv. Du behöver inte göra något."
        )


def _suggestion(request: Request, now: datetime) -> dict[str, date]:
    """The period of a shortcut that was followed, or else the previous month."""
    month = periods.previous_month(workdays.local_date(now))
    first, last = _day(request.GET.get("fran", "")), _day(request.GET.get("till", ""))
    return {"first_day": first or month.first_day, "last_day": last or month.last_day}


def _address(request: Request, **changes: str) -> str:
    """This page with the lists turned to where they are, but for the changes."""
    kept = {name: request.GET.get(name, "") for name in (PERIODS, ITEMS, "efter")} | changes
    path = reverse("arkiv:printouts") if request.method == "POST" else request.path
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{path}?{query}" if query else path


def _back(request: Request, printout: Printout) -> HttpResponse:
    return redirect("arkiv:printouts") if "lista" in request.POST else redirect(printout)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _is_key(text: str) -> bool:
    """Digits that a database can take for a key."""
    return text.isascii() and text.isdigit() and len(text) <= 18
