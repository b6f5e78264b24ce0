"""Who may call: tokens in three places, proof, scopes, expiry, and the calls that tell about tokens."""

import hmac
from datetime import timedelta
from hashlib import sha256

import pytest
import requests

from moderation.graph.simulator import Token, World
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door


def test_the_token_is_taken_from_header_query_or_form(door: Door, world: World) -> None:
    assert door.get("me").status_code == 200
    door.token = ""
    assert door.get("me", access_token="demo-token").status_code == 200
    own = world.tokens
    form = {"client_id": own.app_id, "client_secret": "secret", "grant_type": "client_credentials"}
    url = f"{door.server.url}/v26.0/oauth/access_token"
    assert requests.post(url, data=form, timeout=5).json()["access_token"] == f"{own.app_id}|secret"
    refused = requests.post(f"{door.server.url}/v26.0/me", data={"access_token": "demo-token"}, timeout=5)
    assert refused.json()["error"]["error_subcode"] == 33


def test_without_a_token_or_with_a_wrong_one_nothing_is_told(door: Door) -> None:
    door.token = ""
    assert door.error("me")["code"] == 104
    door.token = "fel"
    assert door.error("me")["code"] == 190


def test_a_token_ends_at_its_time(door: Door, world: World, clock: Clock) -> None:
    world.tokens.add(Token("kort", expires_at=NOON + timedelta(hours=1)))
    door.token = "kort"
    assert door.get("me").status_code == 200
    clock.pass_by(hours=1)
    assert (door.error("me")["code"], door.error("me")["error_subcode"]) == (190, 463)


def test_a_token_can_be_spoilt_and_told_about(door: Door, world: World) -> None:
    world.tokens.spoil("demo-token", "code_190_460")
    assert door.error("me")["error_subcode"] == 460
    door.token = f"{world.tokens.app_id}|secret"
    told = door.json("debug_token", input_token="demo-token")["data"]
    assert told["is_valid"] is False
    assert told["error"]["subcode"] == 460


def test_debug_token_tells_kind_scopes_and_page(door: Door, world: World) -> None:
    told = door.json("debug_token", input_token="demo-token")["data"]
    assert (told["type"], told["is_valid"], told["expires_at"]) == ("PAGE", True, 0)
    assert "pages_read_user_content" in told["scopes"]
    assert told["profile_id"] == PAGE_ID
    assert door.json("debug_token", input_token="fel")["data"]["is_valid"] is False


def test_a_right_proof_passes_and_a_wrong_one_does_not(door: Door) -> None:
    proof = hmac.new(b"secret", b"demo-token", sha256).hexdigest()
    assert door.get("me", appsecret_proof=proof).status_code == 200
    assert door.error("me", appsecret_proof="0" * 64)["code"] == 100
    timed = hmac.new(b"secret", b"demo-token|1795176000", sha256).hexdigest()
    assert door.get("me", appsecret_proof=timed, appsecret_time="1795176000").status_code == 200


def test_the_proof_of_the_documented_example_is_right(world: World, door: Door) -> None:
    world.tokens.add(Token("token"))
    door.token = "token"
    proof = "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a"
    assert door.get("me", appsecret_proof=proof).status_code == 200


def test_a_proof_can_be_required_also_for_the_next_page(door: Door, world: World, post: str) -> None:
    world.add_post("till", NOON)
    world.tokens.proof_required = True
    proof = hmac.new(b"secret", b"demo-token", sha256).hexdigest()
    assert door.error("me/posts")["code"] == 100
    link = door.json("me/posts", limit=1, appsecret_proof=proof)["paging"]["next"]
    assert "appsecret_proof" not in link
    assert requests.get(link, headers=door.bearer, timeout=5).status_code == 400


def test_without_the_scope_for_what_others_write_names_are_missing(door: Door, world: World, post: str) -> None:
    world.add_comment(post, "hej", NOON, author="Kalle Exempel")
    world.tokens.add(Token("smal", scopes=("pages_read_engagement",)))
    door.token = "smal"
    assert [set(row) for row in door.json(f"{post}/comments")["data"]] == [{"created_time", "message", "id"}]
    assert door.error("me/visitor_posts")["code"] == 10
    assert door.json("me/posts")["data"]


def test_without_the_scope_for_the_page_its_posts_are_refused(door: Door, world: World) -> None:
    world.tokens.add(Token("tom", scopes=()))
    door.token = "tom"
    assert door.error("me/feed")["code"] == 10


