"""Tells a subscriber what happens on the Page: signed, at once or not, once or not, in order or not."""

import hmac
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha1, sha256
from heapq import heappop, heappush
from random import Random
from secrets import token_hex
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

import requests

from moderation.graph.simulator.changes import MESSENGER, Change, milliseconds
from moderation.graph.simulator.wire import encode

if TYPE_CHECKING:
    from moderation.graph.simulator.world import World

FIELDS = ("feed", "mention", "messages", "message_echoes")
MOST_IN_ONE = 1000
TIMEOUT = 10.0
# How long a started batch waits for more, and how often a thread looks whether the world's clock has moved.
LINGER, LOOK = 0.3, 0.1
FIRST_RETRY = timedelta(minutes=1)
GIVEN_UP_AFTER = timedelta(hours=36)
MESSENGER_ENDS_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Manner:
    """How deliveries go: so many changes in one, twice, in an order drawn by a seed, late, forged, or not at all."""

    batch: int = 1
    double: bool = False
    shuffled: int | None = None
    late: timedelta = timedelta(0)
    silent: bool = False
    forged: bool = False


@dataclass(order=True)
class Delivery:
    """A body on its way; `due` and `first_tried` by the world's clock."""

    due: datetime
    place: int
    body: bytes = field(compare=False)
    headers: dict[str, str] = field(compare=False)
    fields: frozenset[str] = field(compare=False)
    tries: int = field(compare=False, default=0)
    first_tried: datetime | None = field(compare=False, default=None)


