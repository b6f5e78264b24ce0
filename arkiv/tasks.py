"""The clock's door to the archive: print what is ordered, order what is missing, and make what a removal waits for."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from arkiv.actions import evidence, order_printout
from arkiv.actions.print_out import print_out
from arkiv.actions.purge_evidence import purge
from arkiv.models import Evidence, Printout
from moderation import store
from moderation.models.order import carry_out


@shared_task
def print_missing() -> None:
    """ "Inlägg i sociala medier ska arkiveras regelbundet": the archive looks for what should be on paper and is not."""
    order_printout.of_missing(timezone.now())
    print_due.delay()


@shared_task
def print_due() -> None:
    """One printout; the rest wakes the next worker, so that several can print side by side."""
    carry_out(Printout.objects.all(), partial(print_out, store.files(), timezone.now), timezone.now, most=1)
    if Printout.objects.due(timezone.now()).exists():
        print_due.delay()


@shared_task
def make_evidence() -> None:
    """One sheet, first of what somebody waits to remove; the rest wakes the next one."""
    files, now = store.files(), timezone.now
    evidence.order_missing(now())
    evidence.vouch(files, now())
    make = partial(evidence.make, files, now)
    tried_before = Evidence.objects.due(now()).count()
    if tried_before:
        urgent = Evidence.objects.for_removals()
        carry_out(urgent if urgent.due(now()).exists() else Evidence.objects.all(), make, now, most=1)
    if tried_before > 1:
        make_evidence.delay()


@shared_task
def purge_evidence() -> None:
    """What may not be possessed is refused at the door at once; here it is destroyed."""
    purge(store.files(), timezone.now)
