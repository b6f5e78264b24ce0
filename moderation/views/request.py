"""What a view is asked with."""

from datetime import datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from moderation.models import Page, User
from moderation.policy.terms import Right


class Request(HttpRequest):
    """Asked by somebody logged in, and perhaps by htmx, as the middleware sees to."""

    user: User
    htmx: HtmxDetails
    # Where a view has asked for all the person's rights, so that the frame of the page need not ask again.
    reach: dict[Right, set[int | None]]
    # And what is unread, where a list has counted it among the rest.
    unread: int
    # And when the person last did something that can be taken back.
    did_at: datetime | None
    # The page on Facebook, where a list has said when it was last read.
    page: Page | None
