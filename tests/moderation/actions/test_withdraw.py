import pytest
from django.core.exceptions import ValidationError

from arkiv import verify
from moderation import audit
from moderation.actions import follow_up
from moderation.actions.classify import classify
from moderation.actions.seen import Stale
from moderation.actions.withdraw import withdraw
from moderation.models import AuditEntry, Classification, Item
from moderation.policy.terms import Category, Event, OrderState, Reason, StepKind, StepState
from tests import make

pytestmark = pytest.mark.django_db


def test_a_withdrawn_judgement_puts_the_item_back_in_the_queue():
    item = make.item()
    judged = make.classification(item)
    assert withdraw(judged=judged, by=judged.decided_by, now=make.NOW) is None
    item = Item.objects.get()
    assert item.waiting_since == make.NOW
    assert item.current_classification is None
    facts = AuditEntry.objects.about(item).get(event=Event.WITHDRAWN).known_facts
    assert facts["withdrawn"] == judged.pk


def test_nothing_is_erased():
    judged = make.classification(make.item(), Category.DIARIEFORS, Reason.KLAGOMAL)
    withdraw(judged=judged, by=judged.decided_by, now=make.NOW)
    judged.refresh_from_db()
    assert (judged.superseded_at, judged.withdrawn_at) == (make.NOW, make.NOW)
    assert [step.state for step in judged.steps.all()] == [StepState.SUPERSEDED]


def test_the_former_judgement_counts_again():
    item = make.item()
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    second = make.classification(item, Category.RINGA_BETYDELSE)
    again = withdraw(judged=second, by=second.decided_by, now=make.NOW)
    assert (again.category, again.reason) == (Category.DIARIEFORS, Reason.KLAGOMAL)
    item = Item.objects.get()
    assert item.current_classification == again
    assert item.waiting_since is None
    assert [step.kind for step in again.steps.open()] == [StepKind.REGISTRERA]


def test_withdrawing_twice_goes_back_two_judgements():
    item = make.item()
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    second = make.classification(item, Category.RINGA_BETYDELSE)
    again = withdraw(judged=second, by=second.decided_by, now=make.NOW)
    assert withdraw(judged=again, by=second.decided_by, now=make.NOW) is None
    assert Item.objects.get().waiting_since == make.NOW


def test_what_was_registered_stays_registered_when_judged_anew():
    item, agda = make.item(), make.agda()
    judged = make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=agda)
    step = judged.steps.get()
    follow_up.tick(step=step, by=agda, now=make.NOW, done_on=make.NOW.date(), reference="KS 2026/1")
    withdraw(judged=judged, by=agda, now=make.NOW)
    anew = make.classification(Item.objects.get(), Category.DIARIEFORS, Reason.KLAGOMAL, by=agda)
    assert [(step.state, step.reference) for step in anew.steps.all()] == [(StepState.DONE, "KS 2026/1")]


def test_a_judgement_that_somebody_has_replaced_is_not_withdrawn():
    item = make.item()
    first = make.classification(item)
    make.classification(item, Category.SEKRETESS)
    with pytest.raises(Stale, match="Sekretess"):
        withdraw(judged=first, by=first.decided_by, now=make.NOW)
    assert Item.objects.get().current_classification.category == Category.SEKRETESS


def test_withdrawing_once_more_says_that_it_is_done():
    judged = make.classification(make.item())
    withdraw(judged=judged, by=judged.decided_by, now=make.NOW)
    judged.refresh_from_db()
    with pytest.raises(ValidationError, match="redan ångrad"):
        withdraw(judged=judged, by=judged.decided_by, now=make.NOW)


def test_whoever_saw_the_withdrawn_judgement_is_told():
    item = make.item()
    judged = make.classification(item)
    withdraw(judged=judged, by=judged.decided_by, now=make.NOW)
    with pytest.raises(Stale, match="ångrad"):
        classify(
            item=item, category=Category.SEKRETESS, by=judged.decided_by, now=make.NOW, seen=judged.pk, seen_version=1
        )


def test_files_that_were_not_to_be_fetched_are_fetched_after_all():
    item = make.item()
    photo = make.attachment(item)
    judged = make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    withdraw(judged=judged, by=judged.decided_by, now=make.NOW)
    photo.refresh_from_db()
    assert photo.state == OrderState.ORDERED


def test_the_chain_and_the_rows_still_agree(store):
    item = make.item()
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    second = make.classification(item, Category.RINGA_BETYDELSE)
    withdraw(judged=second, by=second.decided_by, now=make.NOW)
    assert Classification.objects.count() == 3
    assert list(audit.verify()) == []
    assert not [fault for fault in verify.faults(store) if "bedömning" in fault]
