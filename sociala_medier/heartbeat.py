"""A worker's sign of life, from its main process, which goes on while its children are busy."""

from typing import Any

from celery import bootsteps
from django.db import DatabaseError, connection
from django.utils import timezone

from moderation.models import Heartbeat

SECONDS = 10.0


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
        try:
            for queue in worker.app.amqp.queues.consume_from:
                Heartbeat.beat(queue, timezone.now())
        except DatabaseError:
            # Then the silence tells.
            pass
        finally:
            # A child that is born later must not share it.
            connection.close()
