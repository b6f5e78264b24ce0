import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError

from moderation import access, audit
from moderation.actions import note
from moderation.actions.undo import undo
from moderation.models import AuditEntry, Deed, Note, Notice
from moderation.policy.terms import Event, NoticeKind, Role, Verb
from tests import hostile, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda():
    return make.agda()


def test_a_note_is_kept_and_the_chain_has_only_its_digest(agda):
    written = make.note(make.item(), agda, "  Samma person som i går.  ")
    assert written.text == "Samma person som i går."
    entry = AuditEntry.objects.about(written.item).get(event=Event.NOTED)
    digest = sha256(written.text.encode()).hexdigest()
    assert entry.known_facts == {"note": written.pk, "sha256": digest, "length": 23, "named": []}
    assert "Samma" not in json.dumps(list(AuditEntry.objects.values()), default=str)
    assert not list(audit.verify())


def test_those_who_are_named_are_told_once_and_only_those_who_may_read_the_item(agda):
    make.bertil()
    bo = make.user("bo", Role.WEBBREDAKTOR)
    item = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    make.note(item, agda, "@bo @Bo @bertil @agda @erik: se här")
    notice = Notice.objects.get()
    assert (notice.to, notice.kind, notice.item, notice.by) == (bo, NoticeKind.MENTIONED, item, agda)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_note_is_refused(agda, text):
    with pytest.raises(ValidationError, match="Skriv något"):
        make.note(make.item(), agda, text)


def test_a_note_that_is_too_long_is_refused_with_its_length(agda):
    item = make.item()
    make.note(item, agda, "å" * 5_000)
    with pytest.raises(ValidationError, match=r"högst 5 000 tecken, men har 100000"):
        make.note(item, agda, "a" * 100_000)
    assert Note.objects.count() == 1


def test_the_same_form_sent_twice_is_one_note_and_tells_once(agda):
    item, bo = make.item(), make.user("bo", Role.WEBBREDAKTOR)
    assert make.note(item, agda, "@bo") == make.note(item, agda, "@bo", make.NOW + timedelta(seconds=5))
    assert Notice.objects.filter(to=bo).count() == Deed.objects.count() == 1
    make.note(item, agda, "@bo", make.NOW + timedelta(hours=1))
    assert Note.objects.count() == 2


def test_only_the_author_takes_it_back_and_puts_it_back(agda):
    written, bo = make.note(make.item(), agda), make.user("bo")
    for act in (note.withdraw, note.restore):
        with pytest.raises(ValidationError, match="Bara den som skrev"):
            act(note=written, by=bo, now=make.NOW)
    note.withdraw(note=written, by=agda, now=make.NOW)
    with pytest.raises(ValidationError, match="redan tillbakatagen"):
        note.withdraw(note=written, by=agda, now=make.NOW)
    assert note.restore(note=written, by=agda, now=make.NOW).withdrawn_at is None
    with pytest.raises(ValidationError, match="inte tillbakatagen"):
        note.restore(note=written, by=agda, now=make.NOW)
    events = AuditEntry.objects.about(written.item).filter(event__in=[Event.NOTE_WITHDRAWN, Event.NOTE_RESTORED])
    assert [entry.known_facts for entry in events] == [{"note": written.pk}] * 2


def test_it_is_undone_like_everything_else_and_only_once(agda):
    written = make.note(make.item(), agda)
    undo(deed=Deed.objects.get(verb=Verb.NOTE), by=agda, now=make.NOW)
    written.refresh_from_db()
    assert written.withdrawn_at == make.NOW
    note.restore(note=written, by=agda, now=make.NOW)
    assert Deed.objects.filter(verb=Verb.NOTE, undone_at=None).get().subject == written.pk


def test_whoever_takes_it_back_by_hand_has_nothing_left_to_undo(agda):
    note.withdraw(note=make.note(make.item(), agda), by=agda, now=make.NOW)
    assert not Deed.objects.filter(undone_at=None).exists()


def test_hostile_texts_are_kept_as_far_as_a_database_can(agda):
    item = make.item()
    for number, text in enumerate(hostile.texts(long=1_000).values()):
        if text.strip() and len(text) <= note.LONGEST:
            colleagues = access.readers(item, make.NOW)
            now = make.NOW + timedelta(hours=number)
            assert note.write(item=item, text=text, by=agda, colleagues=colleagues, now=now).pk
    assert not list(audit.verify())
