from functools import partial

import pytest

from arkiv import verify
from arkiv.actions import order_printout
from arkiv.actions.print_out import print_out
from arkiv.models import Printout
from arkiv.paper.document import Document
from moderation import audit
from moderation.models import AuditEntry
from moderation.models.order import carry_out
from moderation.policy.terms import Category, Event, OrderState, Reason, StepKind
from moderation.store import Store
from tests import make

pytestmark = pytest.mark.django_db


class Stop(Store):
    """A store that does something else at the very moment the finished file is handed to it."""

    def __init__(self, root, meanwhile):
        super().__init__(root)
        self.meanwhile = meanwhile

    def put(self, content):
        digest = super().put(content)
        self.meanwhile()
        return digest


def press(store):
    return carry_out(Printout.objects.all(), partial(print_out, store, lambda: make.NOW), lambda: make.NOW, most=1)


@pytest.fixture
def threat():
    item = make.item("Jag vet var du bor.")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    order_printout.of_missing(make.NOW)
    return item


def test_a_printed_item_has_a_pdf_its_document_and_an_entry_in_the_chain(threat, store):
    assert press(store) == 1
    printout = threat.printouts.get()
    assert (printout.state, printout.progress, printout.plain_entries) == (OrderState.DONE, 100, 0)
    assert store.read(printout.pdf_sha256).startswith(b"%PDF-1.7")
    assert Document.from_json(printout.document).digest == printout.document_sha256
    assert printout.printed.get().item == threat
    assert AuditEntry.objects.about(printout).filter(event=Event.PRINTED).count() == 1


def test_a_printout_ticks_no_step_for_only_the_evidence_sheet_is_a_whole_copy(threat, store):
    assert press(store) == 1
    assert threat.current_classification.steps.get(kind=StepKind.SPARA).is_open


def test_a_printout_called_off_while_it_is_drawn_writes_nothing(threat, store, tmp_path):
    printout = threat.printouts.get()
    by = make.cecilia()
    stopping = Stop(store.root, partial(order_printout.cancel, printout=printout, by=by, now=make.NOW))
    assert press(stopping) == 0
    printout.refresh_from_db()
    assert (printout.state, printout.pdf_sha256) == (OrderState.CANCELLED, "")
    assert list(store.digests()) == []


def test_what_becomes_secret_while_it_is_drawn_is_not_kept_on_paper(store):
    item = make.item("Pelle i 3B har diabetes.")
    order_printout.of_period(
        page=item.thread.page, first_day=make.NOW.date(), last_day=make.NOW.date(), by=None, now=make.NOW
    )
    assert press(Stop(store.root, partial(make.classification, item, Category.SEKRETESS))) == 0
    printout = Printout.objects.get()
    assert printout.state == OrderState.ORDERED
    assert "ny bedömning" in printout.last_error
    assert list(store.digests()) == []
    Printout.objects.update(not_before=make.NOW)
    assert press(store) == 1
    assert "diabetes" not in Printout.objects.get().document


def test_a_store_that_cannot_be_written_postpones_and_says_so(threat, store):
    store.root.write_text("en fil i vägen")
    press(store)
    printout = threat.printouts.get()
    assert (printout.state, printout.last_error) == (OrderState.ORDERED, "Utskriften kunde inte sparas i lagret.")


def test_after_printing_everything_verifies_and_a_changed_file_is_named(threat, store):
    """The rows here were made without the chain's first entries, so only files and chain are asked."""
    press(store)
    assert list(audit.verify()) == []
    digest = threat.printouts.get().pdf_sha256
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"%PDF-1.7 falsk")
    assert any(digest in fault and "ändrats" in fault for fault in verify.faults(store))
