"""The bytes: escapes, cursors and shapes, compared with what Facebook itself sent."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from moderation.graph.simulator import PAGE, World
from moderation.graph.simulator.wire import opaque_content, opaque_cursor, position_cursor, position_of
from tests.moderation.graph.simulator.conftest import NOON, Door

TWO_LEVELS = (
    "id,message,created_time,permalink_url,comments.limit(100){id,message,created_time,from{id,name},"
    "comments.limit(100){id,message,created_time,from{id,name}}}"
)


@pytest.fixture
def lively(world: World, post: str) -> str:
    for number in range(3):
        comment = world.add_comment(post, f"Nr {number} @Maja 100 % / <b>å😀", NOON - timedelta(hours=9 - number))
        world.add_comment(post, "Tack!\n\n/ Vera", NOON - timedelta(hours=2), parent=comment, author=PAGE)
    world.add_post("Utan kommentarer", NOON - timedelta(hours=1))
    return post


def shapes(value: Any) -> dict[str, set[frozenset[str]]]:
    """For each list or object that has a name: the sets of keys that occur in it."""
    found: dict[str, set[frozenset[str]]] = {}

    def walk(name: str, part: Any) -> None:
        if isinstance(part, dict):
            found.setdefault(name, set()).add(frozenset(part))
            for key, inner in part.items():
                walk(key, inner)
        elif isinstance(part, list):
            for inner in part:
                walk(name, inner)

    walk("", value)
    return found


def test_json_is_ascii_and_escaped_as_facebook_escapes_it(door: Door, lively: str) -> None:
    body = door.get("me/posts", fields=TWO_LEVELS).content
    assert body.isascii()
    assert rb"\u0040Maja 100 \u0025 \/ \u003Cb>\u00e5\ud83d\ude00" in body
    assert not re.search(rb"[@%<]|(?<!\\)/", body)


def test_no_escape_differs_from_the_recording(door: Door, lively: str, recordings: Path) -> None:
    recorded = (recordings / "raw_v26_posts_two_comment_levels_next.json").read_bytes()
    text = json.loads(recorded)["data"][0]["message"]
    sent = door.get("me/posts", fields=TWO_LEVELS).content
    for escape in (rb"\/", rb"\u0040", rb"\u0025", rb"\u00e5"):
        assert escape in recorded
        assert escape in sent
    assert json.loads(json.dumps(text)) == text
    separators = rb'"data":\[\{"id":"\d+_\d+","message":"'
    assert re.search(separators, recorded)
    assert re.search(separators, sent)


def test_every_text_of_the_recording_comes_out_in_the_same_bytes(
    door: Door, world: World, post: str, recordings: Path
) -> None:
    recorded = (recordings / "raw_v26_posts_two_comment_levels_next.json").read_bytes()
    texts = re.findall(rb'"message":("(?:[^"\\]|\\.)*")', recorded)[:100]
    assert len(texts) == 100
    for text in texts:
        world.add_comment(post, json.loads(text), NOON - timedelta(hours=1))
    query = {"fields": "message", "limit": 100, "filter": "stream", "order": "chronological"}
    sent = door.get(f"{post}/comments", **query).content
    assert re.findall(rb'"message":("(?:[^"\\]|\\.)*")', sent) == texts


def test_a_nested_answer_has_the_shapes_of_the_recording(door: Door, lively: str, recordings: Path) -> None:
    recorded = shapes(json.loads((recordings / "raw_v26_posts_two_comment_levels_next.json").read_bytes()))
    sent = shapes(
        door.json("me/posts", fields=TWO_LEVELS, limit=1) | {"data": door.all_rows("me/posts", fields=TWO_LEVELS)}
    )
    assert sent["data"] <= recorded["data"]
    assert sent["from"] == recorded["from"]
    assert sent["cursors"] == recorded["cursors"]
    assert frozenset({"cursors", "next"}) in sent["paging"] & recorded["paging"]


def test_a_summary_has_the_shape_of_the_recording(door: Door, lively: str, recordings: Path) -> None:
    recorded = shapes(json.loads((recordings / "v26_posts_comments_ranked_summary.json").read_bytes()))
    fields = "id,message,created_time,permalink_url,comments.limit(10).summary(true),reactions.limit(0).summary(true)"
    sent = shapes(door.json("me/posts", fields=fields))
    assert sent["summary"] == recorded["summary"]
    assert sent["comments"] <= recorded["comments"]
    assert sent["reactions"] == recorded["reactions"]


def test_an_attached_photo_has_the_shape_of_the_recording(door: Door, world: World, recordings: Path) -> None:
    recorded = shapes(json.loads((recordings / "v26_post_photo_attachment.json").read_bytes()))
    post = world.add_post("Bild", NOON - timedelta(hours=1), pictures=["lake"])
    fields = "id,message,created_time,full_picture,attachments{media_type,media,url,target}"
    assert shapes(door.json(post, fields=fields)) == recorded


def test_a_scripted_error_has_the_shape_of_the_recording(door: Door, world: World, recordings: Path) -> None:
    for kind, name in (("code_32", "error_32_page_limit"), ("code_80001", "error_80001_page_buc")):
        recorded = json.loads((recordings / f"{name}.json").read_bytes())
        world.fault(kind)
        error = door.error("me")
        assert set(error) == set(recorded["error"])
        assert error["message"] == recorded["error"]["message"]


def test_cursors_are_of_the_recorded_alphabets(door: Door, lively: str, recordings: Path) -> None:
    pattern = rb'"(?:before|after)":"([^"]+)"'
    recorded = re.findall(pattern, (recordings / "raw_v26_posts_two_comment_levels_next.json").read_bytes())
    sent = re.findall(pattern, door.get("me/posts", fields=TWO_LEVELS).content)
    for cursors in (recorded, sent):
        positions = [cursor.decode() for cursor in cursors if len(cursor) < 12]
        opaque = [cursor.decode() for cursor in cursors if len(cursor) >= 12]
        assert positions
        assert opaque
        assert all(position_of(cursor) > 0 for cursor in positions)
        assert all(re.fullmatch(r"QVFI(?:[A-Ya-z0-9]|ZA)+(?:ZD)*", cursor) for cursor in opaque)


def test_the_recorded_position_of_one_is_our_position_of_one() -> None:
    assert position_cursor(1) == "MQZDZD"
    assert position_cursor(13) == "MTMZD"
    assert position_of("MTMZD") == 13


@pytest.mark.parametrize("content", ["start", "104500000000001_122151374289072582", "1_2"])
def test_an_opaque_cursor_gives_back_what_it_hides(content: str) -> None:
    cursor = opaque_cursor(content, 80)
    assert content not in cursor
    assert opaque_content(cursor) == content


def test_times_are_told_without_a_colon_in_the_zone(door: Door, post: str) -> None:
    assert door.json(post)["created_time"] == "2026-11-19T12:00:00+0000"


def test_text_that_no_database_can_hold_goes_over_the_wire(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "NUL \0 och \ud83d halv", NOON)
    assert rb"NUL \u0000 och \ud83d halv" in door.get(comment).content
    assert door.json(comment)["message"] == "NUL \0 och \ud83d halv"


def test_raw_bytes_are_sent_as_they_stand(door: Door, world: World, post: str) -> None:
    world.add_raw_comment(post, b'{"id":"1_9","message":"trasig \\ud83d\xff"', NOON)
    body = door.get(f"{post}/comments").content
    assert b'{"data":[{"id":"1_9","message":"trasig \\ud83d\xff"]' in body


def test_a_raw_node_keeps_its_unknown_fields_and_impossible_dates(door: Door, world: World, post: str) -> None:
    node = {"id": "1_10", "created_time": "2026-02-30T25:61:00+0000", "helt_ny": {"a": [None, 1.5]}}
    world.add_raw_comment(post, node, NOON)
    assert door.json(f"{post}/comments", fields="id,message")["data"] == [node]
    assert door.json("1_10") == node


def test_raw_posts_and_messages_are_sent_as_they_stand(door: Door, world: World) -> None:
    post = {"id": f"{world.page_id}_77", "message": "Nu", "framtid": [1], "comments": {"data": [{"id": "77_1"}]}}
    message = {"id": "m_77", "message": "\ud83d", "shares": {"data": []}}
    world.add_raw_post(post, NOON)
    world.add_raw_message("\ud83d utan namn", message, NOON)
    assert door.json(f"{world.page_id}/feed", fields="id")["data"] == [post]
    assert door.json(post["id"]) == post
    (thread,) = door.json(f"{world.page_id}/conversations", fields="id,messages{id}")["data"]
    assert thread["messages"]["data"] == [message]
    assert door.json("m_77", fields="id") == message
