"""Nodes with their nested lists: order, filter, cursors, links to further pages."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from moderation.graph.simulator import attachments
from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import bad_parameter, unknown_field
from moderation.graph.simulator.kinds import Kind, Value, pick
from moderation.graph.simulator.links import limit_in, link
from moderation.graph.simulator.listing import REPLY_CURSOR, Rows, rows_of
from moderation.graph.simulator.nodes import KINDS, Person
from moderation.graph.simulator.pages import Page
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import Post, Row, Stretch
from moderation.graph.simulator.wire import opaque_content, opaque_cursor, position_cursor, position_of

_fresh = count()


def node(reading: Reading, thing: Any, fields: tuple[Field, ...]) -> Any:
    if isinstance(thing, Row) and thing.raw is not None:
        return thing.raw
    answer: dict[str, Any] = {}
    for key, told in _plan(KINDS[type(thing)], fields):
        value = told(reading, thing)
        if value is not None:
            answer[key] = value
    answer.setdefault("id", thing.id)
    return answer


@lru_cache(maxsize=512)
def _plan(kind: Kind, fields: tuple[Field, ...]) -> tuple[tuple[str, Value], ...]:
    """Worked out once for the thousands of rows of a page."""
    return tuple((asked.key, _told(kind, asked)) for asked in fields or kind.default)


def _told(kind: Kind, asked: Field) -> Value:
    if asked.name in kind.edges:
        return lambda reading, thing: edge(reading, thing, asked)
    if asked.name in kind.nodes and asked.fields:
        return lambda reading, thing: _below(reading, kind.nodes[asked.name](reading, thing), asked)
    if asked.name in kind.shaped:
        return lambda reading, thing: kind.shaped[asked.name](reading, thing, asked)
    if asked.name in kind.silent:
        return lambda *_: None
    if asked.name not in kind.values:
        raise unknown_field(asked.name, kind.name)
    value = kind.values[asked.name]
    if not asked.fields:
        return value
    return lambda reading, thing: pick(value(reading, thing), asked)


def _below(reading: Reading, other: Any, asked: Field) -> Any:
    return None if other is None else node(reading, other, asked.fields)


def edge(reading: Reading, owner: Any, asked: Field, outer: bool = False) -> dict[str, Any] | None:
    """A list under a node; None where Facebook leaves the whole key out."""
    if isinstance(owner, Post) and asked.name in attachments.EDGES:
        return attachments.edge(reading, owner, asked)
    if asked.name not in KINDS[type(owner)].edges:
        raise unknown_field(asked.name, KINDS[type(owner)].name)
    if isinstance(owner, Person):
        return _things_of_a_person(reading, asked)
    found = rows_of(reading, owner, asked)
    answer = _page(reading, owner, asked, found, outer)
    if asked.options.get("summary", "").lower() in ("1", "true"):
        return answer | {"summary": _summary(asked.name, found)}
    return answer if answer.get("paging") or outer else None


def _page(reading: Reading, owner: Any, asked: Field, found: Rows, outer: bool) -> dict[str, Any]:
    rows, limit = found.rows, limit_in(asked.options, strict=isinstance(owner, Page))
    looping = outer and reading.modes & {"loop", "loop_fresh"}
    start, end = (0, limit) if looping else _window(found, asked.options, limit)
    shown = [] if outer and "empty_page" in reading.modes else rows[start:end]
    answer: dict[str, Any] = {
        "data": [node(reading, found.as_node(row), asked.fields) for row in shown if row.delivered]
    }
    if not rows[start:end]:
        return answer
    if not shown:
        first = last = _cursor(found, start - 1)
    else:
        first, last = _cursor(found, start), _cursor(found, min(end, len(rows)) - 1)
    if "loop_fresh" in reading.modes and looping:
        last = opaque_cursor(f"loop {next(_fresh)}", REPLY_CURSOR)
    answer["paging"] = {"cursors": {"before": first, "after": last}}
    if start > 0:
        answer["paging"]["previous"] = link(reading, owner.id, asked, limit, "before", first)
    if end < len(rows) or looping or not shown:
        answer["paging"]["next"] = link(reading, owner.id, asked, limit, "after", last)
    return answer


def _summary(name: str, found: Rows) -> dict[str, Any]:
    total = len(found.rows) if found.total is None else found.total
    if name == "reactions":
        return {"total_count": total, "viewer_reaction": "NONE"}
    if name == "likes":
        return {"total_count": total, "can_like": True, "has_liked": False}
    return {"order": found.order, "total_count": total, "can_comment": True}


def _window(found: Rows, options: Mapping[str, str], limit: int) -> tuple[int, int]:
    if options.get("after"):
        start = _index(found, options["after"]) + 1
        return start, start + limit
    if options.get("before"):
        end = max(_index(found, options["before"]), 0)
        return max(end - limit, 0), end
    return 0, limit


def _cursor(found: Rows, index: int) -> str:
    if found.positional:
        return position_cursor(index + 1 if found.order == "chronological" else len(found.rows) - index)
    return opaque_cursor(found.rows[index].id if index >= 0 else "start", found.cursor_size)


def _index(found: Rows, cursor: str) -> int:
    """Positions count up from the oldest row in a list by time, and down to one in any other.

    Rows that come or go between two pages move the others: some are skipped, or come twice.
    """
    try:
        if found.positional:
            position = position_of(cursor)
            return max(position - 1 if found.order == "chronological" else len(found.rows) - position, -1)
        content = opaque_content(cursor)
        if content == "start":
            return -1
        rows = found.rows
        return rows.place_of(content) if isinstance(rows, Stretch) else [row.id for row in rows].index(content)
    except ValueError as error:
        raise bad_parameter("Invalid cursors values provided") from error


def _things_of_a_person(reading: Reading, asked: Field) -> dict[str, Any]:
    world = reading.world
    if asked.name == "permissions":
        return {"data": [{"permission": scope, "status": "granted"} for scope in reading.token.scopes]}
    page_token = world.tokens.of_kind("PAGE")
    account = {
        "access_token": page_token.value if page_token else None,
        "category": "Kommunal förvaltning",
        "name": world.page_name,
        "id": world.page_id,
        "tasks": ["ANALYZE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"],
    }
    cursor = opaque_cursor(world.page_id, REPLY_CURSOR)
    return {"data": [pick(account, asked)], "paging": {"cursors": {"before": cursor, "after": cursor}}}
