"""One thing done to many items: ordered with what was seen of each, carried out row by row through the ordinary actions."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions.assign import assign
from moderation.actions.classify import classify
from moderation.actions.park import LONGEST, park
from moderation.actions.seen import Seen
from moderation.models import Bulk, BulkRow, Item, Lease, User
from moderation.models.order import Impossible
from moderation.policy import rules
from moderation.policy.terms import Direction, Event, Outcome, Verb

# Life is shown so often, and nobody takes over meanwhile.
BEAT = timedelta(seconds=5)
NO_RIGHT = "Du har inte längre behörighet att bedöma handlingen."
# What a refusal says to somebody who has a form before them.
OF_A_FORM = " Det du skrev finns kvar här"
COLLEAGUE_HAS_NO_RIGHT = "Kollegan får inte bedöma handlingen."

Clock = Callable[[], datetime]
# Whether the person may judge the item at that moment.
May = Callable[[User, Item, datetime], bool]
Row = tuple[Item, Seen]


@transaction.atomic
def order_bulk(
    *,
    verb: str,
    rows: Sequence[Row],
    by: User,
    now: datetime,
    category: str = "",
    note: str = "",
    until: datetime | None = None,
    assignee: User | None = None,
) -> Bulk:
    """Order the same thing for all the rows. Raises ValidationError where it is not for many at once."""
    _refuse_order(verb, rows, category, until, assignee, now)
    bulk = Bulk.objects.create(
        verb=verb,
        category=category,
        note=note,
        until=until,
        assignee=assignee,
        ordered_at=now,
        ordered_by=by,
        not_before=now,
    )
    BulkRow.objects.bulk_create(
        BulkRow(bulk=bulk, item=item, seen=seen.judgement, seen_version=seen.version or 0, revision=seen.revision or 0)
        for item, seen in rows
    )
    facts: dict[str, Any] = {"until": until.isoformat() if until else None, "to": assignee.pk if assignee else None}
    audit.record(Event.BULK_ORDERED, bulk, now=now, by=by, verb=verb, category=category, rows=len(rows), **facts)
    return bulk


def _refuse_order(
    verb: str, rows: Sequence[Row], category: str, until: datetime | None, assignee: User | None, now: datetime
) -> None:
    if not rows:
        raise ValidationError("Det finns ingen handling kvar att göra det med.")
    if len(rows) > rules.BULK_MOST:
        raise ValidationError(f"Högst {rules.BULK_MOST} handlingar går att behandla på en gång.")
    if verb not in (Verb.CLASSIFY, Verb.PARK, Verb.ASSIGN):
        raise ValidationError("Det går inte att göra med flera på en gång.")
    if verb == Verb.CLASSIFY and category not in rules.BULK_CATEGORIES:
        raise ValidationError("Bara ringa betydelse går att välja för flera på en gång. Bedöm annat en i taget.")
    if verb == Verb.PARK and (until is None or not now < until <= now + LONGEST):
        raise ValidationError("Välj en tid som ligger framåt, inom ett år.")
    if verb == Verb.ASSIGN and assignee is None:
        raise ValidationError("Välj en kollega.")


def refusal(*, item: Item, verb: str, by: User, to: User | None, lease: Lease | None) -> str:
    """Why the row would not be done as things stand, or "" where it would be. `lease` is somebody else's, if any."""
    if item.direction == Direction.UPPRATTAD:
        return "Kommunens egna inlägg och svar ska inte bedömas."
    if verb == Verb.ASSIGN:
        whose = "Du" if to == by else str(to)
        return f"{whose} har redan hand om handlingen." if to and item.assigned_to_id == to.pk else ""
    if item.waiting_since is None:
        current = item.current_classification
        return f"Redan bedömd som ”{current.label}”." if current else "Väntar inte på bedömning."
    return f"{lease.user} bedömer handlingen just nu." if lease else ""


def carry_out_rows(clock: Clock, may: May, bulk: Bulk) -> None:
    """Each row that still waits, in a transaction of its own: whoever takes over after a kill does none of them twice."""
    if bulk.ordered_by is None:
        raise Impossible("Ingen har beställt det.")
    shown = clock()
    for row in bulk.rows.filter(outcome=Outcome.WAITING).select_related("item"):
        _carry_out_row(bulk, row, bulk.ordered_by, clock(), may)
        if clock() - shown >= BEAT:
            shown = clock()
            bulk.show_life(shown)
    bulk.finish(clock())


def _carry_out_row(bulk: Bulk, row: BulkRow, by: User, now: datetime, may: May) -> None:
    waiting = BulkRow.objects.filter(pk=row.pk, outcome=Outcome.WAITING)
    try:
        with transaction.atomic():
            if not waiting.update(outcome=Outcome.DONE):
                return
            _do(bulk, row, by, now, may)
    except ValidationError as error:
        sentence, _, _ = " ".join(error.messages).partition(OF_A_FORM)
        waiting.update(outcome=Outcome.CONFLICT, sentence=sentence)


def _do(bulk: Bulk, row: BulkRow, by: User, now: datetime, may: May) -> None:
    if not may(by, row.item, now):
        raise ValidationError(NO_RIGHT)
    seen = Seen(row.seen, row.seen_version, row.revision)
    if bulk.verb == Verb.CLASSIFY:
        classify(
            item=row.item,
            category=bulk.category,
            note=bulk.note,
            by=by,
            now=now,
            seen=seen.judgement,
            seen_version=seen.version,
            bulk=bulk,
        )
    elif bulk.until is not None:
        park(item=row.item, until=bulk.until, by=by, now=now, seen=seen, bulk=bulk)
    elif bulk.assignee is not None:
        if not may(bulk.assignee, row.item, now):
            raise ValidationError(COLLEAGUE_HAS_NO_RIGHT)
        assign(item=row.item, to=bulk.assignee, by=by, now=now, seen=seen, bulk=bulk)
