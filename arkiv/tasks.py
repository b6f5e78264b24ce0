"""The clock's door to the archive: print what is ordered, order what is missing."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from arkiv.actions import order_printout
from arkiv.actions.print_out import print_out
from arkiv.models import Printout
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
