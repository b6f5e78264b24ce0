"""Style sheets and scripts straight from the apps, packed when the program starts: nothing has to be collected first.

What is packed lies under the digest of what it holds. So a new version never meets an old one's file, several processes
may start at once, and whoever starts again finds it done.
"""

import gzip
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PACKED = (".css", ".js", ".svg")
# Smaller ones fit into one network packet as they are.
SMALLEST = 600


class PackedMiddleware(WhiteNoiseMiddleware):
    def get_static_file(self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None) -> Any:
        plain = super().get_static_file(path, url, stat_cache)
        packed = _packed(path, os.stat(path).st_mtime) if path.endswith(PACKED) else None
        if packed is None:
            return plain
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings={"gzip": packed})


@cache
def _packed(path: str, changed_at: float) -> str | None:
    """Where the file lies packed; None where it is not worth it."""
    content = Path(path).read_bytes()
    if len(content) < SMALLEST:
        return None
    place: Path = settings.PACKED_DIR / f"{hashlib.sha256(content).hexdigest()}.gz"
    if not place.exists():
        _write(place, gzip.compress(content, 9, mtime=0))
    return str(place)


def _write(place: Path, content: bytes) -> None:
    """All of it or nothing, whoever else is at it."""
    place.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, place)
