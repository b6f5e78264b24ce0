"""What Facebook sends to our door: is it genuine, and what does it speak of? Pure; reading never raises."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from moderation.graph.errors import decode
from moderation.graph.values import name, raw_json, shown, text, thing, true

Kind = Literal["post", "comment", "message", "other"]
Verb = Literal["add", "edit", "hide", "show", "remove", "other"]

POSTS = {
    *("post", "status", "photo", "video", "share", "link", "album", "reel", "story", "event", "note", "milestone"),
    *("live_video", "offer", "question", "poll"),
}
# Known, and nothing of theirs can be fetched: who reacts, follows or recommends.
NOTHING_TO_FETCH = {"like", "reaction", "connection", "follow", "rating"}
VERBS: dict[str, Verb] = {
    "add": "add",
    "edit": "edit",
    "edited": "edit",
    "update": "edit",
    "hide": "hide",
    "unhide": "show",
    "remove": "remove",
    "delete": "remove",
    **dict.fromkeys(("block", "unblock", "mute", "follow", "unfollow"), "other"),
}
# Everything in a conversation that is neither a message nor a change of one.
SIGNS_OF_LIFE = {
    *("reaction", "delivery", "read", "postback", "optin", "referral", "account_linking", "app_roles"),
    *("pass_thread_control", "take_thread_control", "request_thread_control"),
    *("policy_enforcement", "policy-enforcement"),
}
MESSAGE_FIELDS = {"messages", "message_echoes", "message_edits", "standby"}
MOST_REMARKS = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened, as Facebook tells it; a hint to go and look.

    `object_id` is the id of the post, the comment or the message. `person_id` is set for messages only: the other party's
    id, never the page's. `text` is None where no text came along. `at` is in UTC. `raw` is the part of the body.
    """

    kind: Kind
    verb: Verb
    page_id: str
    object_id: str
    post_id: str
    parent_id: str
    person_id: str
    author_id: str
    author_name: str
    text: str | None
    at: datetime | None
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """What one body speaks of, each change once, and Swedish sentences about what could not be understood."""

    changes: tuple[Change, ...]
    remarks: tuple[str, ...]


def is_genuine(secret: str, body: bytes, header: str | None) -> bool:
    """Whether the header is Facebook's signature of exactly these bytes. Without a secret nothing is genuine."""
    if not secret or not header:
        return False
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.encode(errors="replace"))


def read(body: bytes) -> Notice:
    try:
        value = decode(body)
    except ValueError:
        return Notice((), ("Meddelandet går inte att läsa som JSON.",))
    remarks: list[str] = []
    found = {_identity(change): change for change in _changes(value, remarks)}
    return Notice(tuple(found.values()), _few(remarks))


def _changes(value: Any, remarks: list[str]) -> Iterator[Change]:
    envelope = thing(value)
    about_page = envelope.get("object") == "page"
    if not about_page:
        remarks.append("Meddelandet gäller något annat än en sida.")
    for entry in _things(envelope.get("entry"), "entry", remarks):
        for change in _of_entry(entry, remarks):
            yield change if about_page else replace(change, kind="other")


def _of_entry(entry: dict[str, Any], remarks: list[str]) -> Iterator[Change]:
    page_id = name(entry.get("id"))
    if not {"changes", "messaging", "standby"} & entry.keys():
        remarks.append("En del av meddelandet innehåller ingen händelse.")
    for change in _things(entry.get("changes", []), "changes", remarks):
        yield _of_change(page_id, change, remarks)
    for lane in ("messaging", "standby"):
        for event in _things(entry.get(lane, []), lane, remarks):
            yield _of_event(page_id, event, event, remarks)


