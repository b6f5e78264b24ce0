"""What goes over the wire: answers, ASCII-escaped JSON, and cursors."""

import json
import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256, shake_256
from typing import Any

# Facebook sends pure ASCII and escapes these four besides what JSON asks for. None of them can stand outside a string.
ESCAPES = (("/", "\\/"), ("@", "\\u0040"), ("%", "\\u0025"), ("<", "\\u003C"))
CURSOR_ESCAPES = {"Z": "ZA", "=": "ZD"}
CURSOR_CHARACTERS = {escape: character for character, escape in CURSOR_ESCAPES.items()}


@dataclass
class Response:
    """An answer before it goes through a door. `manner` is how it travels: whole, cut, cut_body or slow."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    manner: str = "whole"
    pause: float = 0.0


@dataclass(frozen=True)
class Raw:
    """JSON text that is sent as it stands, however broken."""

    text: bytes


def encode(value: Any) -> bytes:
    held: list[bytes] = []

    def hold(thing: object) -> str:
        if not isinstance(thing, Raw):
            raise TypeError(f"{type(thing).__name__} is not JSON")
        held.append(thing.text)
        return f"\0raw {len(held) - 1}\0"

    text = json.dumps(value, separators=(",", ":"), default=hold)
    for character, escape in ESCAPES:
        text = text.replace(character, escape)
    body = text.encode("ascii")
    for number, raw in enumerate(held):
        body = body.replace(b'"\\u0000raw %d\\u0000"' % number, raw, 1)
    return body


def position_cursor(position: int) -> str:
    return _escaped(str(position).encode())


def position_of(cursor: str) -> int:
    """Raises ValueError when the cursor is not a position."""
    return int(_unescaped(cursor))


def opaque_cursor(content: str, size: int) -> str:
    """A cursor that begins AQH… and says nothing to a client; `size` is the number of bytes it hides."""
    salt = sha256(content.encode()).digest()[:8]
    clear = content.encode().ljust(size, b"\0")
    return _escaped(b"AQH" + urlsafe_b64encode(salt + _mixed(salt, clear)).rstrip(b"="))


def opaque_content(cursor: str) -> str:
    """Raises ValueError when the cursor was not made here."""
    text = _unescaped(cursor)
    if not text.startswith(b"AQH"):
        raise ValueError("not an opaque cursor")
    hidden = urlsafe_b64decode(text[3:] + b"=" * (-len(text[3:]) % 4))
    return _mixed(hidden[:8], hidden[8:]).rstrip(b"\0").decode()


def _mixed(salt: bytes, content: bytes) -> bytes:
    stream = shake_256(salt).digest(len(content))
    return bytes(a ^ b for a, b in zip(content, stream, strict=True))


def _escaped(content: bytes) -> str:
    return re.sub("[Z=]", lambda found: CURSOR_ESCAPES[found[0]], b64encode(content).decode())


def _unescaped(cursor: str) -> bytes:
    return b64decode(re.sub("Z[AD]", lambda found: CURSOR_CHARACTERS[found[0]], cursor), validate=True)
