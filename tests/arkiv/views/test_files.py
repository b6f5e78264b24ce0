"""The file of a printout is opened, downloaded, and refused."""

import hashlib
import logging

import pytest
from pytest_django.asserts import assertContains

from moderation.policy.terms import Category, Kind, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def printout(printed):
    make.item()
    return printed(make.printout())


def test_the_file_is_shown_in_the_browser_to_the_last_byte(client, cecilia, printout):
    response = client.get(f"/utskrifter/{printout.pk}/fil/")
    content = response.getvalue()
    assert hashlib.sha256(content).hexdigest() == printout.pdf_sha256
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"


def test_the_file_is_downloaded_under_a_name_that_says_what_it_is(client, cecilia, printout):
    response = client.get(f"/utskrifter/{printout.pk}/fil/?ladda-ner")
    name = f'attachment; filename="utskrift-{printout.pk}-2026-11-01--2026-11-30.pdf"'
    assert response.headers["Content-Disposition"] == name
    assert response.getvalue()


def test_a_printout_that_is_not_done_has_no_file(client, cecilia):
    waiting = make.printout()
    assertContains(client.get(f"/utskrifter/{waiting.pk}/fil/"), "den är inte klar", status_code=404)


def test_a_file_gone_from_the_store_is_said_in_a_sentence_and_logged(client, cecilia, printout, files, caplog):
    files.remove(printout.pdf_sha256)
    with caplog.at_level(logging.ERROR):
        response = client.get(f"/utskrifter/{printout.pk}/fil/")
    assertContains(response, "Utskriftens fil saknas i lagret.", status_code=404)
    assert f"printout {printout.pk}" in caplog.text


def test_a_paper_with_what_was_later_judged_as_forbidden_is_not_shown(client, cecilia, printed):
    item = make.item()
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    printout = printed(make.printout(item))
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    assertContains(client.get(f"/utskrifter/{printout.pk}/fil/"), "enligt lag inte får visas", status_code=403)
    page = client.get(f"/utskrifter/{printout.pk}/")
    assertContains(page, "BrB 16:10 a")
    assert f"/utskrifter/{printout.pk}/fil/" not in page.content.decode()


def test_nor_is_a_paper_that_has_it_only_as_context(client, cecilia, printed):
    post = make.item("Inlägget", kind=Kind.POST)
    comment = make.item("Kommentaren", thread=post.thread, parent=post)
    make.classification(comment, Category.DIARIEFORS, Reason.KLAGOMAL)
    printout = printed(make.printout(comment))
    make.classification(post, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    assert client.get(f"/utskrifter/{printout.pk}/fil/").status_code == 403


def test_the_file_of_a_period_is_only_for_those_who_may_read_periods(client, printout):
    client.force_login(make.agda())
    assert client.get(f"/utskrifter/{printout.pk}/fil/").status_code == 404
    assert printout.state == OrderState.DONE


def test_the_document_behind_the_paper_is_the_very_text_whose_digest_stands_on_it(client, cecilia, printout):
    page = client.get(f"/utskrifter/{printout.pk}/")
    assertContains(page, f"/utskrifter/{printout.pk}/innehall.json")
    response = client.get(f"/utskrifter/{printout.pk}/innehall.json")
    assert hashlib.sha256(response.content).hexdigest() == printout.document_sha256
    assert response.headers["Content-Disposition"].endswith('.json"')
    assert response.json()["kommun"] == "Ljusnarsbergs kommun"
