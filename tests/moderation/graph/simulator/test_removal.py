"""Three ways of not being there: removed, withheld from the lists, and invisible; and the way back."""

from datetime import timedelta

import pytest

from moderation.graph.simulator import World
from tests.moderation.graph.simulator.conftest import NOON, Door

STREAM = {"filter": "stream", "order": "chronological", "summary": "true"}


@pytest.fixture
def thread(world: World, post: str) -> list[str]:
    """A comment, its reply, the reply's reply, and another comment."""
    first = world.add_comment(post, "1", NOON - timedelta(minutes=4))
    second = world.add_comment(post, "2", NOON - timedelta(minutes=3), parent=first)
    third = world.add_comment(post, "3", NOON - timedelta(minutes=2), parent=second)
    return [first, second, third, world.add_comment(post, "4", NOON - timedelta(minutes=1))]


def ids(rows: list[dict]) -> list[str]:
    return [row["id"] for row in rows]


def assert_gone(door: Door, *names: str) -> None:
    for name in names:
        error = door.error(name)
        assert (error["code"], error["error_subcode"]) == (100, 33)


def test_what_is_removed_comes_back_with_all_that_went_along(door: Door, world: World, post: str, thread: list[str]):
    before = door.json(f"{post}/comments", **STREAM)
    world.remove(thread[0])
    assert_gone(door, *thread[:3])
    assert door.json(f"{post}/comments", **STREAM)["summary"]["total_count"] == 1
    world.restore(thread[0])
    assert door.json(f"{post}/comments", **STREAM) == before
    assert ids(door.json(f"{thread[1]}/comments")["data"]) == [thread[2]]


def test_a_post_comes_back_with_its_comments(door: Door, world: World, post: str, thread: list[str]) -> None:
    before = door.json(f"{post}/comments", **STREAM)
    world.remove(post)
    assert door.json("me/feed") == {"data": []}
    assert_gone(door, post, *thread)
    world.restore(post)
    assert ids(door.json("me/feed")["data"]) == ids(door.json("me/posts")["data"]) == [post]
    assert door.json(f"{post}/comments", **STREAM) == before


def test_a_comment_removed_before_its_post_stays_removed_when_the_post_comes_back(
    door: Door, world: World, post: str, thread: list[str]
) -> None:
    world.remove(thread[3])
    world.remove(post)
    with pytest.raises(ValueError, match="removed"):
        world.restore(thread[3])
    world.restore(post)
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread[:3]
    world.restore(thread[3])
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread


def test_what_has_vanished_is_neither_in_a_list_nor_there_by_its_id_but_counted(
    door: Door, world: World, post: str, thread: list[str]
) -> None:
    world.vanish(thread[0])
    answer = door.json(f"{post}/comments", **STREAM)
    assert ids(answer["data"]) == thread[3:]
    assert answer["summary"]["total_count"] == 4
    assert_gone(door, *thread[:3])
    world.restore(thread[0])
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread
    assert door.json(thread[0])["message"] == "1"


def test_what_has_vanished_from_the_lists_only_can_still_be_read(
    door: Door, world: World, post: str, thread: list[str]
) -> None:
    world.vanish(thread[3], readable=True)
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread[:3]
    assert door.json(thread[3])["message"] == "4"


def test_a_vanished_post_takes_its_comments_out_of_sight(door: Door, world: World, post: str, thread: list[str]):
    world.vanish(post)
    assert door.json("me/feed")["data"] == []
    assert_gone(door, post, f"{post}/comments", *thread)
    world.restore(post)
    assert ids(door.json("me/feed")["data"]) == [post]
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread


def test_what_is_withheld_is_delivered_again_when_restored(door: Door, world: World, post: str, thread: list[str]):
    world.withhold(thread[3])
    world.restore(thread[3])
    assert ids(door.json(f"{post}/comments", **STREAM)["data"]) == thread


def test_another_process_can_order_both(door: Door, post: str, thread: list[str]) -> None:
    assert door.order("vanish", row_id=thread[3]).json() == {"ok": True}
    assert_gone(door, thread[3])
    assert door.order("restore", row_id=thread[3]).json() == {"ok": True}
    assert door.order("restore", row_id="1_1").status_code == 400
    assert door.json(thread[3])["message"] == "4"
