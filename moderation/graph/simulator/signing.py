"""The signature of a link to a file: who has the link has the file, until the link ends."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256

from moderation.graph.simulator.rows import Photo

FOLDER = "/media/v/t39.30808-6/"
LASTS = timedelta(days=4)
AN_HOUR = 3600


def signed_path(key: str, photo: Photo, now: datetime) -> str:
    """The same path for an hour, then another one to the same picture. `key` is the world's own."""
    ending = "jpg" if photo.picture.mime == "image/jpeg" else photo.picture.mime.rpartition("/")[2]
    path = f"{FOLDER}{photo.id[4:13]}_{photo.id}_n.{ending}"
    ends = int((now + LASTS).timestamp()) // AN_HOUR * AN_HOUR
    return f"{path}?_nc_cat=107&ccb=1-7&_nc_sid=127cfc&oh={signature(key, path, f'{ends:X}')}&oe={ends:X}"


def signature(key: str, path: str, ends: str) -> str:
    digest = hmac.new(key.encode(), f"{path}?{ends}".encode(), sha256).digest()
    return "00_" + urlsafe_b64encode(digest).rstrip(b"=").decode()
