"""Tables as README.md shows them, each row as soon as it is measured."""

from collections.abc import Iterable, Sequence
from itertools import chain


def show(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    for row in chain((heading, ["---"] * len(heading)), rows):
        print("|", " | ".join(_cell(one) for one in row), "|", flush=True)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
