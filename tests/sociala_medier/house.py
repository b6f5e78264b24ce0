"""A house in which everything is well, so that a test can break one thing at a time."""

from datetime import datetime, timedelta
from typing import Any

from moderation import vault
from moderation.health import work
from moderation.models import Attachment, Heartbeat, HistoryImport, Mail, Page, SyncRun, ThreadCount, WebhookDelivery
from moderation.policy.terms import Lane, OrderState, Role
from tests import make

NOW = make.NOW
TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def well(settings: Any) -> Page:
    settings.GRAPH_VERSION, settings.EMAIL_CONFIGURED = "v26.0", True
    settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET = "77", "apphemlighet"
    settings.FACEBOOK_VERIFY_TOKEN, settings.FACEBOOK_PAGE_TOKEN, settings.PULL_SECONDS = "ord", "", 60
    make.user("doris", Role.ADMIN, email="doris@kommun.example")
    make.page()
    page = change(
        token_sealed=vault.seal(TOKEN), token_checked_at=ago(hours=3), usage=12, usage_at=NOW, served_version="v26.0",
        fresh_at=ago(minutes=1), fetched_at=ago(hours=9), messages_at=ago(days=1), messages_tried_at=ago(minutes=1),
        subscribed_at=ago(hours=3),
    )  # fmt: skip
    run(Lane.FRESH, started_at=ago(minutes=1), ended_at=ago(minutes=1))
    swept = run(Lane.SWEEP, started_at=ago(hours=10), ended_at=ago(hours=9), found=12040, calls=310)
    count(swept, told=10, stored=10)
    for name in (*work.queues(), "klockan"):
        Heartbeat.beat(name, ago(seconds=10))
    WebhookDelivery.objects.create(
        body=b"{}", sha256="0" * 64, state=OrderState.DONE, ordered_at=ago(minutes=5), not_before=NOW, done_at=NOW
    )
    order(Mail, key="k", recipient="doris@kommun.example", state=OrderState.DONE, done_at=ago(days=40))
    order(
        HistoryImport, file_name="sidan.zip", sha256="0" * 64, size=1, handled=600, state=OrderState.DONE, done_at=NOW
    )
    return page


def change(**facts: Any) -> Page:
    Page.objects.update(**facts)
    return Page.objects.get()


def run(lane: Lane, **facts: Any) -> SyncRun:
    return SyncRun.objects.create(page=make.page(), lane=lane, **({"started_at": NOW, "held_until": NOW} | facts))


def count(of: SyncRun, told: int | None, stored: int, **facts: Any) -> ThreadCount:
    nothing = {"hidden": 0, "removed_by_others": 0, "removed_by_page": 0, "counted_at": ago(hours=9)}
    return ThreadCount.objects.create(thread=make.thread(), run=of, told=told, stored=stored, **(nothing | facts))


def order(kind: Any, **facts: Any) -> Any:
    return kind.objects.create(**({"ordered_at": NOW, "not_before": NOW} | facts))


def last_run(lane: Lane, **facts: Any) -> None:
    SyncRun.objects.filter(lane=lane).update(**facts)


def attachment(**facts: Any) -> Attachment:
    return make.attachment(make.item(), **({"ordered_at": NOW} | facts))
