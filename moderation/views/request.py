"""What a view is asked with."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from moderation.models import User


class Request(HttpRequest):
    """Asked by somebody logged in, and perhaps by htmx, as the middleware sees to."""

    user: User
    htmx: HtmxDetails
