"""Which fields come: the default ones, the asked-for ones, nested ones; and which calls fail as a whole."""

from datetime import timedelta

import pytest

from moderation.graph.simulator import ANONYMOUS, PAGE, World
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door


def test_without_fields_a_post_gives_its_small_default_set(door: Door, post: str) -> None:
    assert list(door.json(post)) == ["created_time", "message", "id"]


def test_fields_come_in_the_order_asked_for_and_the_id_always(door: Door, post: str) -> None:
    assert list(door.json(post, fields="message,permalink_url,created_time")) == [
        "message",
        "permalink_url",
        "created_time",
        "id",
    ]


def test_a_field_without_a_value_is_left_out(door: Door, world: World) -> None:
    silent = world.add_post("", NOON)
    assert set(door.json(silent, fields="message,story,shares,full_picture,attachments,place")) == {"id"}


def test_an_unknown_field_fails_the_whole_call(door: Door, post: str) -> None:
    error = door.error(post, fields="message,nonsens")
    assert error["message"] == "(#100) Tried accessing nonexisting field (nonsens) on node type (Post)"
    assert (error["code"], error["type"]) == (100, "OAuthException")


@pytest.mark.parametrize(
    "fields",
    ["comments{nonsens}", "attachments{nonsens}", "from{id},nonsens", "comments{comments{nonsens}}"],
)
def test_an_unknown_field_is_found_at_any_depth(door: Door, world: World, post: str, fields: str) -> None:
    comment = world.add_comment(post, "hej", NOON)
    world.add_comment(post, "svar", NOON, parent=comment)
    pictured = world.add_post("bild", NOON, pictures=["lake"])
    assert "nonsens" in door.error(pictured if "attach" in fields else post, fields=fields)["message"]


@pytest.mark.parametrize("fields", ["comments{id", "id,com ments", "comments.limit(5", "{id}"])
def test_a_slip_in_the_expansion_is_a_syntax_error(door: Door, post: str, fields: str) -> None:
    error = door.error(post, fields=fields)
    assert error["code"] == 2500
    assert "Syntax error" in error["message"]


def test_options_stand_before_or_after_the_braces_and_an_alias_renames(door: Door, world: World, post: str) -> None:
    for number in range(4):
        world.add_comment(post, str(number), NOON - timedelta(minutes=9 - number))
    one = "comments.limit(2).order(reverse_chronological).as(nya){message}"
    two = "comments.order(chronological){message}.limit(1).as(forsta)"
    answer = door.json(post, fields=f"{one},{two}")
    assert [row["message"] for row in answer["nya"]["data"]] == ["3", "2"]
    assert [row["message"] for row in answer["forsta"]["data"]] == ["0"]


def test_a_nested_list_takes_a_cursor(door: Door, world: World, post: str) -> None:
    for number in range(3):
        world.add_comment(post, str(number), NOON - timedelta(minutes=9 - number))
    first = door.json(post, fields="comments.limit(2).order(chronological){message}")["comments"]
    after = first["paging"]["cursors"]["after"]
    rest = door.json(post, fields=f"comments.limit(2).order(chronological).after({after}){{message}}")["comments"]
    assert [row["message"] for row in first["data"] + rest["data"]] == ["0", "1", "2"]


def test_a_post_without_comments_lacks_the_key_unless_a_summary_is_asked_for(door: Door, post: str) -> None:
    assert "comments" not in door.json(post, fields="comments{id}")
    assert door.json(post, fields="comments.summary(true){id}")["comments"] == {
        "data": [],
        "summary": {"order": "chronological", "total_count": 0, "can_comment": True},
    }


def test_an_empty_list_of_its_own_has_no_paging(door: Door, post: str) -> None:
    assert door.json(f"{post}/comments") == {"data": []}


def test_a_reply_tells_its_parent_and_a_comment_does_not(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "Fråga?", NOON, author="Kalle Exempel")
    reply = world.add_comment(post, "Svar.", NOON, author=PAGE, parent=comment)
    assert "parent" not in door.json(comment, fields="parent")
    parent = door.json(reply, fields="parent")["parent"]
    assert (parent["id"], parent["message"], parent["from"]["name"]) == (comment, "Fråga?", "Kalle Exempel")
    assert door.json(comment, fields="comment_count")["comment_count"] == 1


def test_a_person_without_a_name_has_no_from_but_the_page_has(door: Door, world: World, post: str) -> None:
    nameless = world.add_comment(post, "vem?", NOON)
    own = world.add_comment(post, "vi", NOON, author=PAGE)
    assert set(door.json(nameless, fields="from,message")) == {"message", "id"}
    assert door.json(own, fields="from{id,name}")["from"] == {"id": PAGE_ID, "name": "Provköpings kommun"}


def test_a_persons_number_is_text_and_too_large_for_a_float(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "hej", NOON, author="Kalle Exempel")
    again = world.add_comment(post, "hej igen", NOON, author="Kalle Exempel")
    number = door.json(comment, fields="from")["from"]["id"]
    assert isinstance(number, str)
    assert int(number) > 2**53
    assert door.json(again, fields="from")["from"]["id"] == number


