"""The working day's clock of one item: stop it with a reason, and let it run again."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import pause as pausing
from moderation.models import Item, Pause, Referral, User
from moderation.policy.terms import Direction, PauseReason, Right
from moderation.referral_forms import PauseForm
from moderation.views import back
from moderation.views.request import Request

SHORT = {
    PauseReason.HOS_CHEF: "hos chef",
    PauseReason.HOS_AVSANDAREN: "i väntan på avsändaren",
    PauseReason.ANNAT: "av annat skäl",
}


def about(
    item: Item, user: User, now: datetime, ko: str = "", wrong: PauseForm | None = None, error: str = ""
) -> dict[str, Any]:
    """For _pause.html: each pause with the opening time it took, and the form that fits."""
    pauses = list(Pause.objects.filter(item=item))
    standing = next((each for each in pauses if each.ended_at is None), None)
    told = {
        "may": item.direction == Direction.INKOMMEN and access.may_on(user, item, Right.JUDGE, now),
        "item": item,
        "ko": ko,
        "error": error,
        "rows": [(each, _said(each, now)) for each in pauses],
        "open": standing,
        "is_with_chef": standing is not None and _is_with_chef(standing, now),
        "form": wrong or PauseForm(),
    }
    return {"pause": told}


@require_POST
def pause(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _again(request, item, now, form, "")
    try:
        pausing.pause(item=item, by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        return _again(request, item, now, form, " ".join(error.messages))
    messages.success(request, "Svarstiden står still tills du låter den löpa igen.")
    return back.away(request, item)


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    standing = pausing.open_pause(item)
    if standing is not None and _is_with_chef(standing, now):
        messages.warning(request, "Frågan ligger hos chefen. Dra tillbaka hänvisningen, så löper svarstiden igen.")
        return redirect(back.to(request, item))
    try:
        ended = pausing.resume(item=item, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, f"Svarstiden löper igen. {_said(ended, now)}.")
    return redirect(back.to(request, item))


def _is_with_chef(standing: Pause, now: datetime) -> bool:
    return standing.reason == PauseReason.HOS_CHEF and Referral.objects.open(now).filter(item=standing.item_id).exists()


def _said(each: Pause, now: datetime) -> str:
    """Pausad 3 h 20 min hos chef: the opening time that went by."""
    passed = settings.OPENING_HOURS.working_time(each.started_at, each.ended_at or now)
    hours, rest = divmod(passed, timedelta(hours=1))
    return (
        f"Pausad {f'{hours} h ' if hours else ''}{rest // timedelta(minutes=1)} min {SHORT[PauseReason(each.reason)]}"
    )


def _again(request: Request, item: Item, now: datetime, form: PauseForm, error: str) -> HttpResponse:
    context = about(item, request.user, now, back.query(request), form, error)
    context |= {"now": now, "back": back.to(request, item)}
    return render(request, "moderation/pause.html", context, status=400)
