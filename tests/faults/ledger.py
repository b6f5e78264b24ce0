"""What went out over the wire whole, to the last byte: what Facebook has told us, and what we have told Facebook to keep."""

import json
from collections.abc import Iterator
from threading import Event, RLock
from time import time
from typing import Any

from moderation.graph.simulator import Server, World, doors
from moderation.graph.simulator.webhooks import Delivery, Webhooks
from moderation.graph.simulator.wire import Response


def short(node_id: str) -> str:
    """Facebook writes one comment's id with differing first halves; the id of a message is one piece."""
    return node_id if node_id.startswith("m_") else node_id.rpartition("_")[2]


class Ledger:
    """`served` has, for each text of each node, when it went out last. `accepted` are deliveries answered with 200."""

    def __init__(self) -> None:
        self.served: dict[tuple[str, str], float] = {}
        self.accepted: set[bytes] = set()
        self.answers = 0
        self.something = Event()
        self._lock = RLock()

    def note(self, body: bytes) -> None:
        try:
            told = list(_texts(json.loads(body)))
        except ValueError:
            return
        with self._lock:
            self.answers += 1
            self.served |= dict.fromkeys(told, time())
        if told:
            self.something.set()

    def accept(self, body: bytes) -> None:
        with self._lock:
            self.accepted.add(body)


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """The id and the text of every node, however deep it hangs. One that was only asked for its id tells no text."""
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        node_id, text = value.get("id"), value.get("message", "")
        if isinstance(node_id, str) and isinstance(text, str) and "created_time" in value:
            yield short(node_id), text
        for part in value.values():
            yield from _texts(part)


def watch_server(server: Server, ledger: Ledger) -> None:
    class Watched(doors._Handler):
        def _send(self, answer: Response) -> None:
            super()._send(answer)
            if answer.manner in ("whole", "slow") and answer.status == 200 and not self.close_connection:
                ledger.note(answer.body)

    server.RequestHandlerClass = Watched
    # That clients are gone is what all this is about.
    server.handle_error = lambda *_: None


def watch_webhooks(world: World, ledger: Ledger) -> None:
    class Watched(Webhooks):
        def _posted(self, delivery: Delivery) -> bool:
            accepted = super()._posted(delivery)
            if accepted:
                ledger.accept(delivery.body)
            return accepted

    world.webhooks = Watched(world)
