"""The chef's door: one thread, one question, one answer. The link is the key, and nothing else can be reached by it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import refer
from moderation.models import Attachment, Referral
from moderation.policy.terms import ReferralState
from moderation.referral_forms import AnswerForm, HandOverForm
from moderation.views.media import PICTURES, sent
from moderation.views.thread import BEGINNING, REACH, Entry, around

# More than Facebook lets anybody write: the chef has no other page to read the rest of a text on.
WHOLE = 100_000


@login_not_required
@require_GET
def referral(request: HttpRequest, token: str) -> HttpResponse:
    now, found = timezone.now(), access.referral_at(token)
    if found is None or found.state(now) != ReferralState.OPEN:
        return _closed(request, found, now)
    return _page(request, refer.open_link(referral=found, now=now), token, now)


@login_not_required
@require_POST
def answer_referral(request: HttpRequest, token: str) -> HttpResponse:
    now, found, form = timezone.now(), access.referral_at(token), AnswerForm(request.POST)
    if found is None:
        return _closed(request, None, now, request.POST.get("answer", ""))
    if not form.is_valid():
        return _page(request, found, token, now, answer=form)
    try:
        refer.answer(referral=found, text=form.cleaned_data["answer"], now=now)
    except refer.Closed:
        return _closed(request, found, now, form.cleaned_data["answer"])
    except ValidationError as error:
        form.add_error("answer", error)
        return _page(request, found, token, now, answer=form)
    return _guarded(redirect("referral", token))


@login_not_required
@require_POST
def hand_over_referral(request: HttpRequest, token: str) -> HttpResponse:
    now, found, form = timezone.now(), access.referral_at(token), HandOverForm(request.POST)
    if found is None:
        return _closed(request, None, now, request.POST.get("word", ""))
    if not form.is_valid():
        return _page(request, found, token, now, hand_over=form)
    try:
        refer.hand_over(referral=found, word=form.cleaned_data["word"], now=now)
    except refer.Closed:
        return _closed(request, found, now, form.cleaned_data["word"])
    except ValidationError as error:
        form.add_error("word", error)
        return _page(request, found, token, now, hand_over=form)
    return _guarded(redirect("referral", token))


@login_not_required
@require_GET
def referral_attachment(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    return _guarded(sent(access.attachment_at(token, pk, timezone.now())))


def _page(
    request: HttpRequest,
    found: Referral,
    token: str,
    now: datetime,
    answer: AnswerForm | None = None,
    hand_over: HandOverForm | None = None,
) -> HttpResponse:
    """With a form that was sent in: as it was filled in, and what was wrong."""
    if found.state(now) != ReferralState.OPEN:
        typed = (answer or hand_over or AnswerForm({})).data
        return _closed(request, found, now, typed.get("answer") or typed.get("word") or "")
    surroundings = around(found.item, REACH, may_read_secrets=False, length=WHOLE)
    entries = _drawn(surroundings.entries)
    context = {
        "now": now,
        "referral": found,
        "token": token,
        "surroundings": surroundings,
        "entries": entries,
        "asked": next(each for each in entries if each["entry"].is_here),
        "answer": answer or AnswerForm(),
        "hand_over": hand_over or HandOverForm(),
        "wrong": answer is not None or hand_over is not None,
    }
    return _guarded(render(request, "moderation/chef.html", context, status=400 if context["wrong"] else 200))


def _drawn(entries: list[Entry]) -> list[dict[str, Any]]:
    """Each with whether it may be read, what a long text begins with, and the attachments that are here.

    `files` is pairs of an attachment and whether a browser can show it.
    """
    shown = {entry.item.pk for entry in entries if not entry.item.withheld and not entry.is_secret}
    files = defaultdict(list)
    for each in Attachment.objects.filter(item__in=shown).exclude(sha256="").order_by("pk"):
        files[each.item_id].append((each, each.mime in PICTURES))
    return [
        {
            "entry": entry,
            "is_shown": entry.item.pk in shown,
            "beginning": entry.item.beginning[:BEGINNING] if len(entry.item.beginning) > BEGINNING else "",
            "files": files[entry.item.pk],
        }
        for entry in entries
    ]


def _closed(request: HttpRequest, found: Referral | None, now: datetime, typed: str = "") -> HttpResponse:
    """Why the link opens nothing, whom to ask instead, and what was typed. Nothing of the thread."""
    status = 404 if found is None else 409 if typed else 410
    if found is not None and not typed and found.state(now) in (ReferralState.ANSWERED, ReferralState.HANDED_OVER):
        # What whoever has just answered is met by.
        status = 200
    context = {"referral": found, "state": found.state(now) if found else "", "typed": typed}
    return _guarded(render(request, "moderation/chef_closed.html", context, status=status))


def _guarded(response: Any) -> Any:
    """The address is a secret: it may neither be kept nor travel on.

    The origin alone is told: with no-referrer browsers call the origin of a form null, and Django refuses the form.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
