"""One reader at a time in each lane: who reads, how far it has come, and what hindered it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from moderation.models import Page, SyncRun
from moderation.models.page import HELD
from moderation.policy.terms import Lane
from moderation.sync.write import Tally

QUIET_RUNS_KEPT = timedelta(days=7)

Clock = Callable[[], datetime]


class TakenOver(Exception):
    """Somebody else reads here now; this reader has been taken for dead."""


def hold(page: Page, lane: Lane, now: datetime, take_over: bool = False) -> SyncRun | None:
    """The lane's open run, or a new one, ours for a while. None where somebody else holds it.

    With `take_over` whoever holds it is set aside, since its process may have been killed.
    """
    open_runs = SyncRun.objects.running().filter(page=page, lane=lane)
    free = open_runs if take_over else open_runs.filter(held_until__lte=now)
    if free.update(held_until=now + HELD):
        return open_runs.first()
    # A reading every minute that found nothing new is worth remembering for a while only.
    quiet = SyncRun.objects.filter(page=page, lane=Lane.FRESH, ended_at__lt=now - QUIET_RUNS_KEPT, created=0, changed=0)
    quiet.filter(failed=0, error="").delete()
    try:
        with transaction.atomic():
            return SyncRun.objects.create(page=page, lane=lane, started_at=now, held_until=now + HELD)
    except IntegrityError:
        return None


def go_on(run: SyncRun, now: datetime, tally: Tally, calls: int) -> None:
    """Note what was done, and hold the run a while longer. Raises TakenOver where it is ours no longer."""
    mine = SyncRun.objects.running().filter(pk=run.pk, held_until=run.held_until)
    held_until = now + HELD
    counted = {name: F(name) + getattr(tally, name) for name in ("found", "created", "changed", "failed")}
    if not mine.update(held_until=held_until, calls=F("calls") + calls, **counted):
        raise TakenOver
    run.held_until = held_until


def remember(run: SyncRun, **facts: object) -> None:
    SyncRun.objects.filter(pk=run.pk).update(**facts)


def release(run: SyncRun, now: datetime, error: str = "") -> None:
    """Let go of it, to be gone on with by whoever comes."""
    mine = SyncRun.objects.running().filter(pk=run.pk, held_until=run.held_until)
    mine.update(held_until=now, error=error)


def end(run: SyncRun, now: datetime, error: str = "") -> bool:
    """Returns whether it was ours to end."""
    mine = SyncRun.objects.running().filter(pk=run.pk, held_until=run.held_until)
    return bool(mine.update(ended_at=now, held_until=now, error=error))


def remark(run: SyncRun, sentence: str) -> None:
    """What could not be read without that the rest was hindered."""
    run.refresh_from_db(fields=["remarks"])
    if sentence not in run.remarks.splitlines():
        remember(run, remarks="\n".join([*run.remarks.splitlines(), sentence]))
