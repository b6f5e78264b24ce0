"""The draft of an answer to an item. Nothing is sent from here."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import draft as drafting
from moderation.actions.seen import Stale
from moderation.models import Draft, Item, Referral, User
from moderation.policy.terms import Direction, Right
from moderation.referral_forms import DraftForm
from moderation.views import back
from moderation.views.request import Request


def about(
    item: Item, user: User, now: datetime, ko: str = "", wrong: DraftForm | None = None, error: str = ""
) -> dict[str, Any]:
    """For _draft.html: the draft, and the chef's answer where it is not in it."""
    if item.direction == Direction.UPPRATTAD or not access.may_on(user, item, Right.JUDGE, now):
        return {"draft": {"may": False}}
    found: Draft | None = getattr(item, "draft", None)
    text = found.text if found else ""
    answered = next((each for each in item.referrals.all() if each.answered_at), None)
    told = {
        "may": True,
        "item": item,
        "ko": ko,
        "error": error,
        "found": found,
        "stamp": drafting.stamp(found),
        "form": wrong or DraftForm(text=text),
        "answered": answered if answered and answered.answer not in text else None,
        # What stands there after somebody else was faster.
        "theirs": text if wrong and error else "",
    }
    return {"draft": told}


@require_POST
def save_draft(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _again(request, item, now, form, "", 400)
    seen = request.POST.get("utkast_sett", "")
    try:
        drafting.save(item=item, text=form.cleaned_data["text"], by=request.user, now=now, seen=seen)
    except ValidationError as error:
        return _again(request, item, now, form, " ".join(error.messages), 409 if isinstance(error, Stale) else 400)
    messages.success(request, "Utkastet är sparat. Ingenting är sänt.")
    return back.away(request, item)


@require_POST
def take_answer(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    answered = Referral.objects.filter(item=item, answered_at__isnull=False).first()
    if answered is None:
        messages.warning(request, "Chefen har inte svarat.")
        return redirect(back.to(request, item))
    try:
        drafting.take_in(referral=answered, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "Chefens svar står nu i utkastet.")
    return redirect(back.to(request, item))


def _again(request: Request, item: Item, now: datetime, form: DraftForm, error: str, status: int) -> HttpResponse:
    # Read anew, since somebody else may have written meanwhile.
    fresh = access.item_for(request.user, item.pk, now)
    context = about(fresh, request.user, now, back.query(request), form, error)
    context |= {"now": now, "back": back.to(request, item)}
    return render(request, "moderation/draft.html", context, status=status)
