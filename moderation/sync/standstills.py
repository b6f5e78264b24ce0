"""Times when nothing came in: opened when reading fails for long, closed when it works again, filled by the next sweep."""

from datetime import datetime
from typing import Any

from moderation.models import Page, Standstill
from moderation.policy import pace

NOT_RUNNING = "Systemet läste inte sidan under den tiden."


def note_failure(page: Page, sentence: str, now: datetime) -> None:
    """Reading failed. A gap that is long enough begins at the last reading that went well."""
    if page.fresh_at is None or now - page.fresh_at < pace.STANDSTILL:
        return
    Standstill.objects.get_or_create(page=page, ended_at=None, defaults={"began_at": page.fresh_at, "reason": sentence})


def note_success(page: Page, now: datetime) -> None:
    """Reading works. A gap behind us is closed, and the whole page is wanted read anew."""
    closed = Standstill.objects.filter(page=page, ended_at=None).update(ended_at=now)
    if not closed and page.fresh_at is not None and now - page.fresh_at >= pace.STANDSTILL:
        closed = 1
        Standstill.objects.create(page=page, began_at=page.fresh_at, ended_at=now, reason=NOT_RUNNING)
    told: dict[str, Any] = {"fresh_at": now} | ({"sweep_wanted_at": now} if closed else {})
    if page.token_dead_at is not None:
        # A key that was taken for dead has come to life.
        told |= {"token_dead_at": None, "token_error": ""}
    Page.objects.filter(pk=page.pk).update(**told)
    page.fresh_at = now


def note_filled(page: Page, started_at: datetime, now: datetime) -> None:
    """The whole page was read after these had ended."""
    Standstill.objects.filter(page=page, filled_at=None, ended_at__lte=started_at).update(filled_at=now)
