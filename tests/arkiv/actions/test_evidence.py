"""The copy that must be safe before anything leaves Facebook: looked for, made, read anew, and only then told of."""

import io
from datetime import timedelta
from functools import partial

import pypdfium2
import pytest
from PIL import Image

from arkiv import verify
from arkiv.actions import evidence
from arkiv.models import Evidence
from arkiv.paper.document import Document
from moderation import audit
from moderation.actions import intervene
from moderation.actions.seen import Seen
from moderation.models import Attachment, AuditEntry, Intervention, Item
from moderation.models.order import carry_out
from moderation.policy.terms import (
    Category,
    Event,
    Ground,
    InterventionKind,
    OrderState,
    Reason,
    StepKind,
    StepState,
)
from moderation.store import Store
from tests import make

pytestmark = pytest.mark.django_db

SECRET_WORDS = "Pelle i 3B har diabetes."


class Stop(Store):
    """A store that does something else at the very moment a finished file is handed to it."""

    def __init__(self, root, meanwhile):
        super().__init__(root)
        self.meanwhile = meanwhile

    def put(self, content):
        digest = super().put(content)
        self.meanwhile(digest)
        return digest


def make_due(store, at=make.NOW):
    return carry_out(Evidence.objects.all(), partial(evidence.make, store, lambda: at), lambda: at)


def removal(item, ground=Ground.SEKRETESS, at=make.NOW):
    item = Item.objects.get(pk=item.pk)
    wish = {"kind": InterventionKind.REMOVE, "ground": ground, "by": make.user(), "now": at}
    return intervene.order(item=item, seen=Seen.of(item), **wish)


def step(item, kind):
    return Item.objects.get(pk=item.pk).current_classification.steps.get(kind=kind)


@pytest.fixture
def secret():
    item = make.item(SECRET_WORDS)
    make.classification(item, Category.SEKRETESS)
    return item


@pytest.fixture
def threat():
    item = make.item("Jag vet var du bor.")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    return item


@pytest.fixture(scope="module")
def text_of():
    def read(pdf):
        document = pypdfium2.PdfDocument(pdf)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    return read


# --- What lacks one ---------------------------------------------------------------------------------------------


def test_what_must_be_saved_gets_a_sheet_and_what_must_not_gets_none(secret, threat):
    make.classification(make.item(), Category.DIARIEFORS, Reason.KLAGOMAL)
    make.classification(make.item())
    make.item()
    assert evidence.order_missing(make.NOW) == 2
    assert {row.item for row in Evidence.objects.all()} == {secret, threat}


def test_two_sweeps_at_once_make_one(secret):
    """The second sweep began before the first had written anything."""
    first, second = list(evidence._uncovered_judgements()), list(evidence._uncovered_judgements())
    assert first == second
    assert evidence.order(secret, first[0].version_id, first[0], make.NOW)
    assert not evidence.order(secret, second[0].version_id, second[0], make.NOW)
    assert evidence.order_missing(make.NOW) == 0
    assert secret.evidence.count() == 1
    assert AuditEntry.objects.about(secret).filter(event=Event.EVIDENCE_ORDERED).count() == 1


def test_a_sheet_waits_for_the_pictures_that_belong_on_it(secret):
    photo = make.attachment(secret)
    assert evidence.order_missing(make.NOW) == 0
    Attachment.objects.filter(pk=photo.pk).update(state=OrderState.FAILED)
    assert evidence.order_missing(make.NOW) == 1


def test_what_nobody_may_possess_never_gets_a_sheet(store):
    item = make.item()
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    removal(item, Ground.BROTT)
    assert evidence.order_missing(make.NOW) == 0
    evidence.vouch(store, make.NOW)
    assert Intervention.objects.unsafe().exists()


def test_a_removal_gets_a_sheet_where_the_judgement_asks_for_none():
    advertisement = make.item("Köp billiga solglasögon!")
    make.classification(advertisement)
    assert evidence.order_missing(make.NOW) == 0
    ordered = removal(advertisement, Ground.REKLAM)
    assert evidence.order_missing(make.NOW) == 1
    assert advertisement.evidence.get().version == ordered.version


