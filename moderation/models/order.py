"""Orders: rows that ask for work. The row is the truth; whoever wakes up looks here for what is due."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models

from moderation.policy.terms import OrderState

logger = logging.getLogger(__name__)

# A worker that has shown no life for so long is taken for dead. Work that takes longer says that it goes on.
LEASE = timedelta(minutes=3)
MAX_ATTEMPTS = 8


class Postponed(Exception):
    """The work could not be done now. Says why in a Swedish sentence, and perhaps when to try again.

    What only waits for something else to come first has not been tried, and does not count.
    """

    def __init__(self, sentence: str, wait: timedelta | None = None, counts: bool = True):
        super().__init__(sentence)
        self.sentence = sentence
        self.wait = wait
        self.counts = counts


class Impossible(Exception):
    """The work can never be done as ordered. Says why in a Swedish sentence."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class LostClaim(Exception):
    """Somebody else has taken over the row since it was claimed; what was done must not be written."""


AnyOrder = TypeVar("AnyOrder", bound="Order", covariant=True)


class OrderQuerySet(models.QuerySet[AnyOrder]):
    def due(self, now: datetime) -> Self:
        """Ordered and its time has come, or claimed by somebody who has shown no life for so long as to be gone."""
        waiting = models.Q(state=OrderState.ORDERED, not_before__lte=now)
        abandoned = models.Q(state=OrderState.WORKING, seen_at__lte=now - LEASE)
        return self.filter(waiting | abandoned)

    def claim(self, now: datetime) -> AnyOrder | None:
        """The next due row, now ours alone: one update that must hit exactly one row decides."""
        while (row := self.due(now).order_by("not_before", "pk").first()) is not None:
            mine = self.filter(pk=row.pk, state=row.state, attempts=row.attempts)
            claimed = {"state": OrderState.WORKING, "started_at": now, "seen_at": now, "attempts": row.attempts + 1}
            if mine.update(**claimed):
                row.refresh_from_db()
                return row
        return None

    def on_the_way(self) -> Self:
        return self.filter(state__in=(OrderState.ORDERED, OrderState.WORKING))

    def stuck(self, now: datetime) -> Self:
        """Failed for good, or tried in vain more than twice."""
        vain = models.Q(state=OrderState.ORDERED, attempts__gt=2)
        return self.filter(models.Q(state=OrderState.FAILED) | vain)


class Order(models.Model):
    state = models.CharField("läge", max_length=10, choices=OrderState, default=OrderState.ORDERED)
    ordered_at = models.DateTimeField("beställd")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beställd av"
    )
    not_before = models.DateTimeField("tidigast")
    started_at = models.DateTimeField("påbörjad", null=True, blank=True)
    seen_at = models.DateTimeField("senaste livstecken", null=True, blank=True)
    done_at = models.DateTimeField("klar", null=True, blank=True)
    attempts = models.PositiveIntegerField("försök", default=0)
    last_error = models.TextField("senaste fel", blank=True)

    class Meta:
        abstract = True

    def show_life(self, now: datetime, **facts: Any) -> None:
        """The work goes on. Raises LostClaim where the row is no longer ours, for then it should stop."""
        self._write(seen_at=now, **facts)

    def finish(self, now: datetime, **facts: Any) -> None:
        """Note success and what came of it, if the row is still ours. Raises LostClaim otherwise."""
        self._write(state=OrderState.DONE, done_at=now, last_error="", **facts)

    def postpone(self, now: datetime, sentence: str, wait: timedelta | None = None, counts: bool = True) -> None:
        """Try again later, each time later than before; after the last attempt that counts it has failed."""
        if counts and self.attempts >= MAX_ATTEMPTS:
            self.give_up(now, sentence)
        else:
            later = now + (wait or timedelta(minutes=2 ** (self.attempts - 1)))
            attempts = self.attempts if counts else self.attempts - 1
            self._write(state=OrderState.ORDERED, not_before=later, last_error=sentence, attempts=attempts)

    def give_up(self, now: datetime, sentence: str) -> None:
        self._write(state=OrderState.FAILED, done_at=now, last_error=sentence)

    def _write(self, **facts: Any) -> None:
        mine = type(self)._default_manager.filter(pk=self.pk, state=OrderState.WORKING, attempts=self.attempts)
        if mine.update(**facts) != 1:
            raise LostClaim(f"{type(self).__name__} {self.pk}")
        for name, value in facts.items():
            setattr(self, name, value)


def carry_out(
    rows: OrderQuerySet[AnyOrder], work: Callable[[AnyOrder], None], clock: Callable[[], datetime], most: int = 100
) -> int:
    """Claim one due row at a time and do `work` on it, until none is due or `most` were tried. Returns how many went well.

    `work` writes its result and calls `row.finish` in one transaction, after all slow work is over. What it raises
    never stops the next row: it becomes the row's last error and a later time.
    """
    done = 0
    for _ in range(most):
        if (row := rows.claim(clock())) is None:
            break
        try:
            work(row)
            done += 1
        except LostClaim:
            logger.warning("lost the claim on %s %s", type(row).__name__, row.pk)
        except Exception as error:
            _note(row, error, clock())
    return done


def _note(row: Order, error: Exception, now: datetime) -> None:
    try:
        if isinstance(error, Impossible):
            row.give_up(now, error.sentence)
        elif isinstance(error, Postponed):
            row.postpone(now, error.sentence, error.wait, error.counts)
        else:
            logger.error("work on %s %s broke", type(row).__name__, row.pk, exc_info=error)
            row.postpone(now, f"Ett oväntat fel inträffade ({type(error).__name__}). Det försöks igen av sig självt.")
    except LostClaim:
        logger.warning("lost the claim on %s %s", type(row).__name__, row.pk)
