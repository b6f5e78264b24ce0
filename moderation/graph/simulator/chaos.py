"""Faults drawn by a seed: the same calls in the same order meet the same trouble."""

from collections.abc import Iterable
from random import Random

PRESETS: dict[str, tuple[str, ...]] = {
    "transport": ("cut", "cut_after", "cut_body", "truncated", "html_502", "jitter"),
    "api": ("code_1", "code_1_99", "code_2", "code_2_http400", "error_http200", "unavailable_http200"),
    "rate": ("code_4", "code_32", "code_80001", "http_429"),
    "paging": ("empty_page", "loop", "loop_fresh"),
    "data": ("no_from", "no_usage"),
    "token": (
        *("code_190_458", "code_190_459", "code_190_460", "code_190_463"),
        *("code_190_464", "code_190_466", "code_190_467", "code_190_492"),
    ),
    "media": ("media_403", "media_404", "html_502", "truncated", "cut_body"),
}
PRESETS["mild"] = ("code_2", "html_502", "cut", "jitter")
PRESETS["wild"] = tuple(
    dict.fromkeys(kind for name in ("transport", "api", "rate", "paging", "data") for kind in PRESETS[name])
)
FILES = "/media/"


class Chaos:
    """`kinds` are names of presets or of single faults. Pictures are spoilt by the preset media, and only by it."""

    def __init__(self, seed: int, rate: float, kinds: Iterable[str], known: frozenset[str]) -> None:
        if not 0 <= rate <= 1:
            raise ValueError("the rate is a probability")
        names = list(kinds)
        self._rate = rate
        self._random = Random(seed)  # noqa: S311
        self._of_files = PRESETS["media"] if "media" in names else ()
        drawn = [kind for name in names if name != "media" for kind in PRESETS.get(name, (name,))]
        if unknown := set(drawn) - known:
            raise ValueError(f"unknown faults: {', '.join(sorted(unknown))}")
        self._of_calls = tuple(dict.fromkeys(drawn))

    def draw(self, path: str) -> str:
        """The kind of fault that this call meets, mostly none."""
        kinds = self._of_files if path.startswith(FILES) else self._of_calls
        struck = self._random.random() < self._rate
        return self._random.choice(kinds) if struck and kinds else ""
