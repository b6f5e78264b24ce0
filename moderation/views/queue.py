"""The queue: what waits for judgement, and what was judged."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from moderation.views.choice import Choice
from moderation.views.listing import listing
from moderation.views.request import Request


@require_GET
def queue(request: Request) -> HttpResponse:
    return render(request, "moderation/queue.html", listing(request, Choice.read(request.GET), timezone.now()))
