"""What a subscriber is told, how it is signed, and every way in which deliveries go wrong."""

import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from moderation.graph.simulator import PAGE, World
from moderation.graph.simulator.changes import of_row
from moderation.graph.simulator.webhooks import signatures, signed
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door

FORGOTTEN = {"time", "seq", "app_id", "metadata", "promotion_status"}


class Subscriber(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/webhook/"

    def entries(self) -> list[dict[str, Any]]:
        return [entry for body in self.bodies for entry in json.loads(body)["entry"]]

    def told(self) -> list[dict[str, Any]]:
        return [change["value"] for entry in self.entries() for change in entry.get("changes", [])]

    def messages(self) -> list[dict[str, Any]]:
        return [item for entry in self.entries() for item in entry.get("messaging", [])]

    def verbs(self) -> list[str]:
        return [value["verb"] for value in self.told()]


class Answer(BaseHTTPRequestHandler):
    server: Subscriber

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        right = asked["hub.mode"] == "subscribe" and asked["hub.verify_token"] == "verifiera"
        self._send(200 if right else 403, asked["hub.challenge"].encode() if right else b"")

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.headers.append(dict(self.headers))
        self._send(self.server.status, b"")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def subscriber(world: World) -> Iterator[Subscriber]:
    subscriber = Subscriber()
    world.subscribe(subscriber.url, "verifiera")
    yield subscriber
    world.webhooks.close()
    subscriber.shutdown()
    subscriber.server_close()


def test_a_new_comment_is_told_signed_and_escaped(world: World, post: str, subscriber: Subscriber) -> None:
    comment = world.add_comment(post, "Äntligen 50 % / två", NOON, author="Åsa Östlund")
    world.webhooks.settle()
    [body], [headers] = subscriber.bodies, subscriber.headers
    assert b'"message":"\\u00c4ntligen 50 \\u0025 \\/ tv\\u00e5"' in body
    assert headers["X-Hub-Signature-256"] == "sha256=" + hmac.new(b"secret", body, sha256).hexdigest()
    assert headers["X-Hub-Signature"] == "sha1=" + hmac.new(b"secret", body, sha1).hexdigest()
    [entry] = subscriber.entries()
    assert (entry["id"], entry["time"]) == (PAGE_ID, int(NOON.timestamp()))
    [value] = subscriber.told()
    assert (value["item"], value["verb"], value["comment_id"]) == ("comment", "add", comment)
    assert value["post_id"] == value["parent_id"] == value["post"]["id"] == post
    assert value["from"] == {"id": world.person_id("Åsa Östlund"), "name": "Åsa Östlund"}
    assert value["created_time"] == int(NOON.timestamp())


def test_the_signature_is_the_one_that_is_known() -> None:
    body = b'{"object":"page","entry":[{"message":"\\u00e5\\u00e4\\u00f6 \\/ \\u0040"}]}'
    known = "sha256=9380f1238824b681d926452dd70c182acd4b6cac179b0d2c8266e7cff4245e9a"
    assert signatures(body, "secret")["X-Hub-Signature-256"] == known


def test_everything_that_happens_is_told_in_its_order(
    world: World, post: str, clock: Clock, subscriber: Subscriber
) -> None:
    comment = world.add_comment(post, "Hej", NOON, author="Kalle Exempel")
    reply = world.add_comment(post, "Svar", NOON, author=PAGE, parent=comment)
    clock.pass_by(minutes=5)
    world.edit(comment, "Hejsan")
    world.hide(comment)
    world.hide(comment, hidden=False)
    world.react(comment, "Lisa Exempel", "love")
    world.remove(comment)
    world.webhooks.settle()
    _, echo, edited, hidden, shown, reaction, removed = subscriber.told()
    assert (echo["from"]["id"], echo["parent_id"], echo["comment_id"]) == (PAGE_ID, comment, reply)
    assert (edited["verb"], edited["message"]) == ("edited", "Hejsan")
    later = int((NOON + timedelta(minutes=5)).timestamp())
    assert [one["verb"] for one in (hidden, shown)] == ["hide", "unhide"]
    for one in (hidden, shown):
        assert (one["from"]["id"], one["created_time"], one["message"]) == (PAGE_ID, later, "Hejsan")
    assert (reaction["item"], reaction["reaction_type"], reaction["comment_id"]) == ("reaction", "love", comment)
    assert (removed["verb"], removed["created_time"]) == ("remove", later)
    assert "message" not in removed
    assert removed["from"]["name"] == "Kalle Exempel"


def test_someone_without_a_name_has_no_from(world: World, post: str, subscriber: Subscriber) -> None:
    world.add_comment(post, "", NOON, picture="lake")
    world.webhooks.settle()
    [value] = subscriber.told()
    assert "from" not in value
    assert "message" not in value
    assert value["photo"].startswith("https://graph.facebook.com/media/")


def test_posts_have_many_names(world: World, subscriber: Subscriber) -> None:
    world.add_post("Text", NOON)
    world.add_post("Bild", NOON, pictures=["lake"])
    world.add_post("Bilder", NOON, pictures=["lake", "lake"])
    film = world.add_post("Film", NOON, film="bron")
    visitor = world.add_post("Hej kommunen", NOON, author="Kalle Exempel")
    world.add_post("Se Provköping", NOON, author="Kalle Exempel", tagged=True)
    world.remove(visitor)
    world.remove(film)
    world.webhooks.settle()
    items = ["status", "photo", "status", "video", "post", "post", "post", "video"]
    told = subscriber.told()
    assert [value["item"] for value in told] == items
    assert len(told[2]["photos"]) == 2
    assert "from" not in told[5]
    assert [value["published"] for value in told[:4]] == [1, 1, 1, 1]
    assert told[6]["recipient_id"] == PAGE_ID


def test_private_messages_are_told_in_milliseconds_and_the_pages_own_as_echoes(
    world: World, subscriber: Subscriber
) -> None:
    asked = world.add_message("Kalle Exempel", "Hej!", NOON)
    world.add_message("Kalle Exempel", "Hej Kalle!", NOON, from_page=True, reply_to=asked)
    world.add_message("Kalle Exempel", "", NOON, pictures=["lake"])
    world.add_message("Kalle Exempel", "", NOON, pictures=["lake"], blocked_in_eu=True)
    world.unsend(asked)
    world.webhooks.settle()
    first, echo, picture, blocked, unsent = subscriber.messages()
    person = {"id": world.person_id("Kalle Exempel")}
    assert (first["sender"], first["recipient"], first["message"]) == (
        person, {"id": PAGE_ID}, {"mid": asked, "text": "Hej!"},
    )  # fmt: skip
    assert first["timestamp"] == int(NOON.timestamp() * 1000)
    assert (echo["sender"], echo["recipient"], echo["message"]["is_echo"]) == ({"id": PAGE_ID}, person, True)
    assert echo["message"]["reply_to"] == {"mid": asked}
    assert picture["message"]["attachments"][0]["type"] == "image"
    assert blocked["message"]["attachments"][0]["title"] == "Attachment Unavailable"
    assert unsent["message"] == {"mid": asked, "is_deleted": True}


def test_what_lies_ahead_is_told_when_its_time_comes(
    world: World, post: str, clock: Clock, subscriber: Subscriber
) -> None:
    world.add_comment(post, "Om en timme", NOON + timedelta(hours=1))
    world.webhooks.settle()
    assert subscriber.bodies == []
    clock.pass_by(hours=1)
    world.webhooks.settle()
    assert subscriber.verbs() == ["add"]


def test_a_subscriber_that_fails_the_challenge_is_none(world: World, subscriber: Subscriber) -> None:
    with pytest.raises(ValueError, match="403"):
        world.subscribe(subscriber.url, "fel")


def test_many_changes_come_in_one_body(world: World, post: str, subscriber: Subscriber) -> None:
    world.webhooks.switch(batch=3)
    for number in range(7):
        world.add_comment(post, str(number), NOON)
    world.webhooks.settle()
    assert [len(entry["changes"]) for entry in subscriber.entries()] == [3, 3, 1]
    with pytest.raises(ValueError, match="1000"):
        world.webhooks.switch(batch=1001)


def test_a_started_batch_does_not_wait_for_ever(world: World, post: str, subscriber: Subscriber) -> None:
    world.webhooks.switch(batch=1000)
    world.add_comment(post, "ensam", NOON)
    with world.webhooks._changed:
        assert world.webhooks._changed.wait_for(lambda: subscriber.bodies, 5)


def test_each_can_come_twice(world: World, post: str, subscriber: Subscriber) -> None:
    world.webhooks.switch(double=True)
    world.add_comment(post, "Hej", NOON)
    world.webhooks.settle()
    first, second = subscriber.bodies
    assert first == second


def test_a_removal_can_come_before_what_it_removes(world: World, post: str, subscriber: Subscriber) -> None:
    world.webhooks.switch(shuffled=7)
    comments = [world.add_comment(post, str(number), NOON) for number in range(5)]
    world.remove(comments[0])
    world.webhooks.settle()
    assert subscriber.verbs() == ["remove", *["add"] * 5]
    order = [value["comment_id"] for value in subscriber.told()[1:]]
    assert (order != comments, set(order)) == (True, set(comments))


def test_all_can_come_late_again_never_or_forged(world: World, post: str, clock: Clock, subscriber: Subscriber) -> None:
    world.webhooks.switch(late=timedelta(minutes=10))
    world.add_comment(post, "Sent", NOON)
    world.webhooks.settle()
    assert subscriber.bodies == []
    clock.pass_by(minutes=10)
    world.webhooks.settle()
    world.webhooks.replay()
    world.webhooks.settle()
    first, again = subscriber.bodies
    assert first == again
    world.webhooks.switch(late=timedelta(0), silent=True)
    world.add_comment(post, "Tyst", NOON)
    world.webhooks.switch(silent=False, forged=True)
    world.add_comment(post, "Falsk", NOON)
    world.webhooks.settle()
    assert [value["message"] for value in subscriber.told()] == ["Sent", "Sent", "Falsk"]
    body, headers = subscriber.bodies[-1], subscriber.headers[-1]
    assert headers["X-Hub-Signature-256"] != signatures(body, "secret")["X-Hub-Signature-256"]


def test_what_fails_is_tried_at_once_then_later_and_at_last_given_up(
    world: World, post: str, clock: Clock, subscriber: Subscriber
) -> None:
    subscriber.status = 500
    world.add_comment(post, "Hej", NOON)
    world.webhooks.settle()
    assert len(subscriber.bodies) == 2
    clock.pass_by(minutes=1)
    world.webhooks.settle()
    assert len(subscriber.bodies) == 3
    world.webhooks.redeliver()
    world.webhooks.settle()
    assert len(subscriber.bodies) == 4
    clock.pass_by(hours=37)
    world.webhooks.settle()
    subscriber.status = 200
    world.webhooks.redeliver()
    world.webhooks.settle()
    assert len(subscriber.bodies) == 5


def test_an_hour_of_failures_ends_the_private_messages_only(world: World, clock: Clock, subscriber: Subscriber) -> None:
    subscriber.status = 503
    world.add_message("Kalle Exempel", "Hej!", NOON)
    world.webhooks.settle()
    clock.pass_by(hours=1)
    world.webhooks.settle()
    assert world.webhooks.fields == ("feed", "mention")


def test_only_what_is_subscribed_to_is_told(door: Door, world: World, post: str, subscriber: Subscriber) -> None:
    def call(method: str, **query: Any) -> dict[str, Any]:
        url = f"{door.server.url}/v26.0/me/subscribed_apps"
        return door.session.request(method, url, params=query, headers=door.bearer, timeout=5).json()

    assert call("POST", subscribed_fields="messages,mention") == {"success": True}
    [app] = call("GET")["data"]
    assert (app["id"], app["subscribed_fields"]) == (world.tokens.app_id, ["messages", "mention"])
    world.add_comment(post, "Hej", NOON)
    world.webhooks.settle()
    assert subscriber.bodies == []
    assert call("POST", subscribed_fields="feed,okänt")["error"]["code"] == 100
    assert call("POST")["error"]["code"] == 100
    world.tokens.drop("demo-token", "pages_manage_metadata")
    assert "pages_manage_metadata" in call("POST", subscribed_fields="feed")["error"]["message"]
    assert call("DELETE") == {"success": True}
    assert call("GET") == {"data": []}


def test_a_test_can_post_a_change_itself(world: World, post: str) -> None:
    comment = world.find_comment(world.add_comment(post, "Hej", NOON))
    body, headers = signed(PAGE_ID, [of_row(world, comment, "hide", NOON)], "secret", NOON)
    assert json.loads(body)["entry"][0]["changes"][0]["value"]["verb"] == "hide"
    assert headers == signatures(body, "secret")


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items() if name not in FORGOTTEN}
    return [shape(value[0])] if isinstance(value, list) and value else type(value)


