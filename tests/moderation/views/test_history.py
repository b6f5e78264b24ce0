"""The page where an administrator hands the page's own export in."""

import hashlib
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation import store
from moderation.models import AuditEntry, HistoryImport, Item, Page
from moderation.models.order import carry_out
from moderation.policy.terms import Event, OrderState, Role
from moderation.sync import history
from tests import export_zip, make

pytestmark = pytest.mark.django_db

READ_IN = "/historik/las-in/"


@pytest.fixture(autouse=True)
def inbox(settings, tmp_path):
    settings.FACEBOOK_PAGE_ID = make.page().graph_id
    settings.STORE_DIR = tmp_path / "arkiv"
    settings.INBOX_DIR = tmp_path / "inkommet"
    return settings.INBOX_DIR


@pytest.fixture
def david(client):
    david = make.david()
    client.force_login(david)
    return david


@pytest.fixture
def export(tmp_path):
    return export_zip.build(tmp_path / "a.zip", posts=[export_zip.post("Åkes räksmörgås 🦐 på ön", 1_700_000_000)])


def sent(content, name="sidan.zip"):
    return {"file": SimpleUploadedFile(name, content)}


def read():
    work = partial(history.read, Page.objects.get(), store.files(), timezone.now)
    carry_out(HistoryImport.objects.all(), work, timezone.now)


def test_a_file_is_kept_on_disk_read_in_and_removed(client, david, export, inbox):
    answer = client.post(READ_IN, sent(export.read_bytes()), follow=True)
    assertRedirects(answer, "/historik/")
    assertContains(answer, "Filen är mottagen och läses in.")
    ordered = HistoryImport.objects.get()
    assert (ordered.file_name, ordered.size, ordered.ordered_by) == ("sidan.zip", export.stat().st_size, david)
    assert ordered.sha256 == hashlib.sha256(export.read_bytes()).hexdigest()
    assert Path(ordered.path).read_bytes() == export.read_bytes()
    assert [path.name for path in inbox.iterdir()] == [f"{ordered.sha256}.zip"]
    assert AuditEntry.objects.about(ordered).get(event=Event.HISTORY_ORDERED).actor == david
    read()
    assert list(inbox.iterdir()) == []
    assertContains(client.get("/historik/"), "1 post: 1 nya, 0 fanns redan.")


def test_the_text_reaches_the_screen_as_it_was_written(client, export, david):
    client.post(READ_IN, sent(export.read_bytes()))
    read()
    client.force_login(make.user("agda", Role.WEBBREDAKTOR))
    assertContains(client.get(Item.objects.get().get_absolute_url()), "Åkes räksmörgås 🦐 på ön")


def test_the_same_file_is_taken_once_and_the_one_under_way_is_not_touched(client, david, export, inbox):
    client.post(READ_IN, sent(export.read_bytes()))
    [kept] = inbox.iterdir()
    before = kept.stat()
    assertContains(client.post(READ_IN, sent(export.read_bytes())), "Precis den filen läses redan in.", status_code=400)
    assert [path.stat().st_ino for path in inbox.iterdir()] == [before.st_ino]
    read()
    again = client.post(READ_IN, sent(export.read_bytes(), "annat namn.zip"))
    assertContains(again, "Precis den filen är redan inläst.", status_code=400)
    assert list(inbox.iterdir()) == []


def test_a_file_that_is_too_large_never_reaches_the_disk(client, david, settings, inbox):
    settings.HISTORIK_MEGABYTE = 1
    answer = client.post(READ_IN, sent(b"x" * (2 << 20)))
    assertContains(answer, "Filen är större än 1 MB.", status_code=400)
    assert not inbox.exists()
    assert not HistoryImport.objects.exists()


def test_nothing_chosen_is_said_so(client, david):
    assertContains(client.post(READ_IN, {}), "Välj en fil.", status_code=400)


def test_a_disk_that_takes_nothing_is_said_so(client, david, inbox):
    inbox.write_bytes(b"a file where the folder should be")
    assertContains(client.post(READ_IN, sent(b"PK")), "Filen fick inte plats", status_code=400)


def test_nobody_else_gets_a_byte_onto_the_disk_anywhere(client, inbox):
    for person in (None, make.cecilia()):
        if person:
            client.force_login(person)
        for address in (READ_IN, "/logga-in/", "/roller/person/"):
            client.post(address, sent(b"x" * 5000))
    assert not inbox.exists()


def test_what_is_sent_to_another_form_does_not_stay(client, david, inbox):
    client.post("/roller/verksamhet/", {"namn": "Kultur"} | sent(b"x" * 5000))
    assert list(inbox.iterdir()) == []


def test_what_is_no_zip_is_told_on_the_page_and_can_be_sent_anew(client, david, inbox):
    client.post(READ_IN, sent(b"inget"))
    read()
    answer = client.get("/historik/")
    assertContains(answer, "Filen går inte att läsa som ZIP")
    assertNotContains(answer, "Försök igen")
    assert list(inbox.iterdir()) == []
    assert client.post(READ_IN, sent(b"inget")).status_code == 302


def test_an_order_is_called_off_and_taken_up_again(client, david, export):
    client.post(READ_IN, sent(export.read_bytes()))
    ordered = HistoryImport.objects.get()
    answer = client.post(f"/historik/{ordered.pk}/avbryt/", follow=True)
    assertContains(answer, "Inläsningen är avbruten.")
    read()
    assert not Item.objects.exists()
    answer = client.post(f"/historik/{ordered.pk}/forsok-igen/", follow=True)
    assertContains(answer, "Inläsningen fortsätter där den slutade.")
    read()
    assert Item.objects.count() == 1
    events = AuditEntry.objects.about(ordered).values_list("event", flat=True)
    assert list(events) == ["history_ordered", "history_cancelled", "history_retried", "history_read"]


def test_what_is_over_is_neither_called_off_nor_tried_again(client, david, export):
    client.post(READ_IN, sent(export.read_bytes()))
    read()
    ordered = HistoryImport.objects.get()
    assertContains(client.post(f"/historik/{ordered.pk}/avbryt/", follow=True), "redan avslutad")
    assertContains(client.post(f"/historik/{ordered.pk}/forsok-igen/", follow=True), "Filen finns inte kvar")
    lost = make.history_import(state=OrderState.WORKING, path=__file__)
    assertContains(client.post(f"/historik/{lost.pk}/forsok-igen/", follow=True), "läses redan in")


def test_a_hostile_file_name_is_only_a_name(client, david):
    client.post(READ_IN, sent(b"PK", "../../<script>alert(1)</script>\u202e.zip"))
    answer = client.get("/historik/")
    assertNotContains(answer, "<script>alert")
    assert HistoryImport.objects.get().path.startswith("/")
    assert "script" not in HistoryImport.objects.get().path


def test_a_page_that_asks_is_answered_only_when_something_moved(client, david):
    moving = make.history_import(state=OrderState.WORKING, total=200, handled=100)
    page = client.get("/historik/")
    assertContains(page, 'data-hx-trigger="every 2s"')
    assertContains(page, "50 %")
    ask = partial(client.get, f"/historik/?ror={moving.pk}.working.100", headers={"HX-Request": "true"})
    assert ask().status_code == 204
    HistoryImport.objects.update(handled=150)
    assertContains(ask(), "75 %")
    HistoryImport.objects.update(state=OrderState.DONE, done_at=make.NOW, remarks="Filen x är överhoppad.")
    ended = ask()
    assertContains(ended, "Inläsningen av sidan.zip är klar.")
    assertContains(ended, "Anmärkningar (1)")
    assertNotContains(ended, "data-hx-trigger")
