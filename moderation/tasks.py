"""The clock's door: short tasks that find their work in the rows."""

from functools import partial

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from moderation import graph, store
from moderation.models import Attachment
from moderation.models.order import carry_out
from moderation.sync import inbound, media


@shared_task
def pull() -> None:
    """Read the page, then wake whoever fetches attachments."""
    if not settings.FACEBOOK_PAGE_ID:
        return
    inbound.pull(graph.connect(), settings.FACEBOOK_PAGE_ID, timezone.now)
    fetch_media.delay()


@shared_task
def fetch_media() -> None:
    """A handful of attachments; the rest wakes the next one, so that no task runs long."""
    media.purge(store.files(), timezone.now)
    fetch = partial(media.fetch, graph.connect(), store.files(), timezone.now)
    carry_out(Attachment.objects.all(), fetch, timezone.now, most=10)
    if Attachment.objects.due(timezone.now()).exists():
        fetch_media.delay()
