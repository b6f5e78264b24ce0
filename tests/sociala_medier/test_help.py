"""The handbook is shown under Hjälp, with its contents, anchors and pictures."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from pytest_django.asserts import assertContains

from sociala_medier import handbook
from tests import make

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """What a page names, what it points at within itself, and its pictures."""

    def __init__(self, html: str):
        super().__init__()
        self.names: list[str] = []
        self.targets: list[str] = []
        self.pictures: list[dict] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        told = dict(attributes)
        self.names += [told["id"]] if "id" in told else []
        self.targets += [told["href"][1:]] if tag == "a" and told.get("href", "").startswith("#") else []
        self.pictures += [told] if tag == "img" else []


@pytest.fixture
def page(client) -> str:
    client.force_login(make.user())
    response = client.get("/hjalp/")
    assertContains(response, "<h1>Handbok</h1>")
    return response.content.decode()


def test_every_link_within_the_handbook_leads_somewhere_and_no_name_comes_twice(page):
    read = Reader(page)
    assert len(read.targets) > 5
    assert set(read.targets) <= set(read.names)
    assert len(set(read.names)) == len(read.names)


def test_every_picture_is_there_and_described(page):
    pictures = [one for one in Reader(page).pictures if "handbok" in one["src"]]
    assert pictures
    for picture in pictures:
        assert finders.find(picture["src"].removeprefix("/static/")), picture["src"]
        assert picture["alt"]


def test_tables_and_lists_are_drawn_and_no_markdown_shines_through(page):
    assert "<table>" in page
    article = re.sub(r"<(code|pre)>.*?</\1>", "", page.partition("<article")[2], flags=re.DOTALL)
    assert not re.search(r"\*\*|^#+ |\]\(", article, flags=re.MULTILINE)


def test_a_handbook_that_is_missing_is_said_in_a_sentence(client, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    client.force_login(make.user())
    assertContains(client.get("/hjalp/"), "Handboken följde inte med", status_code=404)


def test_a_changed_handbook_is_read_anew(tmp_path):
    path = tmp_path / "handbok.md"
    path.write_text("# Handbok\n\n## Åtgärder\n\nGör så här.\n")
    first = handbook.read(path, 1)
    path.write_text("# Handbok\n\n## Nytt\n")
    assert [chapter["id"] for chapter in first.contents] == ["atgarder"]
    assert [chapter["id"] for chapter in handbook.read(path, 2).contents] == ["nytt"]
