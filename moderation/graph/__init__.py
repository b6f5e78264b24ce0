"""Facebook's Graph API as a library: it knows no row and no request, and imports nothing of ours but itself."""

import requests
from django.conf import settings

from moderation.graph.client import GraphClient


def connect(session: requests.Session | None = None) -> GraphClient:
    """A client as the settings describe it; the only place in this package that reads them."""
    return GraphClient(
        base_url=settings.GRAPH_URL,
        version=settings.GRAPH_VERSION,
        token=settings.FACEBOOK_PAGE_TOKEN.strip(),
        app_secret=settings.FACEBOOK_APP_SECRET.strip(),
        session=session,
    )
