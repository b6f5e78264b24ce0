"""The draft of an answer: nobody overwrites what they have not read."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation.actions.draft import begin, save, stamp, take_in
from moderation.actions.seen import Stale
from moderation.models import AuditEntry, Draft, Referral
from moderation.policy.terms import Direction, Event, Role
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(minutes=5)


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR)


def answered(item, by, answer="Vi plogar i kväll."):
    return Referral.objects.create(
        item=item,
        chef_namn="Tore Ström",
        chef_epost="tore@kommunen.example",
        question="När?",
        secret_sha256=f"{item.pk:064}",
        referred_at=make.NOW,
        referred_by=by,
        expires_at=LATER,
        answer=answer,
        answered_at=make.NOW,
    )


def test_it_is_kept_and_only_its_digest_is_in_the_chain(agda):
    item = make.item()
    save(item=item, text="Tack, vi ser över det.\r\n", by=agda, now=make.NOW, seen="")
    draft = Draft.objects.get()
    assert (draft.text, draft.changed_by) == ("Tack, vi ser över det.", agda)
    entry = AuditEntry.objects.about(item).get(event=Event.DRAFT_SAVED)
    assert "Tack" not in entry.facts
    assert entry.known_facts["length"] == len(draft.text)


def test_the_same_words_once_more_change_nothing(agda):
    item = make.item()
    for _ in range(2):
        save(item=item, text="Tack!", by=agda, now=make.NOW, seen="")
    assert AuditEntry.objects.filter(event=Event.DRAFT_SAVED).count() == 1


def test_what_somebody_has_written_since_is_not_overwritten(agda):
    item = make.item()
    save(item=item, text="Agdas", by=agda, now=make.NOW, seen="")
    with pytest.raises(Stale, match="ändrats av Agda"):
        save(item=item, text="Bertils", by=make.bertil(), now=LATER, seen="")
    assert Draft.objects.get().text == "Agdas"
    save(item=item, text="Bertils", by=make.user(), now=LATER, seen=stamp(Draft.objects.get()))
    assert Draft.objects.get().text == "Bertils"


def test_it_has_an_end_and_no_place_below_our_own_words(agda):
    with pytest.raises(ValidationError, match="högst 8 000 tecken, men har 100000"):
        save(item=make.item(), text="å" * 100_000, by=agda, now=make.NOW, seen="")
    with pytest.raises(ValidationError, match="egna inlägg"):
        save(item=make.item(direction=Direction.UPPRATTAD), text="å", by=agda, now=make.NOW, seen="")
    assert not Draft.objects.exists()


def test_what_no_database_can_hold_is_made_visible(agda):
    save(item=make.item(), text="a\x00b\ud800", by=agda, now=make.NOW, seen="")
    assert Draft.objects.get().text == "a␀b\ufffd"


def test_an_answer_begins_a_draft_but_never_overwrites_an_editors(agda):
    first, second = make.item(), make.item()
    assert begin(referral=answered(first, agda), now=make.NOW)
    assert Draft.objects.get().changed_by is None
    save(item=second, text="Agdas egna ord", by=agda, now=make.NOW, seen="")
    assert not begin(referral=answered(second, agda), now=make.NOW)
    assert Draft.objects.get(item=second).text == "Agdas egna ord"


def test_the_answer_can_be_put_after_what_the_editor_wrote_once(agda):
    item = make.item()
    save(item=item, text="Hej!", by=agda, now=make.NOW, seen="")
    referral = answered(item, agda)
    for _ in range(2):
        take_in(referral=referral, by=agda, now=LATER)
    assert Draft.objects.get().text == "Hej!\n\nVi plogar i kväll."
    assert Draft.objects.get().from_referral == referral
