"""The desk: an item and the decision. As a whole page with the list and all that stands around it, or alone."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from moderation import access, hints
from moderation.actions import intervene
from moderation.forms import ClassificationForm, PlaceForm, TickForm, WaiveForm
from moderation.models import Classification, FollowUpStep, Item, Preferences, Referral
from moderation.policy import workdays
from moderation.policy.terms import Category, Change, Direction, Kind, Reason, Right
from moderation.views import aside, draft, intervention_state, notes, pause, presence, refer
from moderation.views.background import background, read_along
from moderation.views.brief import brief
from moderation.views.choice import Choice
from moderation.views.chosen import following
from moderation.views.classes import classes, policy_words
from moderation.views.conflict import Conflict
from moderation.views.context import facebooks_clock
from moderation.views.difference import difference
from moderation.views.listing import listing
from moderation.views.marking import marked, words
from moderation.views.media import PICTURES
from moderation.views.request import Request
from moderation.views.row import Reader
from moderation.views.thread import BEGINNING

DESK = "arbetsyta"


def item_page(
    request: Request,
    found: Item,
    now: datetime,
    *,
    choice: Choice | None = None,
    judging: ClassificationForm | None = None,
    conflict: Conflict | None = None,
    done: Classification | None = None,
    then: Item | None = None,
    place_form: PlaceForm | None = None,
    step_form: TickForm | WaiveForm | None = None,
    step: FollowUpStep | None = None,
    status: int = 200,
) -> HttpResponse:
    """With a form that was sent in: that form as it was filled in, and what was wrong. `done` was judged just before, `then` comes after `found`."""
    choice = choice or _choice(request)
    context = desk(request, found, choice, now, judging, then) | {
        "conflict": conflict,
        "wrong_at": "" if conflict else _wrong_at(judging, place_form, step),
        "steps": _steps(found, workdays.local_date(now), step, step_form),
        "done": done,
    }
    if is_for_the_desk(request):
        response = render(request, "moderation/desk.html", context | {"surroundings": None}, status=status)
    else:
        around = background(request, found, choice, now, place_form)
        beside = listing(request, choice, now, found.pk)
        response = render(request, "moderation/item.html", beside | around | context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def is_for_the_desk(request: Request) -> bool:
    return request.htmx.target == DESK and not request.htmx.history_restore_request


def desk(
    request: Request,
    found: Item,
    choice: Choice,
    now: datetime,
    judging: ClassificationForm | None,
    then: Item | None = None,
) -> dict[str, Any]:
    """What `_desk.html` needs, save for what was sent in."""
    read_along(found, Prefetch("referrals", Referral.objects.prefetch_related("referred_by", "revoked_by")))
    # What is shown is the text whose number the form carries, also where another came between the two questions.
    found.text = found.latest_version.text
    request.reach = access.reach(request.user, now)
    reader = Reader(request.user, now, request.reach)
    may = {right.value: reader.may(right, found.thread.verksamhet_id) for right in Right}
    may["judge"] = may["judge"] and found.direction == Direction.INKOMMEN
    current = found.current_classification
    policy, facebook = policy_words(), facebooks_clock(found, now)
    form = judging or ClassificationForm()
    secret = notes.is_secret(found, request.user, now)
    return {
        "now": now,
        "item": found,
        "ko": choice.query,
        "query": f"?{choice.query}" if choice.query else "",
        "queue_address": choice.address(),
        "withheld": found.never_kept,
        "secret": secret,
        "current": current,
        "newest": found.latest_version.number,
        "latest": found.latest_version,
        "post": _post(found, may[Right.READ_SECRET]),
        "judging": form,
        "classes": classes(form, policy),
        "policy": policy,
        "may": may,
        "keeps_draft": not (current and current.category == Category.SEKRETESS),
        "window": facebook,
        "window_warning": facebook.warning(found.answer_by, now) if facebook and found.answer_by else "",
        "next": then or following(request.user, choice, found, now),
        **intervention_state.about(found, request.user, now, may[Right.INTERVENE], choice.query),
        "may_leave_facebook": may[Right.INTERVENE] and not intervene.refusal(found),
        **_partials(request, found, now, choice.query),
        **_contents(request, found, hidden=found.never_kept or secret),
    }


def _partials(request: Request, found: Item, now: datetime, ko: str) -> dict[str, Any]:
    """What each of the other parts of the desk needs, by its own account."""
    told: dict[str, Any] = {}
    for part in (presence, aside, draft, refer, pause):
        told |= part.about(found, request.user, now, ko)
    return told


def _choice(request: Request) -> Choice:
    return Choice.of(request.POST.get("ko", "")) if request.method == "POST" else Choice.read(request.GET)


def _wrong_at(judging: ClassificationForm | None, place_form: PlaceForm | None, step: FollowUpStep | None) -> str:
    """The place on the page where it is said what went wrong, or ""."""
    if judging is not None:
        return "fel"
    if place_form is not None:
        return "verksamheten"
    return f"atgard-{step.pk}" if step is not None else ""


def _contents(request: Request, found: Item, hidden: bool) -> dict[str, Any]:
    """What may only be shown where it may be kept, and to whom it may be told."""
    if hidden:
        return {"blurs": True, "criticism": False}
    preferences = Preferences.of(request.user)
    seen = hints.find(found.text, settings.NAMNDER)
    shown = [hint for hint in seen if hint.kind not in preferences.hidden_hints]
    judged, latest = found.current_classification, found.latest_version
    return {
        "blurs": preferences.blur_pictures,
        "hints": words(shown),
        "marked": marked(found.text, shown),
        "criticism": any(hint.kind == hints.HintKind.KLAGOMAL for hint in seen)
        or (judged is not None and judged.reason == Reason.KLAGOMAL),
        "history": _history(found),
        "changed_since": difference(judged.version.text, latest.text) if judged and judged.version != latest else [],
        "attachments": [(each, bool(each.sha256) and each.mime in PICTURES) for each in found.attachments.all()],
    }


def _history(found: Item) -> list[dict[str, Any]]:
    """Everything that has happened to it on Facebook, newest first; of each new text what was different in it."""
    happened, before = [], ""
    for version in sorted(found.versions.all(), key=lambda version: version.place):
        runs = difference(before, version.text) if version.change == Change.EDITED else []
        happened.append({"version": version, "runs": runs})
        before = version.text
    return happened[::-1] if len(happened) > 1 else []


def _post(found: Item, may_read_secrets: bool) -> dict[str, Any] | None:
    """What the post begins with under which it stands, as brief() reads it; None where there is none to show."""
    if found.kind == Kind.POST:
        return None
    posts = Item.objects.filter(thread=found.thread_id, kind=Kind.POST)
    read = brief(posts, BEGINNING).order_by("dated_at", "pk").values("beginning", "withheld", "category")
    post: dict[str, Any] | None = read.first()
    return None if post and post["category"] == Category.SEKRETESS and not may_read_secrets else post


def _steps(
    found: Item, today: date, wrong: FollowUpStep | None, form: TickForm | WaiveForm | None
) -> list[dict[str, Any]]:
    """Each step with its two forms; the one that was sent in stays as it was filled in."""
    current = found.current_classification
    rows = []
    for step in current.steps.all() if current else []:
        sent = form if wrong is not None and wrong.pk == step.pk else None
        rows.append(
            {
                "step": step,
                "tick": sent if isinstance(sent, TickForm) else TickForm(step, today),
                "waive": sent if isinstance(sent, WaiveForm) else WaiveForm(step),
                "errors": sent.non_field_errors() if sent else [],
            }
        )
    return rows
