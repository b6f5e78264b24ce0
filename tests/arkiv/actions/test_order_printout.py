from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from arkiv.actions import order_printout
from arkiv.models import PrintedItem, Printout
from moderation.models import Attachment, AuditEntry
from moderation.policy.terms import Category, Event, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db

NOVEMBER = {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 30)}


def order(**more):
    return order_printout.of_period(**({"page": make.page(), "by": None, "now": make.NOW} | NOVEMBER | more))


def printed(printout, item):
    """As the archive leaves it when a printout is done."""
    Printout.objects.filter(pk=printout.pk).update(state=OrderState.DONE, pdf_sha256="f" * 64)
    PrintedItem.objects.create(
        printout=printout,
        item=item,
        version=item.latest_version,
        classification=item.current_classification,
        number=1,
    )


def test_an_ordered_period_waits_and_is_told_in_the_chain():
    make.item()
    cecilia = make.cecilia()
    printout = order(by=cecilia)
    assert (printout.state, printout.ordered_by) == (OrderState.ORDERED, cecilia)
    assert AuditEntry.objects.about(printout).get().event == Event.PRINT_ORDERED


def test_a_period_with_nothing_in_it_is_refused():
    with pytest.raises(ValidationError, match="inget att skriva ut"):
        order()


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValidationError, match="efter den sista"):
        order(first_day=date(2026, 12, 1))


def test_a_second_click_orders_nothing_more():
    make.item()
    order()
    with pytest.raises(ValidationError, match="redan beställd"):
        order()
    assert Printout.objects.count() == 1


def test_the_archive_orders_what_is_to_be_kept_and_has_no_printout():
    kept, small, unjudged = make.item(), make.item(), make.item()
    make.classification(kept, Category.DIARIEFORS, Reason.KLAGOMAL)
    make.classification(small)
    assert order_printout.of_missing(make.NOW) == 1
    assert order_printout.of_missing(make.NOW) == 0
    assert Printout.objects.get().item == kept
    assert unjudged.printouts.count() == 0


def test_a_sheet_waits_for_the_pictures_that_belong_on_it():
    item = make.item()
    photo = make.attachment(item)
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    assert order_printout.of_missing(make.NOW) == 0
    Attachment.objects.filter(pk=photo.pk).update(state=OrderState.FAILED)
    assert order_printout.of_missing(make.NOW) == 1


def test_a_new_judgement_is_printed_anew():
    item = make.item()
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    order_printout.of_missing(make.NOW)
    printed(Printout.objects.get(), item)
    assert order_printout.of_missing(make.NOW) == 0
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    assert order_printout.of_missing(make.NOW) == 1


@pytest.mark.parametrize(
    ("category", "reason"), [(Category.SEKRETESS, ""), (Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)]
)
def test_neither_secrets_nor_what_may_not_be_possessed_get_a_sheet_of_their_own(category, reason):
    make.classification(make.item(), category, reason)
    assert order_printout.of_missing(make.NOW) == 0


def test_what_failed_is_a_persons_to_try_again_and_not_the_sweeps():
    make.classification(make.item(), Category.DIARIEFORS, Reason.KLAGOMAL)
    order_printout.of_missing(make.NOW)
    Printout.objects.update(state=OrderState.FAILED)
    assert order_printout.of_missing(make.NOW + timedelta(hours=1)) == 0
    again = order_printout.retry(printout=Printout.objects.get(), by=make.cecilia(), now=make.NOW)
    assert (again.state, again.attempts, again.progress) == (OrderState.ORDERED, 0, 0)


def test_an_order_can_be_called_off_once():
    make.item()
    printout, cecilia = order(), make.cecilia()
    assert order_printout.cancel(printout=printout, by=cecilia, now=make.NOW).state == OrderState.CANCELLED
    with pytest.raises(ValidationError, match="redan avslutad"):
        order_printout.cancel(printout=printout, by=cecilia, now=make.NOW)


def test_a_done_printout_is_never_made_again():
    printout = make.printout(state=OrderState.DONE, pdf_sha256="f" * 64)
    with pytest.raises(ValidationError, match="redan klar"):
        order_printout.retry(printout=printout, by=make.cecilia(), now=make.NOW)
