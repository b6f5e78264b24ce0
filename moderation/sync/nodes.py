"""What Facebook delivers, made ready to be stored: each node with its thread and what it answers."""

from collections.abc import Iterable, Iterator
from typing import Any

from moderation.graph import payloads
from moderation.graph.payloads import RemoteItem
from moderation.graph.values import number
from moderation.policy.terms import ThreadKind
from moderation.sync.write import Found

# Facebook shows two levels and answers on answers now and then make a third; nothing real is deeper.
DEEPEST = 20


def post(raw: Any) -> Found:
    remote = payloads.post(raw)
    return Found(remote, remote.key, remote.graph_id)


def comments(rows: Iterable[Any], below: Found, with_parents: bool = False) -> Iterator[Found]:
    """Of a flat list below a post. `with_parents` where each reply was asked for together with all of what it answers."""
    for raw in rows:
        above = raw.get("parent") if with_parents and isinstance(raw, dict) else None
        if isinstance(above, dict):
            remote = payloads.comment(above, below.remote)
            yield Found(remote, below.thread, below.node, _parent(remote, below.remote), is_beside=True)
        yield from _comment(raw, below, below.remote, 1)


def _comment(raw: Any, below: Found, parent: RemoteItem, depth: int) -> Iterator[Found]:
    remote = payloads.comment(raw, parent)
    yield Found(remote, below.thread, below.node, _parent(remote, parent))
    yield from _nested(raw, below, remote, depth)


def _parent(remote: RemoteItem, above: RemoteItem) -> str:
    """The key of what it answers: in a flat list a reply says so itself."""
    says_itself = remote.kind == "reply" and above.kind == "post"
    return payloads.comment_key(remote.parent_graph_id) if says_itself else above.key


def _nested(raw: Any, below: Found, remote: RemoteItem, depth: int) -> Iterator[Found]:
    """Old answers, and other people's queries, have replies inside their comments."""
    for row in listed(raw) if isinstance(raw, dict) and depth < DEEPEST else []:
        yield from _comment(row, below, remote, depth + 1)


def listed(node: dict[str, Any], name: str = "comments") -> list[Any]:
    """The rows nested in a node."""
    inside = node.get(name)
    rows = inside.get("data") if isinstance(inside, dict) else None
    return rows if isinstance(rows, list) else []


def told(node: dict[str, Any]) -> int | None:
    """How many comments and replies Facebook says are below a post."""
    inside = node.get("comments")
    summary = inside.get("summary") if isinstance(inside, dict) else None
    return number(summary.get("total_count")) if isinstance(summary, dict) else None


def messages(rows: Iterable[Any], conversation: dict[str, Any]) -> Iterator[Found]:
    name = conversation.get("id")
    thread = name if isinstance(name, str) else ""
    for raw in rows:
        yield Found(payloads.message(raw), f"conversation:{thread}", thread, kind=ThreadKind.CONVERSATION)
