"""Is all of it here? Facebook's own count of each thread against ours, each time the thread has been read to its end."""

from datetime import datetime

from django.db.models import Count, Q

from moderation.models import SyncRun, Thread, ThreadCount
from moderation.policy.terms import Kind
from moderation.sync.write import fitting


def count(run: SyncRun, told: dict[str, int | None], at: datetime) -> None:
    """Keep, for each thread, what Facebook says stands below its post, and what we have of it."""
    figures = {fitting(key): figure for key, figure in told.items()}
    here = Q(items__removed_at=None)
    below = ~Q(items__kind=Kind.POST)
    threads = Thread.objects.filter(graph_key__in=figures).annotate(
        stored=Count("items", below & here),
        hidden=Count("items", below & here & Q(items__hidden=True)),
        removed=Count("items", below & ~here),
        removed_by_page=Count("items", below & ~here & Q(items__removed_by_page=True)),
    )
    rows = [
        ThreadCount(
            thread=thread,
            run=run,
            counted_at=at,
            told=figures[thread.graph_key],
            stored=thread.stored,
            hidden=thread.hidden,
            removed_by_others=thread.removed - thread.removed_by_page,
            removed_by_page=thread.removed_by_page,
        )
        for thread in threads
    ]
    ThreadCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["thread", "run"],
        update_fields=["counted_at", "told", "stored", "hidden", "removed_by_others", "removed_by_page"],
    )
    Thread.objects.filter(pk__in=[row.thread_id for row in rows]).update(read_at=at)
