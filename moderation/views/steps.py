"""Tick off or waive a follow-up step, or open it again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import follow_up
from moderation.forms import TickForm, WaiveForm
from moderation.models import FollowUpStep
from moderation.policy import workdays
from moderation.views import back
from moderation.views.desk import item_page
from moderation.views.request import Request


@require_POST
def tick_step(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    step = access.step_for(request.user, pk, now)
    form = TickForm(step, workdays.local_date(now), request.POST)
    if form.is_valid():
        try:
            follow_up.tick(step=step, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Gjort: {step.get_kind_display().lower()}.")
            return redirect(back.to(request, step.classification.item))
    return _again(request, step, form)


@require_POST
def waive_step(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    step = access.step_for(request.user, pk, now)
    form = WaiveForm(step, request.POST)
    if form.is_valid():
        try:
            follow_up.waive(step=step, because=form.cleaned_data["because"], by=request.user, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Avstått: {step.get_kind_display().lower()}.")
            return redirect(back.to(request, step.classification.item))
    return _again(request, step, form)


@require_POST
def reopen_step(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    step = access.step_for(request.user, pk, now)
    try:
        follow_up.reopen(step=step, by=request.user, now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Att göra igen: {step.get_kind_display().lower()}.")
    return redirect(back.to(request, step.classification.item))


def _again(request: Request, step: FollowUpStep, form: TickForm | WaiveForm) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, step.classification.item_id, now)
    return item_page(request, item, now, step=step, step_form=form, status=400)
