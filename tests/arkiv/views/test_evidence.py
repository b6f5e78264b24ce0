"""An evidence sheet is opened by those who may, refused to all others, and each reading of a secret leaves its trace."""

import hashlib
import logging

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from arkiv.actions import evidence
from arkiv.models import Evidence
from moderation.models import AuditEntry
from moderation.policy.terms import Category, Event, Kind, Reason
from tests import make

pytestmark = pytest.mark.django_db

PARTS = ("fil/", "bild/", "innehall.json")


@pytest.fixture
def made(files, clock):
    """made(item): its sheet, carried out, with real files in the store."""

    def carry_out(item):
        evidence.order_missing(clock())
        claimed = Evidence.objects.filter(item=item).claim(clock())
        evidence.make(files, clock, claimed)
        return claimed

    return carry_out


@pytest.fixture
def threat():
    item = make.item("Jag vet var du bor.")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    return item


@pytest.fixture
def secret():
    item = make.item("Pelle i 3B har diabetes.")
    make.classification(item, Category.SEKRETESS)
    return item


def at(sheet, part):
    return f"/utskrifter/bevisblad/{sheet.pk}/{part}"


def readings(item):
    return AuditEntry.objects.about(item).filter(event=Event.SECRET_READ)


def test_the_sheet_is_shown_to_the_last_byte(client, cecilia, made, threat):
    sheet = made(threat)
    response = client.get(at(sheet, "fil/"))
    assert hashlib.sha256(response.getvalue()).hexdigest() == sheet.pdf_sha256
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert not readings(threat).exists()


def test_its_pages_are_shown_as_pictures_the_first_unless_another_is_asked_for(client, cecilia, made):
    item = make.item("Jag vet var du bor.\n" * 60)
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    sheet = made(item)
    for number, query in ((1, ""), (1, "?sida=1"), (2, "?sida=2")):
        response = client.get(at(sheet, "bild/") + query)
        assert response.headers["Content-Type"] == "image/png"
        wanted = sheet.pictures.get(number=number).sha256
        assert hashlib.sha256(response.getvalue()).hexdigest() == wanted
    for odd in ("0", "99", "-1", "x", "9" * 30, "²"):
        assert client.get(at(sheet, "bild/"), {"sida": odd}).status_code == 404


def test_the_file_is_downloaded_under_a_name_that_says_what_it_is(client, cecilia, made, threat):
    sheet = made(threat)
    response = client.get(at(sheet, "fil/?ladda-ner"))
    name = f'attachment; filename="bevisblad-{sheet.pk}-handling-{threat.pk}.pdf"'
    assert response.headers["Content-Disposition"] == name
    assert response.getvalue()


def test_a_secret_is_only_for_those_who_may_read_secrets_and_each_reading_is_told(client, made, secret):
    sheet, rut = made(secret), make.rut()
    client.force_login(rut)
    for part in PARTS:
        response = client.get(at(sheet, part))
        assert response.status_code == 200
        assert response.getvalue()
    told = [(entry.actor, entry.known_facts["what"]) for entry in readings(secret).order_by("seq")]
    assert told == [(rut, "pdf"), (rut, "png 1"), (rut, "json")]


def test_the_archivist_may_see_the_item_and_not_its_sheet_where_it_is_secret(client, cecilia, made, secret):
    sheet = made(secret)
    for part in PARTS:
        assertContains(client.get(at(sheet, part)), "Läsa sekretessbelagda uppgifter", status_code=403)
    assert not readings(secret).exists()


def test_nor_where_something_beside_it_became_secret_afterwards(client, cecilia, made, threat):
    answer = make.item("Hans mamma går hos kuratorn.", kind=Kind.REPLY, thread=threat.thread, parent=threat)
    sheet = made(threat)
    assert client.get(at(sheet, "innehall.json")).status_code == 200
    make.classification(answer, Category.SEKRETESS)
    assert client.get(at(sheet, "innehall.json")).status_code == 403


def test_what_is_forbidden_is_shown_to_nobody_even_before_it_is_purged(client, made, threat):
    sheet = made(threat)
    make.classification(threat, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    client.force_login(make.rut())
    for part in PARTS:
        assertContains(client.get(at(sheet, part)), "enligt lag inte får visas", status_code=403)


def test_another_verksamhets_sheet_is_not_there(client, made):
    item = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    sheet = made(item)
    client.force_login(make.agda())
    assert {client.get(at(sheet, part)).status_code for part in PARTS} == {404}


def test_a_sheet_that_is_not_done_has_no_file(client, cecilia, threat):
    waiting = make.evidence(threat, not_before=timezone.now())
    assertContains(client.get(at(waiting, "fil/")), "inte klart", status_code=404)


def test_a_harmed_file_is_not_handed_out(client, cecilia, made, threat, files, caplog):
    sheet = made(threat)
    files.path(sheet.pdf_sha256).chmod(0o600)
    files.path(sheet.pdf_sha256).write_bytes(b"%PDF falsk")
    with caplog.at_level(logging.ERROR):
        response = client.get(at(sheet, "fil/"))
    assertContains(response, "saknas i lagret eller är skadad", status_code=404)
    assert f"evidence {sheet.pk}" in caplog.text
