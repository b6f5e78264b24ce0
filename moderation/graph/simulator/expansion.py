"""Field expansion: `a,b{c},edge.limit(10).order(chronological){x,y}.as(name)` as a tree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from moderation.graph.simulator.faults import Refusal, refuse

ONE_FIELD = re.compile(r"(\w+)((?:\.\w+\([^()]*\))*)(?:\{(.*)\})?((?:\.\w+\([^()]*\))*)", re.DOTALL)
OPTION = re.compile(r"\.(\w+)\(([^()]*)\)")


@dataclass(frozen=True, eq=False)
class Field:
    """One asked-for field, equal only to itself. `inner` is the text between its braces, for the link to a further page."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    inner: str = ""
    fields: tuple["Field", ...] = ()

    @cached_property
    def key(self) -> str:
        return self.options.get("as", self.name)


@lru_cache(maxsize=256)
def parse(text: str) -> tuple[Field, ...]:
    return tuple(_one(part, text) for part in _parts(text) if part)


def _one(part: str, text: str) -> Field:
    found = ONE_FIELD.fullmatch(part)
    if found is None:
        raise _syntax_error(part, text)
    name, before, inner, after = found.groups()
    return Field(name, dict(OPTION.findall(before + after)), inner or "", parse(inner) if inner else ())


def _parts(text: str) -> list[str]:
    parts, depth = [""], 0
    for character in text:
        depth += (character in "{(") - (character in "})")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    if depth:
        raise _syntax_error(parts[-1], text)
    return [part.strip() for part in parts]


def _syntax_error(part: str, text: str) -> Refusal:
    place = max(text.find(part), 0)
    return refuse(400, 2500, f'Syntax error "Expected name." at character {place}: {part[:60]}')
