from datetime import timedelta

import pytest

from moderation.actions import lease
from moderation.actions.classify import classify
from moderation.actions.lease import Leased
from moderation.models import AuditEntry, Classification, Lease, Notice
from moderation.policy import rules
from moderation.policy.terms import Category, Event, NoticeKind
from tests import make

pytestmark = pytest.mark.django_db

SOON = make.NOW + timedelta(minutes=1)
LATER = make.NOW + rules.LEASE_HOLDS


def judge(item, by, now=SOON):
    return classify(item=item, category=Category.RINGA_BETYDELSE, by=by, now=now)


def test_while_somebody_judges_nobody_else_can_save():
    item, agda = make.item(), make.agda()
    lease.take(item=item, by=agda, now=make.NOW)
    with pytest.raises(Leased, match=r"Agda bedömer handlingen just nu, 2\.00 kvar"):
        judge(item, make.user("bo"))
    assert not Classification.objects.exists()


def test_whoever_holds_it_saves_and_lets_go():
    item, agda = make.item(), make.agda()
    lease.take(item=item, by=agda, now=make.NOW)
    judge(item, agda)
    assert not Lease.objects.exists()


def test_each_key_holds_it_longer():
    item, agda = make.item(), make.agda()
    lease.take(item=item, by=agda, now=make.NOW)
    assert lease.take(item=item, by=agda, now=SOON).until == SOON + rules.LEASE_HOLDS
    assert Lease.objects.get().until == SOON + rules.LEASE_HOLDS


def test_a_second_one_is_told_who_holds_it():
    item = make.item()
    lease.take(item=item, by=make.agda(), now=make.NOW)
    with pytest.raises(Leased, match="Agda"):
        lease.take(item=item, by=make.user("bo"), now=SOON)


def test_a_forgotten_lease_holds_nobody_up():
    item, bo = make.item(), make.user("bo")
    lease.take(item=item, by=make.agda(), now=make.NOW)
    assert lease.take(item=item, by=bo, now=LATER).user == bo
    judge(item, bo, LATER)


def test_taking_over_is_logged_and_the_former_one_is_told():
    item, agda, bo = make.item(), make.agda(), make.user("bo")
    lease.take(item=item, by=agda, now=make.NOW)
    lease.take_over(item=item, by=bo, now=SOON)
    judge(item, bo)
    notice = Notice.objects.get()
    assert (notice.to, notice.by, notice.kind) == (agda, bo, NoticeKind.TAKEN_OVER)
    assert AuditEntry.objects.about(item).get(event=Event.TAKEN_OVER).known_facts == {"from_user": agda.pk}


def test_taking_over_what_nobody_holds_is_plainly_taking_it():
    item, bo = make.item(), make.user("bo")
    assert lease.take_over(item=item, by=bo, now=make.NOW).user == bo
    assert not Notice.objects.exists()


def test_nobody_lets_go_of_what_is_anothers():
    item = make.item()
    lease.take(item=item, by=make.agda(), now=make.NOW)
    lease.release(item=item, by=make.user("bo"))
    assert Lease.objects.exists()
