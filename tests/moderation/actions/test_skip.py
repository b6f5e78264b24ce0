import pytest
from django.core.exceptions import ValidationError

from moderation.actions import lease
from moderation.actions.skip import skip
from moderation.models import AuditEntry, Item, Lease, Skip
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_what_is_passed_over_stays_in_the_queue_and_is_counted():
    item, agda = make.item(), make.agda()
    skip(item=item, by=agda, now=make.NOW)
    assert Item.objects.in_queue(make.NOW).get() == item
    assert (Skip.objects.get().by, Skip.objects.get().at) == (agda, make.NOW)
    assert AuditEntry.objects.about(item).get(event=Event.SKIPPED).actor == agda


def test_each_time_has_its_number():
    item, other = make.item(), make.item()
    for by in (make.agda(), make.rut()):
        skip(item=item, by=by, now=make.NOW)
    skip(item=other, by=Skip.objects.first().by, now=make.NOW)
    assert list(Skip.objects.order_by("pk").values_list("item", "number")) == [
        (item.pk, 1),
        (item.pk, 2),
        (other.pk, 1),
    ]


def test_whoever_passes_it_over_no_longer_holds_it():
    item, agda = make.item(), make.agda()
    lease.take(item=item, by=agda, now=make.NOW)
    skip(item=item, by=agda, now=make.NOW)
    assert not Lease.objects.exists()


def test_what_does_not_wait_cannot_be_passed_over():
    item = make.item()
    make.classification(item)
    with pytest.raises(ValidationError, match="väntar inte"):
        skip(item=Item.objects.get(), by=make.agda(), now=make.NOW)
