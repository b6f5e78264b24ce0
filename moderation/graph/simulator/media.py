"""Pictures under signed links that end, like those of Facebook's own servers."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import Photo
from moderation.graph.simulator.wire import Response
from moderation.graph.simulator.world import World

FOLDER = "/media/v/t39.30808-6/"
LASTS = timedelta(days=4)
AN_HOUR = 3600


def link(reading: Reading, photo: Photo) -> str:
    """The same link for an hour, then another one to the same picture."""
    ending = "jpg" if photo.picture.mime == "image/jpeg" else photo.picture.mime.rpartition("/")[2]
    path = f"{FOLDER}{photo.id[4:13]}_{photo.id}_n.{ending}"
    ends = int((reading.now + LASTS).timestamp()) // AN_HOUR * AN_HOUR
    signature = _signature(reading.world, path, f"{ends:X}")
    return f"{reading.base}{path}?_nc_cat=107&ccb=1-7&_nc_sid=127cfc&oh={signature}&oe={ends:X}"


def signed(reading: Reading, value: Any) -> Any:
    """The same value with a link in place of each file."""
    if isinstance(value, Photo):
        return link(reading, value)
    if isinstance(value, dict):
        return {name: signed(reading, part) for name, part in value.items()}
    return [signed(reading, part) for part in value] if isinstance(value, list) else value


def answer(world: World, path: str, query: Mapping[str, str], now: datetime) -> Response:
    photo = world.photos.get(path.rpartition("/")[2].split("_")[1] if "_" in path else "")
    if photo is None:
        return _plain(404, "Not Found")
    ends = query.get("oe", "")
    if not hmac.compare_digest(query.get("oh", "").encode(), _signature(world, path, ends).encode()):
        return _plain(403, "URL signature mismatch")
    if int(ends, 16) < now.timestamp():
        return _plain(403, "URL signature expired")
    headers = {"Content-Type": photo.picture.mime, "Cache-Control": "max-age=1209600, no-transform"}
    return Response(200, headers, photo.picture.content)


def _signature(world: World, path: str, ends: str) -> str:
    key = f"{world.page_id}/{world.profile_id}".encode()
    digest = hmac.new(key, f"{path}?{ends}".encode(), sha256).digest()
    return "00_" + urlsafe_b64encode(digest).rstrip(b"=").decode()


def _plain(status: int, text: str) -> Response:
    return Response(status, {"Content-Type": "text/plain"}, text.encode())
