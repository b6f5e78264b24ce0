"""Every pair of text and ground in tokens.css can be read, in the light theme and in the dark."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "sociala_medier/static/sociala_medier/css/tokens.css"
GROUNDS = ("ground", "surface", "sunken")
# WCAG 2.2, 1.4.3: text. 1.4.11: what must be seen to find a field or the focus.
TEXT = [
    *product(("text", "text-quiet", "accent", "accent-strong", "bad", "warn", "good"), GROUNDS),
    *product(("text", "text-quiet", "accent-strong"), ("accent-soft",)),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
]
SHAPES = [*product(("line-strong", "focus"), GROUNDS), ("focus", "focus-halo")]


def themes() -> dict[str, dict[str, str]]:
    light, dark = CSS.read_text().split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, SHAPES)])
def test_every_pair_can_be_read(theme, least, pairs):
    colours = themes()[theme]
    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}
    assert {pair: found for pair, found in poor.items() if found < least} == {}