def test_permalinks_stand_under_another_number_than_the_page(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "hej", NOON)
    reply = world.add_comment(post, "svar", NOON, parent=comment)
    link = door.json(reply, fields="permalink_url")["permalink_url"]
    assert PAGE_ID not in link
    assert link.endswith(f"?comment_id={comment.split('_')[1]}&reply_comment_id={reply.split('_')[1]}")


def test_reels_are_among_the_posts_with_a_link_of_their_own(door: Door, world: World) -> None:
    reel = world.add_post("film", NOON, reel=True)
    row = door.json("me/posts", fields="permalink_url")["data"][0]
    assert row["id"] == reel
    assert row["permalink_url"].startswith("https://www.facebook.com/reel/")


def test_the_first_half_of_a_comments_id_is_not_looked_at_and_echoed_in_replies(
    door: Door, world: World, post: str
) -> None:
    comment = world.add_comment(post, "hej", NOON)
    number = comment.split("_")[1]
    assert door.json(f"999_{number}", fields="message")["message"] == "hej"
    assert door.json(number)["id"] == comment
    assert world.add_comment(post, "svar", NOON, parent=f"999_{number}").startswith("999_")


def test_visitors_posts_are_in_the_feed_but_not_among_the_pages_own(door: Door, world: World, post: str) -> None:
    visit = world.add_post("Hej kommunen", NOON, author="Kalle Exempel")
    nameless = world.add_post("Hej hej", NOON, author=ANONYMOUS)
    assert {row["id"] for row in door.json("me/feed")["data"]} == {post, visit, nameless}
    assert {row["id"] for row in door.json("me/posts")["data"]} == {post}
    assert {row["id"] for row in door.json("me/visitor_posts")["data"]} == {visit, nameless}


def test_an_album_has_its_pictures_below_it(door: Door, world: World) -> None:
    album = world.add_post("två", NOON, pictures=["lake", "map"])
    [attached] = door.json(album, fields="attachments{media_type,subattachments{media,target}}")["attachments"]["data"]
    assert attached["media_type"] == "album"
    assert len({part["target"]["id"] for part in attached["subattachments"]["data"]}) == 2


def test_a_sticker_comment_has_an_empty_message_and_one_attachment(door: Door, world: World, post: str) -> None:
    sticker = world.add_comment(post, "", NOON, sticker=True)
    answer = door.json(sticker, fields="message,attachment")
    assert answer["message"] == ""
    assert answer["attachment"]["type"] == "sticker"
    assert "data" not in answer["attachment"]


def test_what_lies_ahead_of_the_clock_is_not_delivered_yet(door: Door, world: World, clock: Clock, post: str) -> None:
    later = world.add_comment(post, "snart", NOON + timedelta(minutes=5))
    coming = world.add_post("också snart", NOON + timedelta(minutes=5))
    assert door.json(f"{post}/comments")["data"] == []
    assert door.error(later)["error_subcode"] == 33
    clock.pass_by(minutes=6)
    assert [row["id"] for row in door.json(f"{post}/comments")["data"]] == [later]
    assert coming in [row["id"] for row in door.json("me/posts")["data"]]


def test_an_edit_shows_from_its_moment(door: Door, world: World, clock: Clock, post: str) -> None:
    comment = world.add_comment(post, "först", NOON - timedelta(hours=1))
    world.edit(comment, "sedan", NOON + timedelta(minutes=1))
    assert door.json(comment)["message"] == "först"
    clock.pass_by(minutes=1)
    assert door.json(comment)["message"] == "sedan"


def test_a_hidden_comment_is_delivered_and_says_so(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "reklam", NOON)
    world.hide(comment)
    assert door.json(f"{post}/comments", fields="is_hidden")["data"] == [{"is_hidden": True, "id": comment}]


def test_what_is_removed_is_gone_with_all_below_it(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "hej", NOON)
    reply = world.add_comment(post, "svar", NOON, parent=comment)
    other = world.add_comment(post, "kvar", NOON)
    world.remove(comment)
    for gone in (comment, reply):
        error = door.error(gone)
        assert (error["code"], error["error_subcode"], error["type"]) == (100, 33, "GraphMethodException")
    rows = door.json(f"{post}/comments", filter="stream")["data"]
    assert [row["id"] for row in rows] == [other]
    world.remove(post)
    assert door.error(other)["error_subcode"] == 33
    assert door.json("me/posts") == {"data": []}


def test_a_new_comment_moves_the_time_of_its_post(door: Door, world: World, post: str) -> None:
    before = door.json(post, fields="updated_time")["updated_time"]
    world.add_comment(post, "nytt", NOON)
    assert before == "2026-11-19T12:00:00+0000"
    assert door.json(post, fields="updated_time")["updated_time"] == "2026-11-20T12:00:00+0000"


@pytest.mark.parametrize(
    ("path", "code"), [("finnsinte", 803), ("12345", 100), ("me/finnsinte", 100), ("1/2/3", 2500), ("", 100)]
)
def test_wrong_addresses_answer_with_their_errors(door: Door, path: str, code: int) -> None:
    assert door.error(path)["code"] == code
