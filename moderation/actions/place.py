"""Say which verksamhet a thread belongs to, and with it who sees it."""

from datetime import datetime

from django.db import transaction

from moderation import audit
from moderation.models import Thread, User, Verksamhet
from moderation.policy.terms import Event


@transaction.atomic
def place(*, thread: Thread, verksamhet: Verksamhet | None, by: User, now: datetime) -> Thread:
    """None means that the thread concerns the whole municipality and everybody may see it."""
    thread = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    before, thread.verksamhet = thread.verksamhet_id, verksamhet
    thread.save()
    after = verksamhet.pk if verksamhet else None
    audit.record(Event.PLACED, thread, now=now, by=by, before=before, verksamhet=after)
    return thread
