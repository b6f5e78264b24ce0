import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from moderation import audit
from moderation.actions import follow_up
from moderation.actions.classify import classify
from moderation.actions.seen import Stale
from moderation.models import AuditEntry, Classification, Item
from moderation.policy.terms import Category, Direction, Event, OrderState, Reason, StepKind, StepState
from tests import make

pytestmark = pytest.mark.django_db


def judge(item, category=Category.RINGA_BETYDELSE, reason="", by=None, **more):
    return classify(item=item, category=category, reason=reason, by=by or make.user(), now=make.NOW, **more)


def test_a_judged_item_leaves_the_queue_with_one_entry_in_the_chain():
    item = make.item()
    judged = judge(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    assert not Item.objects.waiting().exists()
    assert judged.version.number == 1
    entry = AuditEntry.objects.about(item).get(event=Event.CLASSIFIED)
    assert entry.known_facts["category"] == Category.DIARIEFORS


def test_a_judgement_opens_the_steps_of_its_class_in_the_order_of_the_policy():
    judged = judge(make.item(), Category.SEKRETESS)
    wanted = [StepKind.SKARMDUMP, StepKind.TA_BORT, StepKind.KONTAKTA, StepKind.REGISTRERA]
    assert [step.kind for step in judged.steps.all()] == wanted


@pytest.mark.parametrize(
    ("category", "reason"),
    [(Category.DIARIEFORS, ""), (Category.DIARIEFORS, Reason.HOT), (Category.RINGA_BETYDELSE, Reason.KLAGOMAL)],
)
def test_a_reason_must_belong_to_its_class(category, reason):
    with pytest.raises(ValidationError, match="skäl"):
        judge(make.item(), category, reason)


def test_the_municipalitys_own_words_are_not_judged():
    with pytest.raises(ValidationError, match="egna"):
        judge(make.item(direction=Direction.UPPRATTAD))


def test_a_second_judgement_by_somebody_who_did_not_see_the_first_is_refused_by_name():
    item = make.item()
    judge(item, by=make.user("agda"))
    with pytest.raises(
        Stale, match=r"Agda har redan bedömt handlingen som ”Ringa betydelse” 20 november 2026 kl\. 13\.00"
    ):
        judge(item, Category.SEKRETESS)
    assert Classification.objects.count() == 1


def test_a_judgement_on_a_text_that_has_changed_since_is_refused():
    item = make.item()
    make.version(item, "Något helt annat")
    with pytest.raises(Stale, match="Texten ändrades"):
        judge(item, seen_version=1)
    judge(item, seen_version=2)


def test_a_new_judgement_supersedes_the_old_one_and_its_open_steps():
    item = make.item()
    first = judge(item, Category.BROTTSLIGT, Reason.HOT)
    second = judge(item, Category.RINGA_BETYDELSE, seen=first.pk)
    first.refresh_from_db()
    assert first.superseded_at == make.NOW
    assert set(first.steps.values_list("state", flat=True)) == {StepState.SUPERSEDED}
    assert Item.objects.get(pk=item.pk).current_classification == second


def test_what_was_done_under_the_old_judgement_is_not_asked_for_again():
    item, rut = make.item(), make.rut()
    first = judge(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    step = first.steps.get(kind=StepKind.REGISTRERA)
    follow_up.tick(step=step, done_on=make.NOW.date(), reference="KS 2026/12", by=rut, now=make.NOW)
    second = judge(item, Category.DIARIEFORS, Reason.PAGAENDE_ARENDE, seen=first.pk)
    kept = second.steps.get(kind=StepKind.REGISTRERA)
    assert (kept.state, kept.reference, kept.closed_by) == (StepState.DONE, "KS 2026/12", rut)


@pytest.mark.parametrize(("edited", "state"), [(False, StepState.DONE), (True, StepState.OPEN)])
def test_a_screenshot_counts_only_for_the_text_it_was_taken_of(edited, state):
    item = make.item()
    first = judge(item, Category.SEKRETESS)
    follow_up.preserved(item=item, classification=first, now=make.NOW)
    if edited:
        make.version(item, "Något ännu hemligare")
    second = judge(item, Category.SEKRETESS, seen=first.pk)
    assert second.steps.get(kind=StepKind.SKARMDUMP).state == state


def test_attachments_of_what_may_not_be_possessed_are_no_longer_fetched():
    item = make.item()
    photo = make.attachment(item)
    judge(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    photo.refresh_from_db()
    assert photo.state == OrderState.CANCELLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_two_people_judging_at_the_same_moment_exactly_one_wins():
    item, people = make.item(), [make.user("agda"), make.user("bertil")]
    start, told = threading.Barrier(2), []

    def go(person):
        try:
            start.wait()
            judge(item, by=person)
            told.append("saved")
        except Stale:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["saved", "told"]
    assert Classification.objects.count() == 1
    assert list(audit.verify()) == []


def test_the_very_same_form_sent_again_is_the_judgement_it_made():
    item, agda = make.item(), make.agda()
    first = judge(item, by=agda, note="Ett tack.", seen_version=1)
    assert judge(item, by=agda, note="Ett tack.", seen_version=1) == first
    assert AuditEntry.objects.filter(event=Event.CLASSIFIED).count() == 1


@pytest.mark.parametrize("other", [{"note": "Annat."}, {"category": Category.SEKRETESS}, {"by": "somebody else"}])
def test_a_form_that_differs_in_anything_is_another_judgement(other):
    item, agda = make.item(), make.agda()
    judge(item, by=agda, note="Ett tack.")
    by = make.bertil() if "by" in other else agda
    with pytest.raises(Stale):
        judge(item, **({"note": "Ett tack."} | other | {"by": by}))
    assert Classification.objects.count() == 1


def test_a_judgement_anew_of_what_one_sees_is_no_repetition():
    item, agda = make.item(), make.agda()
    first = judge(item, by=agda)
    assert judge(item, by=agda, seen=first.pk) != first