def test_a_persons_token_finds_the_page_and_its_token(door: Door) -> None:
    door.token = "demo-token-user"
    [account] = door.json("me/accounts", fields="id,name,access_token,tasks")["data"]
    assert (account["id"], account["access_token"]) == (PAGE_ID, "demo-token")
    assert "MODERATE" in account["tasks"]
    assert door.json(PAGE_ID, fields="access_token")["access_token"] == "demo-token"
    assert {"permission": "pages_read_engagement", "status": "granted"} in door.json("me/permissions")["data"]


def test_the_pages_own_token_is_not_told_to_itself(door: Door) -> None:
    assert set(door.json("me", fields="access_token,name")) == {"name", "id"}


def test_a_persons_token_sees_an_empty_list_of_comments_without_an_error(door: Door, world: World, post: str) -> None:
    world.add_comment(post, "hej", NOON)
    door.token = "demo-token-user"
    assert door.json(f"{post}/comments") == {"data": []}


def test_a_short_token_is_exchanged_for_a_long_one(door: Door, world: World) -> None:
    app = {"client_id": world.tokens.app_id, "client_secret": "secret", "grant_type": "fb_exchange_token"}
    answer = door.json("oauth/access_token", **app, fb_exchange_token="demo-token-user")
    assert (answer["token_type"], answer["expires_in"]) == ("bearer", 5_184_000)
    door.token = answer["access_token"]
    assert door.json("me/accounts")["data"][0]["id"] == PAGE_ID
    assert door.error("oauth/access_token", **{**app, "client_secret": "fel"})["code"] == 1


def test_an_app_is_nobody(door: Door, world: World) -> None:
    door.token = f"{world.tokens.app_id}|secret"
    assert door.error("me")["code"] == 2500


@pytest.mark.parametrize(("asked", "served"), [("v25.0", "v25.0"), ("v19.0", "v26.0"), ("v99.0", "v26.0")])
def test_a_dead_or_unknown_version_is_served_by_another(door: Door, asked: str, served: str) -> None:
    response = requests.get(f"{door.server.url}/{asked}/me", headers=door.bearer, timeout=5)
    assert response.status_code == 200
    assert response.headers["facebook-api-version"] == served
    assert ("X-Ad-API-Version-Warning" in response.headers) == (asked != served)


def test_a_path_without_a_version_is_served(door: Door) -> None:
    response = requests.get(f"{door.server.url}/me", headers=door.bearer, timeout=5)
    assert response.json()["id"] == PAGE_ID
    assert response.headers["facebook-api-version"] == "v26.0"


def test_debug_token_tells_when_a_token_and_its_access_to_data_end(door: Door, world: World, clock: Clock) -> None:
    end = NOON + timedelta(days=60)
    world.tokens.expire("demo-token-user", end)
    world.tokens.end_data_access("demo-token-user", end + timedelta(days=30))
    told = door.json("debug_token", input_token="demo-token-user")["data"]
    assert (told["type"], told["is_valid"], told["expires_at"]) == ("USER", True, int(end.timestamp()))
    assert told["data_access_expires_at"] - told["expires_at"] == 30 * 86_400
    assert told["user_id"].isdigit()
    clock.now = end
    told = door.json("debug_token", input_token="demo-token-user")["data"]
    assert (told["is_valid"], told["error"]["subcode"]) == (False, 463)


def test_a_token_is_spoilt_at_its_moment_and_loses_a_scope(door: Door, world: World, clock: Clock) -> None:
    world.tokens.spoil("demo-token", "code_190_467", NOON + timedelta(hours=1))
    world.tokens.drop("demo-token", "pages_messaging")
    assert "pages_messaging" not in door.json("debug_token", input_token="demo-token")["data"]["scopes"]
    clock.pass_by(hours=1)
    assert door.error("me")["error_subcode"] == 467
    with pytest.raises(KeyError):
        world.tokens.spoil("demo-token", "code_190_1")


def test_another_process_ends_tokens(door: Door) -> None:
    door.order("drop_scope", token="demo-token", scope="pages_messaging")
    door.order("end_data_access", token="demo-token", at="2026-12-24T12:00:00+01:00")
    told = door.json("debug_token", input_token="demo-token")["data"]
    assert ("pages_messaging" in told["scopes"], told["data_access_expires_at"] > 0) == (False, True)
    assert door.order("expire_token", token="demo-token", at="2026-11-20T12:00:00+00:00").json() == {"ok": True}
    assert door.error("me")["error_subcode"] == 463
    door.order("expire_token", token="demo-token", at=None)
    assert door.get("me").status_code == 200
