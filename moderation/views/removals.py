"""The register of what was hidden and removed, month by month: on what ground and how many, and nobody's name."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.models import Intervention
from moderation.policy import workdays
from moderation.policy.terms import Ground, InterventionKind, OrderState, Right
from moderation.views.request import Request

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
# So many months back there are links to.
MONTHS = 12


@dataclass(frozen=True)
class Line:
    """Of one ground: how many were hidden, removed, and removed although the copy had a gap."""

    ground: str
    hidden: int
    removed: int
    with_gap: int


@require_GET
def removals(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    this = workdays.local_date(now).replace(day=1)
    month = _month(request.GET.get("manad", ""), this)
    lines = register(month)
    context = {
        "now": now,
        "month": month,
        "is_over": month < this,
        "months": _months(this),
        "lines": lines,
        "hidden": sum(line.hidden for line in lines),
        "removed": sum(line.removed for line in lines),
        "with_gap": sum(line.with_gap for line in lines),
    }
    return render(request, "moderation/removals.html", context)


def register(month: date) -> list[Line]:
    """What Facebook has confirmed in the month that begins that day, every ground with its count, also the noughts."""
    start, end = _span(month)
    done = Intervention.objects.filter(state=OrderState.DONE, done_at__gte=start, done_at__lt=end)
    removed = Q(kind=InterventionKind.REMOVE)
    counted = done.exclude(ground="").order_by().values("ground")
    found = {
        each["ground"]: each
        for each in counted.annotate(
            hidden=Count("pk", filter=Q(kind=InterventionKind.HIDE)),
            removed=Count("pk", filter=removed),
            with_gap=Count("pk", filter=removed & ~Q(gap_accepted_by=None)),
        )
    }
    nothing = {"hidden": 0, "removed": 0, "with_gap": 0}
    told = [(ground, found.get(ground, nothing)) for ground in Ground]
    return [Line(ground.label, each["hidden"], each["removed"], each["with_gap"]) for ground, each in told]


def _span(month: date) -> tuple[datetime, datetime]:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return workdays.day_span(month, last)


def _month(asked: str, this: date) -> date:
    if not asked:
        return this
    found = MONTH.fullmatch(asked)
    if found is None:
        raise Http404("Skriv månaden som 2026-11.")
    return date(int(found[1]), int(found[2]), 1)


def _months(this: date) -> list[date]:
    """The latest first."""
    months = [this]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months