def test_the_shape_is_that_of_the_recordings(world: World, post: str, subscriber: Subscriber, recordings: Path) -> None:
    def recorded(name: str) -> Any:
        return shape(json.loads((recordings / f"{name}.json").read_text("utf-8")))

    comment = world.add_comment(post, "Hej", NOON, author="Kalle Exempel")
    world.add_comment(post, "Svar", NOON, author="Kalle Exempel", parent=comment)
    world.hide(comment)
    world.react(post, "Kalle Exempel", verb="edit")
    world.add_post("Bild", NOON, pictures=["lake"])
    world.add_post("Text", NOON)
    world.add_message("Kalle Exempel", "Hej", NOON)
    world.webhooks.settle()
    names = "wh2023_comment_add wh2020_reply_add wh2023_comment_hide wh2020_reaction_edit wh2023_photo_post_add "
    names += "wh2020_status_add wm2023_message_text"
    assert [shape(json.loads(body)) for body in subscriber.bodies] == [recorded(name) for name in names.split()]


def test_another_process_subscribes_switches_and_replays(
    door: Door, world: World, post: str, subscriber: Subscriber
) -> None:
    assert door.order("subscribe", url=subscriber.url, verify_token="fel").status_code == 400
    assert door.order("subscribe", url=subscriber.url, verify_token="verifiera").json() == {"ok": True}
    assert door.order("webhooks", double=True, late=60).json() == {"ok": True}
    assert door.order("webhooks", okänd=True).status_code == 400
    door.order("webhooks", late=0)
    comment = door.order("add_comment", post_id=post, text="Hej").json()["id"]
    assert door.order("settle").json() == {"ok": True}
    assert door.order("replay").json() == {"ok": True}
    door.order("settle")
    assert [value["comment_id"] for value in subscriber.told()] == [comment] * 3
    door.order("webhooks", double=False)
    door.order("react", row_id=comment, author="Lisa Exempel", kind="love")
    door.order("reply_privately", row_id=comment, text="Hej!")
    assert door.order("redeliver").json() == {"ok": True}
    door.order("settle")
    assert subscriber.told()[-1]["reaction_type"] == "love"
    assert subscriber.messages()[-1]["message"]["text"] == "Hej!"
