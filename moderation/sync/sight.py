"""One thing looked at on Facebook by itself: how it stands just now, or that it is gone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, Gone, Malformed, Refused
from moderation.models import Item, Page
from moderation.models.order import Impossible
from moderation.policy.terms import Kind
from moderation.sync import nodes
from moderation.sync.manners import asked_at
from moderation.sync.write import Found

UNSEEN = (
    "Facebook visar oss varken handlingen eller sidan, så det går inte att veta om den är borta. "
    "Säg till en administratör."
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What was shown when Facebook was asked at `at`: the node, all that came with it, and `own`, which is itself.

    Without `own` it is gone.
    """

    at: datetime
    own: Found | None = None
    found: list[Found] = field(default_factory=list)
    node: dict[str, Any] = field(default_factory=dict)


def look(client: GraphClient, page: Page, item: Item, clock: Callable[[], datetime]) -> Sight:
    """That it is gone is believed only while the page itself answers; Impossible where it does not."""
    try:
        node, found = _read(client, item)
    except Gone:
        at = asked_at(client, clock)
        _see_the_page(client, page)
        return Sight(at)
    own = next((one for one in found if one.key == item.graph_key), None)
    if own is None:
        raise Malformed(detail="another node than the one asked for")
    return Sight(asked_at(client, clock), own, found, node)


def below(client: GraphClient, item: Item, sight: Sight) -> Iterator[list[Found]]:
    """All that stands below what was seen, some at a time."""
    if item.kind == Kind.POST and sight.own is not None:
        for rows in client.comments(sight.node):
            yield list(nodes.comments(rows, sight.own))
    elif sight.node.get("comment_count") != 0:
        for rows in client.latest_comments(item.graph_id):
            yield list(nodes.comments(rows, _post_of(item), with_parents=True))


def _read(client: GraphClient, item: Item) -> tuple[dict[str, Any], list[Found]]:
    if item.kind == Kind.POST:
        node = client.post(item.graph_id)
        post = nodes.post(node)
        return node, [post, *nodes.comments(nodes.listed(node), post)]
    node = client.comment(item.graph_id)
    return node, list(nodes.comments([node], _post_of(item), with_parents=True))


def _post_of(item: Item) -> Found:
    """The post at the top, as far as what stands below it needs to know."""
    return replace(nodes.post({"id": item.thread.graph_id}), thread=item.thread.graph_key)


def _see_the_page(client: GraphClient, page: Page) -> None:
    try:
        client.page(page.graph_id)
    except Expired:
        raise
    except Refused as error:
        raise Impossible(UNSEEN) from error
