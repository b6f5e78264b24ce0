"""What all actions have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from moderation.graph.simulator.faults import known_error
from moderation.graph.simulator.reading import Reading

Given = Mapping[str, str]
Action = Callable[[Reading, Any, Given], Any]
DONE = {"success": True}


def need(reading: Reading, scope: str) -> None:
    if not reading.may(scope):
        raise known_error("code_200")


def truth(value: str) -> bool:
    return value.lower() in ("true", "1")
