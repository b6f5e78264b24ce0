"""One thing done to many: what would happen, the order, and how it goes."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError
from redis import RedisError

from moderation import access
from moderation.actions import bulk as ordering
from moderation.actions import undo as undoing
from moderation.actions import undo_order
from moderation.actions.seen import Seen
from moderation.aside_forms import AssignForm, BulkForm, ParkForm
from moderation.hints import HintKind
from moderation.models import Bulk, Classification, Item, ItemVersion, Lease, User
from moderation.policy import rules, wording
from moderation.policy.parking import offers
from moderation.policy.terms import Category, OrderState, Outcome, Right, Verb
from moderation.tasks import carry_out_bulk
from moderation.views.choice import Choice
from moderation.views.chosen import chosen, ordered
from moderation.views.request import Request

# A row of the preview as the form carries it: the item, and what was seen of it (judgement, text, our own changes).
ROW = re.compile(r"([0-9]{1,18}):([0-9]{0,18}):([0-9]{1,9}):([0-9]{1,9})")
# More than so many are taken back by the worker, as they were done: each takes some hundredths of a second.
AT_ONCE = 25
MOVING = (OrderState.ORDERED, OrderState.WORKING)


@require_POST
def bulk_preview(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.JUDGE, now)
    keys = _all_keys(request, now) if "alla" in request.POST else _keys(request.POST.getlist("handling"))
    return _preview(request, keys, now)


@require_POST
def bulk_order(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.JUDGE, now)
    seen = {int(row[1]): _seen(row) for text in request.POST.getlist("rad") if (row := ROW.fullmatch(text))}
    items = _items(request.user, list(seen), now)
    if not items:
        messages.warning(request, "Det finns ingen handling kvar att göra det med.")
        return redirect(_back(request)["back"])
    form = BulkForm(request.POST)
    time, person = _forms(request, items, now)
    if not form.is_valid() or not _is_complete(form, time, person):
        return _preview(request, list(seen), now, form, sent=True)
    try:
        made = ordering.order_bulk(
            verb=form.cleaned_data["verb"],
            rows=[(item, seen[item.pk]) for item in items],
            by=request.user,
            now=now,
            **_told(form, time, person),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _preview(request, list(seen), now, form, sent=True)
    _wake(request)
    return redirect(made)


@require_GET
def bulk(request: Request, pk: int) -> HttpResponse:
    found = access.bulk_for(request.user, pk)
    template = "moderation/_bulk.html" if request.htmx else "moderation/bulk.html"
    return render(request, template, _progress(found))


@require_POST
def undo_bulk(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.JUDGE, now)
    found = access.bulk_for(request.user, pk)
    if found.deeds.filter(undone_at=None).count() > AT_ONCE:
        return _undo_later(request, found, now)
    try:
        done, left = undoing.undo_bulk(bulk=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(found)
    messages.success(request, f"Ångrat för {wording.count(done, 'handling', 'handlingar')}.")
    return render(request, "moderation/bulk.html", _progress(found) | {"left": left})


def _undo_later(request: Request, found: Bulk, now: datetime) -> HttpResponse:
    try:
        undo_order.order_undo(bulk=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        _wake(request)
    return redirect(found)


def _preview(
    request: Request, keys: list[int], now: datetime, form: BulkForm | None = None, sent: bool = False
) -> HttpResponse:
    """What would happen to each. With `sent` the order could not be taken, and the page says why."""
    if not keys or len(keys) > rules.BULK_MOST:
        said = "Markera minst en handling i listan." if not keys else f"Markera högst {rules.BULK_MOST} åt gången."
        return render(request, "moderation/bulk_preview.html", {"refused": said} | _back(request), status=400)
    items = _items(request.user, keys, now)
    form = form or BulkForm(request.POST)
    verb = form["verb"].value()
    time, person = _forms(request, items, now, bound=sent)
    to = person.fields["to"].queryset.filter(pk=_key(person["to"].value())).first() if verb == Verb.ASSIGN else None  # type: ignore[attr-defined]
    rows = _rows(request.user, items, str(verb), to, now)
    wrong = sent or not form.is_valid() or (verb == Verb.ASSIGN and person.is_bound and not person.is_valid())
    context = {
        "form": form,
        "verb": verb,
        "time": time,
        "person": person,
        "to": to,
        "rows": rows,
        "will": [row for row in rows if not row["refusal"]],
        "will_not": [row for row in rows if row["refusal"]],
        "now": now,
        "refused": "",
    }
    return render(request, "moderation/bulk_preview.html", context | _back(request), status=400 if wrong else 200)


def _rows(by: User, items: list[Item], verb: str, to: User | None, now: datetime) -> list[dict[str, Any]]:
    others = Lease.objects.held(now).filter(item__in=items).exclude(user=by).select_related("user")
    leases = {lease.item_id: lease for lease in others}
    return [
        {
            "item": item,
            "seen": Seen.of(item),
            "hints": [HintKind(kind).label for kind in item.hint_kinds.split() if kind in HintKind.values],
            "refusal": ordering.refusal(item=item, verb=verb, by=by, to=to, lease=leases.get(item.pk)),
        }
        for item in items
    ]


def _items(user: User, keys: list[int], now: datetime) -> list[Item]:
    """Those that the person may judge, in the order they were marked. Of the others not even that they exist is told."""
    judged = Classification.objects.filter(superseded_at=None).select_related("decided_by")
    versions = ItemVersion.objects.only("item_id", "number", "change", "seen_at")
    mine = access.visible_to(user, now, Right.JUDGE).filter(pk__in=keys).select_related("thread", "assigned_to")
    found = {
        item.pk: item
        for item in mine.prefetch_related(Prefetch("classifications", judged), Prefetch("versions", versions))
    }
    return [found[key] for key in keys if key in found]


def _forms(request: Request, items: list[Item], now: datetime, bound: bool = True) -> tuple[ParkForm, AssignForm]:
    judges = access.judges({item.thread.verksamhet_id for item in items}, now)
    person = AssignForm(judges, request.POST if bound or "to" in request.POST else None)
    return ParkForm(offers(now, settings.OPENING_HOURS), request.POST if bound else None), person


def _is_complete(form: BulkForm, time: ParkForm, person: AssignForm) -> bool:
    verb = form.cleaned_data["verb"]
    return verb == Verb.CLASSIFY or (time if verb == Verb.PARK else person).is_valid()


def _told(form: BulkForm, time: ParkForm, person: AssignForm) -> dict[str, Any]:
    """What the verb needs, and nothing that another would."""
    match form.cleaned_data["verb"]:
        case Verb.CLASSIFY:
            return {"category": Category.RINGA_BETYDELSE, "note": form.cleaned_data["note"]}
        case Verb.PARK:
            return {"until": time.cleaned_data["until"]}
    return {"assignee": person.cleaned_data["to"]}


def _progress(found: Bulk) -> dict[str, Any]:
    counted = dict(found.rows.values_list("outcome").annotate(Count("pk")).order_by())
    total, done = sum(counted.values()), counted.get(Outcome.DONE, 0)
    backwards = found.undo_ordered_at is not None
    whole = done if backwards else total
    handled = whole - (undo_order.remaining(found).count() if backwards else counted.get(Outcome.WAITING, 0))
    return {
        "bulk": found,
        "moving": found.state in MOVING,
        "backwards": backwards,
        "total": total,
        "whole": whole,
        "handled": handled,
        "percent": 100 * handled // whole if whole else 100,
        "done": done,
        "conflicts": found.rows.filter(outcome=Outcome.CONFLICT).select_related("item"),
        "undoable": (undoable := found.deeds.filter(undone_at=None).count()),
        "undone": done - undoable,
        "left": [(row.item, row.sentence) for row in undo_order.refused(found)] if backwards else [],
    }


def _back(request: Request) -> dict[str, Any]:
    choice = Choice.of(request.POST.get("ko", ""))
    return {"ko": choice.query, "back": choice.address()}


def _all_keys(request: Request, now: datetime) -> list[int]:
    """The whole view as it was chosen, from its beginning, as many as can be done at once."""
    choice = Choice.of(request.POST.get("ko", ""))
    mine = access.visible_to(request.user, now, Right.JUDGE)
    found = ordered(chosen(mine, choice, request.user, now), choice)
    return list(found.values_list("pk", flat=True)[: rules.BULK_MOST])


def _keys(texts: list[str]) -> list[int]:
    """Each once, in their order. What is no key is nobody's."""
    return list(dict.fromkeys(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18))


def _key(text: Any) -> int:
    return next(iter(_keys([str(text or "")])), 0)


def _seen(row: re.Match[str]) -> Seen:
    return Seen(int(row[2]) if row[2] else None, int(row[3]), int(row[4]))


def _wake(request: Request) -> None:
    """The order is saved whatever happens to the message; without it the clock finds it within a minute."""
    try:
        carry_out_bulk.delay_on_commit()  # type: ignore[attr-defined]
    except (OperationalError, RedisError):
        messages.warning(request, "Det börjar lite senare, av sig själv. Du behöver inte göra något.")
