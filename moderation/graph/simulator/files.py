"""Small films and documents, made by code so that no file has an owner."""

from functools import cache
from hashlib import shake_256

from moderation.graph.simulator.pictures import Picture

BYTES = 4096
WIDTH, HEIGHT = 1280, 720


@cache
def filmed(name: str) -> Picture:
    """An MP4 file by its boxes; there is nothing in it to play. Another name gives another content."""
    kind = _box(b"ftyp", b"isom" + (512).to_bytes(4) + b"isomiso2mp41")
    content = kind + _box(b"free", b"") + _box(b"mdat", shake_256(name.encode()).digest(BYTES))
    return Picture(name, content, "video/mp4", WIDTH, HEIGHT)


@cache
def written(name: str) -> Picture:
    """A PDF by its beginning and its end. Another name gives another content."""
    content = b"%PDF-1.4\n% " + shake_256(name.encode()).hexdigest(64).encode() + b"\n%%EOF\n"
    return Picture(name, content, "application/pdf", 0, 0)


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content
