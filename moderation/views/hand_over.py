"""The end of the working day: what is open, whose it is, what breaks before tomorrow noon; and all of one's own given away."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from moderation import access
from moderation.actions import hand_over as handing_over
from moderation.hand_over_forms import HandOverForm
from moderation.models.item import ItemQuerySet
from moderation.policy import wording, workdays
from moderation.policy.terms import Right
from moderation.views.follow_up import lines, open_steps
from moderation.views.listing import as_rows, with_viewers
from moderation.views.request import Request
from moderation.views.row import Reader, Row, row

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.FOLLOW_UP, now)
    colleagues = access.followers(now).exclude(pk=request.user.pk)
    form = HandOverForm(colleagues, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (told := _given(request, form, now)):
        messages.success(request, told)
        return redirect("hand_over")
    context = _context(request, now) | {"form": form}
    return render(request, "moderation/hand_over.html", context, status=400 if form.errors else 200)


def _given(request: Request, form: HandOverForm, now: datetime) -> str:
    try:
        done = handing_over.hand_over(
            to=form.cleaned_data["to"],
            by=request.user,
            now=now,
            may_judge=access.may_judge,
            may_follow_up=access.may_follow_up,
        )
    except ValidationError as error:
        form.add_error("to", error)
        return ""
    items = wording.count(done.items, "handling", "handlingar")
    steps = wording.count(done.steps, "åtgärd", "åtgärder")
    left = f" {done.left} blev kvar hos dig, eftersom kollegan saknar behörighet till dem." if done.left else ""
    return f"{form.cleaned_data['to']} har fått {items} och {steps}.{left}"


def _context(request: Request, now: datetime) -> dict[str, Any]:
    """What must be done before noon of the next working day."""
    before = _tomorrow_noon(now)
    visible = access.visible_to(request.user, now)
    unanswered = visible.in_queue(now).filter(answer_by__lte=before).in_queue_order()
    woken = visible.parked(now).filter(parked_until__lte=before).order_by("parked_until", "pk")
    steps = open_steps(request.user, now).filter(due_at__lte=before)
    found = steps.select_related("classification__decided_by", "classification__item", "owner").by_due()
    return {
        "now": now,
        "before": before,
        "unanswered": _rows(request, unanswered, now),
        "unanswered_count": unanswered.count(),
        "woken": _rows(request, woken, now),
        "steps": lines(list(found[:ROWS]), request.user, now),
        "steps_count": steps.count(),
        "mine": visible.waiting().filter(assigned_to=request.user).count(),
        "my_steps": open_steps(request.user, now).filter(owner=request.user).count(),
    }


def _rows(request: Request, items: ItemQuerySet, now: datetime) -> list[Row]:
    """Beginning with those that stand first, as the queue shows them."""
    reader = Reader(request.user, now, access.reach(request.user, now))
    return [row(each, reader) for each in with_viewers(list(as_rows(items, reader)[:ROWS]), reader)]


def _tomorrow_noon(now: datetime) -> datetime:
    """Noon of the next working day, in Stockholm."""
    return workdays.local_moment(settings.OPENING_HOURS.next_workday(workdays.local_date(now)), time(12))
