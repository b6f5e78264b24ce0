"""Pictures, films, albums and shared links of a node -> RemoteMedia. The list of kinds is open and grows with Facebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from moderation.graph.values import name, number, shown, text, thing

KINDS = {
    *("album", "animated_image_share", "cover_photo", "event", "link", "multi_share", "native_templates", "new_album"),
    *("note", "photo", "profile_media", "share", "sticker", "video", "video_autoplay", "video_inline"),
}
STILL = "still"  # the picture that stands for a film where film cannot be shown
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class RemoteMedia:
    """`url` is where the file itself lies ("" if nowhere), `link` the page the attachment leads to."""

    kind: str
    url: str
    title: str
    description: str
    width: int | None
    height: int | None
    target_id: str
    link: str = ""


def media(node: dict[str, Any], notes: list[str]) -> list[RemoteMedia]:
    """A post has `attachments{data}`, a comment one `attachment`; `full_picture` stands in where neither has a file."""
    attachments = [*_listed(node.get("attachments")), *_listed(node.get("attachment"))]
    found = [medium for attachment in attachments for medium in _attached(attachment, notes)]
    picture = text(node.get("full_picture"))
    if picture and not any(medium.url for medium in found):
        found.append(RemoteMedia("photo", picture, "", "", None, None, ""))
    return found


def message_media(node: dict[str, Any], notes: list[str]) -> list[RemoteMedia]:
    """Files of a private message, what it shares, and its sticker. Within the EU Facebook may leave out the file itself."""
    found = [_message_file(attachment) for attachment in _listed(node.get("attachments"))]
    found += [_shared(share) for share in _listed(node.get("shares"))]
    if sticker := text(node.get("sticker")):
        found.append(RemoteMedia("sticker", sticker, "", "", None, None, ""))
    return found


def _message_file(attachment: dict[str, Any]) -> RemoteMedia:
    image, film = thing(attachment.get("image_data")), thing(attachment.get("video_data"))
    # A film has both: what tells of its picture is only the size.
    size = film or image
    return RemoteMedia(
        kind="video" if film else "photo" if image else "file",
        url=text(film.get("url")) or text(image.get("url")) or text(attachment.get("file_url")),
        title=text(attachment.get("name")),
        description="",
        width=number(size.get("width")),
        height=number(size.get("height")),
        target_id=name(attachment.get("id")),
    )


def _shared(share: dict[str, Any]) -> RemoteMedia:
    title, description = text(share.get("name")), text(share.get("description"))
    return RemoteMedia("share", "", title, description, None, None, name(share.get("id")), text(share.get("link")))


def _listed(value: Any) -> list[dict[str, Any]]:
    inner = thing(value).get("data")
    many = inner if isinstance(inner, list) else value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, dict) and one]


def _attached(attachment: dict[str, Any], notes: list[str], depth: int = 0) -> Iterator[RemoteMedia]:
    kind = shown(text(attachment.get("type")) or text(attachment.get("media_type")))
    if kind not in KINDS:
        notes.append(f"Bilaga av ett slag som systemet inte känner till: {kind or 'utan uppgift'}.")
    parts = _listed(attachment.get("subattachments")) if depth < DEEPEST else []
    inner = [medium for part in parts for medium in _attached(part, notes, depth + 1)]
    # An album shows one of its own pictures as cover; that one is not fetched twice.
    inside = {_file(medium.url) for medium in inner} if "album" in kind else set()
    own = _files(attachment, kind, inside)
    # The album itself is only the folder that its pictures came in.
    yield from (medium for medium in own if medium.url or not ("album" in kind and inner))
    yield from inner


def _files(attachment: dict[str, Any], kind: str, inside: set[str]) -> Iterator[RemoteMedia]:
    files = thing(attachment.get("media"))
    film, still = text(files.get("source")), text(thing(files.get("image")).get("src"))
    if film:
        yield _medium(attachment, kind, film)
    if still and film:
        yield _medium(attachment, STILL, still)
    if not film:
        yield _medium(attachment, kind, "" if _file(still) in inside else still)


def _medium(attachment: dict[str, Any], kind: str, url: str) -> RemoteMedia:
    image = thing(thing(attachment.get("media")).get("image"))
    target = thing(attachment.get("target"))
    return RemoteMedia(
        kind=kind,
        url=url,
        title=text(attachment.get("title")),
        description=text(attachment.get("description")),
        width=number(image.get("width")),
        height=number(image.get("height")),
        target_id=name(target.get("id")),
        # The true address before Facebook's redirector.
        link=text(attachment.get("unshimmed_url")) or text(attachment.get("url")) or text(target.get("url")),
    )


def _file(url: str) -> str:
    """The file's name without its signature, which differs each time the same picture is mentioned."""
    return url.partition("?")[0].rpartition("/")[2]
