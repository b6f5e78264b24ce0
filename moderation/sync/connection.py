"""A client for the page: with the key it was connected with, and the manners all processes share."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from moderation import graph, vault
from moderation.graph.client import GraphClient
from moderation.models import Page
from moderation.sync import token_watch
from moderation.sync.manners import SharedManners


def page(page_id: str) -> Page:
    return Page.objects.get_or_create(graph_id=page_id, defaults={"name": settings.KOMMUN})[0]


def client(page: Page, clock: Callable[[], datetime]) -> GraphClient:
    """Raises vault.Unreadable where the stored key was sealed with another SECRET_KEY."""
    token = vault.unseal(page.token_sealed) if page.token_sealed else settings.FACEBOOK_PAGE_TOKEN.strip()
    return graph.connect(token, SharedManners(page, clock))


def ready(page: Page, clock: Callable[[], datetime]) -> GraphClient | None:
    """As `client`. None where the stored key cannot be read: it is as good as dead, and the administrators are told."""
    try:
        return client(page, clock)
    except vault.Unreadable as error:
        token_watch.died(page, error.sentence, clock())
        return None
