"""Lists as the Graph API delivers them: `{"data": […], "paging": {"cursors": {"after"}, "next"}}`."""

import json
import logging
from collections.abc import Iterator
from typing import Any

log = logging.getLogger(__name__)

# New comments can push a whole page's worth of rows on to the next page once; twice is a circle.
STALE_PAGES = 2
# Filtered lists have gaps, and an empty page with `next` is not the end, but it must end some time.
EMPTY_PAGES = 25


def rows(listing: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows as objects; one that is none is wrapped, so that it can be kept and shown like any other."""
    data = listing.get("data")
    return [row if isinstance(row, dict) else {"data": row} for row in data] if isinstance(data, list) else []


class Guard:
    """Lets each row through once and stops a list that goes in circles, as some Pages' lists did for months."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seen: set[str] = set()
        self.cursors: set[str] = set()
        self.stale = 0
        self.empty = 0

    def new(self, listing: dict[str, Any]) -> Iterator[dict[str, Any]]:
        delivered, before = rows(listing), len(self.seen)
        for row in delivered:
            identity = _identity(row)
            if identity not in self.seen:
                self.seen.add(identity)
                yield row
        self.empty = 0 if delivered else self.empty + 1
        self.stale = self.stale + 1 if delivered and len(self.seen) == before else 0

    def onward(self, listing: dict[str, Any]) -> str:
        """The cursor to go on from, or "". Only the presence of `next` counts: its address is never followed."""
        paging = listing.get("paging")
        if not isinstance(paging, dict) or not paging.get("next"):
            return ""
        cursors = paging.get("cursors")
        after = cursors.get("after") if isinstance(cursors, dict) else None
        if not isinstance(after, str) or not after:
            return self._stop("there is more but no cursor leads to it")
        if after in self.cursors:
            return self._stop("the same cursor came twice")
        if self.stale >= STALE_PAGES or self.empty >= EMPTY_PAGES:
            return self._stop("page after page brings nothing new")
        self.cursors.add(after)
        return after

    def _stop(self, why: str) -> str:
        log.warning("Stopped reading %s: %s.", self.name, why)
        return ""


def _identity(row: dict[str, Any]) -> str:
    name = row.get("id")
    if isinstance(name, str) and name:
        return name
    try:
        return json.dumps(row, sort_keys=True)
    except RecursionError:
        return str(id(row))
