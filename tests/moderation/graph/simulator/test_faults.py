"""Each fault by itself: what a client sees, and that it ends when it should."""

import json
import time
from datetime import timedelta

import pytest
import requests

from moderation.graph.simulator import SimulatorAdapter, World
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door


@pytest.fixture
def comments(world: World, post: str) -> list[str]:
    return [world.add_comment(post, "k", NOON - timedelta(hours=9 - n), author="Kalle Exempel") for n in range(6)]


@pytest.mark.parametrize(
    ("kind", "status", "code", "subcode"),
    [
        ("code_1", 500, 1, None),
        ("code_1_99", 500, 1, 99),
        ("code_2", 500, 2, None),
        ("code_2_http400", 400, 2, None),
        ("code_4", 403, 4, None),
        ("code_10", 400, 10, None),
        ("code_32", 403, 32, None),
        ("code_100_33", 400, 100, 33),
        ("code_190", 400, 190, None),
        ("code_190_458", 400, 190, 458),
        ("code_190_459", 400, 190, 459),
        ("code_190_460", 400, 190, 460),
        ("code_190_463", 400, 190, 463),
        ("code_190_464", 400, 190, 464),
        ("code_190_466", 400, 190, 466),
        ("code_190_467", 400, 190, 467),
        ("code_190_492", 400, 190, 492),
        ("code_200", 403, 200, None),
        ("code_368", 400, 368, None),
        ("code_80001", 403, 80001, None),
        ("http_429", 429, 4, None),
    ],
)
def test_each_error_has_its_code_and_comes_once(
    door: Door, world: World, kind: str, status: int, code: int, subcode: int | None
) -> None:
    world.fault(kind)
    response = door.get("me")
    error = response.json()["error"]
    assert (response.status_code, error["code"], error.get("error_subcode")) == (status, code, subcode)
    assert error["fbtrace_id"].startswith("A")
    assert door.get("me").status_code == 200


def test_a_transient_error_says_so(door: Door, world: World) -> None:
    for kind in ("code_2", "code_2_http400", "code_4"):
        world.fault(kind)
        assert door.error("me")["is_transient"] is True


def test_an_error_of_status_400_also_stands_in_a_header(door: Door, world: World) -> None:
    world.fault("code_190_463")
    header = door.get("me").headers["WWW-Authenticate"]
    assert header.startswith('OAuth "Facebook Platform" "invalid_request" "Error validating access token')


def test_scripted_faults_come_one_after_the_other(door: Door, world: World) -> None:
    world.fault("code_2", times=2)
    world.fault("code_32")
    statuses = [door.get("me").json().get("error", {}).get("code") for _ in range(4)]
    assert statuses == [2, 2, 32, None]


def test_a_fault_waits_for_its_path_and_its_turn(door: Door, world: World, post: str) -> None:
    world.fault("code_2", path="/comments$", skip=1)
    assert door.get("me").status_code == 200
    assert door.get(f"{post}/comments").status_code == 200
    assert door.get("me").status_code == 200
    assert door.get(f"{post}/comments").status_code == 500
    assert door.get(f"{post}/comments").status_code == 200


def test_a_mode_lasts_until_it_is_cleared(door: Door, world: World) -> None:
    world.fault("code_2", times=None)
    assert [door.get("me").status_code for _ in range(3)] == [500, 500, 500]
    world.clear_faults()
    assert door.get("me").status_code == 200


def test_a_fault_nobody_knows_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        world.fault("code_7")
    with pytest.raises(ValueError, match="at least once"):
        world.fault("code_2", times=0)


def test_too_much_data_is_refused_until_less_is_asked_for(
    door: Door, world: World, post: str, comments: list[str]
) -> None:
    world.fault("reduce_data", times=None, above=700)
    response = door.get(f"{post}/comments", limit=6)
    assert response.status_code == 500
    assert response.json() == {
        "error": {
            "code": 1,
            "message": "Please reduce the amount of data you're asking for, then retry your request",
        }
    }
    assert door.get(f"{post}/comments", limit=2).status_code == 200


def test_a_gateway_answers_with_html(door: Door, world: World) -> None:
    world.fault("html_502")
    response = door.get("me")
    assert response.status_code == 502
    assert response.headers["Content-Type"].startswith("text/html")
    assert response.text.startswith("<!DOCTYPE html>")


