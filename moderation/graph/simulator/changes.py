"""What a webhook says of a change: seconds in what happens on the Page, milliseconds in private messages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from moderation.graph.simulator.inbox import Message
from moderation.graph.simulator.rows import ANONYMOUS, PAGE, Comment, Photo, Post
from moderation.graph.simulator.signing import signed_path

if TYPE_CHECKING:
    from moderation.graph.simulator.world import World

FACEBOOK = "https://www.facebook.com"
MESSENGER = frozenset({"messages", "message_echoes"})
BY_THE_PAGE = frozenset({"hide", "unhide"})
Value = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """`field` is what an app subscribes to; `told` stands under `value`, or is an item of `messaging`."""

    field: str
    told: Value
    at: datetime

    @property
    def removes(self) -> bool:
        return self.told.get("verb") == "remove"


def of_row(world: "World", row: Post | Comment, verb: str, at: datetime) -> Change:
    """`at` is when it happened; hide, unhide and remove have no other time than that of the action."""
    value = {
        "verb": verb,
        "created_time": int(at.timestamp()),
        **_from(world, PAGE if verb in BY_THE_PAGE else row.author),
    }
    if verb != "remove" and (text := row.text(at)):
        value["message"] = text
    if isinstance(row, Comment):
        return Change("feed", value | _comment(world, row, verb, at), at)
    if row.tagged:
        value.pop("from", None)
        return Change("mention", value | {"item": "post", "post_id": row.id}, at)
    return Change("feed", value | _post(world, row, verb, at), at)


def of_reaction(world: "World", row: Post | Comment, author: str, kind: str, verb: str, at: datetime) -> Change:
    post = row.post if isinstance(row, Comment) else row
    value = {"item": "reaction", "verb": verb, "reaction_type": kind, "created_time": int(at.timestamp())}
    value |= {"post_id": post.id, "parent_id": _parent_id(row), **_from(world, author)}
    if isinstance(row, Comment):
        value["comment_id"] = row.id
    return Change("feed", value, at)


def of_message(world: "World", message: Message) -> Change:
    told: Value = {"mid": message.id}
    if message.unsupported:
        told["is_unsupported"] = True
    if text := message.text(message.created_at):
        told["text"] = text
    if message.reply_to:
        told["reply_to"] = {"mid": message.reply_to}
    if attached := _attached(world, message):
        told["attachments"] = attached
    if message.from_page:
        told |= {"is_echo": True, "app_id": int(world.tokens.app_id)}
    return _messaging(world, message, told, message.created_at)


def of_unsent_message(world: "World", message: Message, at: datetime) -> Change:
    return _messaging(world, message, {"mid": message.id, "is_deleted": True}, at)


def _messaging(world: "World", message: Message, told: Value, at: datetime) -> Change:
    person, page = {"id": world.person_id(message.person)}, {"id": world.page_id}
    sender, recipient = (page, person) if message.from_page else (person, page)
    item = {"sender": sender, "recipient": recipient, "timestamp": milliseconds(at), "message": told}
    return Change("message_echoes" if message.from_page else "messages", item, at)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _comment(world: "World", comment: Comment, verb: str, at: datetime) -> Value:
    value = {
        "item": "comment",
        "comment_id": comment.id,
        "post_id": comment.post.id,
        "parent_id": _parent_id(comment),
    }
    if verb == "remove":
        return value
    if verb == "add" and comment.film:
        value["video"] = _link(world, comment.film, at)
    elif verb == "add" and comment.photo:
        value["photo"] = _link(world, comment.photo, at)
    return value | {"post": _post_told(world, comment.post, at)}


def _parent_id(row: Post | Comment) -> str:
    """Of a comment its post, of a reply the comment answered; reactions to a post name the post itself."""
    if isinstance(row, Post):
        return row.id
    return row.parent.id if row.parent else row.post.id


def _post_told(world: "World", post: Post, at: datetime) -> Value:
    kinds = {"photo": "added_photos", "video": "added_video", "share": "shared_story", "post": "wall_post"}
    return {
        "status_type": kinds.get(_item(post), "added_photos" if post.photos else "mobile_status_update"),
        "is_published": True,
        "updated_time": at.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "+0000",
        "permalink_url": f"{FACEBOOK}/{world.profile_id}/posts/{post.number}",
        "promotion_status": "inactive",
        "id": post.id,
    }


def _post(world: "World", post: Post, verb: str, at: datetime) -> Value:
    """A removed post is told as `post`, whatever it was added as, unless it is a picture or a film."""
    item = _item(post)
    if verb == "remove":
        kind = item if item in ("photo", "video") else "post"
        return {"item": kind, "post_id": post.id, "recipient_id": world.page_id}
    value: Value = {"item": item, "post_id": post.id}
    if post.author == PAGE and verb in ("add", "edited"):
        value["published"] = 0 if post.withheld else 1
    return value | (_hanging(world, post, item, at) if verb == "add" else {})


def _hanging(world: "World", post: Post, item: str, at: datetime) -> Value:
    if item == "video" and post.film:
        return {"video_id": post.film.id, "link": _link(world, post.film, at)}
    if item == "photo":
        return {"photo_id": post.photos[0].id, "link": _link(world, post.photos[0], at)}
    if item == "share":
        return {"share_id": int(post.number)}
    return {"photos": [_link(world, photo, at) for photo in post.photos]} if post.photos else {}


def _item(post: Post) -> str:
    if post.author != PAGE:
        return "post"
    if post.film or post.reel:
        return "video"
    if post.attachment is not None:
        return "share"
    return "photo" if len(post.photos) == 1 else "status"


def _attached(world: "World", message: Message) -> list[Value]:
    if message.blocked_in_eu:
        return [{"type": "fallback", "title": "Attachment Unavailable", "payload": None} for _ in message.files]
    told = [{"type": _kind(file), "payload": {"url": _link(world, file, message.created_at)}} for file in message.files]
    if message.sticker:
        payload = {"url": _link(world, message.sticker, message.created_at), "sticker_id": int(message.sticker.id)}
        told.append({"type": "image", "payload": payload})
    if message.share:
        told.append({"type": "fallback", "payload": {"url": message.share.link, "title": message.share.name}})
    return told


def _kind(file: Photo) -> str:
    kind = file.picture.mime.partition("/")[0]
    return kind if kind in ("image", "video", "audio") else "file"


def _link(world: "World", photo: Photo, at: datetime) -> str:
    return world.address + signed_path(f"{world.page_id}/{world.profile_id}", photo, at)


def _from(world: "World", author: str) -> Value:
    if author == ANONYMOUS:
        return {}
    if author == PAGE:
        return {"from": {"id": world.page_id, "name": world.page_name}}
    return {"from": {"id": world.person_id(author), "name": author}}
