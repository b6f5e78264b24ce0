"""What stands around an item: its thread, its author, and what colleagues say of it.

A whole page has it from the start. A desk that is swapped in fetches it afterwards: one can judge meanwhile.
"""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from moderation import access
from moderation.forms import PlaceForm
from moderation.models import Classification, FollowUpStep, Item
from moderation.policy.terms import Right
from moderation.search.find import Reach
from moderation.search.similar import similar
from moderation.views import notes, opinions
from moderation.views.choice import Choice, key
from moderation.views.context import of_author
from moderation.views.request import Request
from moderation.views.row import Reader
from moderation.views.thread import NEAR, REACH, around
from moderation.views.timeline import timeline


@require_GET
def surroundings(request: Request, pk: int) -> HttpResponse:
    """For a desk that came without them; whoever opens the address by itself is shown the item."""
    now = timezone.now()
    found = access.item_for(request.user, pk, now)
    choice = Choice.read(request.GET)
    if not request.htmx:
        return redirect(found)
    read_along(found)
    response = render(request, "moderation/_context.html", background(request, found, choice, now))
    patch_vary_headers(response, ["HX-Request"])
    return response


def background(
    request: Request, found: Item, choice: Choice, now: datetime, place_form: PlaceForm | None = None
) -> dict[str, Any]:
    """What `_context.html` needs."""
    user = request.user
    reader = Reader(user, now, access.reach(user, now))
    may = {right.value: reader.may(right, found.thread.verksamhet_id) for right in Right}
    secret = notes.is_secret(found, user, now)
    asked = int(key(request.GET.get("fraga", "")) or 0)
    reach = Reach(*(access.items_within(reader.reach[right]) for right in (Right.SEE, Right.READ_SECRET)))
    return {
        "now": now,
        "item": found,
        "ko": choice.query,
        "query": f"?{choice.query}" if choice.query else "",
        "may": may,
        "secret": secret,
        "surroundings": around(found, REACH if request.GET.get("hela") else NEAR, may[Right.READ_SECRET]),
        "count": found.thread.counts.first(),
        "similar": [] if secret or found.never_kept else similar(found, reach),
        "author": of_author(found, reader),
        "earlier_judgements": [each for each in found.classifications.all() if each.superseded_at],
        "timeline": timeline(found),
        "place_form": place_form or PlaceForm(initial={"verksamhet": found.thread.verksamhet_id}),
        **notes.about(found, user, now, choice.query),
        **opinions.about(found, user, now, choice.query, ask_whom=asked or None),
    }


def read_along(found: Item, *more: Prefetch) -> None:
    """The judgements with all that is told of them, the texts, and whatever else is asked for."""
    steps = Prefetch("steps", FollowUpStep.objects.select_related("closed_by").order_by("position"))
    # Each by a question of its own: what waits has no judgement, and then none of them is asked.
    judgements = Classification.objects.prefetch_related("decided_by", "policy", steps)
    prefetch_related_objects([found], Prefetch("classifications", judgements), "versions", *more)
    texts = {each.pk: each for each in found.versions.all()}
    for judged in found.classifications.all():
        judged.version = texts[judged.version_id]
