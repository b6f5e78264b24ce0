"""Kills, drawn by a seed, most of them while somebody is in the middle of something."""

import os
import signal
import time
from collections import Counter
from random import Random

import redis

from tests.faults.ledger import Ledger
from tests.faults.processes import WORKERS, House

# How often each is drawn. The last two kill nobody and are not counted.
WAYS = {
    "worker child": 50, "web worker": 12, "worker": 7, "web": 3, "beat": 4, "broker": 5, "flush": 8, "stop": 6,
}  # fmt: skip
# Seconds; longer than a lease lasts here.
LONGEST_STOP = 6.0


class Killer:
    """`kills` has when and whom; `done` counts everything."""

    def __init__(self, house: House, ledger: Ledger, broker_url: str, seed: int) -> None:
        self.house, self.ledger, self.random, self.broker_url = house, ledger, Random(seed), broker_url
        self.kills: list[tuple[float, str]] = []
        self.done: Counter[str] = Counter()

    def strike(self) -> None:
        way = self.random.choices(list(WAYS), list(WAYS.values()))[0]
        self._wait_for_work()
        if getattr(self, f"_{way.replace(' ', '_')}")():
            self.done[way] += 1
            if way not in ("flush", "stop"):
                self.kills.append((time.time(), way))

    def _wait_for_work(self) -> None:
        """Until an answer has just gone out, and then a moment, so that it is read, stored or half stored."""
        self.ledger.something.clear()
        self.ledger.something.wait(1.5)
        time.sleep(self.random.uniform(0, 0.15))

    def _worker_child(self) -> bool:
        return self._kill_child_of(self.random.choice(list(WORKERS)))

    def _web_worker(self) -> bool:
        return self._kill_child_of("web")

    def _kill_child_of(self, name: str) -> bool:
        children = self.house[name].children()
        if not children:
            return False
        try:
            os.kill(self.random.choice(children), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _worker(self) -> bool:
        return self._kill(self.random.choice(list(WORKERS)))

    def _web(self) -> bool:
        return self._kill("web")

    def _beat(self) -> bool:
        return self._kill("beat")

    def _broker(self) -> bool:
        return self._kill("broker")

    def _kill(self, name: str) -> bool:
        self.house[name].kill()
        self.house[name].start()
        return True

    def _flush(self) -> bool:
        try:
            with redis.Redis.from_url(self.broker_url, socket_timeout=2, socket_connect_timeout=2) as broker:
                return bool(broker.flushall())
        except redis.RedisError:
            return False

    def _stop(self) -> bool:
        """Somebody stands still for a while and then goes on, perhaps after somebody else has taken over."""
        children = self.house[self.random.choice([*WORKERS, "web"])].children()
        if not children:
            return False
        child = self.random.choice(children)
        try:
            os.kill(child, signal.SIGSTOP)
            time.sleep(self.random.uniform(0.2, LONGEST_STOP))
            os.kill(child, signal.SIGCONT)
        except ProcessLookupError:
            return False
        return True
