"""Many at once are taken back as they were done: ordered, then carried out row by row, and resumed after a kill."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from moderation import audit
from moderation.actions.bulk import BEAT, NO_RIGHT, Clock, May
from moderation.actions.undo import refuse_bulk, undo
from moderation.models import Bulk, BulkRow, Deed, User
from moderation.models.order import Impossible
from moderation.policy.terms import Event, OrderState, Outcome


@transaction.atomic
def order_undo(*, bulk: Bulk, by: User, now: datetime) -> Bulk:
    """The same order goes the other way. As often as it takes: those that could not be taken back are tried again."""
    bulk = Bulk.objects.select_for_update().get(pk=bulk.pk)
    refuse_bulk(bulk, by)
    bulk.rows.filter(outcome=Outcome.DONE).update(sentence="")
    bulk.undo_ordered_at = bulk.not_before = now
    bulk.state, bulk.attempts, bulk.last_error = OrderState.ORDERED, 0, ""
    bulk.started_at = bulk.seen_at = bulk.done_at = None
    bulk.save()
    audit.record(Event.BULK_UNDO_ORDERED, bulk, now=now, by=by, rows=remaining(bulk).count())
    return bulk


def remaining(bulk: Bulk) -> QuerySet[Deed]:
    """What is neither taken back nor refused: the rows are the truth."""
    return Deed.objects.filter(bulk=bulk, undone_at=None).exclude(item__in=_refused(bulk).values("item"))


def refused(bulk: Bulk) -> QuerySet[BulkRow]:
    """Those that could not be taken back; what the person took back alone meanwhile is none of them."""
    standing = Deed.objects.filter(bulk=bulk, undone_at=None)
    return _refused(bulk).filter(item__in=standing.values("item")).select_related("item")


def take_back_rows(clock: Clock, may: May, bulk: Bulk) -> None:
    """Each in a transaction of its own: whoever takes over after a kill goes on with those that remain."""
    if bulk.ordered_by is None or bulk.undo_ordered_at is None:
        raise Impossible("Ingen har beställt det.")
    shown = clock()
    for deed in remaining(bulk).select_related("item").order_by("pk"):
        _take_back(bulk, deed, bulk.ordered_by, clock(), may)
        if clock() - shown >= BEAT:
            shown = clock()
            bulk.show_life(shown)
    _finish(bulk, bulk.ordered_by, clock())


def _take_back(bulk: Bulk, deed: Deed, by: User, now: datetime, may: May) -> None:
    try:
        if not may(by, deed.item, now):
            raise ValidationError(NO_RIGHT)
        undo(deed=deed, by=by, now=now)
    except ValidationError as error:
        bulk.rows.filter(item=deed.item_id).update(sentence=" ".join(error.messages))


@transaction.atomic
def _finish(bulk: Bulk, by: User, now: datetime) -> None:
    bulk.finish(now)
    undone = Deed.objects.filter(bulk=bulk, undone_at__gte=bulk.undo_ordered_at).count()
    audit.record(Event.BULK_UNDONE, bulk, now=now, by=by, undone=undone, left=refused(bulk).count())


def _refused(bulk: Bulk) -> QuerySet[BulkRow]:
    return bulk.rows.filter(outcome=Outcome.DONE).exclude(sentence="")
