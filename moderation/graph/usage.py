"""How much of Facebook's patience is used up, as the usage headers of each answer tell it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Which of them comes depends on the token: X-App-Usage for users and apps, the business one for pages.
HEADERS = ("X-App-Usage", "X-Business-Use-Case-Usage", "X-Page-Usage")
LONGEST_WAIT = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Usage:
    """Per cent of each allowance (may pass 100), and minutes until calls are let through again (0: they are now)."""

    call_count: int = 0
    total_cputime: int = 0
    total_time: int = 0
    regain_minutes: int = 0

    @property
    def worst(self) -> int:
        return max(self.call_count, self.total_cputime, self.total_time)


def from_headers(headers: Mapping[str, str]) -> Usage | None:
    """The worst figure of each kind among all headers; None where no header could be read."""
    counts = [count for name in HEADERS for count in _counts(headers.get(name))]
    if not counts:
        return None
    return Usage(
        call_count=_worst(counts, "call_count"),
        total_cputime=_worst(counts, "total_cputime"),
        total_time=_worst(counts, "total_time"),
        regain_minutes=min(LONGEST_WAIT, _worst(counts, "estimated_time_to_regain_access")),
    )


def _counts(header: str | None) -> Iterator[dict[str, Any]]:
    """`{…}` for an app, `{"<page or business id>": [{…}, …]}` for business use cases, a bare per cent in old answers."""
    try:
        value = json.loads(header or "")
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict):
        yield value
        lists = [many for many in value.values() if isinstance(many, list)]
        yield from (count for many in lists for count in many if isinstance(count, dict))
    elif isinstance(value, (int, float)):
        yield {"call_count": value}


def _worst(counts: list[dict[str, Any]], key: str) -> int:
    values = [count.get(key) for count in counts]
    return max((int(value) for value in values if isinstance(value, (int, float)) and 0 <= value < 1e9), default=0)
