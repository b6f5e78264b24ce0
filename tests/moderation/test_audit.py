import pytest
from django.db import connection, transaction

from moderation import audit
from moderation.models import AuditEntry
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Five entries about one item."""
    item, agda = make.item(), make.agda()
    for number in range(5):
        audit.record(Event.CHANGED, item, now=make.NOW, by=agda, version=number, sha256="å")
    return item


def test_a_chain_that_nobody_touched_verifies(chain):
    assert list(audit.verify()) == []
    assert audit.head()[0] == AuditEntry.objects.count()


def test_entries_are_numbered_without_gaps_and_hold_each_others_hashes(chain):
    entries = list(AuditEntry.objects.all())
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]


def test_an_entry_can_neither_be_changed_nor_deleted_through_the_rows(chain):
    entry = AuditEntry.objects.first()
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(TypeError, match="never"):
            attempt()
    with pytest.raises(TypeError, match="never"):
        AuditEntry.objects.update(event=Event.HIDDEN)


@pytest.mark.parametrize(
    "column_and_value",
    ["facts = '{}'", "at = '2026-11-20T12:00:00.000001+00:00'", "event = 'hidden'", "actor_name = 'Bertil'"],
)
def test_a_row_changed_by_hand_is_named(chain, column_and_value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE moderation_auditentry SET {column_and_value} WHERE seq = 4")
    assert any("händelse 4 har ändrats" in fault for fault in audit.verify())


def test_a_removed_entry_is_found_also_when_it_was_the_last(chain):
    newest, _ = audit.head()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_auditentry WHERE seq = %s", [newest])
    assert any(f"ska sluta vid {newest}" in fault for fault in audit.verify())


def test_two_swapped_entries_are_found(chain):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE moderation_auditentry SET seq = 1000 WHERE seq = 3")
        cursor.execute("UPDATE moderation_auditentry SET seq = 3 WHERE seq = 4")
        cursor.execute("UPDATE moderation_auditentry SET seq = 4 WHERE seq = 1000")
    assert len(list(audit.verify())) >= 2


def test_an_entry_stands_or_falls_with_the_change_it_tells_of(chain):
    before = audit.head()
    with transaction.atomic():
        audit.record(Event.HIDDEN, chain, now=make.NOW)
        transaction.set_rollback(True)
    assert audit.head() == before
    assert list(audit.verify()) == []
