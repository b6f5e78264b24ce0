"""Minutes last seconds: what the house waits for by the clock in its rows comes at once, and its clock sends tasks more often.

A lease that has shown no life for as long as LEASE is run out, whether its holder is dead or only stopped for a while.
"""

import time
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from moderation.models import Attachment, Page, PageSnapshot, SyncRun, WebhookDelivery
from moderation.models import order as orders
from moderation.policy.terms import Lane, OrderState
from sociala_medier.celery import app

LEASE = 2.5
WAIT = 3.0
TASKS = ("sweep_page", "fetch_media", "take_deliveries", "pull_fresh")
ORDERS = (WebhookDelivery, Attachment, PageSnapshot)


class Hurry:
    def __init__(self, pause: float = 0.6) -> None:
        self.pause = pause
        self.patient = Event()
        self._stop = Event()
        self._seen: dict[object, float] = {}
        self._thread = Thread(target=self._work, name="hurry", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(self.pause):
            try:
                self._wake()
                if not self.patient.is_set():
                    self._age()
            except (DatabaseError, OperationalError, OSError):
                # The broker is down, or the database has more to do than we are patient.
                pass
        connection.close()

    def _wake(self) -> None:
        if not SyncRun.objects.running().filter(lane=Lane.SWEEP).exists():
            Page.objects.update(sweep_wanted_at=timezone.now())
        for task in TASKS:
            app.send_task(f"moderation.tasks.{task}", expires=2, retry=False)

    def _age(self) -> None:
        now = timezone.now()
        for run in SyncRun.objects.running().filter(held_until__gt=now):
            if self._is_old((run.pk, run.held_until), LEASE):
                SyncRun.objects.running().filter(pk=run.pk, held_until=run.held_until).update(held_until=now)
        for kind in ORDERS:
            for row in kind.objects.filter(state=OrderState.WORKING, seen_at__gt=now - orders.LEASE):
                if self._is_old((kind, row.pk, row.seen_at), LEASE):
                    held = kind.objects.filter(pk=row.pk, state=OrderState.WORKING, seen_at=row.seen_at)
                    held.update(seen_at=now - orders.LEASE)
            kind.objects.filter(state=OrderState.ORDERED, not_before__gt=now + timedelta(seconds=WAIT)).update(
                not_before=now + timedelta(seconds=WAIT)
            )
        Page.objects.filter(resume_at__gt=now + timedelta(seconds=WAIT)).update(resume_at=now + timedelta(seconds=WAIT))
        Page.objects.exclude(token_dead_at=None).update(tried_at=now - timedelta(hours=1))
        Page.objects.exclude(messages_error="").update(messages_tried_at=now - timedelta(hours=2))

    def _is_old(self, mark: object, most: float) -> bool:
        return time.monotonic() - self._seen.setdefault(mark, time.monotonic()) > most
