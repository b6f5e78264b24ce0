"""One handling: what it is, what stands around it, and what was decided about it."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import classify as classifying
from moderation.actions import place as placing
from moderation.actions.seen import Stale
from moderation.forms import ClassificationForm, PlaceForm, TickForm, WaiveForm
from moderation.models import AuditEntry, Classification, FollowUpStep, Item, ItemVersion
from moderation.models.audit import subject_of
from moderation.models.item import ItemQuerySet
from moderation.policy import workdays
from moderation.policy.terms import Change, Direction, Kind, Right
from moderation.views.brief import brief
from moderation.views.difference import difference
from moderation.views.media import PICTURES
from moderation.views.request import Request
from moderation.views.thread import BEGINNING, around

EVENTS = 100


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
        return item_page(request, found, now, judging=form, status=400)
    try:
        judged = classifying.classify(item=found, by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        status = 409 if isinstance(error, Stale) else 400
        return item_page(request, found, now, judging=form, status=status)
    messages.success(request, _what_now(judged, access.visible_to(request.user, now), now))
    return redirect(found)


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
    still_mine = access.visible_to(request.user, now).filter(pk=pk).exists()
    return redirect(found) if still_mine else redirect("queue")


def item_page(
    request: Request,
    found: Item,
    now: datetime,
    *,
    judging: ClassificationForm | None = None,
    place_form: PlaceForm | None = None,
    step_form: TickForm | WaiveForm | None = None,
    step: FollowUpStep | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; with a form that was sent in, that form as it was filled in and what was wrong with it."""
    found.refresh_from_db(fields=["waiting_since", "text"])
    _read_along(found)
    context = {
        "now": now,
        "wrong_at": _wrong_at(judging, place_form, step),
        "item": found,
        "withheld": found.never_kept,
        "current": found.current_classification,
        "newest": found.latest_version.number,
        "latest": found.latest_version,
        "earlier_judgements": [each for each in found.classifications.all() if each.superseded_at],
        "post": _post(found),
        "surroundings": around(found),
        "count": found.thread.counts.first(),
        "judging": judging or ClassificationForm(),
        "steps": _steps(found, workdays.local_date(now), step, step_form),
        "place_form": place_form or PlaceForm(initial={"verksamhet": found.thread.verksamhet_id}),
        "may": _may(request, found, now),
        "events": _events(found),
        "next": _next(access.visible_to(request.user, now), found, now),
        **({} if found.never_kept else _contents(found)),
    }
    return render(request, "moderation/item.html", context, status=status)


def _wrong_at(judging: ClassificationForm | None, place_form: PlaceForm | None, step: FollowUpStep | None) -> str:
    """The place on the page where it is said what went wrong, or ""."""
    if judging is not None:
        return "fel"
    if place_form is not None:
        return "verksamheten"
    return f"atgard-{step.pk}" if step is not None else ""


def _read_along(found: Item) -> None:
    judgements = Classification.objects.select_related("decided_by", "version__item").defer("version__raw")
    judgements = judgements.prefetch_related(
        Prefetch("steps", FollowUpStep.objects.select_related("closed_by").order_by("position"))
    )
    versions = ItemVersion.objects.defer("raw")
    prefetch_related_objects([found], Prefetch("classifications", judgements), Prefetch("versions", versions))


def _contents(found: Item) -> dict[str, Any]:
    """What may only be shown where it may be kept."""
    judged, latest = found.current_classification, found.latest_version
    return {
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


def _post(found: Item) -> Any:
    if found.kind == Kind.POST:
        return None
    posts = Item.objects.filter(thread=found.thread_id, kind=Kind.POST)
    return brief(posts, BEGINNING).order_by("dated_at", "pk").first()


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


def _may(request: Request, found: Item, now: datetime) -> dict[str, bool]:
    wanted = (Right.JUDGE, Right.FOLLOW_UP, Right.PLACE, Right.READ_PRINTOUTS)
    may = {right.value: access.may_on(request.user, found, right, now) for right in wanted}
    may["judge"] = may["judge"] and found.direction == Direction.INKOMMEN
    return may


def _events(found: Item) -> list[AuditEntry]:
    """The newest events of the item and of its thread's placing, oldest first."""
    about = [subject_of(found), subject_of(found.thread)]
    return list(reversed(AuditEntry.objects.filter(subject__in=about).order_by("-seq")[:EVENTS]))


def _next(visible: ItemQuerySet, found: Item, now: datetime) -> Item | None:
    """What stands next in the queue, or first where this was the last."""
    waiting = visible.in_queue(now).exclude(pk=found.pk).in_queue_order().only("pk")
    return (waiting.after(found).first() if found.answer_by else None) or waiting.first()


def _what_now(judged: Classification, visible: ItemQuerySet, now: datetime) -> SafeString:
    undone = judged.steps.open().count()
    done = format_html("Bedömd som ”{}”.", judged.label)
    steps = f" {undone} {'åtgärd' if undone == 1 else 'åtgärder'} att göra." if undone else ""
    following = _next(visible, judged.item, now)
    if following is None:
        return format_html("{}{} Kön är tom.", done, steps)
    return format_html('{}{} <a href="{}">Nästa i kön</a>', done, steps, following.get_absolute_url())
