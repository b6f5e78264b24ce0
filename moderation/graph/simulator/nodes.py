"""Every kind of node there is."""

from dataclasses import dataclass

from moderation.graph.simulator.conversations import MESSAGE, THREAD
from moderation.graph.simulator.inbox import Message, Thread
from moderation.graph.simulator.kinds import Kind, fields
from moderation.graph.simulator.pages import PAGE_NODE, Page
from moderation.graph.simulator.posts import COMMENT, POST, VIDEO, Video
from moderation.graph.simulator.rows import Comment, Post


@dataclass(frozen=True)
class Person:
    id: str
    name: str


PERSON = Kind(
    "User",
    {"id": lambda _, person: person.id, "name": lambda _, person: person.name},
    fields("name id"),
    frozenset({"accounts", "permissions"}),
)
KINDS: dict[type, Kind] = {
    Post: POST,
    Comment: COMMENT,
    Video: VIDEO,
    Page: PAGE_NODE,
    Person: PERSON,
    Thread: THREAD,
    Message: MESSAGE,
}
