"""What is known only because Facebook told of it at our door: an item in the form of a node, with a note that says so."""

from dataclasses import replace
from typing import Any

from moderation.graph import payloads
from moderation.graph.payloads import RemoteItem
from moderation.graph.values import raw_json, text, thing
from moderation.graph.webhook import Change
from moderation.policy.terms import ThreadKind
from moderation.sync.write import Found, fitting

ONLY_TOLD = "Känd genom Facebooks meddelande till oss. Den var borta innan den hann läsas, så mer än så finns inte."
PASSED = "Lydelsen är känd genom Facebooks meddelande till oss; den var ersatt innan den hann läsas."
NOT_READABLE = "Känd genom Facebooks meddelande till oss. Facebook lät oss inte läsa den själv."


def key_of(change: Change) -> str:
    """The key of the item that the change speaks of."""
    if change.kind == "comment":
        return fitting(payloads.comment_key(change.object_id))
    if not change.object_id:
        return fitting(payloads.message({"raw": raw_json(change.raw, [])}).key)
    return fitting((payloads.post if change.kind == "post" else payloads.message)({"id": change.object_id}).key)


def wording(change: Change, read: Found, hidden: bool) -> Found:
    """A text that an item had for a while, before it was read."""
    node = raw_json(_node(change), [])
    remote = replace(read.remote, message=change.text or "", raw=node, media=(), hidden=hidden, notes=(PASSED,))
    return replace(read, remote=remote)


def told(change: Change, gone: bool, below: Found | None, conversation: str) -> Found:
    """`below` is the post of a comment, `conversation` the id of the one a message belongs to, where it is known."""
    note = ONLY_TOLD if gone else NOT_READABLE
    node = _node(change)
    if change.kind == "message":
        remote = _with_note(payloads.message(node), note)
        thread = f"conversation:{conversation or change.person_id}"
        return Found(remote, thread, conversation, kind=ThreadKind.CONVERSATION)
    if change.kind == "post" or below is None:
        remote = _with_note(payloads.post(node), note)
        return Found(remote, remote.key, remote.graph_id)
    is_reply = change.parent_id not in ("", change.post_id, below.remote.graph_id)
    if is_reply:
        node["parent"] = {"id": change.parent_id}
    remote = _with_note(payloads.comment(node, below.remote), note)
    parent = payloads.comment_key(change.parent_id) if is_reply else below.remote.key
    return Found(remote, below.thread, below.node, parent)


def _node(change: Change) -> dict[str, Any]:
    node: dict[str, Any] = {"id": change.object_id, "message": change.text or "", **_attached(change)}
    if change.author_id or change.author_name:
        node["from"] = {"id": change.author_id, "name": change.author_name}
    if change.at:
        node["created_time"] = change.at.isoformat()
    if change.verb == "hide":
        node["is_hidden"] = True
    return node


def _with_note(remote: RemoteItem, note: str) -> RemoteItem:
    """Alone: what else is odd about the node is only that it was put together here."""
    return replace(remote, notes=(note,))


def _attached(change: Change) -> dict[str, Any]:
    """Pictures, films and files that the delivery has the address of."""
    if change.kind == "message":
        files = thing(change.raw.get("message")).get("attachments")
        found = [_file(thing(file)) for file in files] if isinstance(files, list) else []
        return {"attachments": {"data": [file for file in found if file]}}
    value = thing(change.raw.get("value"))
    address = next((told for name in ("photo", "video", "link") if (told := text(value.get(name)))), "")
    return {"attachment": {"type": "photo", "media": {"image": {"src": address}}}} if address else {}


def _file(told: dict[str, Any]) -> dict[str, Any]:
    address = text(thing(told.get("payload")).get("url"))
    if not address:
        return {}
    kind = text(told.get("type"))
    return {f"{kind}_data": {"url": address}} if kind in ("image", "video") else {"file_url": address}
