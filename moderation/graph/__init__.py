"""Facebook's Graph API as a library: it knows no row and no request, and imports nothing of ours but itself."""

from dataclasses import replace

from django.conf import settings

from moderation.graph import media
from moderation.graph.client import GraphClient
from moderation.graph.manners import Manners


def connect(token: str, manners: Manners) -> GraphClient:
    """A client as the settings describe it; the only place in this package that reads them."""
    return GraphClient(
        base_url=settings.GRAPH_URL,
        version=settings.GRAPH_VERSION,
        token=token,
        app_secret=settings.FACEBOOK_APP_SECRET.strip(),
        manners=manners,
        media_limits=replace(media.LIMITS, size=settings.BILAGA_MEGABYTE * media.MEGABYTE),
    )
