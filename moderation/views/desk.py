"""The desk: an item with what stands around it, and the decision. As a whole page beside the list, or alone."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from moderation import access, hints
from moderation.forms import ClassificationForm, PlaceForm, TickForm, WaiveForm
from moderation.models import Classification, FollowUpStep, Item, ItemVersion, Preferences
from moderation.policy import workdays
from moderation.policy.terms import Category, Change, Direction, Kind, Reason, Right
from moderation.search.find import Reach
from moderation.search.similar import similar
from moderation.views import aside, draft, notes, opinions, pause, presence, refer
from moderation.views.brief import brief
from moderation.views.choice import Choice, key
from moderation.views.chosen import following
from moderation.views.classes import classes, policy_words
from moderation.views.conflict import Conflict
from moderation.views.context import facebooks_clock, of_author
from moderation.views.difference import difference
from moderation.views.listing import listing
from moderation.views.marking import marked, words
from moderation.views.media import PICTURES
from moderation.views.request import Request
from moderation.views.row import Reader
from moderation.views.thread import BEGINNING, NEAR, REACH, around
from moderation.views.timeline import timeline

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
    place_form: PlaceForm | None = None,
    step_form: TickForm | WaiveForm | None = None,
    step: FollowUpStep | None = None,
    status: int = 200,
) -> HttpResponse:
    """With a form that was sent in: that form as it was filled in, and what was wrong. `done` was judged just before."""
    choice = choice or _choice(request)
    context = desk(request, found, choice, now, judging) | {
        "conflict": conflict,
        "wrong_at": "" if conflict else _wrong_at(judging, place_form, step),
        "steps": _steps(found, workdays.local_date(now), step, step_form),
        "place_form": place_form or PlaceForm(initial={"verksamhet": found.thread.verksamhet_id}),
        "done": done,
    }
    if is_for_the_desk(request):
        response = render(request, "moderation/desk.html", context, status=status)
    else:
        beside = listing(request, choice, now, found.pk)
        response = render(request, "moderation/item.html", beside | context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def is_for_the_desk(request: Request) -> bool:
    return request.htmx.target == DESK and not request.htmx.history_restore_request


def desk(
    request: Request, found: Item, choice: Choice, now: datetime, judging: ClassificationForm | None
) -> dict[str, Any]:
    """What `_desk.html` needs, save for what was sent in."""
    found.refresh_from_db(fields=["waiting_since", "text"])
    _read_along(found)
    reader = Reader(request.user, now, access.reach(request.user, now))
    may = {right.value: reader.may(right, found.thread.verksamhet_id) for right in Right}
    may["judge"] = may["judge"] and found.direction == Direction.INKOMMEN
    current = found.current_classification
    is_whole = bool(request.GET.get("hela"))
    policy, facebook = policy_words(), facebooks_clock(found, now)
    form = judging or ClassificationForm()
    secret = current is not None and current.category == Category.SEKRETESS and not may[Right.READ_SECRET]
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
        "earlier_judgements": [each for each in found.classifications.all() if each.superseded_at],
        "post": _post(found, may[Right.READ_SECRET]),
        "surroundings": around(found, REACH if is_whole else NEAR, may[Right.READ_SECRET]),
        "count": found.thread.counts.first(),
        "judging": form,
        "classes": classes(form, policy),
        "policy": policy,
        "may": may,
        "keeps_draft": not (current and current.category == Category.SEKRETESS),
        "author": of_author(found, reader),
        "timeline": timeline(found),
        "window": facebook,
        "window_warning": facebook.warning(found.answer_by, now) if facebook and found.answer_by else "",
        "next": following(request.user, choice, found, now),
        **_partials(request, found, now, choice.query),
        **_contents(request, found, reader, hidden=found.never_kept or secret),
    }


def _partials(request: Request, found: Item, now: datetime, ko: str) -> dict[str, Any]:
    """What each of the other parts of the desk needs, by its own account."""
    told: dict[str, Any] = {}
    for part in (presence, aside, notes, opinions, draft, refer, pause):
        told |= part.about(found, request.user, now, ko)
    asked_of = key(request.GET.get("fraga", ""))
    if asked_of:
        told["opinions"]["ask"].initial["of"] = asked_of
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


def _read_along(found: Item) -> None:
    judgements = Classification.objects.select_related("decided_by", "policy", "version__item").defer("version__raw")
    judgements = judgements.prefetch_related(
        Prefetch("steps", FollowUpStep.objects.select_related("closed_by").order_by("position"))
    )
    versions = ItemVersion.objects.defer("raw")
    prefetch_related_objects([found], Prefetch("classifications", judgements), Prefetch("versions", versions))


def _contents(request: Request, found: Item, reader: Reader, hidden: bool) -> dict[str, Any]:
    """What may only be shown where it may be kept, and to whom it may be told."""
    if hidden:
        return {"blurs": True, "criticism": False}
    preferences = Preferences.objects.of(request.user)
    seen = hints.find(found.text, settings.NAMNDER)
    shown = [hint for hint in seen if hint.kind not in preferences.hidden_hints]
    judged, latest = found.current_classification, found.latest_version
    reach = Reach(*(access.items_within(reader.reach[right]) for right in (Right.SEE, Right.READ_SECRET)))
    return {
        "blurs": preferences.blur_pictures,
        "hints": words(shown),
        "marked": marked(found.text, shown),
        "criticism": any(hint.kind == hints.HintKind.KLAGOMAL for hint in seen)
        or (judged is not None and judged.reason == Reason.KLAGOMAL),
        "similar": similar(found, reach),
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


def _post(found: Item, may_read_secrets: bool) -> Any:
    """The post under which it stands, as brief() reads it; None where there is none to show."""
    if found.kind == Kind.POST:
        return None
    posts = Item.objects.filter(thread=found.thread_id, kind=Kind.POST)
    post = brief(posts, BEGINNING).order_by("dated_at", "pk").first()
    return None if post and post.category == Category.SEKRETESS and not may_read_secrets else post


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
