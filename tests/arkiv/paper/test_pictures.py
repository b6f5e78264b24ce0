"""Pictures from outside become plain RGB or are refused; they never decide what the printer does."""

import io
import struct
import zlib

import pytest
from PIL import Image

from arkiv.paper.pictures import BYTES_AT_MOST, SIDE_AT_MOST, Unusable, redrawn
from tests.arkiv.paper.papers import photo


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("JPEG", "RGB", "JPEG"),
        ("JPEG", "L", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("WEBP", "RGBA", "JPEG"),
        ("PNG", "RGB", "PNG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "LA", "PNG"),
        ("PNG", "P", "PNG"),
        ("PNG", "1", "PNG"),
        ("GIF", "P", "PNG"),
    ],
)
def test_every_kind_becomes_plain_rgb(kind, mode, expected):
    with Image.open(io.BytesIO(redrawn(photo((300, 200), kind, mode)))) as image:
        assert (image.format, image.mode, image.size) == (expected, "RGB", (300, 200))
        assert not image.info.get("exif")


def test_a_large_photograph_is_made_as_small_as_the_paper_needs():
    with Image.open(io.BytesIO(redrawn(photo((4000, 3000))))) as image:
        assert max(image.size) == SIDE_AT_MOST


def test_a_picture_lying_on_its_side_is_put_upright():
    image = Image.new("RGB", (300, 200), "red")
    exif = image.getexif()
    exif[0x0112] = 6
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)
    with Image.open(io.BytesIO(redrawn(target.getvalue()))) as upright:
        assert upright.size == (200, 300)


def png_bomb(width: int, height: int) -> bytes:
    """A few hundred bytes that promise a picture of many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        photo()[:900],
        photo(kind="PNG")[:-200],
        b"\0" * (BYTES_AT_MOST + 1),
        png_bomb(60_000, 60_000),
        png_bomb(8_000, 8_000),
        photo((50, 50), "BMP"),
        photo((50, 50), "TIFF"),
    ],
    ids=lambda content: content[:12].hex() + f" {len(content)}",
)
def test_what_is_broken_or_of_another_kind_is_refused(content):
    with pytest.raises((OSError, Unusable, Image.DecompressionBombWarning, Image.DecompressionBombError, SyntaxError)):
        redrawn(content)
