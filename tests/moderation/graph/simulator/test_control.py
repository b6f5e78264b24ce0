"""The second address of the HTTP door, by which a test in another process changes the Page."""

from concurrent.futures import ThreadPoolExecutor

import requests

from moderation.graph.simulator import World, serve
from tests.moderation.graph.simulator.conftest import NOON, Door


def test_a_post_a_comment_and_a_reply_can_be_added(door: Door) -> None:
    post = door.order("add_post", text="Nytt", pictures=["lake"]).json()["id"]
    comment = door.order("add_comment", post_id=post, text="Hej", author="Kalle Exempel").json()["id"]
    reply = door.order(
        "add_comment", post_id=post, parent=comment, text="Svar", created_at="2026-11-20T12:30:00+01:00"
    ).json()["id"]
    assert door.json(comment)["from"]["name"] == "Kalle Exempel"
    assert door.json(reply)["created_time"] == "2026-11-20T11:30:00+0000"


def test_what_is_there_can_be_changed(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "Hej", NOON)
    assert door.order("edit", row_id=comment, text="Hejsan").json() == {"ok": True}
    door.order("hide", row_id=comment)
    assert door.json(comment, fields="message,is_hidden") == {"message": "Hejsan", "is_hidden": True, "id": comment}
    door.order("withhold", comment_id=comment)
    assert door.json(f"{post}/comments", summary="1")["summary"]["total_count"] == 1
    door.order("remove", row_id=comment)
    assert door.error(comment)["error_subcode"] == 33


def test_faults_are_set_and_cleared(door: Door) -> None:
    door.order("fault", kind="code_2", times=None, path="/me$")
    assert door.error("me")["code"] == 2
    door.order("clear")
    assert door.get("me").status_code == 200
    door.order("allow", calls=0, kind="code_32")
    assert door.error("me")["code"] == 32


def test_a_token_is_spoilt(door: Door) -> None:
    door.order("spoil_token", token="demo-token", trouble="code_190_463")
    assert door.error("me")["error_subcode"] == 463


def test_a_raw_node_is_added(door: Door, post: str) -> None:
    door.order("add_raw_comment", post_id=post, node={"id": "1_2", "message": "\0"})
    assert door.json(f"{post}/comments")["data"] == [{"id": "1_2", "message": "\0"}]


def test_calls_are_counted(door: Door, post: str) -> None:
    door.get("me")
    door.get("me")
    door.get(f"{post}/comments")
    stats = door.order("stats").json()
    assert (stats["calls"], stats["media"]) == (3, 0)
    assert stats["by_call"]["GET /v26.0/me"] == 2
    assert stats["posts"] == [post]


def test_wrong_orders_are_refused_and_change_nothing(door: Door, post: str) -> None:
    assert door.order("rita").status_code == 404
    assert door.order("edit", row_id="1_1", text="x").status_code == 400
    assert door.order("add_comment", post_id=post, text="x", created_at="2026-11-20T12:30:00").status_code == 400
    assert door.order("add_comment", post_id=post, text="x", okänt=1).status_code == 400
    assert door.order("fault", kind="code_7").status_code == 400
    assert door.order("add_post", text="x", pictures=["monster"]).status_code == 400
    assert door.json(f"{post}/comments") == {"data": []}
    assert door.order("stats").json()["posts"] == [post]


def test_only_json_by_post_is_heard(door: Door) -> None:
    url = f"{door.server.url}/_kontroll/stats"
    assert requests.get(url, timeout=5).status_code == 405
    assert requests.post(url, data={"a": 1}, timeout=5).status_code == 405
    for body in ("[]", "{", '"text"'):
        headers = {"Content-Type": "application/json"}
        assert requests.post(url, data=body, headers=headers, timeout=5).status_code == 400


def test_the_server_listens_on_this_machine_only_and_takes_a_free_port(world: World) -> None:
    first, second = serve(world), serve(world)
    assert first.server_address[0] == "127.0.0.1"
    assert first.port != second.port
    for server in (first, second):
        server.close()


def test_many_hands_at_once_lose_nothing(door: Door, world: World, post: str) -> None:
    def write(hand: int) -> None:
        for number in range(40):
            world.add_comment(post, f"{hand}/{number}", NOON)

    def read(_: int) -> int:
        url = f"{door.server.url}/v26.0/{post}/comments?limit=100&access_token=demo-token"
        return sum(requests.get(url, timeout=10).status_code == 200 for _ in range(10))

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, hand) for hand in range(4)]
        answered = sum(pool.map(read, range(4)))
        for hand in writing:
            hand.result()
    assert answered == 40
    assert door.json(f"{post}/comments", limit=0, summary="1")["summary"]["total_count"] == 160
    assert len(world.comments) == 160
