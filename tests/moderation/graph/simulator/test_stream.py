"""The flat list of a post: all levels in one, each reply with its parent."""

import time
from datetime import timedelta

import pytest

from moderation.graph.simulator import World
from tests.moderation.graph.simulator.conftest import NOON, Door

FIELDS = "id,message,created_time,from{id,name},parent{id,message,from,attachment,created_time,like_count}"


@pytest.fixture
def thread(world: World, post: str) -> list[str]:
    """A question, its answer, another question, and an answer to the answer."""
    at = [NOON - timedelta(minutes=n) for n in (40, 30, 20, 10)]
    first = world.add_comment(post, "Fråga?", at[0], author="Kalle Exempel", picture="lake", likes=3)
    second = world.add_comment(post, "Svar.", at[1], parent=first)
    third = world.add_comment(post, "En till?", at[2], author="Anna Exempel")
    fourth = world.add_comment(post, "Svar på svaret.", at[3], parent=second)
    return [first, second, third, fourth]


def ids(rows: list[dict]) -> list[str]:
    return [row["id"] for row in rows]


def test_all_levels_come_flat_by_time_and_are_all_counted(door: Door, post: str, thread: list[str]) -> None:
    answer = door.json(f"{post}/comments", filter="stream", order="chronological", summary="true", fields=FIELDS)
    assert ids(answer["data"]) == thread
    assert answer["summary"] == {"order": "chronological", "total_count": 4, "can_comment": True}
    assert [row.get("parent", {}).get("id") for row in answer["data"]] == [None, thread[0], None, thread[1]]


def test_nested_and_on_its_own_the_stream_is_the_same(door: Door, post: str, thread: list[str]) -> None:
    own = door.json(f"{post}/comments", filter="stream", order="chronological", limit=100, fields=FIELDS)
    nested = f"comments.limit(100).filter(stream).order(chronological).summary(true){{{FIELDS}}}"
    [row] = door.json("me/feed", fields=nested)["data"]
    assert row["comments"]["data"] == own["data"]
    assert row["comments"]["summary"]["total_count"] == 4


def test_a_stream_is_walked_by_its_cursors(door: Door, post: str, thread: list[str]) -> None:
    assert ids(door.all_rows(f"{post}/comments", filter="stream", order="chronological", limit=1)) == thread


def test_a_nested_stream_goes_on_as_a_stream(door: Door, post: str, thread: list[str]) -> None:
    fields = "comments.limit(3).filter(stream).order(chronological){id}"
    [row] = door.json("me/feed", fields=fields)["data"]
    assert ids(door.follow(row["comments"]["paging"]["next"])["data"]) == thread[3:]


def test_a_parent_is_a_comment_with_all_its_fields(door: Door, thread: list[str]) -> None:
    parent = door.json(thread[1], fields=FIELDS)["parent"]
    assert (parent["message"], parent["from"]["name"], parent["like_count"]) == ("Fråga?", "Kalle Exempel", 3)
    assert parent["attachment"]["type"] == "photo"
    assert "nonsens" in door.error(thread[1], fields="parent{nonsens}")["message"]
    assert door.json(thread[3], fields="parent{parent{message}}")["parent"]["parent"]["message"] == "Fråga?"


def test_a_parent_without_fields_of_its_own_has_its_four(door: Door, thread: list[str]) -> None:
    assert set(door.json(thread[1], fields="parent")["parent"]) == {"created_time", "from", "message", "id"}


def test_likes_reactions_and_shares_are_counted(door: Door, world: World, thread: list[str]) -> None:
    shared = world.add_post("Dela!", NOON, likes=5, shares=2)
    row = door.json(shared, fields="shares,reactions.limit(0).summary(true)")
    assert row["shares"] == {"count": 2}
    assert row["reactions"] == {"data": [], "summary": {"total_count": 5, "viewer_reaction": "NONE"}}
    comment = door.json(thread[0], fields="like_count,reactions.limit(0).summary(true)")
    assert (comment["like_count"], comment["reactions"]["summary"]["total_count"]) == (3, 3)


@pytest.mark.parametrize("edge", ["feed", "posts", "published_posts"])
def test_the_lists_of_posts_are_bounded_by_both_times(door: Door, world: World, post: str, edge: str) -> None:
    older = world.add_post("förra veckan", NOON - timedelta(days=7))
    newer = world.add_post("nyss", NOON)
    noon = int(NOON.timestamp())
    assert ids(door.json(f"me/{edge}", since=noon - 2 * 86400, until=noon - 3600)["data"]) == [post]
    assert ids(door.json(f"me/{edge}", until=noon - 2 * 86400)["data"]) == [older]
    assert ids(door.all_rows(f"me/{edge}", since=noon - 2 * 86400, limit=1)) == [newer, post]


def test_a_full_page_of_a_busy_page_is_built_quickly(door: Door, world: World) -> None:
    posts = [world.add_post("p", NOON - timedelta(days=2, minutes=n)) for n in range(25)]
    for number in range(25_000):
        world.add_comment(posts[number % 25], "k", NOON - timedelta(seconds=25_000 - number), author="Kalle Exempel")
    fields = f"id,message,comments.limit(100).filter(stream).order(chronological).summary(true){{{FIELDS}}}"
    door.get("me/feed", fields=fields)
    begun = time.process_time()
    rows = door.get("me/feed", fields=fields).json()["data"]
    assert sum(len(row["comments"]["data"]) for row in rows) == 2500
    assert time.process_time() - begun < 1
