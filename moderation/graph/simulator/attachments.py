"""What hangs on posts and comments: pictures, albums, films, stickers, shared links, and whatever a test hangs there."""

from collections.abc import Sequence
from typing import Any

from moderation.graph.simulator import media
from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import bad_parameter, unknown_field
from moderation.graph.simulator.kinds import FACEBOOK, pick
from moderation.graph.simulator.links import limit_in, link
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import Comment, Photo, Post
from moderation.graph.simulator.wire import position_cursor, position_of

PARTS = {
    *("description", "description_tags", "media", "media_type", "subattachments", "target", "title", "type"),
    *("unshimmed_url", "url"),
}
EDGES = {"attachments", "subattachments"}
Attachment = dict[str, Any]


def of_post(reading: Reading, post: Post) -> list[Attachment]:
    if post.attachment is not None:
        return [media.signed(reading, post.attachment)]
    if post.film is not None:
        still = post.photos[0] if post.photos else None
        return [{"media_type": "video", **_film(reading, post.film, still, "video_autoplay")}]
    photos = [{"media_type": "photo", **_photo(reading, photo)} for photo in post.photos]
    if len(photos) < 2:
        return photos
    rest = {"media_type": "album", "type": "album", "title": f"Foton från {reading.world.page_name}"}
    return [{**photos[0], **rest, "subattachments": {"data": photos}}]


def of_comment(reading: Reading, comment: Comment) -> Attachment | None:
    if comment.attachment is not None:
        return media.signed(reading, comment.attachment)
    if comment.film is not None:
        return _film(reading, comment.film, comment.photo, "video_inline")
    if comment.photo is None:
        return None
    return _photo(reading, comment.photo, "sticker" if comment.sticker else "photo")


def told_of_post(reading: Reading, post: Post, asked: Field) -> dict[str, Any] | None:
    """As a field of the post: missing where nothing hangs."""
    told = [_told(reading, post, attachment, asked.fields) for attachment in of_post(reading, post)]
    return {"data": told} if told else None


def told_of_comment(reading: Reading, comment: Comment, asked: Field) -> Attachment | None:
    """One object, not a list."""
    attachment = of_comment(reading, comment)
    return None if attachment is None else _told(reading, comment, attachment, asked.fields)


def edge(reading: Reading, post: Post, asked: Field) -> dict[str, Any]:
    """GET /{post}/attachments, and /{post}/subattachments for the further pages of a large album."""
    if asked.name == "attachments":
        return told_of_post(reading, post, asked) or {"data": []}
    albums = (_told(reading, post, one, (asked,)) for one in of_post(reading, post))
    return next((told["subattachments"] for told in albums if told), {"data": []})


def picture_of(reading: Reading, post: Post) -> str | None:
    images = (one.get("media", {}).get("image", {}).get("src") for one in of_post(reading, post))
    return next((source for source in images if source), None)


def _told(reading: Reading, owner: Post | Comment, attachment: Attachment, asked: Sequence[Field]) -> Attachment:
    told = {}
    for part in asked or [Field(name) for name in attachment]:
        if asked and part.name not in PARTS:
            raise unknown_field(part.name, "StoryAttachment")
        if part.name == "subattachments" and part.name in attachment:
            told[part.key] = _page(reading, owner, attachment["subattachments"]["data"], part)
        elif part.name in attachment:
            told[part.key] = pick(attachment[part.name], part)
    return told


def _page(reading: Reading, owner: Post | Comment, parts: list[Attachment], asked: Field) -> dict[str, Any]:
    limit = limit_in(asked.options)
    try:
        start = position_of(asked.options["after"]) if asked.options.get("after") else 0
    except ValueError as error:
        raise bad_parameter("Invalid cursors values provided") from error
    end = start + limit
    page: dict[str, Any] = {"data": [_told(reading, owner, part, asked.fields) for part in parts[start:end]]}
    if end < len(parts):
        first, last = position_cursor(start + 1), position_cursor(end)
        further = link(reading, owner.id, asked, limit, "after", last)
        page["paging"] = {"cursors": {"before": first, "after": last}, "next": further}
    return page


def _photo(reading: Reading, photo: Photo, kind: str = "photo") -> Attachment:
    address = f"{FACEBOOK}/photo.php?fbid={photo.id}&set=a.{reading.world.profile_id}&type=3"
    return {
        "media": {"image": _image(reading, photo)},
        "target": {"id": photo.id, "url": address},
        "type": kind,
        "url": address,
    }


def _film(reading: Reading, film: Photo, still: Photo | None, kind: str) -> Attachment:
    address = f"{FACEBOOK}/{reading.world.profile_id}/videos/{film.id}/"
    files = {"image": _image(reading, still)} if still else {}
    return {
        "media": {**files, "source": media.link(reading, film)},
        "target": {"id": film.id, "url": address},
        "type": kind,
        "url": address,
    }


def _image(reading: Reading, photo: Photo) -> dict[str, Any]:
    return {"height": photo.picture.height, "src": media.link(reading, photo), "width": photo.picture.width}
