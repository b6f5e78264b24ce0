"""Attachments come out only to those who may see them, and never as anything a browser would run."""

import pytest

from moderation import store
from moderation.policy.terms import Category, OrderState, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n picture"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.STORE_DIR = tmp_path


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def kept(mime: str, content: bytes = PICTURE, item=None):
    digest = store.files().put(content)
    return make.attachment(
        item or make.item(), sha256=digest, mime=mime, size=len(content), state=OrderState.DONE, done_at=make.NOW
    )


def test_a_picture_is_shown_in_the_page(client, agda):
    attachment = kept("image/png")
    response = client.get(f"/bilaga/{attachment.pk}/")
    assert b"".join(response.streaming_content) == PICTURE
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert f'<img src="/bilaga/{attachment.pk}/"' in client.get(attachment.item.get_absolute_url()).content.decode()


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/pdf", "video/mp4", ""])
def test_everything_else_is_handed_over_as_a_file(client, agda, mime):
    attachment = kept(mime, b"<script>alert(1)</script>")
    response = client.get(f"/bilaga/{attachment.pk}/")
    assert b"".join(response.streaming_content)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    page = client.get(attachment.item.get_absolute_url()).content.decode()
    assert '<img src="/bilaga/' not in page
    assert "Ladda ner bilagan" in page


def test_what_is_not_fetched_yet_says_so_and_is_not_there(client, agda):
    attachment = make.attachment(make.item())
    assert client.get(f"/bilaga/{attachment.pk}/").status_code == 404
    assert "Bilagan är inte hämtad än." in client.get(attachment.item.get_absolute_url()).content.decode()


def test_what_nobody_may_keep_is_not_given_out(client, agda):
    attachment = kept("image/png")
    make.classification(attachment.item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    assert client.get(f"/bilaga/{attachment.pk}/").status_code == 404


def test_another_verksamhets_picture_does_not_exist(client):
    client.force_login(make.bertil())
    attachment = kept("image/png", item=make.item(thread=make.thread(make.verksamhet(make.BARN))))
    assert client.get(f"/bilaga/{attachment.pk}/").status_code == 404


def test_a_file_that_is_lost_is_told_kindly(client, agda):
    attachment = make.attachment(make.item(), sha256="a" * 64, mime="image/png", state=OrderState.DONE)
    response = client.get(f"/bilaga/{attachment.pk}/")
    assert response.status_code == 404
    assert "Bilagans fil saknas i lagret." in response.content.decode()
