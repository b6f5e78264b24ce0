"""Order that a page export from Facebook is read in, call it off, try it again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import HistoryImport, User
from moderation.policy.terms import Event, OrderState

UNDER_WAY = (OrderState.ORDERED, OrderState.WORKING)


@transaction.atomic
def order_history(
    *, file_name: str, path: str, size: int, sha256: str, by: User | None, now: datetime
) -> HistoryImport:
    """`path` is where the file waits; `sha256` is of its bytes, `size` their number."""
    refuse_known(sha256)
    ordered = HistoryImport.objects.create(
        file_name=file_name[:255], path=path, size=size, sha256=sha256, ordered_by=by, ordered_at=now, not_before=now
    )
    audit.record(Event.HISTORY_ORDERED, ordered, now=now, by=by, sha256=sha256, size=size)
    return ordered


def refuse_known(sha256: str) -> None:
    same = HistoryImport.objects.filter(sha256=sha256)
    if same.filter(state=OrderState.DONE).exists():
        raise ValidationError("Precis den filen är redan inläst.")
    if same.on_the_way().exists():
        raise ValidationError("Precis den filen läses redan in.")


@transaction.atomic
def cancel(*, order: HistoryImport, by: User, now: datetime) -> HistoryImport:
    """Call it off. A reading under way notices at its next step; what it has read stays."""
    under_way = HistoryImport.objects.filter(pk=order.pk, state__in=UNDER_WAY)
    if not under_way.update(state=OrderState.CANCELLED, done_at=now):
        raise ValidationError("Inläsningen är redan avslutad.")
    audit.record(Event.HISTORY_CANCELLED, order, now=now, by=by)
    order.refresh_from_db()
    return order


@transaction.atomic
def retry(*, order: HistoryImport, by: User, now: datetime) -> HistoryImport:
    """Go on with what failed or was called off, from where it came to."""
    refuse_known(order.sha256)
    given_up = HistoryImport.objects.filter(pk=order.pk, state__in=(OrderState.FAILED, OrderState.CANCELLED))
    again = {"state": OrderState.ORDERED, "attempts": 0, "not_before": now, "last_error": "", "done_at": None}
    if not given_up.update(**again):
        raise ValidationError("Inläsningen är på väg eller redan klar.")
    audit.record(Event.HISTORY_RETRIED, order, now=now, by=by)
    order.refresh_from_db()
    return order
