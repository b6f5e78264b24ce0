"""The Page itself as a node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from moderation.graph.simulator.kinds import FACEBOOK, Kind, Value, fields, names
from moderation.graph.simulator.reading import Reading


@dataclass(frozen=True)
class Page:
    id: str
    parts: Mapping[str, Any] = field(default_factory=dict)


def page_of(reading: Reading) -> Page:
    world = reading.world
    own = {
        "id": world.page_id,
        "name": world.page_name,
        "category": "Kommunal förvaltning",
        "fan_count": 1986,
        "followers_count": 2143,
        "has_transitioned_to_new_page_experience": True,
        "is_published": True,
        "link": f"{FACEBOOK}/{world.profile_id}",
        "verification_status": "blue_verified",
    }
    page_token = world.tokens.of_kind("PAGE")
    if page_token is not None and reading.token.kind in ("USER", "SYSTEM_USER"):
        own["access_token"] = page_token.value
    return Page(world.page_id, own)


def _part(name: str) -> Value:
    return lambda _, page: page.parts.get(name)


PAGE_NODE = Kind(
    "Page",
    {
        name: _part(name)
        for name in names(
            "id name access_token category fan_count followers_count has_transitioned_to_new_page_experience "
            "is_published link verification_status"
        )
    },
    fields("name id"),
    frozenset({"feed", "posts", "published_posts", "visitor_posts", "tagged"}),
    names(
        "about bio category_list cover description emails engagement instagram_business_account "
        "is_webhooks_subscribed location phone picture single_line_address talking_about_count tasks "
        "unread_message_count unseen_message_count username website"
    ),
)
