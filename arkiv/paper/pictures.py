"""A picture from outside -> pixels that may stand in a PDF/A. Runs in the drawing process only."""

import io
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
BYTES_AT_MOST = 30 * 2**20
PIXELS_AT_MOST = 50_000_000
# 90 mm of paper at 300 dots an inch; the original lies in the archive beside the printout.
SIDE_AT_MOST = 1063


class Unusable(ValueError):
    pass


def redrawn(content: bytes) -> bytes:
    """A JPEG for photographs, a PNG for the rest: first frame, upright, sRGB numbers, no alpha and no metadata."""
    if not 0 < len(content) <= BYTES_AT_MOST:
        raise Unusable("för stor eller tom")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > PIXELS_AT_MOST:
            raise Unusable("för många bildpunkter")
        kind = "JPEG" if image.format in {"JPEG", "WEBP"} else "PNG"
        image.draft("RGB", (SIDE_AT_MOST, SIDE_AT_MOST))
        upright = ImageOps.exif_transpose(image)
        return _written(_opaque(upright), kind)


def _opaque(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _written(image: Image.Image, kind: str) -> bytes:
    image.thumbnail((SIDE_AT_MOST, SIDE_AT_MOST))
    target = io.BytesIO()
    if kind == "JPEG":
        image.save(target, "JPEG", quality=85)
    else:
        image.save(target, "PNG")
    return target.getvalue()
