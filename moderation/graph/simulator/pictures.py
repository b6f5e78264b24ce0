"""Small drawings for posts and comments, made by code so that no picture has an owner."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 960, 720
# Drawn twice as large and shrunk: edges become smooth.
SCALE = 2
Colour = tuple[int, int, int]
Brush = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Picture:
    """A file as a person would have uploaded it."""

    name: str
    content: bytes
    mime: str
    width: int
    height: int


@cache
def drawn(name: str) -> Picture:
    """Raises KeyError for a name that is not in DRAWINGS."""
    if name in STAMPS:
        return _finished(name, STAMPS[name](), "PNG")
    canvas = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
    DRAWINGS[name](ImageDraw.Draw(canvas))
    return _finished(name, canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), "JPEG")


def _finished(name: str, image: Image.Image, kind: str) -> Picture:
    file = io.BytesIO()
    image.save(file, kind, quality=85)
    return Picture(name, file.getvalue(), f"image/{kind.lower()}", image.width, image.height)


def _at(*numbers: float) -> list[float]:
    return [number * SCALE for number in numbers]


def _fade(brush: Brush, top: Colour, bottom: Colour, start: int = 0, end: int = HEIGHT) -> None:
    for line in range(start * SCALE, end * SCALE):
        part = (line / SCALE - start) / (end - start)
        colour = tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        brush.line([0, line, WIDTH * SCALE, line], fill=colour)


def _spruce(brush: Brush, x: float, foot: float, size: float, colour: Colour, snow: bool = False) -> None:
    brush.rectangle(_at(x - size * 0.03, foot - size * 0.12, x + size * 0.03, foot), fill=(74, 56, 44))
    for layer in range(4):
        top = foot - size * (1 - layer * 0.2)
        wide, low = size * (0.12 + layer * 0.06), top + size * 0.33
        brush.polygon(_at(x, top, x - wide, low, x + wide, low), fill=colour)
        if snow:
            brush.polygon(
                _at(x, top, x - wide * 0.5, top + size * 0.15, x + wide * 0.35, top + size * 0.13), fill="white"
            )


def _house(brush: Brush, x: float, foot: float, size: float, wall: Colour, roof: Colour) -> None:
    brush.rectangle(_at(x, foot - size * 0.6, x + size, foot), fill=wall)
    peak = _at(x - size * 0.08, foot - size * 0.58, x + size / 2, foot - size, x + size * 1.08, foot - size * 0.58)
    brush.polygon(peak, fill=roof)
    for left in (0.16, 0.6):
        corner = _at(x + size * left, foot - size * 0.45, x + size * (left + 0.24), foot - size * 0.2)
        brush.rectangle(corner, fill=(255, 226, 150), outline="white", width=4 * SCALE)


def _write(brush: Brush, x: float, y: float, text: str, size: int, colour: str | Colour) -> None:
    """Pillow's own font has no å, ä, ö and no dash, so the signs do without."""
    brush.text((x * SCALE, y * SCALE), text, font=ImageFont.load_default(size * SCALE), fill=colour, anchor="ma")


def _snowy_road(brush: Brush) -> None:
    _fade(brush, (146, 178, 212), (240, 226, 222), 0, 400)
    _fade(brush, (236, 242, 249), (205, 219, 235), 400, HEIGHT)
    trees = Random(7)  # noqa: S311
    for x in range(-20, WIDTH + 40, 46):
        _spruce(brush, x, 415, trees.uniform(90, 150), (70, 98, 104))
    brush.polygon(_at(455, 400, 505, 400, 900, HEIGHT, 60, HEIGHT), fill=(154, 166, 182))
    for edge in ((445, 400, 462, 400, 120, HEIGHT, -90, HEIGHT), (498, 400, 515, 400, 1050, HEIGHT, 840, HEIGHT)):
        brush.polygon(_at(*edge), fill=(250, 252, 255))
    for x, foot, size in ((110, 520, 300), (250, 450, 190), (770, 470, 230), (900, 560, 360)):
        _spruce(brush, x, foot, size, (38, 74, 66), snow=True)
    for x, top, wide in ((180, 610, 6), (330, 480, 4), (640, 480, 4), (790, 610, 6)):
        brush.rectangle(_at(x, top - wide * 16, x + wide, top), fill=(214, 82, 40))
    _house(brush, 575, 425, 95, (158, 46, 38), (240, 245, 250))
    flakes = Random(11)  # noqa: S311
    for _ in range(240):
        across, down, r = flakes.uniform(0, WIDTH), flakes.uniform(0, HEIGHT), flakes.uniform(1, 4)
        brush.ellipse(_at(across - r, down - r, across + r, down + r), fill="white")


