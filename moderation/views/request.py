"""What a view is asked with."""

from django.http import HttpRequest

from moderation.models import User


class Request(HttpRequest):
    """Asked by somebody logged in, as the middleware sees to."""

    user: User