def test_an_error_can_come_with_status_200(door: Door, world: World) -> None:
    world.fault("error_http200")
    assert door.json("me")["error"]["code"] == 2
    world.fault("unavailable_http200")
    response = door.get("me")
    assert (response.status_code, response.text) == (200, "Service Unavailable")


@pytest.mark.parametrize(("kind", "said"), [("success_false", False), ("empty_promise", True)])
def test_a_write_can_be_answered_without_being_done(
    door: Door, world: World, comments: list[str], kind: str, said: bool
) -> None:
    world.fault(kind)
    address = f"{door.server.url}/v26.0/{comments[0]}"
    assert door.json(comments[0])["id"] == comments[0]
    assert requests.delete(address, headers=door.bearer, timeout=10).json() == {"success": said}
    assert door.json(comments[0])["id"] == comments[0]
    assert requests.delete(address, headers=door.bearer, timeout=10).json() == {"success": True}
    assert door.error(comments[0])["code"] == 100


def test_a_fault_can_concern_one_method_alone(door: Door, world: World, comments: list[str]) -> None:
    world.fault("code_200", method="DELETE")
    assert door.json(comments[0])["id"] == comments[0]
    address = f"{door.server.url}/v26.0/{comments[0]}"
    assert requests.delete(address, headers=door.bearer, timeout=10).json()["error"]["code"] == 200


def test_json_breaks_off(door: Door, world: World, post: str) -> None:
    whole = door.get(post).content
    world.fault("truncated")
    response = door.get(post)
    assert response.status_code == 200
    assert whole.startswith(response.content)
    with pytest.raises(requests.JSONDecodeError):
        response.json()


def test_the_connection_ends_before_or_within_the_answer(door: Door, world: World, post: str) -> None:
    world.fault("cut")
    with pytest.raises(requests.ConnectionError):
        door.get(post)
    world.fault("cut_body")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        door.get(post)
    assert door.get(post).status_code == 200


def test_a_slow_answer_comes_in_drips_that_no_read_timeout_notices(door: Door, world: World, post: str) -> None:
    world.fault("slow", seconds=0.02)
    begun = time.monotonic()
    response = door.session.get(f"{door.server.url}/v26.0/{post}", headers=door.bearer, timeout=0.25)
    assert response.status_code == 200
    assert time.monotonic() - begun > 0.3


def test_a_client_that_hangs_up_on_a_slow_answer_harms_nobody(
    door: Door, world: World, post: str, capfd: pytest.CaptureFixture[str]
) -> None:
    world.fault("slow", seconds=0.02)
    with requests.get(f"{door.server.url}/v26.0/{post}", headers=door.bearer, timeout=5, stream=True) as response:
        next(response.iter_content(1))
    assert door.get(post).status_code == 200
    assert capfd.readouterr().err == ""


def test_a_loop_gives_the_first_page_for_ever(door: Door, world: World, post: str, comments: list[str]) -> None:
    world.fault("loop", times=None)
    first = door.json(f"{post}/comments", limit=4)
    second = door.follow(first["paging"]["next"])
    assert second["data"] == first["data"]
    assert second["paging"]["next"] == first["paging"]["next"]


def test_a_fresh_loop_gives_the_same_rows_under_new_cursors(
    door: Door, world: World, post: str, comments: list[str]
) -> None:
    world.fault("loop_fresh", times=None)
    first = door.json(f"{post}/comments", limit=4)
    second = door.follow(first["paging"]["next"])
    assert second["data"] == first["data"]
    assert second["paging"]["cursors"]["after"] != first["paging"]["cursors"]["after"]


def test_an_empty_page_is_not_the_end(door: Door, world: World, post: str, comments: list[str]) -> None:
    world.add_post("äldre", NOON - timedelta(days=3))
    for path in (f"{post}/comments", "me/posts"):
        whole = door.json(path, limit=1)["data"]
        world.fault("empty_page")
        empty = door.json(path, limit=1)
        assert empty["data"] == []
        assert door.follow(empty["paging"]["next"])["data"] == whole


