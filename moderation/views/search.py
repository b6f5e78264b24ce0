"""The search page: one field, what was found, and how it divides."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation import access
from moderation.policy.terms import Right
from moderation.search import find
from moderation.search.find import COUNTED, Asked, Reach
from moderation.search.jump import exact
from moderation.search.suggest import suggest
from moderation.views.asked import address, choices, place, read
from moderation.views.facets import Facet, facets
from moderation.views.found import rows
from moderation.views.request import Request

ROWS = 25
# Items that were named, such as by a link, and stand before all hits.
NAMED = 5


@require_GET
def search(request: Request) -> HttpResponse:
    now = timezone.now()
    request.reach = access.reach(request.user, now)
    visible = access.visible_to(request.user, now)
    if visible.query.is_empty():
        access.require(request.user, Right.SEE, now)
    reach = Reach(visible, access.visible_to(request.user, now, Right.READ_SECRET))
    asked, after = read(request.GET), place(request.GET.get("efter", ""))
    counted = find.places(asked, reach, now)
    shown = counted if after is None else find.places(asked, reach, now, before=after, most=ROWS)
    named = exact(asked.words, visible) if after is None else None
    suggestion = suggest(asked.query, reach) if asked.query and not counted else ""
    context = {
        "now": now,
        "asked": asked,
        "choices": choices(asked),
        "named": rows([] if named is None else named.values_list("pk", flat=True)[:NAMED], asked, reach),
        "rows": rows([find.item_of(each) for each in shown[:ROWS]], asked, reach),
        "count": min(len(counted), COUNTED),
        "is_capped": len(counted) > COUNTED,
        "facets": _facets(counted[:COUNTED], asked, now),
        "suggestion": suggestion,
        "suggested": address(replace(asked, words=suggestion)),
        "wide": address(Asked(asked.words, asked.under_post)),
        "elsewhere": address(replace(asked, under_post=not asked.under_post)),
        "older": address(asked, shown[ROWS - 1]) if len(shown) > ROWS else "",
        "first": address(asked) if after is not None else "",
    }
    return render(request, "moderation/search.html", context)


def _facets(places: list[int], asked: Asked, now: datetime) -> list[Facet]:
    return facets(find.counts([find.item_of(each) for each in places], now), find.years(places), asked)
