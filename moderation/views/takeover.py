"""Take an item over from whoever is judging it. What the person has written themselves is never lost by it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import lease
from moderation.policy.terms import Right
from moderation.views import back, presence
from moderation.views.request import Request


@require_POST
def take_over(request: Request, pk: int) -> HttpResponse:
    """By htmx only the sentence about who is there changes, so that the form beside it stays as it is filled in."""
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    held = lease.take_over(item=item, by=request.user, now=now)
    if request.htmx:
        return presence.answer(request, item, now, held)
    messages.success(request, "Du har tagit över bedömningen. Den som höll på får veta det.")
    return redirect(back.to(request, item))