def test_an_empty_page_can_come_in_the_middle(door: Door, world: World, post: str, comments: list[str]) -> None:
    world.fault("empty_page", skip=1)
    rows = door.all_rows(f"{post}/comments", limit=2)
    assert {row["id"] for row in rows} == set(comments)
    assert door.server.world.calls[f"GET /v26.0/{post}/comments"] == 4


def test_persons_can_lose_their_names(door: Door, world: World, post: str, comments: list[str]) -> None:
    assert "from" in door.json(f"{post}/comments")["data"][0]
    world.fault("no_from", times=None)
    assert all("from" not in row for row in door.json(f"{post}/comments")["data"])
    assert "from" in door.json(post, fields="from")


def test_usage_rises_with_the_calls_and_its_header_can_be_missing(door: Door, world: World) -> None:
    world.usage.allow(200)
    seen = [_pages_usage(door.get("me"))["call_count"] for _ in range(6)]
    assert seen == [1, 1, 2, 2, 3, 3]
    world.fault("no_usage")
    assert "X-Business-Use-Case-Usage" not in door.get("me").headers


def test_calls_beyond_the_allowance_are_throttled_and_prolong_it(door: Door, world: World, clock: Clock) -> None:
    world.usage.allow(2, minutes=5)
    assert [door.get("me").status_code for _ in range(3)] == [200, 200, 403]
    assert _pages_usage(door.get("me"))["estimated_time_to_regain_access"] == 6
    assert door.error("me")["code"] == 80001
    assert _pages_usage(door.get("me"))["estimated_time_to_regain_access"] == 8
    clock.pass_by(minutes=7)
    assert door.get("me").status_code == 403
    clock.pass_by(minutes=3)
    assert door.get("me").status_code == 200
    assert _pages_usage(door.get("me"))["estimated_time_to_regain_access"] == 0


def test_another_code_can_throttle(door: Door, world: World) -> None:
    world.usage.allow(0, kind="code_4")
    error = door.error("me")
    assert (error["code"], error["is_transient"]) == (4, True)


def test_the_allowance_is_new_after_a_day(door: Door, world: World, clock: Clock) -> None:
    world.usage.allow(2)
    for _ in range(3):
        assert [door.get("me").status_code for _ in range(2)] == [200, 200]
        clock.pass_by(days=1)


def test_both_doors_give_the_same_answer(world: World, door: Door, post: str, comments: list[str]) -> None:
    with requests.Session() as session:
        session.mount("https://graph.facebook.com", SimulatorAdapter(world))
        path = f"v26.0/{post}/comments?limit=2&order=chronological"
        inside = session.get(f"https://graph.facebook.com/{path}", headers=door.bearer, timeout=5)
        outside = door.session.get(f"{door.server.url}/{path}", headers=door.bearer, timeout=5)
        assert inside.json()["data"] == outside.json()["data"]
        assert inside.json()["paging"]["next"].startswith("https://graph.facebook.com/v26.0/")
        assert inside.headers["Facebook-API-Version"] == outside.headers["Facebook-API-Version"] == "v26.0"


def test_the_adapter_cuts_connections_too(world: World, post: str) -> None:
    with requests.Session() as session:
        session.mount("https://graph.facebook.com", SimulatorAdapter(world))
        for kind, error in (("cut", requests.ConnectionError), ("cut_body", requests.exceptions.ChunkedEncodingError)):
            world.fault(kind)
            with pytest.raises(error):
                session.get("https://graph.facebook.com/v26.0/me?access_token=demo-token", timeout=5)


def test_the_adapter_drips_in_the_worlds_own_time(world: World, clock: Clock, post: str) -> None:
    world.sleep = lambda seconds: clock.pass_by(seconds=seconds)
    world.fault("slow", seconds=10)
    with requests.Session() as session:
        session.mount("https://graph.facebook.com", SimulatorAdapter(world))
        answer = session.get(f"https://graph.facebook.com/v26.0/{PAGE_ID}?access_token=demo-token", timeout=5)
    assert answer.json()["id"] == PAGE_ID
    assert clock.now - NOON > timedelta(minutes=3)


def _pages_usage(response: requests.Response) -> dict:
    [usage] = json.loads(response.headers["X-Business-Use-Case-Usage"])[PAGE_ID]
    assert usage["type"] == "pages"
    return usage
