"""The way back from a form on an item: to the item, beside the queue as it was chosen."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from moderation.models import Item
from moderation.views.choice import Choice
from moderation.views.request import Request


def query(request: Request) -> str:
    """The queue's query that the form or the link to it carried along, without what makes no sense in it."""
    return Choice.of(request.POST.get("ko") or request.GET.get("ko", "")).query


def to(request: Request, item: Item) -> str:
    chosen = query(request)
    return f"{item.get_absolute_url()}?{chosen}" if chosen else item.get_absolute_url()


def away(request: Request, item: Item) -> HttpResponse:
    """To the item as a whole page, also for a form that only had its own part of the page to answer in."""
    return HttpResponseClientRedirect(to(request, item)) if request.htmx else redirect(to(request, item))
