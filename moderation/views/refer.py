"""The editor's side of a question to the responsible chef: put it, and take it back."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access, links
from moderation.actions import refer as referring
from moderation.actions.seen import Seen, Stale
from moderation.aside_forms import SeenForm
from moderation.models import Item, Referral, User
from moderation.policy.terms import Category, Direction, ReferralState, Right
from moderation.referral_forms import ReferForm
from moderation.views import back
from moderation.views.request import Request


def about(
    item: Item, user: User, now: datetime, ko: str = "", wrong: ReferForm | None = None, error: str = ""
) -> dict[str, Any]:
    """For _referral.html: how the newest question to a chef stands, and the form for a new one."""
    if item.direction == Direction.UPPRATTAD or not access.may_on(user, item, Right.JUDGE, now):
        return {"referral": {"may": False}}
    newest = next(iter(item.referrals.all()), None)
    state = newest.state(now) if newest else None
    current = item.current_classification
    told = {
        "may": True,
        "item": item,
        "seen": Seen.of(item),
        "ko": ko,
        "error": error,
        "newest": newest,
        "state": state,
        "is_open": state == ReferralState.OPEN,
        "is_secret": item.never_kept or (current is not None and current.category == Category.SEKRETESS),
        "form": wrong or ReferForm(item.thread.verksamhet),
        "has_address": bool(settings.ADRESS),
        "has_mail": settings.EMAIL_CONFIGURED,
    }
    return {"referral": told}


@require_POST
def refer(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    looked, form = SeenForm(request.POST), ReferForm(item.thread.verksamhet, request.POST)
    if not looked.is_valid():
        sentence = "Formuläret var inte helt. Titta på handlingen och försök igen."
        return _again(request, item, now, form, sentence, 400)
    if not form.is_valid():
        return _again(request, item, now, form, "", 400)
    told = looked.cleaned_data
    seen = Seen(told["seen"], told["seen_version"], told["revision"])
    secret = links.new_secret()
    try:
        referring.refer(item=item, secret=secret, by=request.user, now=now, seen=seen, **form.cleaned_data)
    except ValidationError as error:
        status = 409 if isinstance(error, Stale) else 400
        return _again(request, item, now, form, " ".join(error.messages), status)
    messages.success(request, f"Frågan är ställd till {form.cleaned_data['chef_namn']}. {_letter()}")
    return back.away(request, item)


@require_POST
def revoke_referral(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    newest = Referral.objects.filter(item=item).first()
    if newest is None:
        messages.warning(request, "Handlingen är inte hänvisad.")
        return redirect(back.to(request, item))
    try:
        referring.revoke(referral=newest, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "Hänvisningen är tillbakadragen. Länken fungerar inte längre.")
    return redirect(back.to(request, item))


def _letter() -> str:
    if settings.EMAIL_CONFIGURED:
        return "Brevet med länken sänds inom någon minut, och svarstiden står still så länge."
    return "Brevet väntar, eftersom ingen e-postserver är inställd. Säg till en administratör, och ring chefen."


def _again(request: Request, item: Item, now: datetime, form: ReferForm, error: str, status: int) -> HttpResponse:
    context = about(item, request.user, now, back.query(request), form, error)
    context |= {"now": now, "back": back.to(request, item)}
    return render(request, "moderation/referral.html", context, status=status)