def _lake(brush: Brush) -> None:
    _fade(brush, (112, 176, 224), (252, 232, 200), 0, 330)
    brush.ellipse(_at(690, 150, 790, 250), fill=(255, 246, 214))
    for crest, colour in ((230, (122, 158, 160)), (270, (84, 128, 112))):
        hills = Random(crest)  # noqa: S311
        for x in range(-120, WIDTH + 120, 110):
            brush.ellipse(_at(x, crest + hills.uniform(-14, 22), x + 270, 520), fill=colour)
    for x in range(0, WIDTH, 24):
        _spruce(brush, x, 345, 46 + (x * 7) % 30, (40, 84, 70))
    _fade(brush, (128, 178, 204), (40, 96, 134), 335, HEIGHT)
    waves = Random(3)  # noqa: S311
    for _ in range(150):
        across, down = waves.uniform(0, WIDTH), waves.uniform(350, HEIGHT)
        brush.line(_at(across, down, across + (down - 300) / 6, down), fill=(190, 220, 234), width=2 * SCALE)
    for x, foot in ((452, 600), (560, 600), (436, 710), (600, 710)):
        brush.rectangle(_at(x - 7, foot - 130, x + 7, foot), fill=(84, 62, 46))
    brush.polygon(_at(478, 430, 540, 430, 640, HEIGHT, 400, HEIGHT), fill=(176, 138, 98))
    for step in range(1, 13):
        y, part = 430 + step * step * 2, step * step * 2 / 290
        brush.line(_at(478 - 78 * part, y, 540 + 100 * part, y), fill=(122, 92, 64), width=3 * SCALE)


def _school(brush: Brush) -> None:
    _fade(brush, (150, 200, 236), (232, 244, 250), 0, 470)
    brush.rectangle(_at(0, 470, WIDTH, HEIGHT), fill=(126, 164, 96))
    brush.rectangle(_at(0, 585, WIDTH, HEIGHT), fill=(112, 116, 124))
    brush.rectangle(_at(130, 220, 830, 490), fill=(196, 112, 84))
    brush.polygon(_at(105, 225, 200, 140, 760, 140, 855, 225), fill=(86, 66, 66))
    for row, door in ((250, ()), (370, (429, 517))):
        for x in sorted(set(range(165, 790, 88)) - set(door)):
            brush.rectangle(_at(x, row, x + 54, row + 78), fill=(206, 232, 244), outline="white", width=5 * SCALE)
            brush.line(_at(x + 27, row, x + 27, row + 78), fill="white", width=4 * SCALE)
    brush.rectangle(_at(430, 350, 570, 490), fill=(60, 88, 104), outline="white", width=6 * SCALE)
    brush.rectangle(_at(415, 160, 585, 205), fill="white")
    _write(brush, 500, 165, "SKOLA", 32, (60, 60, 70))
    for x in range(70, WIDTH, 120):
        brush.rectangle(_at(x, 600, x + 62, 705), fill=(236, 236, 236))
    for x in (70, 890):
        brush.rectangle(_at(x - 9, 330, x + 9, 500), fill=(94, 70, 52))
        brush.ellipse(_at(x - 75, 190, x + 75, 380), fill=(212, 144, 52))
    brush.rectangle(_at(40, 520, 330, 548), fill="white")
    for x in range(40, 330, 58):
        brush.polygon(_at(x, 548, x + 18, 520, x + 47, 520, x + 29, 548), fill=(206, 50, 44))


def _map(brush: Brush) -> None:
    brush.rectangle(_at(0, 0, WIDTH, HEIGHT), fill=(243, 239, 226))
    brush.polygon(_at(0, 0, 360, 0, 300, 190, 120, 260, 0, 230), fill=(206, 224, 186))
    brush.polygon(_at(620, 420, 960, 360, 960, 720, 560, 720), fill=(206, 224, 186))
    brush.line(
        _at(-10, 560, 180, 520, 330, 600, 520, 540, 700, 610, 980, 540),
        fill=(150, 196, 222),
        width=34 * SCALE,
        joint="curve",
    )
    for road, wide in (
        ((-10, 380, 960, 300), 26),
        ((430, -10, 520, 740), 26),
        ((520, 330, 780, 120), 18),
        ((200, 360, 240, 740), 18),
    ):
        brush.line(_at(*road), fill=(196, 188, 170), width=(wide + 6) * SCALE)
        brush.line(_at(*road), fill="white", width=wide * SCALE)
    houses = Random(5)  # noqa: S311
    for x in range(560, 900, 62):
        for y in (150, 230):
            shift = houses.uniform(-8, 8)
            brush.rectangle(
                _at(x, y + shift, x + 34, y + 26 + shift), fill=(214, 150, 120), outline=(160, 96, 70), width=SCALE
            )
    brush.polygon(_at(535, 110, 915, 90, 925, 280, 545, 296), outline=(196, 40, 40), width=7 * SCALE)
    _write(brush, 730, 40, "Kvarnbacka", 36, (150, 30, 30))
    _write(brush, 130, 90, "Skogen", 28, (70, 110, 60))
    _write(brush, 330, 640, "Forsen", 26, (50, 110, 150))
    _write(brush, 150, 310, "Bergsgatan", 24, (90, 84, 70))
    brush.polygon(_at(62, 690, 80, 610, 98, 690, 80, 672), fill=(60, 60, 60))
    _write(brush, 80, 572, "N", 32, (60, 60, 60))


