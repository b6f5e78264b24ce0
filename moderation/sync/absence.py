"""What was here and is not on Facebook any more: asked for by itself, and believed only while the page itself answers."""

from collections.abc import Iterable
from datetime import datetime

from moderation.graph import payloads
from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, Refused
from moderation.models import Item, Page
from moderation.policy.terms import Source
from moderation.sync import write

# So many of one reading are asked for; what is left waits for the next.
MOST = 200


def look(client: GraphClient, page: Page, seen: dict[str, set[str]], at: datetime) -> int:
    """`seen` holds, for each thread read to its end, the keys that were there. Returns how many have gone."""
    threads = [write.fitting(key) for key in seen]
    keys = {key for keys in seen.values() for key in keys}
    stored = Item.objects.filter(thread__graph_key__in=threads, removed_at=None, changed_at__lte=at)
    # Facebook cannot be asked for what it never gave an id.
    stored = stored.exclude(graph_id="").exclude(graph_id__startswith=payloads.WITHOUT_ID)
    missing = [pk for pk, key in stored.values_list("pk", "graph_key") if key not in keys]
    doubted = Item.objects.filter(pk__in=missing[:MOST])
    return believe(client, page, [item for item in doubted if is_gone(client, item)], at)


def is_gone(client: GraphClient, item: Item) -> bool:
    """What may not be read may well be there."""
    try:
        return not client.exists(item.graph_id)
    except Refused as error:
        if isinstance(error, Expired):
            raise
        return False


def believe(
    client: GraphClient,
    page: Page,
    items: Iterable[Item],
    at: datetime,
    source: Source = Source.FETCHED,
    by_page: bool = False,
) -> int:
    """Facebook says "gone" also where our access is broken, so the page must answer with the same key."""
    items = list(items)
    if not items:
        return 0
    client.page(page.graph_id)
    return write.gone(items, at, source, by_page)
