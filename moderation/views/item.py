"""The doors of one handling: read it, judge it, say where it belongs."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, push_url

from moderation import access
from moderation.actions import classify as classifying
from moderation.actions import lease as holding
from moderation.actions import place as placing
from moderation.actions.seen import Stale
from moderation.forms import ClassificationForm, PlaceForm
from moderation.models import Classification, Item, User
from moderation.policy import wording
from moderation.policy.terms import Right
from moderation.views.choice import Choice
from moderation.views.chosen import upcoming
from moderation.views.conflict import conflict
from moderation.views.desk import is_for_the_desk, item_page
from moderation.views.request import Request


@require_GET
def item(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    return item_page(request, access.item_for(request.user, pk, now), now)


@require_POST
def classify(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = access.item_for(request.user, pk, now, Right.JUDGE)
    form = ClassificationForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, form, None, now)
    try:
        judged = _judge(form, found, request.user, now)
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, found, form, error, now)
    return _onwards(request, found, judged, form, now)


@require_POST
def place(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = access.item_for(request.user, pk, now, Right.PLACE)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return item_page(request, found, now, place_form=form, status=400)
    verksamhet = form.cleaned_data["verksamhet"]
    placing.place(thread=found.thread, verksamhet=verksamhet, by=request.user, now=now)
    messages.success(request, f"Tråden hör nu till {verksamhet or 'hela kommunen'}.")
    choice = Choice.of(request.POST.get("ko", ""))
    still_mine = access.visible_to(request.user, now).filter(pk=pk).exists()
    return redirect(_address(found, choice) if still_mine else choice.address())


def _judge(form: ClassificationForm, found: Item, by: User, now: datetime) -> Classification:
    if not form.cleaned_data["ta_over"]:
        return classifying.classify(item=found, by=by, now=now, **form.judgement)
    # Whoever takes over without being able to judge after all has taken nothing over.
    with transaction.atomic():
        holding.take_over(item=found, by=by, now=now)
        return classifying.classify(item=found, by=by, now=now, **form.judgement)


def _refused(
    request: Request, found: Item, form: ClassificationForm, error: ValidationError | None, now: datetime
) -> HttpResponse:
    """Nothing that was typed is lost: the form comes back with it, and with what somebody else did meanwhile."""
    found.refresh_from_db(fields=["waiting_since"])
    status = 409 if isinstance(error, Stale) else 400
    other = conflict(form, found, error, request.user)
    return item_page(request, found, now, judging=form, conflict=other, status=status)


def _onwards(
    request: Request, found: Item, judged: Classification, form: ClassificationForm, now: datetime
) -> HttpResponse:
    """To the next item of the queue as it was chosen, or back to the same."""
    choice, goes_on = Choice.of(form.cleaned_data["ko"]), form.cleaned_data["nasta"]
    after, then = (*upcoming(request.user, choice, found, now, most=2), None, None)[:2]
    shown = after if goes_on else found
    if shown is not None and is_for_the_desk(request):
        fresh = shown if goes_on else access.item_for(request.user, found.pk, now)
        page = item_page(request, fresh, now, choice=choice, done=judged, then=then if goes_on else after)
        return push_url(page, _address(shown, choice))
    if told := _what_now(judged, None if goes_on else after, after, choice):
        messages.success(request, told)
    if shown is not None:
        return redirect(_address(shown, choice))
    return HttpResponseClientRedirect(choice.address()) if request.htmx else redirect(choice.address())


def _address(item: Item, choice: Choice) -> str:
    return f"{item.get_absolute_url()}?{choice.query}" if choice.query else item.get_absolute_url()


def _what_now(judged: Classification, link: Item | None, after: Item | None, choice: Choice) -> SafeString:
    """What follows. That it was judged, and as what, the way to take it back says at the top of the page."""
    undone = judged.steps.open().count()
    steps = f"{wording.count(undone, 'åtgärd', 'åtgärder')} att göra. " if undone else ""
    if after is None:
        return format_html("{}Kön är tom.", steps)
    if link is None:
        return format_html("{}", steps.strip())
    return format_html('{}<a href="{}">Nästa i kön</a>', steps, _address(link, choice))
