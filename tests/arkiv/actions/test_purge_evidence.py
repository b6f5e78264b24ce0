"""A sheet of what turns out to be what nobody may possess is destroyed, and its neighbours' sheets are made anew."""

from datetime import timedelta
from functools import partial

import pytest

from arkiv import verify
from arkiv.actions import evidence
from arkiv.actions.purge_evidence import purge
from arkiv.models import Evidence
from moderation.models import AuditEntry
from moderation.models.order import carry_out
from moderation.policy.terms import Category, Event, Kind, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db

FORBIDDEN = (Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)


def make_due(store, at=make.NOW):
    evidence.order_missing(at)
    return carry_out(Evidence.objects.all(), partial(evidence.make, store, lambda: at), lambda: at)


@pytest.fixture
def threat(store):
    item = make.item("Jag vet var du bor.")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    make_due(store)
    return item


def test_every_file_and_text_of_it_goes_and_the_chain_tells(threat, store):
    files = sorted(store.digests())
    make.classification(threat, *FORBIDDEN)
    assert purge(store, lambda: make.NOW) == 1
    gone = threat.evidence.get()
    assert list(store.digests()) == []
    assert (gone.state, gone.document, gone.pdf_sha256) == (OrderState.CANCELLED, "", "")
    assert gone.pictures.count() == 0
    told = AuditEntry.objects.about(threat).get(event=Event.EVIDENCE_PURGED).known_facts
    assert sorted(told["files"]) == files
    assert [*verify._evidence(), *verify._files(store)] == []
    assert purge(store, lambda: make.NOW) == 0


def test_what_is_only_ordered_is_called_off(store):
    item = make.item()
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    evidence.order_missing(make.NOW)
    make.classification(item, *FORBIDDEN)
    assert purge(store, lambda: make.NOW) == 1
    assert make_due(store) == 0
    assert item.evidence.get().state == OrderState.CANCELLED


def test_a_neighbours_sheet_goes_too_and_is_made_anew_without_it(store):
    comment = make.item("Jag vet var du bor.")
    make.classification(comment, Category.BROTTSLIGT, Reason.HOT)
    answer = make.item("Något vidrigt", kind=Kind.REPLY, thread=comment.thread, parent=comment)
    make_due(store)
    assert "vidrigt" in comment.evidence.get().document
    make.classification(answer, *FORBIDDEN)
    assert purge(store, lambda: make.NOW) == 1
    assert make_due(store, make.NOW + timedelta(minutes=1)) == 1
    newest = comment.evidence.first()
    assert newest.state == OrderState.DONE
    assert "vidrigt" not in newest.document
    assert purge(store, lambda: make.NOW) == 0


def test_what_is_forbidden_elsewhere_touches_nothing(threat, store):
    make.classification(make.item(), *FORBIDDEN)
    assert purge(store, lambda: make.NOW) == 0
    assert threat.evidence.get().state == OrderState.DONE
