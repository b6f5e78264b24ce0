"""Is the ground floor well? Each check says so in one word, without a single personal detail."""

from datetime import datetime, timedelta

from moderation.models import Page, SyncRun

# So long after the last whole reading the page counts as unread.
STALE = timedelta(hours=1)


def facebook(now: datetime) -> str:
    """ "ok", "aldrig" (never read), "fel" (the last reading failed) or "gammal" (too long ago)."""
    page = Page.objects.first()
    if page is None or page.fetched_at is None:
        return "aldrig"
    ended = SyncRun.objects.filter(page=page, ended_at__isnull=False).first()
    if ended is not None and ended.error:
        return "fel"
    return "ok" if now - page.fetched_at < STALE else "gammal"
