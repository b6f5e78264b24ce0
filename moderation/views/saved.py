"""The views that people have saved: a choice of the queue under a name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import saved_view
from moderation.models import SavedView
from moderation.policy.terms import Right
from moderation.views.choice import Choice
from moderation.views.request import Request


@require_POST
def save_view(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    choice = Choice.of(request.POST.get("ko", ""))
    name, is_shared = request.POST.get("namn", ""), bool(request.POST.get("for_alla"))
    try:
        view = saved_view.save(name=name, query=choice.query, is_shared=is_shared, by=request.user, now=now)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Vyn ”{view.name}” är sparad.")
    return redirect(choice.address())


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    view = get_object_or_404(SavedView, pk=pk, removed_at=None)
    try:
        saved_view.remove(view=view, by=request.user, now=now)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    messages.success(request, f"Vyn ”{view.name}” är borttagen. Spara den igen om det var fel.")
    return redirect(Choice.of(view.query).address())
