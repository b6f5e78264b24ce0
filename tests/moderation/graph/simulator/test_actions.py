"""What a client may do to the Page, and everything it may not."""

import json
from datetime import timedelta
from typing import Any

import pytest

from moderation.graph.simulator import PAGE, World
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door

DONE = {"success": True}


class Hand:
    """Writes with the token in the header, and gives the JSON that comes back."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def _send(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        url = f"{self.door.server.url}/v26.0/{path}"
        return self.door.session.request(method, url, headers=self.door.bearer, timeout=10, **options).json()

    def post(self, path: str, **form: Any) -> dict[str, Any]:
        return self._send("POST", path, data=form)

    def post_json(self, path: str, **given: Any) -> dict[str, Any]:
        return self._send("POST", path, json=given)

    def delete(self, path: str, **form: Any) -> dict[str, Any]:
        return self._send("DELETE", path, data=form)


@pytest.fixture
def hand(door: Door) -> Hand:
    return Hand(door)


@pytest.fixture
def comment(world: World, post: str) -> str:
    return world.add_comment(post, "Hej", NOON - timedelta(hours=1), author="Kalle Exempel")


def code(answer: dict[str, Any]) -> tuple[int, int | None]:
    return answer["error"]["code"], answer["error"].get("error_subcode")


def test_a_comment_is_hidden_once_and_shown_again(door: Door, hand: Hand, comment: str) -> None:
    assert hand.post(comment, is_hidden="true") == DONE
    assert door.json(comment, fields="is_hidden")["is_hidden"] is True
    again = hand.post(comment, is_hidden="true")
    assert code(again) == (1, 1446036)
    assert again["error"]["is_transient"] is False
    assert hand.post_json(comment, is_hidden=False) == DONE
    assert door.json(comment, fields="is_hidden")["is_hidden"] is False


def test_what_cannot_be_hidden_says_so_beforehand(door: Door, world: World, hand: Hand, post: str) -> None:
    own = world.add_comment(post, "Svar", NOON, author=PAGE)
    visit = world.add_post("Hej kommunen", NOON, author="Lisa Exempel")
    elsewhere = world.add_comment(visit, "Instämmer", NOON, author="Kalle Exempel")
    for number in (own, elsewhere):
        assert door.json(number, fields="can_hide")["can_hide"] is False
        assert code(hand.post(number, is_hidden="true")) == (1, 1965014)


def test_only_own_comments_are_edited(door: Door, world: World, hand: Hand, post: str, comment: str) -> None:
    own = world.add_comment(post, "Svra", NOON, author=PAGE)
    assert hand.post(own, message="Svar") == DONE
    assert door.json(own)["message"] == "Svar"
    assert code(hand.post(comment, message="Ändrat"))[0] == 200
    assert code(hand.post(own, message=""))[0] == 100


def test_a_removed_comment_takes_its_replies_and_is_gone(
    door: Door, world: World, hand: Hand, post: str, comment: str
) -> None:
    reply = world.add_comment(post, "Svar", NOON, author=PAGE, parent=comment)
    assert hand.delete(comment) == DONE
    assert code(hand.delete(comment)) == (100, 33)
    assert code(hand.post(reply, is_hidden="true")) == (100, 33)
    assert door.error(reply)["error_subcode"] == 33


def test_a_reply_is_put_under_the_comment_at_the_top_with_the_half_it_was_asked_by(
    door: Door, hand: Hand, post: str, comment: str
) -> None:
    number = comment.rpartition("_")[2]
    first = hand.post(f"999_{number}/comments", message="Svar")["id"]
    assert first.startswith("999_")
    second = hand.post(f"{first}/comments", message="Till", fields="id,message,parent{id}")
    assert (second["message"], second["parent"]["id"]) == ("Till", comment)
    assert {row["id"] for row in door.json(f"{comment}/comments")["data"]} == {first, second["id"]}
    assert door.json(first, fields="from")["from"]["id"] == PAGE_ID
    own = hand.post(f"{post}/comments", message="Överst")["id"]
    assert own.startswith(post.rpartition("_")[2] + "_")
    assert code(hand.post(f"{post}/comments"))[0] == 100


def test_likes_are_given_once_and_taken_back(door: Door, hand: Hand, comment: str) -> None:
    assert [hand.post(f"{comment}/likes") for _ in range(2)] == [DONE, DONE]
    assert door.json(comment, fields="like_count,user_likes") == {"like_count": 1, "user_likes": True, "id": comment}
    assert hand.delete(f"{comment}/likes") == DONE
    assert door.json(comment, fields="like_count,user_likes") == {"like_count": 0, "user_likes": False, "id": comment}


def test_a_post_is_published_once_edited_hidden_and_removed(door: Door, hand: Hand) -> None:
    made = hand.post(f"{PAGE_ID}/feed", message="Sandning pågår")["id"]
    assert code(hand.post("me/feed", message="Sandning pågår")) == (506, 1455006)
    assert hand.post(made, message="Sandningen är klar") == DONE
    assert door.json("me/posts")["data"][0]["message"] == "Sandningen är klar"
    assert hand.post(made, is_hidden="true") == DONE
    assert door.json(made, fields="is_hidden")["is_hidden"] is True
    assert hand.delete(made) == DONE
    assert door.json("me/posts")["data"] == []
    assert code(hand.post("me/feed"))[0] == 100


def test_a_post_of_another_app_is_not_edited(hand: Hand, post: str) -> None:
    assert code(hand.post(post, message="Ändrat"))[0] == 200


def test_a_post_is_kept_back_or_comes_at_its_time(door: Door, hand: Hand, clock: Clock) -> None:
    kept = hand.post("me/feed", message="Utkast", published="false")["id"]
    assert door.json(kept)["message"] == "Utkast"
    at = int((NOON + timedelta(hours=1)).timestamp())
    later = hand.post("me/feed", message="Sen", published="false", scheduled_publish_time=at)["id"]
    assert door.json("me/posts")["data"] == []
    clock.pass_by(hours=1)
    assert [row["id"] for row in door.json("me/posts")["data"]] == [later]
    for wrong in (at + 60, at + 40 * 86_400, "snart", "2026-11-20T15:00:00"):
        answer = hand.post("me/feed", message="Fel", published="false", scheduled_publish_time=wrong)
        assert code(answer)[0] == 100


def test_a_comment_gets_one_private_answer_within_seven_days(
    door: Door, world: World, hand: Hand, post: str, comment: str
) -> None:
    recipient = {"comment_id": comment}
    sent = hand.post_json("me/messages", recipient=recipient, message={"text": "Hej Kalle"})
    assert sent["recipient_id"] == world.person_id("Kalle Exempel")
    assert door.json(sent["message_id"], fields="message")["message"] == "Hej Kalle"
    form = {"recipient": json.dumps(recipient), "message": json.dumps({"text": "Igen"})}
    assert code(hand.post("me/messages", **form))[0] == 10900
    old = world.add_comment(post, "Gammal", NOON - timedelta(days=7), author="Lisa Exempel")
    own = world.add_comment(post, "Svar", NOON, author=PAGE)
    for number in (old, own):
        answer = hand.post_json("me/messages", recipient={"comment_id": number}, message={"text": "Hej"})
        assert code(answer)[0] == 10903
    answer = hand.post_json("me/messages", recipient={"comment_id": "1_2"}, message={"text": "Hej"})
    assert code(answer) == (100, 33)


def test_a_private_answer_from_elsewhere_counts(world: World, hand: Hand, comment: str) -> None:
    world.reply_privately(comment, "Från Business Suite")
    answer = hand.post_json("me/messages", recipient={"comment_id": comment}, message={"text": "Hej"})
    assert code(answer)[0] == 10900


def test_a_message_is_sent_within_a_day_of_the_persons_own(world: World, hand: Hand, clock: Clock) -> None:
    world.add_message("Kalle Exempel", "Hej", NOON - timedelta(hours=1))
    kalle = {"id": world.person_id("Kalle Exempel")}
    sent = hand.post_json("me/messages", recipient=kalle, messaging_type="RESPONSE", message={"text": "Hej!"})
    assert sent["recipient_id"] == kalle["id"]
    clock.pass_by(hours=24)
    assert code(hand.post_json("me/messages", recipient=kalle, message={"text": "Hej!"})) == (10, 2018278)
    human = hand.post_json("me/messages", recipient=kalle, message={"text": "Hej!"}, tag="HUMAN_AGENT")
    assert "message_id" in human
    assert code(hand.post_json("me/messages", recipient={"id": "1"}, message={"text": "Hej!"})) == (100, 2018001)
    assert code(hand.post_json("me/messages", recipient=kalle, message={}))[0] == 100


def test_people_are_blocked_listed_and_let_in_again(door: Door, world: World, hand: Hand, comment: str) -> None:
    kalle = world.person_id("Kalle Exempel")
    assert hand.post("me/blocked", user=f"{kalle},17") == {kalle: True, "17": False}
    assert door.json("me/blocked")["data"] == [{"name": "Kalle Exempel", "id": kalle}]
    answer = hand.post_json("me/messages", recipient={"comment_id": comment}, message={"text": "Hej"})
    assert code(answer)[0] == 10903
    assert hand.delete("me/blocked", user=kalle) == DONE
    assert door.json("me/blocked") == {"data": []}
    assert code(hand.post("me/blocked", user="Kalle"))[0] == 100


@pytest.mark.parametrize(
    ("scope", "path", "form"),
    [
        ("pages_manage_engagement", "{comment}", {"is_hidden": "true"}),
        ("pages_manage_engagement", "{comment}/comments", {"message": "Svar"}),
        ("pages_manage_engagement", "{comment}/likes", {}),
        ("pages_manage_posts", "me/feed", {"message": "Nytt"}),
        ("pages_messaging", "me/messages", {}),
        ("pages_manage_metadata", "me/blocked", {"user": "1"}),
    ],
)
def test_each_action_needs_its_permission(
    world: World, hand: Hand, comment: str, scope: str, path: str, form: dict[str, str]
) -> None:
    world.tokens.drop("demo-token", scope)
    assert code(hand.post(path.format(comment=comment), **form))[0] == 200


def test_a_person_cannot_act_for_the_page(door: Door, hand: Hand, comment: str) -> None:
    door.token = "demo-token-user"
    assert code(hand.delete(comment))[0] == 210


def test_what_cannot_be_done_is_refused_like_what_is_gone(hand: Hand, post: str) -> None:
    for path in (f"{post}/attachments", "me/posts", "1_2"):
        answer = hand.post(path)
        assert code(answer) == (100, 33)
        assert "Unsupported post request" in answer["error"]["message"]