def _poster(brush: Brush) -> None:
    _fade(brush, (20, 34, 74), (62, 42, 92))
    stars = Random(24)  # noqa: S311
    for _ in range(120):
        x, y, r = stars.uniform(0, WIDTH), stars.uniform(0, 430), stars.uniform(0.8, 2.8)
        brush.ellipse(_at(x - r, y - r, x + r, y + r), fill=(255, 248, 220))
    _write(brush, 480, 70, "Julskyltning", 108, (255, 222, 130))
    _write(brush, 480, 205, "29 november", 48, "white")
    _write(brush, 480, 275, "Tomten kommer kl. 14", 38, (240, 226, 255))
    brush.rectangle(_at(0, 600, WIDTH, HEIGHT), fill=(232, 238, 248))
    for x, size, wall in (
        (60, 170, (166, 52, 42)),
        (290, 210, (206, 164, 84)),
        (560, 180, (92, 124, 112)),
        (770, 150, (166, 52, 42)),
    ):
        _house(brush, x, 620, size, wall, (236, 242, 250))
    for x in range(20, WIDTH, 62):
        y = 395 + 26 * ((x // 62) % 2)
        brush.ellipse(_at(x - 9, y - 9, x + 9, y + 9), fill=(255, 206, 90))
    _write(brush, 480, 650, "Ingen biltrafik kl. 12-18", 30, (60, 60, 90))


def _plank(brush: Brush) -> None:
    _fade(brush, (58, 112, 142), (34, 78, 108))
    for index, x in enumerate(range(-40, WIDTH, 168)):
        shade = 150 + (index * 37) % 28
        brush.rectangle(_at(x, 0, x + 150, HEIGHT), fill=(shade, shade - 32, shade - 66))
        grain = Random(index)  # noqa: S311
        for _ in range(16):
            g = grain.uniform(x + 8, x + 142)
            brush.line(
                _at(g, 0, g + grain.uniform(-9, 9), HEIGHT), fill=(shade - 24, shade - 54, shade - 84), width=SCALE
            )
    brush.polygon(_at(464, 300, 614, 270, 636, HEIGHT, 464, HEIGHT), fill=(192, 158, 116))
    brush.polygon(_at(464, 300, 614, 270, 614, 292, 464, 322), fill=(96, 70, 48))
    for x, top in ((512, 210), (572, 232)):
        brush.rectangle(_at(x - 5, top, x + 5, top + 84), fill=(128, 92, 72))
        brush.ellipse(_at(x - 15, top - 8, x + 15, top + 8), fill=(164, 124, 100))


def _brown_water() -> Image.Image:
    image = Image.new("RGBA", (480, 640), (255, 255, 255, 0))
    brush = ImageDraw.Draw(image)
    brush.rounded_rectangle([40, 70, 300, 118], 20, fill=(176, 184, 192, 255))
    brush.rounded_rectangle([226, 70, 300, 214], 20, fill=(176, 184, 192, 255))
    brush.rectangle([140, 26, 196, 74], fill=(150, 158, 168, 255))
    brush.rounded_rectangle([96, 10, 240, 34], 10, fill=(176, 184, 192, 255))
    brush.rectangle([250, 214, 276, 430], fill=(150, 108, 56, 210))
    brush.polygon([(160, 400), (366, 400), (346, 606), (180, 606)], fill=(146, 98, 44, 226))
    brush.polygon([(146, 330), (380, 330), (348, 616), (178, 616)], outline=(120, 150, 170, 255), width=6)
    brush.ellipse([160, 388, 366, 414], fill=(176, 128, 68, 240))
    return image


def _thumb() -> Image.Image:
    image = Image.new("RGBA", (240, 240), (255, 255, 255, 0))
    brush = ImageDraw.Draw(image)
    brush.ellipse([8, 8, 232, 232], fill=(24, 119, 242, 255))
    brush.rounded_rectangle([52, 112, 86, 186], 8, fill=(255, 255, 255, 255))
    brush.rounded_rectangle([92, 106, 186, 186], 22, fill=(255, 255, 255, 255))
    brush.polygon([(98, 124), (124, 50), (150, 58), (144, 110), (176, 110)], fill=(255, 255, 255, 255))
    return image


DRAWINGS: dict[str, Callable[[Brush], None]] = {
    "snowy road": _snowy_road,
    "lake": _lake,
    "school": _school,
    "map": _map,
    "poster": _poster,
    "plank": _plank,
}
# With a transparent ground, which JPEG does not have.
STAMPS: dict[str, Callable[[], Image.Image]] = {"brown water": _brown_water, "thumb": _thumb}
