"""The clock's door: short tasks that find their work in the rows."""

from functools import partial

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from moderation import access, store
from moderation.actions import bulk, park, presence, undo_order
from moderation.models import Attachment, Bulk, HistoryImport, Intervention, Page, PageSnapshot, WebhookDelivery
from moderation.models.order import carry_out
from moderation.search import vocabulary
from moderation.sync import (
    connection,
    deliveries,
    fresh,
    hinting,
    history,
    letters,
    media,
    outbound,
    reminders,
    sweep,
    token_watch,
)

# One sweep may meet a thread of tens of thousands of comments, which is read in one go.
LONG = 60 * 60


@shared_task
def pull_fresh() -> None:
    page = _page()
    if page is not None and page.may_be_read(timezone.now()) and (client := connection.ready(page, timezone.now)):
        fresh.pull(client, page, timezone.now)
        _wake_media()


@shared_task(time_limit=LONG)
def sweep_page() -> None:
    """A stretch of the sweep, where one is wanted; the rest wakes the next one, so that others have their turn."""
    page = _page()
    if page is None or not page.may_be_read(timezone.now()) or not sweep.is_wanted(page, timezone.now()):
        return
    client = connection.ready(page, timezone.now)
    run = sweep.stretch(client, page, timezone.now) if client else None
    page.refresh_from_db()
    _wake_media()
    if run is not None and run.ended_at is None and not run.error and not page.is_pressed(timezone.now()):
        sweep_page.delay()


@shared_task
def take_deliveries() -> None:
    page, now = _page(), timezone.now()
    if page is None or not page.may_be_read(now) or not WebhookDelivery.objects.due(now).exists():
        return
    if client := connection.ready(page, timezone.now):
        take = partial(deliveries.take, client, page, timezone.now)
        carry_out(WebhookDelivery.objects.all(), take, timezone.now, most=200)
        _wake_media()


@shared_task
def intervene() -> None:
    """What somebody has ordered on Facebook and not taken back."""
    page = _page()
    if page is None or not Intervention.objects.due(timezone.now()).exists():
        return
    if client := connection.ready(page, timezone.now):
        carry = partial(outbound.carry, client, page, store.files(), timezone.now)
        carry_out(Intervention.objects.all(), carry, timezone.now, most=20)
        _wake_media()


@shared_task
def fetch_media() -> None:
    """A handful of attachments; the rest wakes the next one, so that no task runs long."""
    media.purge(store.files(), timezone.now)
    page, now = _page(), timezone.now
    client = connection.ready(page, now) if page else None
    if client is None:
        return
    carry_out(PageSnapshot.objects.all(), partial(media.fetch_cover, client, store.files(), now), now, most=1)
    carry_out(Attachment.objects.all(), partial(media.fetch, client, store.files(), now), now, most=10)
    if Attachment.objects.due(now()).exists():
        fetch_media.delay()


@shared_task(time_limit=LONG)
def read_history() -> None:
    history.tidy(timezone.now())
    page = _page()
    if page is not None:
        read = partial(history.read, page, store.files(), timezone.now)
        carry_out(HistoryImport.objects.all(), read, timezone.now, most=1)


@shared_task
def gather_words() -> None:
    """Some of the words that have been written since the last time; the rest wakes the next one."""
    if vocabulary.gather() == vocabulary.AT_A_TIME:
        gather_words.delay()


@shared_task
def watch_token() -> None:
    page = _page()
    if (
        page is not None
        and token_watch.is_due(page, timezone.now())
        and (client := connection.ready(page, timezone.now))
    ):
        token_watch.watch(client, page, timezone.now)


@shared_task
def send_letters() -> None:
    letters.deliver(timezone.now)


@shared_task
def renew_hints() -> None:
    """Some at a time; the rest wakes the next one, so that what is new comes in between."""
    if hinting.renew():
        renew_hints.delay()


@shared_task
def wake_parked() -> None:
    park.wake_due(now=timezone.now())


@shared_task
def forget_presence() -> None:
    presence.forget(now=timezone.now())


@shared_task
def remind_chefs() -> None:
    reminders.remind(timezone.now)


@shared_task
def carry_out_bulk() -> None:
    """The rights are asked for anew with each row."""
    forth, back = Bulk.objects.filter(undo_ordered_at=None), Bulk.objects.exclude(undo_ordered_at=None)
    carry_out(forth, partial(bulk.carry_out_rows, timezone.now, access.may_judge), timezone.now)
    carry_out(back, partial(undo_order.take_back_rows, timezone.now, access.may_judge), timezone.now)


def _wake_media() -> None:
    """At once, since Facebook's links to files die after some days."""
    if Attachment.objects.due(timezone.now()).exists():
        fetch_media.delay()


def _page() -> Page | None:
    return connection.page(settings.FACEBOOK_PAGE_ID) if settings.FACEBOOK_PAGE_ID else None