def test_hiding_needs_no_sheet():
    item = make.item("Köp billiga solglasögon!")
    make.classification(item)
    item = Item.objects.get(pk=item.pk)
    wish = {"kind": InterventionKind.HIDE, "ground": Ground.REKLAM, "by": make.user(), "now": make.NOW}
    intervene.order(item=item, seen=Seen.of(item), **wish)
    assert evidence.order_missing(make.NOW) == 0


def test_where_the_gap_is_accepted_what_there_is_is_kept_without_waiting():
    item = make.item("Köp billiga solglasögon!")
    make.classification(item)
    make.attachment(item)
    ordered = removal(item, Ground.REKLAM)
    assert evidence.order_missing(make.NOW) == 0
    later = make.NOW + timedelta(minutes=1)
    intervene.accept_gap(intervention=ordered, gap="Bilden går inte att hämta.", by=make.user(), now=later)
    assert evidence.order_missing(later) == 1


def test_what_failed_is_begun_anew_after_an_hour_and_not_before(secret):
    evidence.order_missing(make.NOW)
    Evidence.objects.update(state=OrderState.FAILED, done_at=make.NOW, attempts=8)
    assert evidence.order_missing(make.NOW + timedelta(minutes=59)) == 0
    assert evidence.order_missing(make.NOW + timedelta(minutes=61)) == 1
    again = Evidence.objects.get()
    assert (again.state, again.attempts, again.last_error) == (OrderState.ORDERED, 0, "")


# --- Making one -------------------------------------------------------------------------------------------------


def test_a_made_sheet_has_a_pdf_pictures_its_document_and_an_entry_in_the_chain(secret, store, text_of):
    evidence.order_missing(make.NOW)
    assert make_due(store) == 1
    made = secret.evidence.get()
    assert (made.state, made.captured_at, made.version) == (OrderState.DONE, make.NOW, secret.latest_version)
    assert Document.from_json(made.document).digest == made.document_sha256
    pdf = store.read(made.pdf_sha256)
    assert pdf.startswith(b"%PDF-1.7")
    assert SECRET_WORDS in text_of(pdf)
    assert "det som bladet är bevis för" in text_of(pdf)
    assert made.pictured == made.pages == made.pictures.count()
    with Image.open(io.BytesIO(store.read(made.pictures.first().sha256))) as picture:
        # A4 at 144 dots an inch.
        assert (picture.format, picture.size) == ("PNG", (1191, 1684))
        assert len(picture.getcolors(2**16)) > 50
    told = AuditEntry.objects.about(secret).get(event=Event.EVIDENCE_MADE).known_facts
    assert (told["pdf_sha256"], told["evidence"]) == (made.pdf_sha256, made.pk)


def test_the_step_is_ticked_and_the_removal_hears_of_it(secret, store):
    ordered = removal(secret)
    evidence.order_missing(make.NOW)
    assert step(secret, StepKind.SKARMDUMP).is_open
    make_due(store)
    assert step(secret, StepKind.SKARMDUMP).state == StepState.DONE
    ordered.refresh_from_db()
    assert (ordered.preserved_at, ordered.evidence_sha256) == (make.NOW, secret.evidence.get().pdf_sha256)


def test_a_sheet_made_for_the_judgement_serves_a_later_removal_at_once(secret, store):
    evidence.order_missing(make.NOW)
    make_due(store)
    ordered = removal(secret, at=make.NOW + timedelta(hours=1))
    assert evidence.order_missing(make.NOW + timedelta(hours=1)) == 0
    assert evidence.vouch(store, make.NOW + timedelta(hours=1)) == 1
    ordered.refresh_from_db()
    assert ordered.evidence_sha256 == secret.evidence.get().pdf_sha256


def test_a_harmed_sheet_serves_nobody_and_is_made_anew(secret, store):
    evidence.order_missing(make.NOW)
    make_due(store)
    harm(store, secret.evidence.get().pictures.first().sha256)
    ordered = removal(secret)
    assert evidence.vouch(store, make.NOW) == 0
    ordered.refresh_from_db()
    assert ordered.preserved_at is None
    make_due(store, make.NOW + timedelta(minutes=1))
    ordered.refresh_from_db()
    assert ordered.evidence_sha256 == secret.evidence.first().pdf_sha256


def harm(store, digest):
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"falsk")


