import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from moderation.policy.terms import Role
from sociala_medier.middleware import PackedPagesMiddleware
from tests import make

HTMX = "/static/django_htmx/htmx-2.min.js"
PACKED = {"accept-encoding": "gzip, deflate, br"}
LINKED = re.compile(r'(?:href|src)="(/static/[^"#]+)')
# What a page may weigh, and of that its scripts, in bytes on the wire.
PAGE, SCRIPTS = 60_000, 40_000


def _sent(client: Client, address: str) -> bytes:
    answer = client.get(address, headers=PACKED)
    assert answer.status_code == 200
    return b"".join(answer)


def test_a_script_travels_packed_to_whoever_takes_it_so(client):
    answer = client.get(HTMX, headers=PACKED)
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    whole = Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()
    assert gzip.decompress(b"".join(answer)) == whole
    assert int(answer["Content-Length"]) < len(whole) / 2


def test_a_script_travels_as_it_is_to_whoever_does_not_take_it_packed(client):
    answer = client.get(HTMX)
    assert "Content-Encoding" not in answer
    assert b"".join(answer) == Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()


def test_what_was_packed_is_not_packed_anew_by_another_process(client):
    _sent(client, HTMX)
    before = {each: each.stat().st_mtime_ns for each in settings.PACKED_DIR.iterdir()}
    _sent(Client(), HTMX)
    assert {each: each.stat().st_mtime_ns for each in settings.PACKED_DIR.iterdir()} == before


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["queue", "item", "search"])
def test_a_page_and_its_scripts_weigh_little(client, page):
    client.force_login(make.user(role=Role.WEBBREDAKTOR))
    thread = make.thread()
    items = [
        make.item(f"Vägen till skolan är oframkomlig, {number} dagar nu! " * 3, thread=thread) for number in range(60)
    ]
    address = {"queue": "/ko/", "item": f"/handling/{items[0].pk}/", "search": "/sok/?q=skolan"}[page]
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    html = gzip.decompress(packed.content)
    linked = set(LINKED.findall(html.decode()))
    sizes = {each: len(_sent(client, each)) for each in linked}
    scripts = sum(size for each, size in sizes.items() if each.endswith(".js"))
    assert HTMX in linked
    assert scripts < SCRIPTS
    assert len(packed.content) + sum(sizes.values()) < PAGE


@pytest.mark.parametrize(("kind", "asked", "packed"), [
    ("text/html; charset=utf-8", "gzip, br", True),
    ("text/html; charset=utf-8", "", False),
    ("application/pdf", "gzip, br", False),
])  # fmt: skip
def test_only_pages_are_packed_and_only_for_those_who_ask(rf, kind, asked, packed):
    answer = PackedPagesMiddleware(lambda request: HttpResponse("å" * 5_000, content_type=kind))
    response = answer(rf.get("/", headers={"Accept-Encoding": asked}))
    assert response.has_header("Content-Encoding") == packed
    assert (len(response.content) < 1_000) == packed
