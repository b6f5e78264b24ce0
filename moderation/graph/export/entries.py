"""One entry of the export -> RemoteItem. Never at a loss: what the export does not say is left empty, never guessed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from moderation.graph.attachments import RemoteMedia
from moderation.graph.export.wording import mended, moment
from moderation.graph.payloads import Kind, RemoteItem
from moderation.graph.values import number, raw_json, shown, text, thing, true

Read = Callable[[dict[str, Any]], RemoteItem]

SECOND = timedelta(seconds=1)
MILLISECOND = timedelta(milliseconds=1)
POST = "Kommer ur sidans export från Facebook. Exporten säger inte adressen, författarens id eller om inlägget är dolt."
COMMENT = (
    "Kommer ur sidans export från Facebook. Exporten säger inte vilket inlägg kommentaren står under, adressen, "
    "författarens id eller om kommentaren är dold."
)
MESSAGE = "Kommer ur sidans export från Facebook. Exporten säger inte avsändarens id."
SUFFIXES = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"), "photo"),
    **dict.fromkeys((".mp4", ".mov", ".m4v", ".webm", ".avi", ".3gp"), "video"),
    **dict.fromkeys((".aac", ".m4a", ".mp3", ".wav", ".ogg"), "audio"),
}
LISTS = {"photos": "photo", "videos": "video", "audio_files": "audio", "gifs": "photo", "files": "file"}


def post(entry: dict[str, Any]) -> RemoteItem:
    notes = [POST]
    own = [mended(part.get("post"), notes) for part in _things(entry.get("data")) if text(part.get("post"))]
    title = mended(entry.get("title"), notes)
    if title and not own:
        notes.append("Inlägget har ingen egen text; Facebooks beskrivning av händelsen visas i stället.")
    elif title:
        notes.append(f"Exporten kallar posten: {shown(title)}")
    when = moment(entry.get("timestamp"), SECOND, notes)
    media = tuple(_attached(entry, notes))
    return _item("post", entry, "\n\n".join(own) or title, "", when, media, notes)


def comment(entry: dict[str, Any]) -> RemoteItem:
    notes = [COMMENT]
    parts = [thing(part.get("comment")) for part in _things(entry.get("data")) if thing(part.get("comment"))]
    own = [mended(part.get("comment"), notes) for part in parts if text(part.get("comment"))]
    authors = [mended(part.get("author"), notes) for part in parts]
    if title := mended(entry.get("title"), notes):
        notes.append(f"Exporten kallar posten: {shown(title)}")
    times = [entry.get("timestamp"), *(part.get("timestamp") for part in parts)]
    when = moment(next((time for time in times if time), None), SECOND, notes)
    media = tuple(_attached(entry, notes))
    return _item("comment", entry, "\n\n".join(own), authors[0] if authors else "", when, media, notes)


def message(entry: dict[str, Any]) -> RemoteItem:
    notes = [MESSAGE]
    if true(entry.get("is_unsent")):
        notes.append("Meddelandet är tillbakataget av avsändaren.")
    content = mended(entry.get("content"), notes)
    author = mended(entry.get("sender_name"), notes)
    when = moment(entry.get("timestamp_ms"), MILLISECOND, notes)
    media = tuple(_sent(entry, notes))
    return _item("message", entry, content, author, when, media, notes)


def _item(
    kind: Kind,
    entry: dict[str, Any],
    words: str,
    author: str,
    when: datetime | None,
    media: tuple[RemoteMedia, ...],
    notes: list[str],
) -> RemoteItem:
    if not words and not media:
        notes.append("Systemet hittar varken text eller bilaga; allt som exporten säger finns i rådata.")
    raw = raw_json(entry, notes)
    return RemoteItem(
        key="",  # given by the reader, who has seen all the others
        graph_id="",
        kind=kind,
        parent_graph_id="",
        author_id="",
        author_name=author,
        message=words,
        created_at=when,
        permalink_url="",
        hidden=False,
        media=media,
        notes=tuple(notes),
        raw=raw,
    )


def _attached(entry: dict[str, Any], notes: list[str]) -> Iterator[RemoteMedia]:
    for attachment in _things(entry.get("attachments")):
        for part in _things(attachment.get("data")):
            for kind, value in part.items():
                yield from _part(kind, value, notes)


def _part(kind: str, value: Any, notes: list[str]) -> Iterator[RemoteMedia]:
    about = thing(value)
    if kind == "media":
        yield from _file(about, "", notes)
    elif kind == "external_context":
        yield _words("share", mended(about.get("name"), notes), mended(about.get("source"), notes), _link(about, notes))
    elif kind == "place":
        yield _words(
            "place", mended(about.get("name"), notes), mended(about.get("address"), notes), _link(about, notes)
        )
    elif kind == "event":
        yield _words("event", mended(about.get("name"), notes), mended(about.get("description"), notes), "")
    elif kind == "text":
        yield _words("text", "", mended(value, notes), "")
    elif kind == "note":
        yield _words("note", mended(about.get("title"), notes), mended(about.get("text"), notes), "")
        for file in _things(about.get("media")):
            yield from _file(file, "", notes)
    else:
        notes.append(f"Bilaga av ett slag som systemet inte känner till: {shown(kind) or 'utan uppgift'}.")


def _sent(entry: dict[str, Any], notes: list[str]) -> Iterator[RemoteMedia]:
    for key, kind in LISTS.items():
        for file in _things(entry.get(key)):
            yield from _file(file, kind, notes)
    yield from _file(thing(entry.get("sticker")), "sticker", notes)
    if share := thing(entry.get("share")):
        yield _words("share", "", mended(share.get("share_text"), notes), mended(share.get("link"), notes))


def _file(about: dict[str, Any], kind: str, notes: list[str]) -> Iterator[RemoteMedia]:
    uri = mended(about.get("uri"), notes)
    if not uri:
        if about:
            notes.append("En bilaga nämns utan att exporten säger vilken fil den är.")
        return
    yield RemoteMedia(
        kind=kind or SUFFIXES.get(PurePosixPath(uri.partition("?")[0]).suffix.lower(), "file"),
        url=uri,
        title=mended(about.get("title"), notes),
        description=mended(about.get("description"), notes),
        width=number(about.get("width")),
        height=number(about.get("height")),
        target_id="",
    )


def _words(kind: str, title: str, description: str, link: str) -> RemoteMedia:
    return RemoteMedia(kind, "", title, description, None, None, "", link)


def _link(about: dict[str, Any], notes: list[str]) -> str:
    return mended(about.get("url"), notes)


def _things(value: Any) -> list[dict[str, Any]]:
    """Some generations write one thing where others write a list of them."""
    many = value if isinstance(value, list) else [value]
    return [one for one in many if isinstance(one, dict)]
