"""The Page itself as a node."""

from dataclasses import dataclass
from typing import Any

from moderation.graph.simulator import media
from moderation.graph.simulator.kinds import FACEBOOK, Kind, Value, fields, names
from moderation.graph.simulator.reading import Reading


@dataclass(frozen=True)
class Page:
    id: str


def page_of(reading: Reading) -> Page:
    return Page(reading.world.page_id)


def _access_token(reading: Reading, _: Page) -> str | None:
    page_token = reading.world.tokens.of_kind("PAGE")
    return page_token.value if page_token and reading.token.kind in ("USER", "SYSTEM_USER") else None


def _cover(reading: Reading, _: Page) -> dict[str, Any] | None:
    profile = reading.world.profile
    if profile.cover is None:
        return None
    return {
        "cover_id": profile.cover.id,
        "offset_x": profile.offset_x,
        "offset_y": profile.offset_y,
        "source": media.link(reading, profile.cover),
        "id": profile.cover.id,
    }


def _picture(reading: Reading, _: Page) -> dict[str, Any] | None:
    photo = reading.world.profile.picture
    if photo is None:
        return None
    size = {"height": photo.picture.height, "width": photo.picture.width}
    return {"data": {**size, "is_silhouette": False, "url": media.link(reading, photo)}}


def _of_profile(name: str) -> Value:
    return lambda reading, _: getattr(reading.world.profile, name) or None


PAGE_NODE = Kind(
    "Page",
    {
        "id": lambda _, page: page.id,
        "name": lambda reading, _: reading.world.page_name,
        "about": _of_profile("about"),
        "access_token": _access_token,
        "bio": _of_profile("bio"),
        "category": lambda *_: "Kommunal förvaltning",
        "cover": _cover,
        "description": _of_profile("description"),
        "fan_count": lambda *_: 1986,
        "followers_count": lambda *_: 2143,
        "has_transitioned_to_new_page_experience": lambda *_: True,
        "is_published": lambda reading, _: reading.world.profile.is_published,
        "link": lambda reading, _: f"{FACEBOOK}/{reading.world.profile_id}",
        "picture": _picture,
        "username": _of_profile("username"),
        "verification_status": lambda *_: "blue_verified",
    },
    fields("name id"),
    frozenset({"conversations", "feed", "posts", "published_posts", "visitor_posts", "tagged", "video_reels"}),
    names(
        "category_list emails engagement instagram_business_account is_webhooks_subscribed location phone "
        "single_line_address talking_about_count tasks unread_message_count unseen_message_count website"
    ),
)
