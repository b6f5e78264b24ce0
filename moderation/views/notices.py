"""What a person should be told: mentions, questions, answers, items given and taken over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.models import Notice, User
from moderation.models.item import ItemQuerySet
from moderation.policy import wording
from moderation.policy.terms import Right
from moderation.views.request import Request

ROWS = 100


@dataclass(frozen=True)
class Told:
    notice: Notice
    sentence: str


@require_GET
def notices(request: Request) -> HttpResponse:
    """The unread first, of items that the person still may see."""
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    mine = _mine(request.user, now).select_related("by", "item").order_by(F("read_at").desc(nulls_first=True), "-pk")
    told = [Told(each, tell(each)) for each in mine[:ROWS]]
    context = {"now": now, "told": told, "unread": any(each.notice.read_at is None for each in told)}
    return render(request, "moderation/notices.html", context)


@require_POST
def read_notices(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    count = _mine(request.user, now).filter(read_at=None).update(read_at=now)
    messages.success(request, f"{wording.count(count, 'notis är läst', 'notiser är lästa')}.")
    return redirect("notices")


def unread(user: User, visible: ItemQuerySet) -> QuerySet[Any]:
    """Those not read yet, of the items that the person may see: an index of its own holds them."""
    return Notice.objects.filter(to=user, read_at=None, item__in=visible)


def tell(notice: Notice) -> str:
    """Such as "Anna Ek tog över bedömningen från dig"; never what a citizen or a colleague wrote."""
    return f"{notice.by} {notice.get_kind_display()}" if notice.by else notice.get_kind_display()


def _mine(user: User, now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(to=user, item__in=access.visible_to(user, now))
