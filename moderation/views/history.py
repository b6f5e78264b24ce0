"""History from the time before: an administrator hands in the page's own export and sees it being read."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError
from redis import RedisError

from moderation import access
from moderation.actions import order_history
from moderation.connection_forms import ExportForm
from moderation.models import HistoryImport
from moderation.policy.terms import OrderState, Right
from moderation.tasks import read_history
from moderation.views.inbox import Incoming, refusal
from moderation.views.request import Request

ROWS = 20
MOVING = (OrderState.ORDERED, OrderState.WORKING)
ENDS = {OrderState.DONE: "är klar", OrderState.FAILED: "misslyckades", OrderState.CANCELLED: "avbröts"}


@require_GET
def history(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    if not request.htmx:
        return _page(request, now, ExportForm())
    known, moving = request.GET.get("ror", ""), _moving(now)
    if known == moving["marks"]:
        return HttpResponse(status=204)
    return render(request, "moderation/_imports.html", moving | {"news": _news(known)})


@require_POST
def order(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    form = ExportForm(request.POST, request.FILES, refusal=refusal(request))
    if not form.is_valid():
        return _page(request, now, form, status=400)
    try:
        _take(form.cleaned_data["file"], request, now)
    except ValidationError as error:
        form.add_error("file", error)
        return _page(request, now, form, status=400)
    messages.success(request, "Filen är mottagen och läses in. Du kan lämna sidan.")
    _wake(request)
    return redirect("history")


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    try:
        order_history.cancel(order=get_object_or_404(HistoryImport, pk=pk), by=request.user, now=now)
        messages.success(request, "Inläsningen är avbruten. Det som redan är inläst finns kvar.")
    except ValidationError as error:
        messages.warning(request, error.message)
    return redirect("history")


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    found = get_object_or_404(HistoryImport, pk=pk)
    if not Path(found.path).is_file():
        messages.warning(request, "Filen finns inte kvar. Skicka den en gång till.")
        return redirect("history")
    try:
        order_history.retry(order=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "Inläsningen fortsätter där den slutade.")
        _wake(request)
    return redirect("history")


def _take(incoming: Incoming, request: Request, now: datetime) -> None:
    """Refused before it is kept: the file of an order under way must not be touched."""
    order_history.refuse_known(incoming.sha256)
    order_history.order_history(
        file_name=incoming.name or "",
        path=str(incoming.keep()),
        size=incoming.size or 0,
        sha256=incoming.sha256,
        by=request.user,
        now=now,
    )


def _page(request: Request, now: datetime, form: ExportForm, status: int = 200) -> HttpResponse:
    about = {"form": form, "largest": settings.HISTORIK_MEGABYTE, "page_id": settings.FACEBOOK_PAGE_ID}
    return render(request, "moderation/history.html", about | _moving(now), status=status)


def _moving(now: datetime) -> dict[str, Any]:
    """The list, and where to ask how it goes: `poll` is "" where nothing moves."""
    rows = list(HistoryImport.objects.select_related("ordered_by")[:ROWS])
    marks = _marks(rows)
    poll = f"{reverse('history')}?ror={marks}" if marks else ""
    again = {row.pk for row in rows if row.is_given_up and Path(row.path).is_file()}
    return {"imports": rows, "again": again, "marks": marks, "poll": poll, "now": now}


def _marks(rows: Iterable[HistoryImport]) -> str:
    """What moves and how far it has come, as it stands in an address: 3.working.1500_4.ordered.0"""
    return "_".join(f"{row.pk}.{row.state}.{row.handled}" for row in rows if row.state in MOVING)


def _news(known: str) -> list[str]:
    """A sentence about each that moved when the page last looked, and has come to its end."""
    keys = [int(key) for key in re.findall(r"(?:^|_)([0-9]{1,18})\.", known)[:ROWS]]
    ended = HistoryImport.objects.filter(pk__in=keys, state__in=ENDS)
    return [f"Inläsningen av {row.file_name} {ENDS[OrderState(row.state)]}." for row in ended]


def _wake(request: Request) -> None:
    """The row is saved whatever happens to the message; without it the clock finds the row within a minute."""
    try:
        read_history.delay_on_commit()  # type: ignore[attr-defined]
    except (OperationalError, RedisError):
        messages.warning(request, "Inläsningen börjar lite senare, av sig själv. Du behöver inte göra något.")
