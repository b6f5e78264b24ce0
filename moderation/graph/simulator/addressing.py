"""What the first step of a path stands for."""

from typing import Any

from moderation.graph.simulator.faults import gone, refuse
from moderation.graph.simulator.finding import found
from moderation.graph.simulator.nodes import Person
from moderation.graph.simulator.pages import page_of
from moderation.graph.simulator.reading import Reading


def named(reading: Reading, name: str, method: str = "get") -> Any:
    world = reading.world
    if name == "me" and reading.token.kind == "APP":
        raise refuse(400, 2500, "An active access token must be used to query information about the current user.")
    if name == world.page_id or (name == "me" and reading.token.kind == "PAGE"):
        return page_of(reading)
    person = Person(world.person_id("the one who made the app"), "Ada Administratör")
    if name in ("me", person.id):
        return person
    thing = found(reading, name)
    if thing is not None:
        return thing
    if not name.removeprefix("t_").removeprefix("m_").replace("_", "").isdigit():
        raise refuse(404, 803, f"(#803) Some of the aliases you requested do not exist: {name}")
    raise gone(name, method)
