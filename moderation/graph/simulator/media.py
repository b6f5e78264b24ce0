"""Pictures under signed links that end, like those of Facebook's own servers."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import Photo
from moderation.graph.simulator.signing import signature, signed_path
from moderation.graph.simulator.wire import Response
from moderation.graph.simulator.world import World


def link(reading: Reading, photo: Photo) -> str:
    return reading.base + signed_path(_key(reading.world), photo, reading.now)


def signed(reading: Reading, value: Any) -> Any:
    """The same value with a link in place of each file."""
    if isinstance(value, Photo):
        return link(reading, value)
    if isinstance(value, dict):
        return {name: signed(reading, part) for name, part in value.items()}
    return [signed(reading, part) for part in value] if isinstance(value, list) else value


def answer(world: World, path: str, query: Mapping[str, str], now: datetime) -> Response:
    photo = world.uploads.find(path.rpartition("/")[2].split("_")[1] if "_" in path else "")
    if photo is None:
        return _plain(404, "Not Found")
    ends = query.get("oe", "")
    if not hmac.compare_digest(query.get("oh", "").encode(), signature(_key(world), path, ends).encode()):
        return _plain(403, "URL signature mismatch")
    if int(ends, 16) < now.timestamp():
        return _plain(403, "URL signature expired")
    headers = {"Content-Type": photo.picture.mime, "Cache-Control": "max-age=1209600, no-transform"}
    return Response(200, headers, photo.picture.content)


def _key(world: World) -> str:
    return f"{world.page_id}/{world.profile_id}"


def _plain(status: int, text: str) -> Response:
    return Response(status, {"Content-Type": "text/plain"}, text.encode())
