"""What hangs on posts and comments."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from moderation.graph.simulator import World
from moderation.graph.simulator.files import filmed
from moderation.graph.simulator.pictures import drawn
from moderation.graph.simulator.samples import ATTACHMENTS
from tests.moderation.graph.simulator.conftest import NOON, Clock, Door

PARTS = "media_type,type,title,description,url,unshimmed_url,target{id,url},media{image{src,width,height},source}"
OF_A_POST = f"attachments{{{PARTS},subattachments.limit(100){{{PARTS}}}}}"
OF_A_COMMENT = f"attachment{{{PARTS}}}"


def fetched(link: str) -> requests.Response:
    return requests.get(link, timeout=5)


@pytest.mark.parametrize("kind", ATTACHMENTS)
def test_every_sample_hangs_on_posts_and_comments(door: Door, world: World, kind: str) -> None:
    post = world.add_post("Se", NOON, attachment=kind)
    comment = world.add_comment(post, "Se", NOON, attachment=kind)
    [on_post] = door.json(post, fields=OF_A_POST)["attachments"]["data"]
    on_comment = door.json(comment, fields=OF_A_COMMENT)["attachment"]
    assert on_post["type"] == on_comment["type"] == ATTACHMENTS[kind]["type"]
    files = on_comment.get("media", {})
    if "image" in files:
        assert fetched(files["image"]["src"]).headers["Content-Type"].startswith("image/")
    if "source" in files:
        assert fetched(files["source"]).headers["Content-Type"] == "video/mp4"


def test_a_film_has_its_file_and_its_still(door: Door, world: World, post: str, clock: Clock) -> None:
    filmed_post = world.add_post("Film", NOON, film="bron", pictures=["lake"])
    comment = world.add_comment(post, "Film", NOON, film="ån")
    answer = door.json(filmed_post, fields=f"{OF_A_POST},status_type,full_picture")
    [attached] = answer["attachments"]["data"]
    assert (answer["status_type"], attached["media_type"], attached["type"]) == (
        "added_video",
        "video",
        "video_autoplay",
    )
    content = fetched(attached["media"]["source"]).content
    assert content == filmed("bron").content
    assert content[4:8] == b"ftyp"
    assert fetched(answer["full_picture"]).content == drawn("lake").content
    on_comment = door.json(comment, fields="attachment{media{source}}")["attachment"]["media"]
    assert fetched(on_comment["source"]).content == filmed("ån").content
    clock.pass_by(days=4, hours=1)
    assert fetched(on_comment["source"]).status_code == 403
    clock.pass_by(days=-5)
    assert fetched(on_comment["source"]).status_code == 200


def test_a_shared_link_comes_through_the_redirector(door: Door, world: World) -> None:
    post = world.add_post("Läs", NOON, attachment="share")
    answer = door.json(post, fields=f"{OF_A_POST},status_type")
    [attached] = answer["attachments"]["data"]
    assert answer["status_type"] == "shared_story"
    assert attached["unshimmed_url"].startswith("https://www.example.org/")
    assert parse_qs(urlsplit(attached["url"]).query)["u"] == [attached["unshimmed_url"]]


def test_an_attachment_of_a_tests_own_is_sent_as_it_is_with_its_files_signed(door: Door, world: World, post: str):
    own = {"type": "ny", "media": {"image": {"src": "picture:map"}}, "djup": [{"fil": "film:x"}, 3, None]}
    comment = world.add_comment(post, "?", NOON, attachment=own)
    answer = door.json(comment, fields="attachment")["attachment"]
    assert answer["type"] == "ny"
    assert answer["djup"][1:] == [3, None]
    assert fetched(answer["media"]["image"]["src"]).content == drawn("map").content
    assert fetched(answer["djup"][0]["fil"]).content == filmed("x").content


def test_a_large_album_comes_in_pages(door: Door, world: World) -> None:
    album = world.add_post("Trettio", NOON, pictures=["lake"] * 30)
    fields = "attachments{type,subattachments.limit(12){target{id},type}}"
    [first] = door.json(album, fields=fields)["attachments"]["data"]
    second = door.follow(first["subattachments"]["paging"]["next"])
    third = door.follow(second["paging"]["next"])
    rows = first["subattachments"]["data"] + second["data"] + third["data"]
    assert "paging" not in third
    assert all(set(row) == {"target", "type"} for row in rows)
    assert len({row["target"]["id"] for row in rows}) == len(rows) == 30
    [whole] = door.json(album, fields=OF_A_POST)["attachments"]["data"]
    assert len(whole["subattachments"]["data"]) == 30
    [unlimited] = door.json(album, fields="attachments{subattachments{type}}")["attachments"]["data"]
    assert len(unlimited["subattachments"]["data"]) == 25


def test_a_small_album_has_no_paging_as_recorded(door: Door, world: World, recordings: Path) -> None:
    recorded = json.loads((recordings / "attachments_album_subattachments.json").read_text("utf-8"))
    album = world.add_post("Två", NOON, pictures=["lake", "map"])
    [attached] = door.json(album, fields="attachments")["attachments"]["data"]
    assert set(attached["subattachments"]) == set(recorded["attachments"]["data"][0]["subattachments"]) == {"data"}


def test_attachments_are_a_list_of_their_own_too(door: Door, world: World, post: str) -> None:
    pictured = world.add_post("bild", NOON, pictures=["lake"])
    assert door.json(f"{pictured}/attachments", fields="type")["data"] == [{"type": "photo"}]
    assert door.json(f"{post}/attachments") == {"data": []}
    assert door.json(f"{post}/subattachments") == {"data": []}
    assert door.error(f"{pictured}/attachments", fields="nonsens")["code"] == 100


def test_another_process_can_hang_something_up(door: Door, post: str) -> None:
    comment = door.order("add_comment", post_id=post, text="", attachment="event").json()["id"]
    assert door.json(comment, fields=OF_A_COMMENT)["attachment"]["title"] == "Marknad"
    assert door.order("add_comment", post_id=post, text="", attachment="finnsinte").status_code == 400
