"""What a kind of node has: fields, default fields and edges. A value of None is left out of the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import ANONYMOUS, PAGE, Row

FACEBOOK = "https://www.facebook.com"
Value = Callable[[Reading, Any], Any]


@dataclass(frozen=True, eq=False)
class Kind:
    """`silent` fields exist but have no value here; `edges` are the lists under a node.

    `nodes` are fields that hold another node, told in its own fields where such are asked for; `shaped` are fields
    that choose themselves which of their parts to tell.
    """

    name: str
    values: Mapping[str, Value]
    default: tuple[Field, ...]
    edges: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    nodes: Mapping[str, Value] = field(default_factory=dict)
    shaped: Mapping[str, Callable[[Reading, Any, Field], Any]] = field(default_factory=dict)


def pick(value: Any, asked: Field) -> Any:
    """The asked-for parts of a value that has parts."""
    if not asked.fields or value is None:
        return value
    if isinstance(value, list):
        return [pick(one, asked) for one in value]
    if set(value) == {"data"}:
        return {"data": pick(value["data"], asked)}
    return {part.key: pick(value[part.name], part) for part in asked.fields if part.name in value}


def author(reading: Reading, row: Row) -> dict[str, str] | None:
    """The Page's own name always; a person's only to those who may read what persons write."""
    if row.author == PAGE:
        return {"name": reading.world.page_name, "id": reading.world.page_id}
    if row.author == ANONYMOUS or "no_from" in reading.modes or not reading.may("pages_read_user_content"):
        return None
    return {"name": row.author, "id": reading.world.person_id(row.author)}


def fields(text: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in text.split())


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())
