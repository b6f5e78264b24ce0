"""The monthly register of what was hidden and removed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from moderation.models import Intervention
from moderation.policy.terms import Category, Ground, InterventionKind, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db
NOVEMBER = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def done(kind=InterventionKind.REMOVE, ground=Ground.BROTT, at=NOVEMBER, state=OrderState.DONE, **fields):
    item = make.item("Passa dig noga.", author="Testa Hotarsson")
    judged = make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    values = {"version": item.latest_version, "ordered_at": at, "ordered_by": judged.decided_by, "not_before": at}
    return Intervention.objects.create(item=item, kind=kind, ground=ground, state=state, done_at=at, **values | fields)


def shown(client, month="2026-11"):
    client.force_login(make.rut())
    answer = client.get(reverse("removals"), {"manad": month})
    assert answer.status_code == 200
    return answer


def counts(answer):
    return {line.ground: (line.hidden, line.removed) for line in answer.context["lines"] if line.hidden or line.removed}


def test_what_was_done_in_the_month_is_counted_by_its_ground(client):
    done()
    done(InterventionKind.HIDE)
    done(ground=Ground.REKLAM)
    assert counts(shown(client)) == {"Brott": (1, 1), "Reklam eller skräp": (0, 1)}


def test_every_ground_is_named_and_criticism_is_none_of_them(client):
    told = shown(client).content.decode()
    assert all(ground.label in told for ground in Ground)
    assert "Kritik är inte skäl att ta bort" in told


@pytest.mark.parametrize("state", [OrderState.ORDERED, OrderState.FAILED, OrderState.CANCELLED])
def test_what_was_only_ordered_is_not_counted(client, state):
    done(state=state)
    assert counts(shown(client)) == {}


def test_the_month_ends_at_midnight_in_sweden(client):
    done(at=datetime(2026, 11, 30, 22, 59, tzinfo=UTC))
    done(at=datetime(2026, 11, 30, 23, 0, tzinfo=UTC))
    assert counts(shown(client)) == {"Brott": (0, 1)}
    assert counts(client.get(reverse("removals"), {"manad": "2026-12"})) == {"Brott": (0, 1)}


def test_nobody_is_named(client):
    made = done()
    told = shown(client).content.decode()
    assert "Hotarsson" not in told
    assert "Passa dig" not in told
    assert str(made.ordered_by) not in told


def test_a_copy_with_a_gap_is_owned_up_to(client):
    made = done(gap="Filmen gick inte att hämta.", gap_accepted_by=make.bertil())
    assert made.gap_accepted_by
    assert "1 av de borttagna togs bort trots att kopian hade en lucka" in shown(client).content.decode()


@pytest.mark.parametrize("month", ["2026-13", "nu", "2026-1", "٢٠٢٦-١١"])
def test_a_month_that_is_none_is_said_to_be_none(client, month):
    client.force_login(make.rut())
    assert client.get(reverse("removals"), {"manad": month}).status_code == 404


def test_without_a_month_it_is_this_one(client):
    client.force_login(make.rut())
    answer = client.get(reverse("removals"))
    assert answer.context["month"].day == 1
    assert answer.context["month"] > (NOVEMBER - timedelta(days=40)).date()
