"""A question to the responsible chef, from the letter to the answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import audit, links
from moderation.actions import draft as drafting
from moderation.actions import refer as referring
from moderation.actions.pause import pause
from moderation.actions.seen import Seen, Stale
from moderation.models import AuditEntry, Draft, Item, Mail, Notice, Pause, Referral
from moderation.policy import rules
from moderation.policy.terms import (
    Category,
    Direction,
    Event,
    NoticeKind,
    OrderState,
    PauseReason,
    Reason,
    ReferralState,
    Role,
)
from moderation.sync import reminders
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECRET = "bara-till-for-proven"
ADDRESS = "https://socialamedier.kommunen.example"


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADRESS = ADDRESS


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR, email="agda@kommunen.example")


def ask(item, by, now=make.NOW, **changed):
    told = {"chef_namn": "Tore Ström", "chef_epost": "tore@kommunen.example", "question": "När plogas det?"}
    told |= {"secret": SECRET, "seen": Seen.of(Item.objects.get(pk=item.pk))}
    return referring.refer(item=item, by=by, now=now, **(told | changed))


def link(secret=SECRET):
    return f"{ADDRESS}/hanvisning/{links.token(secret)}/"


# --- The question -----------------------------------------------------------------------------------------------


def test_the_letter_says_who_asks_until_when_and_the_link_but_nothing_of_the_citizen(agda):
    item = make.item("Grannen Ylva Ek är sjuk!", author="Kalle Exempel", thread=make.thread(make.verksamhet()))
    ask(item, agda, question="Stämmer det om Ylva Ek?")
    letter = Mail.objects.get()
    assert letter.recipient == "tore@kommunen.example"
    for told in ("Agda", "agda@kommunen.example", link(), "4 december 2026 kl. 13.00", "Teknik", "Tore Ström"):
        assert told in letter.body
    for secret in ("Ylva", "sjuk", "Kalle", "Exempel", "Stämmer"):
        assert secret not in letter.body + letter.subject


def test_a_line_break_in_a_name_begins_no_header(agda):
    agda.first_name = "Agda\r\nBcc: alla@kommunen.example"
    ask(make.item(), agda)
    assert "\n" not in Mail.objects.get().subject


def test_the_secret_is_nowhere_but_in_the_letter(agda):
    referral = ask(make.item(), agda)
    row = {field.name: str(getattr(referral, field.name)) for field in Referral._meta.fields}
    facts = "".join(AuditEntry.objects.values_list("facts", flat=True))
    assert SECRET not in "".join(row.values()) + facts
    assert referral.secret_sha256 == links.digest(SECRET)
    assert links.digest(SECRET) not in facts


def test_the_clock_stands_still_until_the_answer_comes_which_is_the_draft(agda):
    item = make.item()
    referral = ask(item, agda)
    assert Pause.objects.get().reason == PauseReason.HOS_CHEF
    referring.answer(referral=referral, text="Vi plogar i kväll.", now=make.NOW + 2 * HOUR)
    assert Pause.objects.get().ended_at == make.NOW + 2 * HOUR
    assert Item.objects.get().answer_by.isoformat() == "2026-11-24T09:00:00+00:00"
    draft = Draft.objects.get()
    assert (draft.text, draft.from_referral, draft.changed_by) == ("Vi plogar i kväll.", referral, None)
    notice = Notice.objects.get()
    assert (notice.to, notice.kind, notice.item) == (agda, NoticeKind.REFERRAL_ANSWERED, item)
    events = [entry.event for entry in AuditEntry.objects.about(item)]
    assert events == [
        Event.REFERRED, Event.CLOCK_PAUSED, Event.REFERRAL_ANSWERED, Event.DRAFT_SAVED, Event.CLOCK_RESUMED,
    ]  # fmt: skip
    assert "plogar" not in "".join(AuditEntry.objects.values_list("facts", flat=True))
    assert list(audit.verify()) == []


def test_a_judged_item_can_be_referred_and_has_no_clock_to_stop(agda):
    item = make.item()
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    referral = ask(item, agda)
    referring.answer(referral=referral, text="Ja.", now=make.NOW + HOUR)
    assert not Pause.objects.exists()


def test_a_pause_of_another_kind_goes_on_as_it_was(agda):
    item = make.item()
    pause(item=item, reason=PauseReason.HOS_AVSANDAREN, by=agda, now=make.NOW)
    referring.answer(referral=ask(item, agda), text="Ja.", now=make.NOW + HOUR)
    assert Pause.objects.get().ended_at is None


@pytest.mark.parametrize("judged", [(Category.SEKRETESS, ""), (Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)])
def test_what_may_not_be_shown_is_not_referred(agda, judged):
    item = make.item()
    make.classification(item, *judged)
    with pytest.raises(ValidationError, match="Ring chefen"):
        ask(item, agda)


def test_our_own_words_are_not_referred_nor_anything_without_an_address(agda, settings):
    with pytest.raises(ValidationError, match="egna inlägg"):
        ask(make.item(direction=Direction.UPPRATTAD), agda)
    settings.ADRESS = ""
    with pytest.raises(ValidationError, match="Ingen adress"):
        ask(make.item(), agda)
    assert not Referral.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("question", "said"), [(" ", "Skriv vad"), ("å" * 100_000, "högst 2 000 tecken")])
def test_the_question_has_a_length(agda, question, said):
    with pytest.raises(ValidationError, match=said):
        ask(make.item(), agda, question=question)


def test_what_somebody_judged_meanwhile_is_not_referred_unseen(agda):
    item = make.item()
    seen = Seen.of(item)
    make.classification(item)
    with pytest.raises(Stale):
        ask(item, agda, seen=seen)


def test_one_question_at_a_time_but_one_that_ran_out_gives_way(agda):
    item = make.item()
    first = ask(item, agda)
    with pytest.raises(ValidationError, match="redan hänvisad till Tore Ström"):
        ask(item, agda, secret="en-annan")
    later = first.expires_at + HOUR
    second = ask(item, agda, secret="en-annan", now=later)
    first.refresh_from_db()
    assert first.state(later) == ReferralState.REVOKED
    assert second.state(later) == ReferralState.OPEN
    # It stood still until the first link ran out, and again from the second question.
    assert [each.ended_at for each in Pause.objects.all()] == [first.expires_at, None]


# --- Ways that it ends ------------------------------------------------------------------------------------------


def test_the_first_answer_counts_and_the_second_is_refused_with_a_reason(agda):
    referral = ask(make.item(), agda)
    referring.answer(referral=referral, text="Ja.", now=make.NOW)
    with pytest.raises(referring.Closed, match=r"besvarad.*finns kvar"):
        referring.answer(referral=referral, text="Nej.", now=make.NOW)
    with pytest.raises(referring.Closed, match="besvarad"):
        referring.hand_over(referral=referral, word="", now=make.NOW)
    assert Referral.objects.get().answer == "Ja."
    assert Notice.objects.count() == 1


def test_the_same_answer_twice_is_one_answer(agda):
    referral = ask(make.item(), agda)
    for _ in range(2):
        referring.answer(referral=referral, text="Ja.", now=make.NOW)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"), [("  ", "Skriv ett svar"), ("å" * 8_001, "högst 8 000 tecken, men har 8001")]
)
def test_an_answer_has_a_length(agda, text, said):
    with pytest.raises(ValidationError, match=said):
        referring.answer(referral=ask(make.item(), agda), text=text, now=make.NOW)
    assert Referral.objects.get().answered_at is None


def test_an_answer_does_not_overwrite_what_an_editor_wrote_meanwhile(agda):
    item = make.item()
    referral = ask(item, agda)
    drafting.save(item=item, text="Agdas egna ord", by=agda, now=make.NOW, seen="")
    referring.answer(referral=referral, text="Chefens", now=make.NOW)
    assert Draft.objects.get().text == "Agdas egna ord"
    assert Referral.objects.get().answer == "Chefens"


def test_taken_over_by_the_chef_the_clock_stays_stopped(agda):
    item = make.item()
    referring.hand_over(referral=ask(item, agda), word="Jag ringer henne.", now=make.NOW + HOUR)
    assert Pause.objects.get().ended_at is None
    assert Notice.objects.get().kind == NoticeKind.REFERRAL_HANDED_OVER
    assert AuditEntry.objects.about(item).filter(event=Event.REFERRAL_HANDED_OVER).exists()
    assert not Draft.objects.exists()


def test_taken_back_the_link_is_dead_the_letter_stays_and_the_clock_runs(agda):
    referral = ask(make.item(), agda)
    Mail.objects.update(state=OrderState.DONE)
    referring.revoke(referral=referral, by=agda, now=make.NOW + HOUR)
    with pytest.raises(referring.Closed, match="tillbakadragen"):
        referring.answer(referral=referral, text="Ja.", now=make.NOW + HOUR)
    assert Pause.objects.get().ended_at == make.NOW + HOUR
    with pytest.raises(ValidationError, match="redan tillbakadragen"):
        referring.revoke(referral=referral, by=agda, now=make.NOW + HOUR)


def test_a_letter_that_has_not_gone_is_stopped(agda):
    referral, other = ask(make.item(), agda), ask(make.item(), agda, secret="en-annan")
    referring.revoke(referral=referral, by=agda, now=make.NOW)
    assert [mail.state for mail in Mail.objects.order_by("pk")] == [OrderState.CANCELLED, OrderState.ORDERED]
    assert other.state(make.NOW) == ReferralState.OPEN


def test_after_its_time_it_is_not_answered(agda):
    referral = ask(make.item(), agda)
    with pytest.raises(referring.Closed, match="utgången"):
        referring.answer(referral=referral, text="Ja.", now=referral.expires_at)


def test_only_the_first_time_that_it_is_opened_is_told(agda):
    referral = ask(make.item(), agda)
    for hours in (1, 2):
        referring.open_link(referral=Referral.objects.get(), now=make.NOW + hours * HOUR)
    assert Referral.objects.get().opened_at == make.NOW + HOUR
    assert AuditEntry.objects.filter(event=Event.REFERRAL_OPENED).count() == 1
    assert referral.opened_at is None


def test_nobody_is_told_who_has_left(agda):
    referral = ask(make.item(), agda)
    type(agda).objects.update(is_active=False)
    referring.answer(referral=referral, text="Ja.", now=make.NOW)
    assert not Notice.objects.exists()


# --- Reminders --------------------------------------------------------------------------------------------------


def at(day, hour, month=11):
    return datetime(2026, month, day, hour, 0, tzinfo=UTC)


def look(now):
    return reminders.remind(lambda: now)


def test_the_chef_is_reminded_on_the_first_third_and_fifth_working_day_in_opening_hours(agda):
    ask(make.item(), agda)
    # Asked on a Friday; nothing in the weekend, nor before eight or after five on Monday.
    assert [look(now) for now in (at(20, 15), at(21, 11), at(22, 11), at(23, 6))] == [0, 0, 0, 0]
    assert [look(now) for now in (at(23, 7), at(23, 8), at(24, 9), at(25, 9), at(26, 9), at(27, 9))] == [
        1,
        0,
        0,
        1,
        0,
        1,
    ]
    assert [look(now) for now in (at(30, 9), at(1, 9, 12))] == [0, 0]
    assert Referral.objects.get().reminded == 3
    letters = Mail.objects.order_by("pk")[1:]
    assert all(link() in letter.body and "Påminnelse" in letter.subject for letter in letters)
    assert len(letters) == 3
    assert AuditEntry.objects.filter(event=Event.REFERRAL_REMINDED).count() == 3


def test_a_holiday_and_a_day_when_it_is_closed_are_no_working_days(agda, settings):
    settings.OPENING_HOURS = type(settings.OPENING_HOURS)(
        settings.OPENING_HOURS.hours, {}, frozenset([date(2026, 12, 28)])
    )
    # Asked on 23 December; Christmas Eve to 27 December are free, and 28 December is closed.
    ask(make.item(), agda, now=at(23, 9, 12))
    assert [look(at(day, 9, 12)) for day in (24, 25, 26, 27, 28, 29)] == [0, 0, 0, 0, 0, 1]


def test_after_a_standstill_one_reminder_goes_for_all_that_were_missed(agda):
    ask(make.item(), agda)
    assert look(at(27, 9)) == 1
    assert look(at(27, 10)) == 0


def test_whoever_has_answered_is_not_reminded(agda):
    referral = ask(make.item(), agda)
    referring.answer(referral=referral, text="Ja.", now=make.NOW)
    assert look(at(23, 9)) == 0
    assert not referring.remind(referral=referral, now=at(23, 9))


def test_when_the_link_runs_out_the_clock_runs_again_from_then(agda, settings):
    item = make.item()
    referral = ask(item, agda)
    look(referral.expires_at + 5 * HOUR)
    look(referral.expires_at + 6 * HOUR)
    assert Pause.objects.get().ended_at == referral.expires_at
    expected = rules.paused(item.answer_by, make.NOW, referral.expires_at, settings.OPENING_HOURS)
    assert Item.objects.get().answer_by == expected
    assert AuditEntry.objects.filter(event=Event.CLOCK_RESUMED).count() == 1


def test_a_question_that_the_chef_has_taken_over_does_not_run_out(agda):
    referral = ask(make.item(), agda)
    referring.hand_over(referral=referral, word="", now=make.NOW)
    look(referral.expires_at + HOUR)
    assert Pause.objects.get().ended_at is None


def test_whoever_asked_is_told_once_when_the_link_runs_out_even_where_the_clock_did_not_stand_still(agda):
    waiting, judged = make.item(), make.item()
    for number, item in enumerate((waiting, judged)):
        referral = ask(item, agda, secret=f"nummer-{number}")
    make.classification(Item.objects.get(pk=judged.pk), Category.RINGA_BETYDELSE, by=agda)
    look(referral.expires_at - HOUR)
    assert not Notice.objects.exists()
    look(referral.expires_at + HOUR)
    look(referral.expires_at + 2 * HOUR)
    told = Notice.objects.order_by("item").values_list("to", "kind", "item")
    assert list(told) == [(agda.pk, NoticeKind.REFERRAL_EXPIRED, item.pk) for item in (waiting, judged)]
    assert AuditEntry.objects.about(waiting).filter(event=Event.REFERRAL_EXPIRED).count() == 1
