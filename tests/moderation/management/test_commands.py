import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from moderation import access
from moderation.graph import scenario
from moderation.graph.simulator import serve
from moderation.models import Item, User
from moderation.policy.terms import Category, Reason, Right
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_page(settings):
    """The demo's whole fortnight, behind HTTP, with the product's own settings pointing at it."""
    world = scenario.build(make.NOW, lambda: make.NOW + timedelta(hours=1))
    server = serve(world)
    settings.GRAPH_URL, settings.FACEBOOK_PAGE_TOKEN = server.url, scenario.TOKEN
    settings.FACEBOOK_PAGE_ID = world.page_id
    yield world
    server.close()


def run(name, *args, **options):
    out = io.StringIO()
    call_command(name, *args, stdout=out, stderr=out, **options)
    return out.getvalue()


def exported():
    return [json.loads(line) for line in run("export_items").splitlines()]


def test_sync_takes_in_the_whole_page_and_a_second_one_nothing(demo_page):
    first = run("sync")
    told = exported()
    assert f"{Item.objects.count()} nya" in first
    assert ", 0 nya, 0 ändrade, 0 gick inte att spara, 0 bilagor" in run("sync")
    assert exported() == told
    assert len({row["graph_id"] for row in told}) == len(told)


def test_every_stored_thing_verifies_until_somebody_touches_it(demo_page):
    run("sync")
    assert run("verify").startswith("Allt stämmer.")
    item = Item.objects.exclude(text="").first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE moderation_itemversion SET text = 'ändrad', raw = '{}' WHERE item_id = %s", [item.pk])
    with pytest.raises(SystemExit) as stopped:
        run("verify")
    assert stopped.value.code == 1


def test_a_removed_row_is_missed(demo_page):
    run("sync")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_itemversion WHERE id = (SELECT max(id) FROM moderation_itemversion)")
    with pytest.raises(SystemExit):
        run("verify")


def test_export_has_every_field_and_the_exact_text():
    post = make.item("Nu plogas det.", kind="post")
    item = make.item("Med NUL \x00 och \ud83d", thread=post.thread, parent=post, hidden=True)
    make.version(item, "Rättad", at=make.NOW)
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    row = exported()[1]
    assert list(row) == [
        "graph_id", "kind", "parent_graph_id", "author_name", "author_id", "message", "created_at", "received_at",
        "versions", "hidden", "removed_at", "classification", "reason", "attachments",
    ]  # fmt: skip
    assert (row["kind"], row["parent_graph_id"], row["message"]) == ("comment", post.graph_id, "Rättad")
    assert [version["message"] for version in row["versions"]] == ["Med NUL \x00 och \ud83d", "Rättad"]
    assert row["versions"][0]["sha256"] == item.versions.get(number=1).sha256
    assert (row["hidden"], row["classification"], row["reason"]) == (True, "diariefors", "klagomal")
    assert row["created_at"] == "2026-11-20T12:00:00+00:00"


def test_a_dead_token_is_one_sentence(demo_page, settings):
    settings.FACEBOOK_PAGE_TOKEN = "fel"
    with pytest.raises(CommandError) as told:
        run("sync")
    assert str(told.value).endswith(".")
    assert "fel" not in str(told.value).split()


def test_a_page_that_is_not_named_is_asked_for(settings):
    with pytest.raises(CommandError, match="FACEBOOK_PAGE_ID"):
        run("sync", page="")


def test_the_first_administrator_gets_in_by_the_command_line(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("ett-ganska-langt-losenord\n"))
    assert run("add_person", "david", "--last-name", "Dahl") == "Dahl är tillagd som administratör.\n"
    assert Right.GRANT in access.rights(User.objects.get(username="david"), make.NOW + timedelta(days=3650))


def test_a_weak_password_is_refused_with_djangos_own_sentence(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    with pytest.raises(CommandError, match="12 tecken"):
        run("add_person", "david")
    assert not User.objects.exists()
