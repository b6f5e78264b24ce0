"""Order, filters, cursors and the surprises of paging."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from moderation.graph.simulator import PAGE, World
from moderation.graph.simulator.wire import opaque_content, position_of
from tests.moderation.graph.simulator.conftest import NOON, Door

Fill = Callable[[int], list[str]]


@pytest.fixture
def fill(world: World, post: str) -> Fill:
    """fill(n): n comments under the post, a minute apart, oldest first."""
    minutes = itertools.count()
    return lambda n: [world.add_comment(post, "k", NOON - timedelta(minutes=600 - next(minutes))) for _ in range(n)]


def ids(rows: list[dict]) -> list[str]:
    return [row["id"] for row in rows]


def test_the_default_order_is_ranked_neither_oldest_nor_newest_first(door: Door, world: World, post: str, fill: Fill):
    made = fill(12)
    own = world.add_comment(post, "vi", NOON - timedelta(hours=1), author=PAGE)
    answer = door.json(f"{post}/comments", summary="true")
    assert answer["summary"] == {"order": "ranked", "total_count": 13, "can_comment": True}
    assert ids(answer["data"])[0] == own
    assert set(ids(answer["data"])) == {*made, own}
    assert ids(answer["data"])[1:] not in (made, made[::-1])


def test_both_orders_by_time_can_be_asked_for(door: Door, post: str, fill: Fill) -> None:
    made = fill(5)
    assert ids(door.json(f"{post}/comments", order="chronological")["data"]) == made
    assert ids(door.json(f"{post}/comments", order="reverse_chronological")["data"]) == made[::-1]
    assert door.error(f"{post}/comments", order="baklanges")["code"] == 100


def test_a_stream_holds_replies_too_and_its_count_counts_them(door: Door, world: World, post: str, fill: Fill) -> None:
    comment, other = fill(2)
    reply = world.add_comment(post, "svar", NOON, parent=comment)
    top = door.json(f"{post}/comments", summary="true", order="chronological")
    stream = door.json(f"{post}/comments", summary="true", order="chronological", filter="stream")
    assert (ids(top["data"]), top["summary"]["total_count"]) == ([comment, other], 2)
    assert (ids(stream["data"]), stream["summary"]["total_count"]) == ([comment, other, reply], 3)


def test_all_pages_together_hold_every_row_once(door: Door, post: str, fill: Fill) -> None:
    made = fill(57)
    for order in ("ranked", "chronological", "reverse_chronological"):
        rows = ids(door.all_rows(f"{post}/comments", order=order, limit=10))
        assert len(rows) == 57
        assert set(rows) == set(made)


def test_positions_of_top_level_comments_run_down_to_one(door: Door, post: str, fill: Fill) -> None:
    fill(7)
    first = door.json(f"{post}/comments", limit=4)["paging"]
    last = door.follow(first["next"])["paging"]
    assert [position_of(cursor) for cursor in first["cursors"].values()] == [7, 4]
    assert [position_of(cursor) for cursor in last["cursors"].values()] == [3, 1]
    assert "next" not in last


def test_previous_leads_back(door: Door, post: str, fill: Fill) -> None:
    made = fill(6)
    first = door.json(f"{post}/comments", limit=2, order="chronological")
    third = door.follow(door.follow(first["paging"]["next"])["paging"]["next"])
    assert "previous" not in first["paging"]
    assert ids(door.follow(third["paging"]["previous"])["data"]) == made[2:4]


def test_a_comment_that_comes_between_two_ranked_pages_makes_a_row_be_skipped(
    door: Door, world: World, post: str, fill: Fill
) -> None:
    fill(6)
    ranked = ids(door.json(f"{post}/comments")["data"])
    first = door.json(f"{post}/comments", limit=3)
    latest = world.add_comment(post, "mitt i", NOON)
    now = ids(door.json(f"{post}/comments")["data"])
    assert now.index(latest) >= 3, "it must come after the first page for a row to be skipped"
    second = ids(door.follow(first["paging"]["next"])["data"])
    assert now[3] not in ids(first["data"]) + second
    assert ids(first["data"]) == ranked[:3]


def test_a_comment_that_goes_between_two_ranked_pages_makes_a_row_come_twice(
    door: Door, world: World, post: str, fill: Fill
) -> None:
    fill(6)
    ranked = ids(door.json(f"{post}/comments")["data"])
    first = door.json(f"{post}/comments", limit=3)
    world.remove(ranked[5])
    second = door.follow(first["paging"]["next"])
    assert ids(second["data"]) == ranked[2:5]


@pytest.mark.parametrize("which", ["toplevel", "stream"])
def test_by_time_what_comes_between_two_pages_moves_nothing(
    door: Door, world: World, post: str, fill: Fill, which: str
) -> None:
    made = fill(6)
    first = door.json(f"{post}/comments", limit=3, order="chronological", filter=which)
    made.append(world.add_comment(post, "sist", NOON))
    second = door.follow(first["paging"]["next"])
    third = door.follow(second["paging"]["next"])
    assert ids(first["data"]) + ids(second["data"]) + ids(third["data"]) == made


@pytest.mark.parametrize("which", ["toplevel", "stream"])
def test_by_time_what_goes_between_two_pages_makes_a_row_be_skipped_but_none_come_twice(
    door: Door, world: World, post: str, fill: Fill, which: str
) -> None:
    made = fill(6)
    first = door.json(f"{post}/comments", limit=3, order="chronological", filter=which)
    world.remove(made[0])
    assert ids(door.follow(first["paging"]["next"])["data"]) == made[4:]
    world.remove(made[5])
    assert ids(door.follow(first["paging"]["next"])["data"]) == made[4:5]


def test_posts_and_replies_have_opaque_cursors(door: Door, world: World, post: str, fill: Fill) -> None:
    [comment] = fill(1)
    replies = [world.add_comment(post, "svar", NOON - timedelta(minutes=n), parent=comment) for n in (3, 2, 1)]
    posts = [world.add_post("p", NOON - timedelta(hours=n)) for n in (3, 2, 1)]
    page = door.json(f"{comment}/comments", limit=2)
    assert opaque_content(page["paging"]["cursors"]["after"]) == replies[1]
    assert ids(door.all_rows(f"{comment}/comments", limit=2)) == replies
    assert ids(door.all_rows("me/posts", limit=2)) == [*posts[::-1], post]
    assert len(door.json("me/posts", limit=1)["paging"]["cursors"]["after"]) > 800


def test_an_opaque_cursor_breaks_when_its_row_is_removed(door: Door, world: World, post: str) -> None:
    newer = world.add_post("ny", NOON)
    after = door.json("me/posts", limit=1)["paging"]["cursors"]["after"]
    world.remove(newer)
    assert door.error("me/posts", limit=1, after=after)["code"] == 100


@pytest.mark.parametrize("cursor", ["skräp", "QVFI", "MQ", "!!!!"])
def test_a_cursor_that_was_never_given_is_a_bad_parameter(door: Door, post: str, fill: Fill, cursor: str) -> None:
    fill(2)
    assert door.error("me/posts", after=cursor)["code"] == 100


def test_facebook_counts_comments_it_never_delivers(door: Door, world: World, post: str, fill: Fill) -> None:
    made = fill(5)
    world.withhold(made[2])
    answer = door.json(f"{post}/comments", summary="true")
    assert answer["summary"]["total_count"] == 5
    assert set(ids(answer["data"])) == set(made) - {made[2]}
    assert position_of(answer["paging"]["cursors"]["before"]) == 5


def test_a_page_of_withheld_rows_is_empty_and_has_a_next(door: Door, world: World, post: str, fill: Fill) -> None:
    made = fill(6)
    for comment in made[:2]:
        world.withhold(comment)
    first = door.json(f"{post}/comments", limit=2, order="chronological")
    assert first["data"] == []
    assert ids(door.follow(first["paging"]["next"])["data"]) == made[2:4]


def test_more_than_a_hundred_posts_is_an_error_and_of_comments_a_hundred_come(door: Door, post: str, fill: Fill):
    fill(120)
    assert door.error("me/feed", limit=101)["code"] == 100
    assert len(door.json(f"{post}/comments", limit=500)["data"]) == 100
    assert len(door.json(f"{post}/comments")["data"]) == 25


def test_limit_zero_gives_only_the_summary(door: Door, post: str, fill: Fill) -> None:
    fill(3)
    answer = door.json(f"{post}/comments", limit=0, summary="true")
    assert answer["data"] == []
    assert "paging" not in answer
    assert answer["summary"]["total_count"] == 3


def test_since_and_until_bound_a_list_by_time(door: Door, world: World, post: str, fill: Fill) -> None:
    made = fill(4)
    moment = NOON - timedelta(minutes=598)
    seconds = int(moment.timestamp())
    assert ids(door.json(f"{post}/comments", since=seconds, order="chronological")["data"]) == made[2:]
    newer = world.add_post("ny", NOON)
    assert ids(door.json("me/posts", since=(NOON - timedelta(hours=1)).isoformat())["data"]) == [newer]
    assert ids(door.json("me/posts", until=seconds)["data"]) == [post]
    assert door.error("me/posts", since="förra tisdagen")["code"] == 100


def test_next_carries_all_own_parameters_but_no_token_of_the_header(door: Door, post: str, fill: Fill) -> None:
    fill(3)
    link = door.json(f"{post}/comments", limit=2, fields="id,from{name}", order="chronological")["paging"]["next"]
    assert link.startswith(f"{door.server.url}/v26.0/{post}/comments?")
    query = parse_qs(urlsplit(link).query)
    assert {name: values[0] for name, values in query.items() if name != "after"} == {
        "limit": "2",
        "fields": "id,from{name}",
        "order": "chronological",
    }


def test_next_carries_the_token_of_a_query(door: Door, post: str, fill: Fill) -> None:
    fill(3)
    door.token = ""
    link = door.json(f"{post}/comments", limit=2, access_token="demo-token")["paging"]["next"]
    assert parse_qs(urlsplit(link).query)["access_token"] == ["demo-token"]
    assert len(door.follow(link)["data"]) == 1


def test_a_nested_list_links_to_its_own_next_page(door: Door, world: World, post: str, fill: Fill) -> None:
    made = fill(5)
    fields = "comments.limit(2).order(chronological){message,comments.limit(1){id}}"
    link = door.json("me/posts", fields=fields)["data"][0]["comments"]["paging"]["next"]
    assert parse_qs(urlsplit(link).query)["fields"] == ["message,comments.limit(1){id}"]
    assert ids(door.follow(link)["data"]) == made[2:4]


def test_a_page_with_fifty_thousand_comments_answers_at_once(door: Door, world: World) -> None:
    posts = [world.add_post("p", NOON - timedelta(days=2, minutes=n)) for n in range(50)]
    for number in range(50_000):
        world.add_comment(posts[number % 50], "k", NOON - timedelta(seconds=50_000 - number))
    fields = "id,message,comments.limit(100).order(reverse_chronological){id,message,from,created_time}"
    large = door.get("me/posts", limit=25, fields=fields)
    small = door.get(f"{posts[0]}/comments", order="reverse_chronological", limit=1)
    assert sum(len(row["comments"]["data"]) for row in large.json()["data"]) == 2500
    assert large.elapsed < timedelta(seconds=4)
    assert small.elapsed < timedelta(seconds=1)
