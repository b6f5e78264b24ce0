"""What people do on the page while everything breaks, drawn by a seed: they write, edit, hide, remove and regret."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Event, Lock, Thread

from django.utils import timezone

from moderation.graph.simulator import PAGE, World
from moderation.graph.simulator.faults import ERRORS, OF_THE_ANSWER, OF_THE_LIST
from tests.faults.ledger import short

PEOPLE = ("Kalle Exempel", "Evy Påhitt", "Jari Keksitty", "Hodan Tusaale", "Gun Exempelberg", PAGE)
VANISH_AT_ONCE = 0.4
FAULTS = sorted([*ERRORS, *OF_THE_ANSWER, *OF_THE_LIST])


class Churn:
    """`history` has every text a node ever had, oldest first; no text is ever written twice."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random = world, Random(seed)
        self.history: dict[str, list[str]] = {}
        self.posts: list[str] = []
        self.comments: list[tuple[str, str]] = []
        self.messages: list[str] = []
        self.removed: list[str] = []
        self.count = 0
        self._doomed: list[str] = []
        self._stop = Event()
        self._thread = Thread(target=self._work, name="churn", daemon=True)

    def begin(self) -> None:
        for way, times in ((self._post, 8), (self._comment, 300), (self._message, 30)):
            for _ in range(times):
                way()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(self.random.uniform(0.02, 0.25)):
            self.one()

    def one(self) -> None:
        ways: dict[Callable[[], None], int] = {
            self._comment: 26, self._reply: 14, self._edit: 22, self._message: 8, self._hide: 8, self._remove: 5,
            self._restore: 4, self._post: 3, self._vanish: 2, self._unsend: 1, self._like: 2, self._doom: 10,
        }  # fmt: skip
        self.count += 1
        # It, or what it stood under, may be there no more.
        with suppress(KeyError, ValueError, IndexError):
            self.random.choices(list(ways), list(ways.values()))[0]()

    def _text(self, what: str) -> str:
        return f"{what} {self.count} åäö \U0001f6b0 {self.random.getrandbits(40):010x}"

    def _wrote(self, node_id: str, text: str) -> str:
        self.history.setdefault(short(node_id), []).append(text)
        return node_id

    def _post(self) -> None:
        text, author = self._text("Inlägg"), self.random.choice([None, *PEOPLE[:2]])
        self.posts.append(self._wrote(self.world.add_post(text, timezone.now(), author=author), text))

    def _comment(self, parent: str | None = None, post: str | None = None) -> None:
        post = post or self.random.choice(self.posts[-12:])
        text, author = self._text("Kommentar" if parent is None else "Svar"), self.random.choice(PEOPLE)
        picture = "lake" if self.random.random() < 0.04 else None
        made = self.world.add_comment(post, text, timezone.now(), author=author, parent=parent, picture=picture)
        self.comments.append((self._wrote(made, text), post))
        if self._stop.is_set() or (self._thread.is_alive() and self.random.random() < VANISH_AT_ONCE):
            self._doomed.append(made)

    def _reply(self) -> None:
        parent, post = self.random.choice(self.comments[-40:])
        self._comment(parent, post)

    def _message(self) -> None:
        text, person = self._text("Meddelande"), self.random.choice(PEOPLE[:-1])
        made = self.world.add_message(person, text, timezone.now(), from_page=self.random.random() < 0.3)
        self.messages.append(self._wrote(made, text))

    def _edit(self) -> None:
        row, text = (
            self.random.choice([*self.posts[-12:], *(one for one, _ in self.comments[-150:])]),
            self._text("Ändrat"),
        )
        self.world.edit(row, text)
        self._wrote(row, text)

    def _hide(self) -> None:
        self.world.hide(self.random.choice(self.comments[-60:])[0], self.random.random() < 0.6)

    def _doom(self) -> None:
        self._take_away(self._doomed.pop(0))

    def _remove(self) -> None:
        rows = [one for one, _ in self.comments[-80:]]
        self._take_away(self.random.choice([*rows, self.random.choice(self.posts)]))

    def _take_away(self, row: str) -> None:
        self.world.remove(row)
        self.removed.append(row)

    def _restore(self) -> None:
        row = self.random.choice(self.removed[-20:])
        self.world.restore(row)
        self.removed.remove(row)

    def _vanish(self) -> None:
        row = self.random.choice(self.comments[-40:])[0]
        self.world.vanish(row, readable=self.random.random() < 0.5)
        self.removed.append(row)

    def _unsend(self) -> None:
        self.world.unsend(self.messages.pop(self.random.randrange(len(self.messages))))

    def _like(self) -> None:
        self.world.react(self.random.choice(self.comments[-40:])[0], "Evy Påhitt")


class Weather:
    """Facebook's own faults, each kind in its turn, and disorder in how it tells of what happens."""

    def __init__(self, world: World, seed: int, pause: float = 1.0) -> None:
        self.world, self.random, self.pause = world, Random(seed), pause
        self.kinds: list[str] = []
        self.seen: set[str] = set()
        self._fine = Event()
        self._lock = Lock()
        self._thread = Thread(target=self._work, name="weather", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def rest(self) -> None:
        """Fine weather from now on."""
        with self._lock:
            self._fine.set()
            self.world.clear_faults()
            still = {"batch": 1, "double": False, "shuffled": None, "late": timedelta(0), "silent": False}
            self.world.webhooks.switch(**still)

    def go_on(self) -> None:
        self._fine.clear()

    def _work(self) -> None:
        while True:
            time.sleep(self.random.uniform(0.3, 1.7) * self.pause)
            with self._lock:
                if not self._fine.is_set():
                    self._change()

    def _change(self) -> None:
        self.world.clear_faults()
        self.kinds = self.kinds or self.random.sample(FAULTS, len(FAULTS))
        kind = self.kinds.pop()
        self.seen.add(kind)
        self.world.fault(kind, times=self.random.randint(1, 3), skip=self.random.randint(0, 2), seconds=0.03)
        self._disorder()

    def _disorder(self) -> None:
        draw = self.random.random
        self.world.webhooks.switch(
            batch=self.random.choice([1, 1, 3, 20]),
            double=draw() < 0.3,
            shuffled=self.random.randint(0, 99) if draw() < 0.3 else None,
            late=timedelta(seconds=self.random.choice([0, 0, 0, 3])),
            silent=draw() < 0.15,
        )
        self.world.webhooks.redeliver()
        if draw() < 0.1:
            # Only the latest: whatever goes out again is there to go out once more.
            del self.world.webhooks.sent[:-20]
            self.world.webhooks.replay()
