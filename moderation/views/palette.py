"""Straight to an item: by its link on Facebook, its diarienummer, its author's name or its number."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.models.item import ItemQuerySet
from moderation.policy.terms import Right
from moderation.search.jump import jump
from moderation.views.brief import brief
from moderation.views.request import Request

MOST, BEGINNING = 8, 1


@require_GET
def palette(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.SEE, now)
    asked = request.GET.get("q", "").strip()[:300]
    found = (
        brief(cast(ItemQuerySet, jump(asked, access.visible_to(request.user, now))), BEGINNING)[:MOST] if asked else []
    )
    template = "moderation/_palette.html" if request.htmx else "moderation/palette.html"
    return render(request, template, {"now": now, "asked": asked, "found": found})
