"""Writes a ZIP as Meta's page export writes it: each byte of UTF-8 as an escaped sign of its own."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = "this_profile's_activity_across_facebook"


def doubled(value: Any) -> Any:
    """Every text in `value`, keys too, spoiled the way Meta spoils them."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("latin-1")
    if isinstance(value, Mapping):
        return {doubled(key): doubled(part) for key, part in value.items()}
    return [doubled(part) for part in value] if isinstance(value, list) else value


def post(text: str = "", timestamp: Any = 1_600_000_000, *uris: str, **more: Any) -> dict[str, Any]:
    media = [{"data": [{"media": {"uri": uri, "creation_timestamp": timestamp}} for uri in uris]}] if uris else []
    return {"timestamp": timestamp, "attachments": media, "data": [{"post": text}] if text else [], **more}


def comment(text: str, timestamp: Any = 1_600_000_000, author: str = "Exempelkommunen", **more: Any) -> dict[str, Any]:
    said = {"timestamp": timestamp, "comment": text, "author": author}
    return {"timestamp": timestamp, "data": [{"comment": said}], "title": f"{author} svarade på en kommentar.", **more}


def message(text: str, timestamp_ms: Any = 1_600_000_000_000, sender: str = "Anna Ek", **more: Any) -> dict[str, Any]:
    return {"sender_name": sender, "timestamp_ms": timestamp_ms, "content": text, **more}


def conversation(name: str, messages: list[Any], title: str = "Anna Ek") -> dict[str, Any]:
    participants = [{"name": title}, {"name": "Exempelkommunen"}]
    return {"participants": participants, "messages": messages, "title": title, "thread_path": f"inbox/{name}"}


def build(
    path: Path,
    posts: list[Any] | None = None,
    comments: list[Any] | None = None,
    conversations: Iterable[dict[str, Any]] = (),
    files: Mapping[str, bytes] | None = None,
    root: str = ROOT,
) -> Path:
    """`files` are added as they stand, by their full names; messages are written newest first, as Meta does."""
    members: dict[str, Any] = {}
    if posts is not None:
        members[f"{root}/posts/profile_posts_1.json"] = posts
    if comments is not None:
        members[f"{root}/comments_and_reactions/comments.json"] = {"comments_v2": comments}
    for one in conversations:
        members[f"{root}/messages/{one['thread_path']}/message_1.json"] = one
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, json.dumps(doubled(content)))
        for name, content in (files or {}).items():
            archive.writestr(name, content)
    return path