def signed(page_id: str, changes: Sequence[Change], secret: str, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The bytes and the headers of one delivery; one entry for the Page's changes and one for its messages."""
    feed = [{"field": change.field, "value": change.told} for change in changes if change.field not in MESSENGER]
    talk = [change.told for change in changes if change.field in MESSENGER]
    entries: list[dict[str, Any]] = []
    if feed:
        entries.append({"id": page_id, "time": int(now.timestamp()), "changes": feed})
    if talk:
        entries.append({"id": page_id, "time": milliseconds(now), "messaging": talk})
    body = encode({"object": "page", "entry": entries})
    return body, signatures(body, secret)


def signatures(body: bytes, secret: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature": "sha1=" + hmac.new(secret.encode(), body, sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest(),
    }


class Webhooks:
    """`fields` is what the Page is subscribed to; without a subscriber nothing is told to anybody."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._changed = Condition()
        self._url = self._secret = ""
        self.manner = Manner()
        self.fields: tuple[str, ...] = ()
        self.sent: list[Delivery] = []
        self._gathered: deque[Change] = deque()
        self._coming: list[tuple[datetime, int, Change]] = []
        self._waiting: list[Delivery] = []
        self._count = 0
        self._flushing = self._busy = False
        self._thread: Thread | None = None

    @property
    def listening(self) -> bool:
        return bool(self._url and self.fields)

    def subscribe(self, url: str, verify_token: str, secret: str, fields: Iterable[str] | None) -> None:
        """ValueError when the subscriber does not answer the challenge. `fields` None leaves them as they are."""
        challenge = token_hex(8)
        asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": challenge}
        answer = requests.get(url, params=asked, timeout=TIMEOUT, allow_redirects=False)
        if answer.status_code != 200 or answer.text != challenge:
            raise ValueError(f"the challenge was answered by {answer.status_code}: {answer.text[:100]}")
        with self._changed:
            self._url, self._secret = url, secret
            if fields is not None:
                self.fields = tuple(fields)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="webhooks", daemon=True)
                self._thread.start()

    def set_fields(self, fields: Iterable[str]) -> None:
        with self._changed:
            self.fields = tuple(fields)

    def switch(self, **manner: Any) -> None:
        """TypeError for a switch that Manner does not have."""
        if not 1 <= manner.get("batch", 1) <= MOST_IN_ONE:
            raise ValueError(f"a delivery holds 1 to {MOST_IN_ONE} changes")
        with self._changed:
            self.manner = replace(self.manner, **manner)

    def tell(self, change: Change) -> None:
        with self._changed:
            if not self._url or change.field not in self.fields or self.manner.silent:
                return
            self._count += 1
            due = max(change.at, self._world.clock()) + self.manner.late
            heappush(self._coming, (due, self._count, change))
            self._changed.notify_all()

    def replay(self) -> None:
        """Everything that was ever sent goes out again, byte for byte."""
        with self._changed:
            now = self._world.clock()
            again = {one.place: one for one in self.sent}.values()
            for one in again:
                self._count += 1
                heappush(self._waiting, Delivery(now, self._count, one.body, one.headers, one.fields))
            self._changed.notify_all()

    def redeliver(self) -> None:
        """What failed is tried again now."""
        with self._changed:
            now = self._world.clock()
            self._waiting = sorted(replace(one, due=min(one.due, now)) for one in self._waiting)
            self._changed.notify_all()

    def settle(self, timeout: float = 10.0) -> None:
        """Sends what is gathered and waits until nothing is due any more. TimeoutError."""
        with self._changed:
            self._flushing = True
            self._changed.notify_all()
            settled = self._changed.wait_for(lambda: self._is_settled() or self._thread is None, timeout)
            self._flushing = False
        if not settled:
            raise TimeoutError("the webhooks are not delivered")

    def close(self) -> None:
        with self._changed:
            thread, self._thread, self._url = self._thread, None, ""
            self._changed.notify_all()
        if thread is not None:
            thread.join(TIMEOUT)

    # The thread

    def _work(self) -> None:
        while True:
            with self._changed:
                deliveries = self._next()
                while not deliveries and self._thread is not None:
                    self._changed.notify_all()
                    more = self._changed.wait(self._patience())
                    deliveries = self._next(lingered=not more)
                if self._thread is None:
                    return
                self._busy = True
            for delivery in deliveries:
                self._send(delivery)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _patience(self) -> float | None:
        if self._gathered:
            return LINGER
        return LOOK if self._coming or self._waiting else None

    def _is_settled(self) -> bool:
        now = self._world.clock()
        coming = bool(self._coming) and self._coming[0][0] <= now
        failed = bool(self._waiting) and self._waiting[0].due <= now
        return not (self._busy or self._gathered or coming or failed)

    def _next(self, lingered: bool = False) -> list[Delivery]:
        """What is to be sent now; a batch or a shuffled lot only when it is full, asked for, or nothing follows."""
        now = self._world.clock()
        while self._coming and self._coming[0][0] <= now:
            self._gathered.append(heappop(self._coming)[2])
        ready = [heappop(self._waiting) for _ in self._waiting[:] if self._waiting[0].due <= now]
        whole = self.manner.batch if self.manner.shuffled is None else MOST_IN_ONE
        while self._gathered and (len(self._gathered) >= whole or self._flushing or lingered):
            ready += self._packed([self._gathered.popleft() for _ in range(min(whole, len(self._gathered)))], now)
        return ready

    def _packed(self, changes: list[Change], now: datetime) -> list[Delivery]:
        if self.manner.shuffled is not None:
            Random(self.manner.shuffled).shuffle(changes)  # noqa: S311
            changes.sort(key=lambda change: not change.removes)
        lots = [changes[start : start + self.manner.batch] for start in range(0, len(changes), self.manner.batch)]
        return [delivery for lot in lots for delivery in self._delivery(lot, now)]

    def _delivery(self, lot: list[Change], now: datetime) -> list[Delivery]:
        secret = f"not {self._secret}" if self.manner.forged else self._secret
        body, headers = signed(self._world.page_id, lot, secret, now)
        self._count += 1
        delivery = Delivery(now, self._count, body, headers, frozenset(change.field for change in lot))
        return [delivery, replace(delivery)] if self.manner.double else [delivery]

    def _send(self, delivery: Delivery) -> None:
        """Retried at once, then ever later; what concerns private messages ends the subscription after an hour."""
        now = self._world.clock()
        delivery.first_tried = delivery.first_tried or now
        accepted = self._posted(delivery) or (delivery.tries == 0 and self._posted(delivery))
        with self._changed:
            self.sent.append(delivery)
            if accepted:
                return
            delivery.due = now + FIRST_RETRY * 2 ** min(delivery.tries, 12)
            delivery.tries += 1
            if now - delivery.first_tried >= MESSENGER_ENDS_AFTER and delivery.fields & MESSENGER:
                self.fields = tuple(name for name in self.fields if name not in MESSENGER)
            elif now - delivery.first_tried < GIVEN_UP_AFTER:
                heappush(self._waiting, delivery)

    def _posted(self, delivery: Delivery) -> bool:
        try:
            answer = requests.post(
                self._url, data=delivery.body, headers=delivery.headers, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.RequestException:
            return False
        return answer.status_code == 200
