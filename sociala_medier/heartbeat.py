"""Signs of life: a worker's from its main process, which goes on while its children are busy, and the clock's."""

import time
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection
from django.utils import timezone

from moderation.models import Heartbeat

SECONDS = 10.0
CLOCK = "klockan"


class SignOfLife(bootsteps.StartStopStep):
    """Every few seconds a row for each queue the worker listens to."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, parent: Any, **options: Any) -> None:
        self.repeated: Any = None

    def start(self, parent: Any) -> None:
        self.repeated = parent.timer.call_repeatedly(SECONDS, self.beat, (parent,))
        self.beat(parent)

    def stop(self, parent: Any) -> None:
        if self.repeated is not None:
            self.repeated.cancel()

    def beat(self, worker: Any) -> None:
        _show_life(*worker.app.amqp.queues.consume_from)


class Scheduler(PersistentScheduler):
    """Celery's own, which shows each few seconds that it goes."""

    shown_at = 0.0

    def tick(self, *args: Any, **options: Any) -> float:
        if time.monotonic() - self.shown_at >= SECONDS:
            self.shown_at = time.monotonic()
            _show_life(CLOCK)
        return super().tick(*args, **options)


def _show_life(*names: str) -> None:
    try:
        for name in names:
            Heartbeat.beat(name, timezone.now())
    except DatabaseError:
        # Then the silence tells.
        pass
    finally:
        # A child that is born later must not share it.
        connection.close()
