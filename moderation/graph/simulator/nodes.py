"""The fields of each kind of node. A value of None is left out of the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from moderation.graph.simulator import media
from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import unknown_field
from moderation.graph.simulator.reading import Reading, graph_time
from moderation.graph.simulator.rows import ANONYMOUS, PAGE, Comment, Photo, Post, Row

FACEBOOK = "https://www.facebook.com"
PRIVATE_REPLY_WITHIN = timedelta(days=7)
Value = Callable[[Reading, Any], Any]
IN_AN_ATTACHMENT = {
    "description",
    "description_tags",
    "media",
    "media_type",
    "subattachments",
    "target",
    "title",
    "type",
    "unshimmed_url",
    "url",
}


@dataclass(frozen=True)
class Kind:
    """`silent` fields exist but have no value here; `edges` are the lists under a node."""

    name: str
    values: Mapping[str, Value]
    default: tuple[Field, ...]
    edges: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Person:
    id: str
    name: str


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


def pick(value: Any, asked: Field) -> Any:
    """The asked-for parts of a value that has parts."""
    if not asked.fields or value is None:
        return value
    if isinstance(value, list):
        return [pick(one, asked) for one in value]
    if set(value) == {"data"}:
        return {"data": pick(value["data"], asked)}
    if asked.name in ("attachment", "attachments", "subattachments"):
        _refuse_unknown(asked.fields)
    return {part.key: pick(value[part.name], part) for part in asked.fields if part.name in value}


def _refuse_unknown(fields: tuple[Field, ...]) -> None:
    for part in fields:
        if part.name not in IN_AN_ATTACHMENT:
            raise unknown_field(part.name, "StoryAttachment")


def author(reading: Reading, row: Row) -> dict[str, str] | None:
    """The Page's own name always; a person's only to those who may read what persons write."""
    if row.author == PAGE:
        return {"name": reading.world.page_name, "id": reading.world.page_id}
    if row.author == ANONYMOUS or "no_from" in reading.modes or not reading.may("pages_read_user_content"):
        return None
    return {"name": row.author, "id": reading.world.person_id(row.author)}


def _post_link(reading: Reading, post: Post) -> str:
    if post.reel:
        return f"{FACEBOOK}/reel/{post.reel}/"
    return f"{FACEBOOK}/{reading.world.profile_id}/posts/{post.number}"


def _comment_link(reading: Reading, comment: Comment) -> str:
    address = f"{FACEBOOK}/{reading.world.profile_id}/posts/{comment.post.number}"
    if comment.parent is None:
        return f"{address}?comment_id={comment.number}"
    return f"{address}?comment_id={comment.parent.number}&reply_comment_id={comment.number}"


def _updated(reading: Reading, post: Post) -> str:
    newest = post.stream.newest(reading.now)
    return graph_time(newest.created_at if newest else post.created_at)


def _status_type(_: Reading, post: Post) -> str:
    if post.author != PAGE:
        return "wall_post"
    if post.reel:
        return "added_video"
    return "added_photos" if post.photos else "mobile_status_update"


def _image(reading: Reading, photo: Photo) -> dict[str, Any]:
    picture = photo.picture
    return {"image": {"height": picture.height, "src": media.link(reading, photo), "width": picture.width}}


def _attached(reading: Reading, photo: Photo, kind: str = "photo") -> dict[str, Any]:
    address = f"{FACEBOOK}/photo.php?fbid={photo.id}&set=a.{reading.world.profile_id}&type=3"
    target = {"id": photo.id, "url": address}
    return {"media": _image(reading, photo), "target": target, "type": kind, "url": address}


def _attachments(reading: Reading, post: Post) -> dict[str, Any] | None:
    photos = [{"media_type": "photo", **_attached(reading, photo)} for photo in post.photos]
    if len(photos) < 2:
        return {"data": photos} if photos else None
    rest = {"media_type": "album", "type": "album", "title": f"Foton från {reading.world.page_name}"}
    return {"data": [{**photos[0], **rest, "subattachments": {"data": photos}}]}


def _full_picture(reading: Reading, post: Post) -> str | None:
    return media.link(reading, post.photos[0]) if post.photos else None


def _attachment(reading: Reading, comment: Comment) -> dict[str, Any] | None:
    if comment.photo is None:
        return None
    return _attached(reading, comment.photo, "sticker" if comment.sticker else "photo")


def _parent(reading: Reading, comment: Comment) -> dict[str, Any] | None:
    parent = comment.parent
    if parent is None:
        return None
    told = {"created_time": graph_time(parent.created_at), "from": author(reading, parent)}
    told |= {"message": parent.text(reading.now), "id": parent.id}
    return {name: value for name, value in told.items() if value is not None}


def _can_reply_privately(reading: Reading, comment: Comment) -> bool:
    return comment.author != PAGE and reading.now - comment.created_at < PRIVATE_REPLY_WITHIN


def _fields(names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names.split())


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _part(name: str) -> Value:
    return lambda _, page: page.parts.get(name)


POST = Kind(
    "Post",
    {
        "id": lambda _, post: post.id,
        "message": lambda reading, post: post.text(reading.now) or None,
        "story": lambda _, post: post.story or None,
        "created_time": lambda _, post: graph_time(post.created_at),
        "updated_time": _updated,
        "from": author,
        "permalink_url": _post_link,
        "full_picture": _full_picture,
        "picture": _full_picture,
        "status_type": _status_type,
        "attachments": _attachments,
        "is_published": lambda *_: True,
        "is_hidden": lambda _, post: post.hidden,
        "is_expired": lambda *_: False,
        "shares": lambda _, post: {"count": post.shares} if post.shares else None,
    },
    _fields("created_time message story id"),
    frozenset({"comments", "likes", "reactions"}),
    _names(
        "actions admin_creator application can_reply_privately icon is_ai_generated message_tags parent_id place "
        "privacy promotion_status properties scheduled_publish_time story_tags targeting timeline_visibility to via "
        "insights sharedposts"
    ),
)
COMMENT = Kind(
    "Comment",
    {
        "id": lambda _, comment: comment.id,
        "message": lambda reading, comment: comment.text(reading.now),
        "created_time": lambda _, comment: graph_time(comment.created_at),
        "from": author,
        "parent": _parent,
        "object": lambda _, comment: {"id": comment.post.number},
        "attachment": _attachment,
        "permalink_url": _comment_link,
        "like_count": lambda _, comment: comment.likes,
        "comment_count": lambda reading, comment: comment.replies.count(reading.now),
        "user_likes": lambda *_: False,
        "is_hidden": lambda _, comment: comment.hidden,
        "is_private": lambda *_: False,
        "can_comment": lambda *_: True,
        "can_hide": lambda _, comment: comment.author != PAGE,
        "can_like": lambda *_: True,
        "can_remove": lambda *_: True,
        "can_reply_privately": _can_reply_privately,
    },
    _fields("created_time from message id"),
    frozenset({"comments", "likes", "reactions"}),
    frozenset(
        {"admin_creator", "application", "live_broadcast_timestamp", "message_tags", "private_reply_conversation"}
    ),
)
PAGE_NODE = Kind(
    "Page",
    {
        name: _part(name)
        for name in _names(
            "id name access_token category fan_count followers_count has_transitioned_to_new_page_experience "
            "is_published link verification_status"
        )
    },
    _fields("name id"),
    frozenset({"feed", "posts", "published_posts", "visitor_posts", "tagged"}),
    _names(
        "about bio category_list cover description emails engagement instagram_business_account "
        "is_webhooks_subscribed location phone picture single_line_address talking_about_count tasks "
        "unread_message_count unseen_message_count username website"
    ),
)
PERSON = Kind(
    "User",
    {"id": lambda _, person: person.id, "name": lambda _, person: person.name},
    _fields("name id"),
    frozenset({"accounts", "permissions"}),
)
KINDS: dict[type, Kind] = {Post: POST, Comment: COMMENT, Page: PAGE_NODE, Person: PERSON}
