"""Many calls in one, many nodes in one, and answers the client already has."""

import json
from typing import Any

import pytest
import requests

from moderation.graph.simulator import World
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Door


def send(door: Door, entries: Any, **form: str) -> requests.Response:
    given = {"batch": json.dumps(entries), **form}
    return door.session.post(f"{door.server.url}/v26.0/", data=given, headers=door.bearer, timeout=10)


def get(address: str) -> dict[str, str]:
    return {"method": "GET", "relative_url": address}


def test_answers_come_in_order_each_with_its_own_code_and_headers(door: Door, world: World, post: str) -> None:
    outer = send(door, [get("me?fields=id"), get("1_2"), get(f"v26.0/{post}?fields=message")])
    assert outer.status_code == 200
    page, missing, told = outer.json()
    assert (page["code"], json.loads(page["body"])) == (200, {"id": PAGE_ID})
    assert (missing["code"], json.loads(missing["body"])["error"]["error_subcode"]) == (400, 33)
    assert json.loads(told["body"])["message"] == "Nu plogas det."
    headers = {header["name"]: header["value"] for header in page["headers"]}
    assert headers["Content-Type"] == "text/javascript; charset=UTF-8"
    assert PAGE_ID in json.loads(headers["X-Business-Use-Case-Usage"])
    assert set(headers) >= {"ETag", "Facebook-API-Version"}
    assert door.order("stats").json()["by_call"] == {
        "GET /v26.0/me": 1,
        "GET /v26.0/1_2": 1,
        f"GET /v26.0/{post}": 1,
    }


def test_every_entry_counts_and_headers_can_be_left_out(door: Door, world: World) -> None:
    world.usage.allow(3)
    told = send(door, [get("me")] * 5, include_headers="false").json()
    assert [entry["code"] for entry in told] == [200, 200, 200, 403, 403]
    assert all(set(entry) == {"code", "body"} for entry in told)
    assert world.usage.calls == 5


def test_an_entry_can_write_and_have_its_own_token(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "Hej", NOON, author="Kalle Exempel")
    hide = {"method": "POST", "relative_url": comment, "body": "is_hidden=true"}
    refused = {**get("me"), "access_token": "fel"}
    codes = [entry["code"] for entry in send(door, [hide, refused]).json()]
    assert codes == [200, 400]
    assert world.find_comment(comment).hidden is True


def test_an_entry_can_come_as_null(door: Door, world: World) -> None:
    world.fault("null_entry", skip=1)
    assert door.get("me").status_code == 200
    first, second, third = send(door, [get("me")] * 3).json()
    assert (first["code"], second, third["code"]) == (200, None, 200)
    world.fault("code_2", path="/me$")
    assert [entry["code"] for entry in send(door, [get("me")] * 2).json()] == [500, 200]


@pytest.mark.parametrize("entries", [[get("me")] * 51, {"method": "GET"}, "text", [1], [{"method": "GET"}]])
def test_what_is_no_batch_is_refused(door: Door, entries: Any) -> None:
    assert send(door, entries).status_code == 400


def test_a_batch_needs_a_token(door: Door) -> None:
    door.token = ""
    assert send(door, [get("me")]).json()["error"]["code"] == 104


def test_an_entry_has_the_shape_of_the_recording(door: Door, recordings: Any) -> None:
    recorded = json.loads((recordings / "v26_batch_posts_with_headers.json").read_text("utf-8"))[0]
    [entry] = send(door, [get("me")]).json()
    assert set(entry) == set(recorded)
    names = {header["name"] for header in recorded["headers"]}
    assert names <= {header["name"] for header in entry["headers"]}


def test_several_nodes_are_read_by_their_ids_and_each_counts(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "Hej", NOON)
    told = door.json("", ids=f"{post},{comment}", fields="message")
    assert told == {
        post: {"message": "Nu plogas det.", "id": post},
        comment: {"message": "Hej", "id": comment},
    }
    assert world.usage.calls == 2
    assert door.error("", ids=f"{post},1_2")["error_subcode"] == 33
    assert door.error("", ids=",".join(["1"] * 51))["code"] == 100


def test_what_the_client_already_has_is_not_sent_but_counts(door: Door, world: World, post: str) -> None:
    tag = door.get(post).headers["ETag"]
    url = f"{door.server.url}/v26.0/{post}"
    again = requests.get(url, headers={**door.bearer, "If-None-Match": tag}, timeout=5)
    assert (again.status_code, again.content, world.usage.calls) == (304, b"", 2)
    assert "X-Business-Use-Case-Usage" in again.headers
    world.edit(post, "Nu är det plogat.")
    changed = requests.get(url, headers={**door.bearer, "If-None-Match": tag}, timeout=5)
    assert changed.json()["message"] == "Nu är det plogat."
    assert "ETag" not in door.get("1_2").headers