def test_nothing_is_told_before_both_files_have_been_read_anew(secret, store):
    """A disk that takes the picture and gives something else back."""
    ordered = removal(secret)
    evidence.order_missing(make.NOW)
    broken = Stop(store.root, lambda digest: None)
    broken.meanwhile = lambda digest: store.read(digest).startswith(b"\x89PNG") and harm(store, digest)
    assert make_due(broken) == 0
    made = secret.evidence.get()
    assert (made.state, made.last_error) == (OrderState.ORDERED, "Bevisbladet kunde inte sparas i lagret.")
    assert step(secret, StepKind.SKARMDUMP).is_open
    ordered.refresh_from_db()
    assert ordered.preserved_at is None
    assert list(store.digests()) == []


def test_a_store_that_cannot_be_written_postpones_and_says_so(secret, store):
    evidence.order_missing(make.NOW)
    store.root.write_text("en fil i vägen")
    make_due(store)
    assert secret.evidence.get().last_error == "Bevisbladet kunde inte sparas i lagret."
    assert step(secret, StepKind.SKARMDUMP).is_open


def test_what_is_judged_anew_while_it_is_drawn_is_drawn_anew(threat, store):
    evidence.order_missing(make.NOW)

    def judge_once(digest):
        if threat.classifications.count() == 1:
            make.classification(threat, Category.BROTTSLIGT, Reason.HETS)

    assert make_due(Stop(store.root, judge_once)) == 0
    assert "ny bedömning" in threat.evidence.get().last_error
    assert list(store.digests()) == []
    assert make_due(store, make.NOW + timedelta(seconds=1)) == 1
    assert threat.evidence.get().classification.reason == Reason.HETS
    assert step(threat, StepKind.SPARA).state == StepState.DONE
    assert list(verify._files(store)) == []


def test_what_turns_out_to_be_forbidden_while_it_is_drawn_leaves_nothing(threat, store):
    evidence.order_missing(make.NOW)

    def judge_once(digest):
        if threat.classifications.count() == 1:
            make.classification(threat, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)

    assert make_due(Stop(store.root, judge_once)) == 0
    assert threat.evidence.get().state == OrderState.FAILED
    assert list(store.digests()) == []


def test_a_later_edit_needs_a_new_sheet_before_it_is_removed(secret, store):
    evidence.order_missing(make.NOW)
    make_due(store)
    later = make.NOW + timedelta(hours=1)
    edited = make.version(secret, "Pelle mår bra.", at=later)
    make.classification(Item.objects.get(pk=secret.pk), Category.SEKRETESS, at=later)
    assert evidence.order_missing(later) == 1
    assert step(secret, StepKind.SKARMDUMP).is_open
    make_due(store, later)
    newest = secret.evidence.first()
    assert newest.version == edited
    assert "version 2 av 2" in newest.document
    assert step(secret, StepKind.SKARMDUMP).state == StepState.DONE


def test_an_attachment_that_comes_afterwards_needs_a_new_sheet(secret, store):
    evidence.order_missing(make.NOW)
    photo = make.attachment(secret)
    make_due(store)
    assert step(secret, StepKind.SKARMDUMP).is_open
    later = make.NOW + timedelta(minutes=1)
    assert evidence.order_missing(later) == 0
    Attachment.objects.filter(pk=photo.pk).update(state=OrderState.FAILED, last_error="Borta.", done_at=later)
    assert evidence.order_missing(later) == 1
    make_due(store, later)
    assert "Borta." in secret.evidence.first().document
    assert step(secret, StepKind.SKARMDUMP).state == StepState.DONE


def test_after_it_all_chain_and_files_agree_and_each_harm_is_named(secret, store):
    """The rows here were made without the chain's first entries, so only what is the sheet's own is asked."""
    evidence.order_missing(make.NOW)
    make_due(store)
    assert [*audit.verify(), *verify._evidence(), *verify._files(store)] == []
    made = secret.evidence.get()
    for digest in (made.pdf_sha256, made.pictures.last().sha256):
        harm(store, digest)
        assert any(digest in fault and "ändrats" in fault for fault in verify.faults(store))
    Evidence.objects.update(document=made.document.replace("diabetes", "hosta"))
    assert f"{made}: det frysta dokumentet har ändrats." in list(verify.faults(store))
    Evidence.objects.update(pdf_sha256="f" * 64)
    assert f"{made}: filerna är inte de som gjordes." in list(verify.faults(store))
