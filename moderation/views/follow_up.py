"""What remains to be done after judgements, whose it is and by when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import give_step, register
from moderation.models import FollowUpStep, Item, User
from moderation.models.decision import FollowUpStepQuerySet
from moderation.policy import wording
from moderation.policy.terms import Category, Right
from moderation.views import back
from moderation.views.brief import brief
from moderation.views.choice import key
from moderation.views.request import Request
from moderation.views.row import BEGINNING, Reader, is_secret

ROWS = 30
MINE, ALL = "mina", "alla"
LABELS = {ALL: "Alla", MINE: "Mina"}


@dataclass(frozen=True)
class Line:
    """A step as the page shows it: `text` is a citizen's, `instead` ours where there is none to show."""

    step: FollowUpStep
    address: str
    text: str
    instead: str
    who: str
    late: bool
    may_take: bool
    # Judged as secret, whoever reads it.
    is_secret: bool


@require_GET
def follow_up(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.FOLLOW_UP, now)
    steps, whose = open_steps(request.user, now), _whose(request)
    chosen = _of(steps, whose, request.user)
    found = list(after(chosen, request.GET.get("efter", ""))[: ROWS + 1])
    more = found[ROWS - 1].pk if len(found) > ROWS else None
    context = {
        "now": now,
        "lines": lines(found[:ROWS], request.user, now),
        "tabs": [(value, label, _of(steps, value, request.user).count()) for value, label in LABELS.items()],
        "whose": whose,
        "to_register": register.to_register(steps).count(),
        "late": chosen.overdue(now).count(),
        "more": f"{reverse('follow_up')}?{urlencode({'vems': whose, 'efter': more})}" if more else "",
        "first": f"{reverse('follow_up')}?{urlencode({'vems': whose})}" if request.GET.get("efter") else "",
    }
    return render(request, "moderation/follow_up.html", context)


@require_POST
def take_step(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    step = access.step_for(request.user, pk, now)
    try:
        give_step.give_step(step=step, to=request.user, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, f"Du har nu hand om: {step.get_kind_display().lower()}.")
    return redirect(back.to(request, step.classification.item))


def open_steps(user: User, now: datetime) -> FollowUpStepQuerySet:
    """Of the judgements in force, on the items where the person may follow up."""
    mine = access.visible_to(user, now, Right.FOLLOW_UP)
    steps = FollowUpStep.objects.open().filter(classification__superseded_at=None, classification__item__in=mine)
    return cast(FollowUpStepQuerySet, steps)


def lines(steps: list[FollowUpStep], user: User, now: datetime) -> list[Line]:
    """With the beginning of each item, for those who may read it."""
    keys = {step.classification.item_id for step in steps}
    rows = brief(Item.objects.filter(pk__in=keys), BEGINNING).annotate(verksamhet=F("thread__verksamhet"))
    items, reader = {item.pk: item for item in rows}, Reader(user, now, access.reach(user, now))
    return [_line(step, items[step.classification.item_id], reader) for step in steps]


def _line(step: FollowUpStep, item: Any, reader: Reader) -> Line:
    secret = is_secret(item, reader)
    text = "" if secret or item.withheld else wording.first_line(item.beginning)
    return Line(
        step=step,
        address=f"{item.get_absolute_url()}#atgard-{step.pk}",
        text=text,
        instead="" if text else "Sekretess: texten visas inte för dig." if secret else "Texten visas inte.",
        who=step.classification.get_category_display() if secret else step.classification.label,
        late=step.due_at <= reader.now,
        is_secret=item.category == Category.SEKRETESS,
        may_take=not step.done_by_the_archive and step.owner_id != reader.user.pk,
    )


def _whose(request: Request) -> str:
    asked = request.GET.get("vems", "")
    return asked if asked in LABELS else ALL


def _of(steps: FollowUpStepQuerySet, whose: str, user: User) -> FollowUpStepQuerySet:
    return steps.filter(owner=user) if whose == MINE else steps


def after(steps: FollowUpStepQuerySet, token: str) -> QuerySet[FollowUpStep]:
    """From the step on whose key the former page ended with."""
    rows = steps.select_related("classification__decided_by", "classification__item", "owner").by_due()
    rows = rows.defer("classification__item__text", "classification__item__notes")
    place = FollowUpStep.objects.filter(pk=token).first() if key(token) else None
    if place is None:
        return rows
    return rows.filter(Q(due_at__gt=place.due_at) | Q(due_at=place.due_at, pk__gt=place.pk))
