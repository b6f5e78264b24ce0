"""After a judgement comes the next item of the same choice, and after that the one behind it."""

import pytest
from django.utils import timezone

from moderation.models import Lease
from moderation.policy import rules
from moderation.policy.terms import Category, Kind, Role
from moderation.views.choice import Choice, State
from moderation.views.chosen import following, upcoming
from tests import make

pytestmark = pytest.mark.django_db

DESK = {"HX-Request": "true", "HX-Target": "arbetsyta"}


@pytest.fixture
def agda(client):
    """A webbredaktör for the whole municipality, logged in."""
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def test_what_follows_is_the_next_of_the_choice_that_nobody_else_holds(agda):
    now, bertil = timezone.now(), make.bertil()
    items = [make.item(f"Nummer {n}", kind=Kind.REPLY if n == 2 else Kind.COMMENT) for n in range(5)]
    Lease.objects.create(item=items[1], user=bertil, taken_at=now, until=now + rules.LEASE_HOLDS)
    Lease.objects.create(item=items[3], user=agda, taken_at=now, until=now + rules.LEASE_HOLDS)

    def after(item, **choice):
        return following(agda, Choice(**choice), item, now)

    assert after(items[0]) == items[2]
    assert after(items[0], kind="comment") == items[3]
    assert after(items[4]) == items[0]
    make.classification(items[4], by=agda)
    assert after(items[4]) == items[0]
    assert after(items[4], state=State.JUDGED) == items[0]
    assert after(items[4], state=State.PARKED) is None


@pytest.mark.parametrize(("place", "then"), [(0, [1, 2]), (1, [2, 0]), (2, [0, 1])])
def test_the_two_that_follow_begin_anew_after_the_last(agda, place, then):
    items = [make.item(f"Nummer {n}") for n in range(3)]
    assert upcoming(agda, Choice(), items[place], timezone.now(), most=2) == [items[n] for n in then]


def test_of_two_that_wait_none_follows_twice(agda):
    first, second = make.item("Den första"), make.item("Den andra")
    assert upcoming(agda, Choice(), first, timezone.now(), most=2) == [second]


def test_judging_shows_the_next_one_and_its_way_on_leads_to_the_one_behind_it(client, agda):
    items = [make.item(f"Nummer {n}") for n in range(3)]
    form = {"category": Category.RINGA_BETYDELSE, "nasta": "1", "seen_version": "1"}
    page = client.post(f"/handling/{items[0].pk}/bedom/", form, headers=DESK)
    assert page.context["item"] == items[1]
    assert page.context["next"] == items[2]


def test_with_one_left_there_is_no_way_on(client, agda):
    judged, left = make.item("Den första"), make.item("Den sista")
    form = {"category": Category.RINGA_BETYDELSE, "nasta": "1", "seen_version": "1"}
    page = client.post(f"/handling/{judged.pk}/bedom/", form, headers=DESK)
    assert page.context["item"] == left
    assert page.context["next"] is None
