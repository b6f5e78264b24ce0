"""A table that a spreadsheet opens as it was meant: semicolons, UTF-8 with its mark, and no cell that is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, also behind what it does not show.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def write(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    told = io.StringIO()
    writer = csv.writer(told, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(str(value)) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + told.getvalue()).encode("utf-8", "replace")


def _cell(text: str) -> str:
    """On one line, and led by an apostrophe where a spreadsheet would calculate it."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(FORMULA) else flat
