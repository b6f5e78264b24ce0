"""Orders to hide, show again and remove: who may, on what ground, and what can still be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation.actions import intervene
from moderation.actions.seen import Seen, Stale
from moderation.models import AuditEntry, Intervention, Item
from moderation.policy import rules
from moderation.policy.terms import (
    Category,
    Direction,
    Event,
    Ground,
    InterventionKind,
    Kind,
    OrderState,
    Reason,
    Role,
    StepKind,
    StepState,
)
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
HIDE, SHOW, REMOVE = InterventionKind.HIDE, InterventionKind.SHOW, InterventionKind.REMOVE
RULE = {"ground": Ground.SIDREGLER, "rule": "Regel 3: ingen reklam."}


@pytest.fixture
def bertil():
    return make.bertil()


@pytest.fixture
def agda():
    return make.user("anna", Role.WEBBREDAKTOR)


def judged(by, category=Category.BROTTSLIGT, reason=Reason.HOT, **fields):
    item = make.item("Passa dig noga.", **fields)
    make.classification(item, category, reason, by=by)
    return Item.objects.get(pk=item.pk)


def order(item, by, kind=REMOVE, ground=Ground.BROTT, now=NOW, **told):
    return intervene.order(item=item, kind=kind, ground=ground, by=by, now=now, seen=Seen.of(item), **told)


def claimed(ordered, now=NOW + timedelta(minutes=1)):
    """As the worker has it."""
    return Intervention.objects.filter(pk=ordered.pk).claim(now)


def events():
    return list(AuditEntry.objects.filter(event__startswith="intervention").values_list("event", flat=True))


# --- Whether it may be done ---


@pytest.mark.parametrize(
    ("category", "reason", "allowed"),
    [
        (Category.BROTTSLIGT, Reason.HOT, {Ground.BROTT}),
        (Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, {Ground.BROTT}),
        (Category.SEKRETESS, "", {Ground.SEKRETESS, Ground.INTEGRITET}),
        (Category.RINGA_BETYDELSE, "", {Ground.INTEGRITET, Ground.REKLAM, Ground.SIDREGLER}),
        (Category.DIARIEFORS, Reason.PAGAENDE_ARENDE, {Ground.INTEGRITET, Ground.SIDREGLER}),
        (Category.DIARIEFORS, Reason.INITIERAR_ARENDE, {Ground.INTEGRITET, Ground.SIDREGLER}),
        (Category.DIARIEFORS, Reason.KLAGOMAL, set()),
    ],
)
def test_the_ground_must_agree_with_the_judgement(bertil, category, reason, allowed):
    item = judged(bertil, category, reason)
    assert set(intervene.grounds(item)) == allowed
    for ground in Ground:
        rule = "Regel 3." if ground in rules.NEEDS_A_SECOND else ""
        if ground in allowed:
            ordered = order(item, bertil, ground=ground, rule=rule)
            intervene.cancel(intervention=ordered, by=bertil, now=NOW)
        else:
            with pytest.raises(ValidationError):
                order(item, bertil, ground=ground, rule=rule)


def test_criticism_has_no_ground_at_all(bertil):
    item = judged(bertil, Category.DIARIEFORS, Reason.KLAGOMAL)
    assert "Kritik är inte skäl att ta bort." in intervene.refusal(item)
    for kind in (HIDE, REMOVE):
        with pytest.raises(ValidationError, match="Kritik är inte skäl att ta bort"):
            order(item, bertil, kind, Ground.INTEGRITET)
    assert not Intervention.objects.exists()


def test_without_a_ground_nothing_is_hidden_or_removed(bertil):
    item = judged(bertil)
    for kind in (HIDE, REMOVE):
        with pytest.raises(ValidationError, match="Välj en grund"):
            order(item, bertil, kind, "")


def test_what_is_not_judged_is_judged_first(bertil):
    with pytest.raises(ValidationError, match="Bedöm handlingen först"):
        order(make.item(), bertil)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": Kind.MESSAGE}, "privat meddelande"),
        ({"direction": Direction.UPPRATTAD}, "egna inlägg"),
        ({"removed_at": NOW}, "finns inte längre"),
    ],
)
def test_what_cannot_be_taken_away_is_refused_with_the_reason(bertil, fields, said):
    item = judged(bertil)
    Item.objects.filter(pk=item.pk).update(**fields)
    item.refresh_from_db()
    assert said in intervene.refusal(item)
    with pytest.raises(ValidationError, match=said):
        order(item, bertil)


def test_a_broken_rule_is_named(bertil):
    item = judged(bertil, Category.RINGA_BETYDELSE, "")
    with pytest.raises(ValidationError, match="publicerade regler"):
        order(item, bertil, ground=Ground.SIDREGLER, rule="  ")


def test_only_what_is_hidden_is_shown_again_and_that_needs_no_ground(bertil):
    item = judged(bertil)
    with pytest.raises(ValidationError, match="inte dold"):
        order(item, bertil, SHOW, "")
    Item.objects.filter(pk=item.pk).update(hidden=True)
    assert order(item, bertil, SHOW, "").kind == SHOW


def test_what_is_hidden_already_is_not_hidden_again(bertil):
    item = judged(bertil, hidden=True)
    with pytest.raises(ValidationError, match="redan dold"):
        order(item, bertil, HIDE)


# --- What the person saw ---


def test_what_somebody_has_judged_since_is_not_removed_unseen(bertil, agda):
    item = judged(bertil)
    seen = Seen.of(item)
    make.classification(item, Category.RINGA_BETYDELSE, by=agda)
    with pytest.raises(Stale):
        intervene.order(item=item, kind=REMOVE, ground=Ground.BROTT, by=bertil, now=NOW, seen=seen)


def test_a_text_that_has_changed_is_not_removed_on_the_strength_of_the_former(bertil):
    item = judged(bertil)
    seen = Seen.of(item)
    make.version(item, "Jag menade inte så.")
    with pytest.raises(Stale, match="Texten ändrades"):
        intervene.order(item=item, kind=REMOVE, ground=Ground.BROTT, by=bertil, now=NOW, seen=seen)


def test_the_order_keeps_the_text_that_the_person_saw(bertil):
    item = judged(bertil)
    assert order(item, bertil).version == item.latest_version


# --- The order ---


def test_nothing_is_sent_before_it_can_no_longer_be_taken_back(bertil):
    ordered = order(judged(bertil), bertil)
    assert ordered.not_before == NOW + rules.UNDO_WINDOW
    assert not Intervention.objects.due(NOW + rules.UNDO_WINDOW - timedelta(seconds=1)).exists()
    assert Intervention.objects.due(NOW + rules.UNDO_WINDOW).get() == ordered


def test_the_chain_tells_who_ordered_what_on_which_ground(bertil):
    item = judged(bertil)
    ordered = order(item, bertil, note="Hon är rädd.")
    entry = AuditEntry.objects.get(event=Event.INTERVENTION_ORDERED)
    assert entry.actor == bertil
    facts = {"intervention": ordered.pk, "kind": "remove", "ground": "brott", "version": 1}
    assert facts.items() <= entry.known_facts.items()
    assert "rädd" not in str(entry.known_facts)


def test_one_thing_at_a_time(bertil, agda):
    item = judged(bertil)
    first = order(item, bertil, HIDE)
    with pytest.raises(ValidationError, match="redan på väg"):
        order(item, agda)
    intervene.cancel(intervention=first, by=bertil, now=NOW)
    assert order(item, agda).state == OrderState.ORDERED


# --- A second person ---


def test_a_broken_rule_waits_for_a_colleague_however_long(bertil, agda):
    ordered = order(judged(bertil, Category.RINGA_BETYDELSE, ""), bertil, **RULE)
    assert ordered.awaits_second
    assert not Intervention.objects.due(NOW + timedelta(days=9)).exists()
    later = NOW + timedelta(hours=1)
    agreed = intervene.approve(intervention=ordered, by=agda, now=later)
    assert (agreed.approved_by, agreed.approved_at) == (agda, later)
    # The time to take it back begins anew.
    assert not Intervention.objects.due(later).exists()
    assert Intervention.objects.due(later + rules.UNDO_WINDOW).exists()
    assert AuditEntry.objects.get(event=Event.INTERVENTION_APPROVED).actor == agda


def test_nobody_agrees_with_themselves_or_twice(bertil, agda):
    ordered = order(judged(bertil, Category.RINGA_BETYDELSE, ""), bertil, **RULE)
    with pytest.raises(ValidationError, match="Någon annan än du"):
        intervene.approve(intervention=ordered, by=bertil, now=NOW)
    intervene.approve(intervention=ordered, by=agda, now=NOW)
    with pytest.raises(ValidationError, match="redan godkänd"):
        intervene.approve(intervention=ordered, by=agda, now=NOW)


def test_a_crime_needs_no_second_person(bertil, agda):
    with pytest.raises(ValidationError, match="behöver inte godkännas"):
        intervene.approve(intervention=order(judged(bertil), bertil), by=agda, now=NOW)


def test_what_was_called_off_is_not_approved(bertil, agda):
    ordered = order(judged(bertil, Category.RINGA_BETYDELSE, ""), bertil, **RULE)
    intervene.cancel(intervention=ordered, by=bertil, now=NOW)
    with pytest.raises(ValidationError):
        intervene.approve(intervention=ordered, by=agda, now=NOW)


# --- Taken back ---


def test_it_is_taken_back_before_it_is_sent(bertil):
    item = judged(bertil)
    called_off = intervene.cancel(intervention=order(item, bertil), by=bertil, now=NOW)
    assert (called_off.state, called_off.done_at) == (OrderState.CANCELLED, NOW)
    assert not Intervention.objects.due(NOW + timedelta(days=1)).exists()
    assert events()[-1] == Event.INTERVENTION_CANCELLED


def test_it_is_too_late_once_somebody_works_on_it_or_it_is_sent(bertil):
    item = judged(bertil)
    ordered = order(item, bertil)
    working = claimed(ordered)
    with pytest.raises(ValidationError, match="för sent att ångra"):
        intervene.cancel(intervention=ordered, by=bertil, now=NOW)
    working.show_life(NOW, sent_at=NOW)
    working.postpone(NOW, "Facebook svarade inte.")
    with pytest.raises(ValidationError, match="för sent att ångra"):
        intervene.cancel(intervention=ordered, by=bertil, now=NOW)
    assert Event.INTERVENTION_CANCELLED not in events()


# --- The copy ---


def test_the_copy_is_of_the_text_that_was_seen_and_no_other(bertil):
    item = judged(bertil)
    ordered = order(item, bertil)
    intervene.preserved(item=item, version=ordered.version_id + 1, evidence="0" * 64, now=NOW)
    ordered.refresh_from_db()
    assert ordered.preserved_at is None
    intervene.preserved(item=item, version=ordered.version_id, evidence="a" * 64, now=NOW)
    ordered.refresh_from_db()
    assert (ordered.preserved_at, ordered.evidence_sha256) == (NOW, "a" * 64)


def test_a_copy_that_is_long_in_coming_may_be_done_without_and_what_is_missing_is_told(bertil):
    ordered = order(judged(bertil), bertil)
    with pytest.raises(ValidationError, match="Vänta en stund till"):
        intervene.accept_gap(intervention=ordered, gap="Filmen.", by=bertil, now=NOW + timedelta(seconds=19))
    later = NOW + rules.GAP_AFTER
    with pytest.raises(ValidationError, match="vad som saknas"):
        intervene.accept_gap(intervention=ordered, gap="  ", by=bertil, now=later)
    left = intervene.accept_gap(intervention=ordered, gap=" Filmen. ", by=bertil, now=later)
    assert (left.gap, left.gap_accepted_by, left.not_before) == ("Filmen.", bertil, later)
    assert AuditEntry.objects.get(event=Event.GAP_ACCEPTED).actor == bertil
    with pytest.raises(ValidationError):
        intervene.accept_gap(intervention=left, gap="Filmen.", by=bertil, now=later)


def test_a_whole_copy_or_a_hiding_lacks_nothing(bertil):
    item, later = judged(bertil), NOW + timedelta(hours=1)
    ordered = order(item, bertil)
    intervene.preserved(item=item, version=ordered.version_id, evidence="a" * 64, now=NOW)
    for each in (ordered, order(judged(bertil), bertil, HIDE)):
        with pytest.raises(ValidationError):
            intervene.accept_gap(intervention=each, gap="Filmen.", by=bertil, now=later)


# --- Once more ---


def test_only_what_failed_is_tried_again(bertil):
    ordered = order(judged(bertil), bertil)
    with pytest.raises(ValidationError, match="redan klar"):
        intervene.retry(intervention=ordered, by=bertil, now=NOW)
    claimed(ordered).give_up(NOW, "Facebook nekade.")
    again = intervene.retry(intervention=ordered, by=bertil, now=NOW)
    assert (again.state, again.attempts, again.last_error, again.done_at) == (OrderState.ORDERED, 0, "", None)
    assert Intervention.objects.due(NOW).get() == again
    assert AuditEntry.objects.filter(event=Event.INTERVENTION_RETRIED).count() == 1


def test_what_has_since_been_judged_as_criticism_is_not_tried_again(bertil):
    item = judged(bertil)
    ordered = order(item, bertil)
    claimed(ordered).give_up(NOW, "Facebook nekade.")
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=bertil)
    with pytest.raises(ValidationError, match="Kritik"):
        intervene.retry(intervention=ordered, by=bertil, now=NOW)


def test_it_is_not_tried_again_while_something_else_is_on_its_way(bertil):
    item = judged(bertil)
    ordered = order(item, bertil)
    claimed(ordered).give_up(NOW, "Facebook nekade.")
    order(item, bertil, HIDE)
    with pytest.raises(ValidationError, match="redan på väg"):
        intervene.retry(intervention=ordered, by=bertil, now=NOW)


# --- Confirmed ---


def test_the_step_is_done_when_facebook_has_shown_it_and_not_before(bertil):
    item = judged(bertil)
    ordered = order(item, bertil)
    step = item.current_classification.steps.get(kind=StepKind.TA_BORT)
    assert step.state == StepState.OPEN
    later = NOW + timedelta(minutes=1)
    intervene.confirm(claimed(ordered), [item], later, was_done_already=False)
    step.refresh_from_db()
    ordered.refresh_from_db()
    assert (step.state, step.closed_by, step.closed_at) == (StepState.DONE, bertil, later)
    assert (ordered.state, ordered.done_at) == (OrderState.DONE, later)
    entry = AuditEntry.objects.get(event=Event.INTERVENTION_CONFIRMED)
    assert (entry.known_facts["gone"], entry.known_facts["done_already"]) == ([item.pk], False)
    assert AuditEntry.objects.get(event=Event.STEP_DONE).known_facts["intervention"] == ordered.pk


def test_to_hide_is_not_to_remove(bertil):
    item = judged(bertil)
    intervene.confirm(claimed(order(item, bertil, HIDE)), [], NOW + timedelta(minutes=1), was_done_already=False)
    assert item.current_classification.steps.get(kind=StepKind.TA_BORT).state == StepState.OPEN