def _of_change(page_id: str, change: dict[str, Any], remarks: list[str]) -> Change:
    about, value = text(change.get("field")), thing(change.get("value"))
    if about in MESSAGE_FIELDS:
        # Facebook's own button for trying a subscription out sends messages in this shape.
        return _of_event(page_id, value, change, remarks)
    author = thing(value.get("from"))
    post_id = name(value.get("post_id")) or name(thing(value.get("post")).get("id"))
    comment_id = name(value.get("comment_id"))
    kind = _kind(about, text(value.get("item")), remarks)
    object_id = {"post": post_id, "comment": comment_id}.get(kind, comment_id or post_id)
    if not object_id and kind != "other":
        remarks.append("En händelse saknar id för det den gäller.")
        kind = "other"
    return Change(
        kind=kind,
        verb=_verb(value.get("verb"), remarks) if kind != "other" else VERBS.get(text(value.get("verb")), "other"),
        page_id=page_id,
        object_id=object_id,
        post_id=post_id,
        parent_id=name(value.get("parent_id")),
        person_id="",
        author_id=name(author.get("id")) or name(value.get("sender_id")),
        author_name=text(author.get("name")) or text(value.get("sender_name")),
        text=_text(value.get("message")),
        at=_moment(value.get("created_time")),
        raw=change,
    )


def _of_event(page_id: str, event: dict[str, Any], raw: dict[str, Any], remarks: list[str]) -> Change:
    kind, verb, message = _message(event, remarks)
    sender, recipient = (name(thing(event.get(end)).get("id")) for end in ("sender", "recipient"))
    echo = true(message.get("is_echo"))
    ends = (recipient, sender) if echo else (sender, recipient)
    # Echoes have been seen with the page at either end.
    person_id = next((end for end in ends if end and end != page_id), "")
    message_id = name(message.get("mid"))
    if kind == "message" and not message_id:
        remarks.append("En händelse saknar id för det den gäller.")
        kind = "message" if person_id else "other"
    return Change(
        kind=kind,
        verb=verb,
        page_id=page_id,
        object_id=message_id,
        post_id="",
        parent_id=name(thing(message.get("reply_to")).get("mid")),
        person_id=person_id,
        author_id=page_id if echo else sender,
        author_name="",
        text=_text(message.get("text")),
        at=_moment(event.get("timestamp")),
        raw=raw,
    )


def _message(event: dict[str, Any], remarks: list[str]) -> tuple[Kind, Verb, dict[str, Any]]:
    """What happened in a conversation, and the part that tells of the message."""
    if isinstance(event.get("message"), dict):
        message = event["message"]
        return "message", "remove" if true(message.get("is_deleted")) else "add", message
    if isinstance(event.get("message_edit"), dict):
        return "message", "edit", event["message_edit"]
    if not SIGNS_OF_LIFE & event.keys():
        remarks.append("En händelse i en konversation är av ett slag som systemet inte känner till.")
    return "other", "other", thing(event.get("reaction"))


def _kind(field: str, item: str, remarks: list[str]) -> Kind:
    if field not in ("feed", "mention"):
        remarks.append(f"Facebook berättade om ”{shown(field)}”, som systemet inte känner till.")
        return "other"
    if item == "comment":
        return "comment"
    if item in POSTS:
        return "post"
    if item not in NOTHING_TO_FETCH:
        remarks.append(f"En händelse gäller ”{shown(item)}”, som systemet inte känner till.")
    return "other"


def _verb(value: Any, remarks: list[str]) -> Verb:
    verb = text(value)
    if verb not in VERBS:
        remarks.append(f"Det som hände kallas ”{shown(verb)}”, vilket systemet inte känner till.")
    return VERBS.get(verb, "other")


def _things(value: Any, part: str, remarks: list[str]) -> Iterator[dict[str, Any]]:
    """The objects of a list; what is none is only spoken of, since the body itself is kept."""
    if not isinstance(value, list):
        remarks.append(f"Meddelandets del ”{part}” är ingen lista.")
        return
    for one in value:
        if isinstance(one, dict):
            yield one
        else:
            remarks.append(f"Meddelandets del ”{part}” innehåller något annat än händelser.")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _moment(value: Any) -> datetime | None:
    """Seconds on the page, milliseconds in conversations: no second of ours is as large as their milliseconds."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,15}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        moment = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    # The outermost years cannot be shown in Swedish time.
    return moment if 1 < moment.year < 9999 else None


def _identity(change: Change) -> tuple[str, str]:
    return change.page_id, raw_json(change.raw, [])


def _few(remarks: list[str]) -> tuple[str, ...]:
    """Each once, and not a thousand of them."""
    different = list(dict.fromkeys(remarks))
    more = len(different) - MOST_REMARKS
    return tuple(different[:MOST_REMARKS] + ([f"Ytterligare {more} anmärkningar."] if more > 0 else []))
