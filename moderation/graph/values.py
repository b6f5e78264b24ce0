"""Single values out of foreign JSON: each function takes anything and answers with its type, or with nothing."""

import json
import re
from datetime import UTC, datetime
from typing import Any


def thing(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def name(value: Any) -> str:
    """An id, always as text: person ids are larger than JavaScript's whole numbers. "" where it cannot be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**40:
        return str(value)
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_.:$-]{1,100}", value) else ""


def number(value: Any) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value < 2**31 else None


def moment(value: Any) -> datetime | None:
    """ISO 8601 in nodes, unix seconds or milliseconds elsewhere. A time without zone is UTC, as Facebook's all are.

    None also for the outermost years, which cannot be shown in Swedish time.
    """
    try:
        found = _moment(value)
        return found.astimezone(UTC) if found is not None and 1 < found.year < 9999 else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        found = datetime.fromisoformat(value)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    return None


def true(value: Any) -> bool:
    return value is True or value == "true"


def shown(value: str) -> str:
    """Foreign words inside our own sentences: short, and without signs that act on the page or the database."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value[:60])


def raw_json(value: Any, notes: list[str]) -> str:
    """ASCII, so that a lone surrogate or a NUL in a text survives every store."""
    try:
        return json.dumps(value, ensure_ascii=True, allow_nan=False)
    except (ValueError, RecursionError):
        notes.append("Delar av rådata gick inte att skriva som JSON och är omskrivna.")
        return json.dumps(_tame(value), ensure_ascii=True)


def _tame(value: Any, depth: int = 0) -> Any:
    """Without what JSON or Python's stack cannot hold: NaN, infinity, numbers and nestings without measure."""
    if isinstance(value, (dict, list)) and depth > 50:
        return "…"
    if isinstance(value, dict):
        return {key: _tame(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_tame(part, depth + 1) for part in value]
    if isinstance(value, float):
        return repr(value)
    return hex(value) if isinstance(value, int) and abs(value) > 10**40 else value
