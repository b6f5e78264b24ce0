"""Graph JSON -> frozen dataclasses. Pure, and never at a loss: what cannot be read is kept raw and said in a note."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from moderation.graph.attachments import RemoteMedia, media, message_media
from moderation.graph.values import moment, name, raw_json, shown, text, thing, true

__all__ = ["RemoteItem", "RemoteMedia", "comment", "comment_key", "message", "post"]

Kind = Literal["post", "comment", "reply", "message"]

# What an item is called whose id Facebook left out.
WITHOUT_ID = "utan-id-"
KNOWN_FIELDS = {
    *("id", "message", "message_tags", "story", "created_time", "updated_time", "from", "parent", "permalink_url"),
    *("full_picture", "status_type", "is_hidden", "is_published", "can_hide", "can_remove", "comment_count"),
    *("attachment", "attachments", "shares", "comments", "reactions", "like_count"),
}
MESSAGE_FIELDS = {
    *("id", "created_time", "from", "to", "message", "attachments", "shares", "sticker", "tags", "reply_to"),
    *("is_unsupported", "reactions", "story"),
}


@dataclass(frozen=True, slots=True)
class RemoteItem:
    """One post, comment, reply or message as delivered: `message` is never cleaned, `raw` is its JSON in ASCII.

    `key` tells whether two items are the same: Facebook gives one comment ids with different first halves.
    `notes` are Swedish sentences about what could not be understood.
    """

    key: str
    graph_id: str
    kind: Kind
    parent_graph_id: str
    author_id: str
    author_name: str
    message: str
    created_at: datetime | None
    permalink_url: str
    hidden: bool
    media: tuple[RemoteMedia, ...]
    notes: tuple[str, ...]
    raw: str


def post(raw: Any) -> RemoteItem:
    return _item(raw, "post", "")


def comment(raw: Any, parent: RemoteItem) -> RemoteItem:
    """A reply if it stands below a comment, or says itself that it does (in a flat list below its post)."""
    if parent.kind != "post":
        return _item(raw, "reply", parent.graph_id)
    above = name(thing(thing(raw).get("parent")).get("id"))
    return _item(raw, "reply", above) if above else _item(raw, "comment", parent.graph_id)


def comment_key(graph_id: str) -> str:
    """The key of the comment of this id."""
    return f"comment:{_second_half(graph_id)}"


def message(raw: Any) -> RemoteItem:
    """A private message of a conversation."""
    return _item(raw, "message", "")


def _item(raw: Any, kind: Kind, parent_graph_id: str) -> RemoteItem:
    node = thing(raw)
    notes = [] if isinstance(raw, dict) else ["Facebook lämnade något annat än ett inlägg eller en kommentar."]
    own = {key: value for key, value in node.items() if key != "comments"} if isinstance(raw, dict) else raw
    json_text = raw_json(own, notes)
    graph_id = _graph_id(node, json_text, notes)
    author = thing(node.get("from"))
    return RemoteItem(
        key=f"{_family(kind)}:{_of_message(graph_id) if kind == 'message' else _second_half(graph_id)}",
        graph_id=graph_id,
        kind=kind,
        parent_graph_id=parent_graph_id,
        author_id=name(author.get("id")),
        author_name=text(author.get("name")),
        message=_message(node, notes),
        created_at=_time(node.get("created_time"), notes),
        permalink_url=text(node.get("permalink_url")),
        hidden=true(node.get("is_hidden")),
        media=tuple(message_media(node, notes) if kind == "message" else media(node, notes)),
        notes=tuple(notes + _remarks(node, MESSAGE_FIELDS if kind == "message" else KNOWN_FIELDS)),
        raw=json_text,
    )


def _graph_id(node: dict[str, Any], json_text: str, notes: list[str]) -> str:
    if found := name(node.get("id")):
        return found
    notes.append("Facebook lämnade inget användbart id.")
    return f"{WITHOUT_ID}{hashlib.sha256(json_text.encode()).hexdigest()[:16]}"


def _family(kind: Kind) -> str:
    return kind if kind in ("post", "message") else "comment"


def _of_message(graph_id: str) -> str:
    """Old messages are called m_mid.… where they are read and mid.… where Facebook tells of them."""
    return graph_id.removeprefix("m_") if graph_id.startswith("m_mid.") else graph_id


def _second_half(graph_id: str) -> str:
    return graph_id.rpartition("_")[2] or graph_id


def _message(node: dict[str, Any], notes: list[str]) -> str:
    message = node.get("message")
    if isinstance(message, str):
        return message
    if message is not None:
        notes.append("Texten kom i en form som inte är text och visas som rådata.")
        return raw_json(message, notes)
    if story := text(node.get("story")):
        notes.append("Inlägget har ingen egen text; Facebooks beskrivning av händelsen visas i stället.")
        return story
    return ""


def _time(value: Any, notes: list[str]) -> datetime | None:
    if (found := moment(value)) is not None:
        return found
    said = f": {shown(value)}" if isinstance(value, str) else ""
    notes.append("Tidpunkten saknas." if value is None else f"Tidpunkten går inte att tolka{said}.")
    return None


def _remarks(node: dict[str, Any], known: set[str]) -> list[str]:
    remarks = []
    if node.get("is_unsupported") is True:
        remarks.append("Meddelandet är av ett slag som Facebook inte lämnar ut innehållet i.")
    if node.get("is_published") is False:
        remarks.append("Inlägget är inte publicerat.")
    if unknown := sorted(set(node) - known):
        names = ", ".join(shown(key) for key in unknown[:10])
        remarks.append(f"Fält som systemet inte känner till finns i rådata: {names}.")
    return remarks
