"""Order printouts, call them off, try them again."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q

from arkiv.models import PrintedItem, Printout
from moderation import audit
from moderation.models import Attachment, Classification, Item, Page, User
from moderation.policy import rules, workdays
from moderation.policy.terms import Event, OrderState


@transaction.atomic
def of_period(*, page: Page, first_day: date, last_day: date, by: User | None, now: datetime) -> Printout:
    """Everything dated from the first moment of `first_day` to the last of `last_day`, Swedish time."""
    if first_day > last_day:
        raise ValidationError("Första dagen får inte ligga efter den sista.")
    start, end = workdays.day_span(first_day, last_day)
    if not Item.objects.filter(thread__page=page).of_period(start, end).exists():
        raise ValidationError("Det finns inget att skriva ut i den perioden.")
    return _order(Printout(page=page, first_day=first_day, last_day=last_day), by, now)


def of_missing(now: datetime) -> int:
    """Order a printout of every item that is to be kept and has none of its present judgement. Returns how many."""
    ordered = 0
    for classification in _unprinted().select_related("item__thread__page"):
        item = classification.item
        try:
            with transaction.atomic():
                _order(Printout(page=item.thread.page, item=item), None, now)
            ordered += 1
        except ValidationError:
            # Another sweep was faster.
            continue
    return ordered


def _unprinted() -> models.QuerySet[Classification]:
    own = Printout.objects.filter(item=OuterRef("item"))
    fresh = PrintedItem.objects.filter(
        classification=OuterRef("pk"), printout__item=OuterRef("item"), printout__state=OrderState.DONE
    )
    # One that failed or was called off since the judgement is a person's to try again.
    tried = own.filter(Q(state__in=UNDER_WAY) | Q(state__in=GIVEN_UP, ordered_at__gte=OuterRef("decided_at")))
    # A sheet made before its pictures have come would not be a whole copy.
    coming = Attachment.objects.on_the_way().filter(item=OuterRef("item"))
    kept = Classification.objects.filter(superseded_at=None, category__in=rules.KEPT)
    return kept.exclude(reason__in=rules.NEVER_KEPT).filter(~Exists(fresh), ~Exists(tried), ~Exists(coming))


UNDER_WAY = (OrderState.ORDERED, OrderState.WORKING)
GIVEN_UP = (OrderState.FAILED, OrderState.CANCELLED)


def _order(printout: Printout, by: User | None, now: datetime) -> Printout:
    printout.ordered_by, printout.ordered_at, printout.not_before = by, now, now
    try:
        with transaction.atomic():
            printout.save(force_insert=True)
    except IntegrityError:
        raise ValidationError("Den utskriften är redan beställd och på väg.") from None
    audit.record(
        Event.PRINT_ORDERED,
        printout,
        now=now,
        by=by,
        item=printout.item_id,
        first_day=printout.first_day,
        last_day=printout.last_day,
    )
    return printout


@transaction.atomic
def cancel(*, printout: Printout, by: User, now: datetime) -> Printout:
    """Call the order off. A rendering under way notices at its next step."""
    under_way = Printout.objects.filter(pk=printout.pk, state__in=UNDER_WAY)
    if not under_way.update(state=OrderState.CANCELLED, done_at=now):
        raise ValidationError("Utskriften är redan avslutad.")
    audit.record(Event.PRINT_CANCELLED, printout, now=now, by=by)
    printout.refresh_from_db()
    return printout


@transaction.atomic
def retry(*, printout: Printout, by: User, now: datetime) -> Printout:
    """Order anew what failed or was called off."""
    given_up = Printout.objects.filter(pk=printout.pk, state__in=GIVEN_UP)
    again = {"state": OrderState.ORDERED, "attempts": 0, "not_before": now, "progress": 0, "last_error": ""}
    try:
        with transaction.atomic():
            if not given_up.update(**again, done_at=None):
                raise ValidationError("Utskriften är på väg eller redan klar.")
    except IntegrityError:
        raise ValidationError("Den utskriften är redan beställd och på väg.") from None
    audit.record(Event.PRINT_RETRIED, printout, now=now, by=by)
    printout.refresh_from_db()
    return printout
