"""The queue by posts: how much waits under each, so that a discussion can be judged as a whole."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from moderation.views.request import Request


@require_GET
def posts(request: Request) -> HttpResponse:
    return render(request, "moderation/posts.html", {})
