"""What is asked again, how long is waited, and what the manners of a client hear."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest

from moderation.graph import errors
from moderation.graph.client import PATIENCE, GraphClient, Usage
from moderation.graph.manners import Manners
from tests.moderation.graph.answers import SECRET, TOKEN, Answers, always, client, in_turn, serve

PAGE = "1036844829507460"
APP = "700100200300400"
GOOD = {"id": PAGE}
TRANSIENT = {
    "code_1": (500, {"error": {"code": 1, "message": "An unknown error occurred"}}),
    "code_2": (500, {"error": {"code": 2, "is_transient": True}}),
    "html": (502, b"<!DOCTYPE html>"),
    "half": (200, b'{"id": "10368'),
    "words": (200, b"Service Unavailable"),
    "shape": (200, b'["not", "an", "object"]'),
}
PERMANENT = {
    "gone": (400, {"error": {"code": 100, "error_subcode": 33}}),
    "denied": (403, {"error": {"code": 10}}),
    "expired": (400, {"error": {"code": 190, "error_subcode": 463}}),
    "parameter": (400, {"error": {"code": 100}}),
    "status": (404, {}),
}
THROTTLE = {code: (403, {"error": {"code": code, "is_transient": True}}) for code in (4, 17, 32, 368, 613, 80001)}
TOO_MUCH = (500, {"error": {"code": 1, "message": "Please reduce the amount of data you're asking for, then retry"}})


class Listening(Manners):
    def __init__(self) -> None:
        self.heard: list[tuple[Usage | None, str, Any]] = []
        self.asked = 0
        self.refusal: errors.GraphError | None = None

    def before(self) -> None:
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal

    def after(self, usage: Usage | None, version: str, error: errors.GraphError | None) -> None:
        self.heard.append((usage, version, error))


# --- What is asked again ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["code_1", "code_2", "html", "half", "words"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_passes_by_itself_is_asked_again_until_it_has_passed(trouble: str, times: int) -> None:
    waits: list[float] = []
    answers = in_turn(*[TRANSIENT[trouble]] * times, GOOD)
    speaker = client(answers, sleep=waits.append)
    assert speaker.page(PAGE) == GOOD
    assert speaker.calls == len(answers.requests) == times + 1
    assert len(waits) == times
    assert len({request.url for request in answers.requests}) == 1


@pytest.mark.parametrize("trouble", ["code_1", "code_2", "html", "half", "words"])
def test_what_does_not_pass_is_asked_three_times_again_and_then_raised(trouble: str) -> None:
    waits: list[float] = []
    answers = in_turn(*[TRANSIENT[trouble]] * 4)
    with pytest.raises(errors.Unavailable):
        client(answers, sleep=waits.append).page(PAGE)
    assert (len(answers.requests), len(waits)) == (4, 3)


def test_a_line_that_breaks_each_time_is_tried_four_times() -> None:
    waits: list[float] = []
    with serve(lambda _: None) as address:
        pass
    speaker = GraphClient(base_url=address, version="v26.0", token=TOKEN, sleep=waits.append)
    with pytest.raises(errors.Unavailable):
        speaker.page(PAGE)
    assert (speaker.calls, len(waits)) == (4, 3)


def test_the_waits_grow_and_differ_from_each_other() -> None:
    runs = []
    for _ in range(40):
        waits: list[float] = []
        with pytest.raises(errors.Unavailable):
            client(always(*TRANSIENT["code_2"][::-1]), sleep=waits.append).page(PAGE)
        runs.append(waits)
    for at, middle in enumerate(PATIENCE):
        waited = [waits[at] for waits in runs]
        assert all(0.5 * middle <= wait <= 1.5 * middle for wait in waited)
        # Spread over the whole width: not all who were cut off come back at once.
        assert max(waited) - min(waited) > 0.3 * middle
    assert list(PATIENCE) == [0.5, 2.0, 6.0]


@pytest.mark.parametrize("trouble", PERMANENT)
def test_what_is_refused_is_never_asked_again(trouble: str) -> None:
    waits: list[float] = []
    answers = in_turn(PERMANENT[trouble])
    with pytest.raises(errors.Refused):
        client(answers, sleep=waits.append).page(PAGE)
    assert (len(answers.requests), waits) == (1, [])


@pytest.mark.parametrize("code", THROTTLE)
def test_a_throttled_call_is_never_asked_again(code: int) -> None:
    """Every further call prolongs the block."""
    waits: list[float] = []
    answers = in_turn(THROTTLE[code])
    with pytest.raises(errors.RateLimited):
        list(client(answers, sleep=waits.append).posts(PAGE))
    assert (len(answers.requests), waits) == (1, [])


def test_a_throttle_that_follows_a_hiccup_ends_the_asking() -> None:
    answers = in_turn(TRANSIENT["code_2"], THROTTLE[4])
    with pytest.raises(errors.RateLimited):
        client(answers).page(PAGE)
    assert len(answers.requests) == 2


def test_each_page_of_a_list_has_patience_of_its_own() -> None:
    more = {"data": [{"id": "1_1"}], "paging": {"cursors": {"after": "c1"}, "next": "https://x"}}
    answers = in_turn(*[TRANSIENT["code_2"]] * 3, more, *[TRANSIENT["code_2"]] * 3, {"data": [{"id": "1_2"}]})
    assert list(client(answers).posts(PAGE)) == [[{"id": "1_1"}], [{"id": "1_2"}]]


# --- Too much ---------------------------------------------------------------------------------------------------


def test_what_was_too_much_is_remembered_for_the_next_client() -> None:
    manners = Manners()
    first = in_turn(TOO_MUCH, TOO_MUCH, {"data": []})
    list(client(first, manners=manners).posts(PAGE))
    assert manners.halvings == 2
    second = in_turn({"data": []})
    list(client(second, manners=manners).posts(PAGE))
    assert second.queries[0]["limit"] == "6"
    assert "comments.limit(25)" in second.queries[0]["fields"]


def test_too_much_is_not_waited_for() -> None:
    waits: list[float] = []
    list(client(in_turn(TOO_MUCH, {"data": []}), sleep=waits.append).posts(PAGE))
    assert waits == []


def test_clients_with_manners_of_their_own_do_not_hear_of_each_other() -> None:
    list(client(in_turn(TOO_MUCH, {"data": []})).posts(PAGE))
    untouched = in_turn({"data": []})
    list(client(untouched).posts(PAGE))
    assert untouched.queries[0]["limit"] == "25"


# --- Manners ----------------------------------------------------------------------------------------------------


def test_nothing_is_sent_where_the_manners_say_no() -> None:
    manners, answers = Listening(), in_turn()
    manners.refusal = errors.RateLimited(detail="we are waiting")
    speaker = client(answers, manners=manners)
    with pytest.raises(errors.RateLimited):
        speaker.page(PAGE)
    assert (answers.requests, speaker.calls, manners.heard) == ([], 0, [])


def test_the_manners_are_asked_before_each_repetition_too() -> None:
    manners = Listening()
    client(in_turn(TRANSIENT["code_2"], TRANSIENT["code_2"], GOOD), manners=manners).page(PAGE)
    assert manners.asked == 3


def test_the_manners_hear_usage_and_version_of_each_good_answer() -> None:
    manners = Listening()
    headers = {"X-App-Usage": '{"call_count":28}', "facebook-api-version": "v27.0"}
    client(always(GOOD, headers=headers), manners=manners).page(PAGE)
    assert manners.heard == [(Usage(call_count=28), "v27.0", None)]


def test_the_manners_are_not_told_an_old_figure_anew() -> None:
    manners, headers = Listening(), iter([{"X-App-Usage": '{"call_count":95}'}, {}])
    speaker = client(Answers(lambda _: (200, next(headers), b"{}")), manners=manners)
    speaker.page(PAGE)
    speaker.page(PAGE)
    assert [usage for usage, _, _ in manners.heard] == [Usage(call_count=95), None]


def test_the_manners_hear_each_error() -> None:
    manners = Listening()
    with pytest.raises(errors.Gone) as caught:
        client(in_turn(TRANSIENT["html"], PERMANENT["gone"]), manners=manners).page(PAGE)
    assert [type(error) for _, _, error in manners.heard] == [errors.Unavailable, errors.Gone]
    assert manners.heard[-1][2] is caught.value


# --- The key ----------------------------------------------------------------------------------------------------


def batch(body: Any, code: int = 200) -> list[dict[str, Any]]:
    return [{"code": code, "body": body if isinstance(body, str) else json.dumps(body)}]


def test_the_key_is_asked_about_in_the_body_of_a_batch() -> None:
    told = {"is_valid": True, "expires_at": 0, "scopes": ["pages_messaging"]}
    answers = always(batch({"data": told}))
    token = "EAAB+x/y=z&a"
    assert client(answers, token=token, app_secret=SECRET).debug_token(APP) == told
    (request,) = answers.requests
    assert (request.method, request.url) == ("POST", "https://graph.facebook.com/")
    form = {name: values[0] for name, values in parse_qs(str(request.body)).items()}
    (asked,) = json.loads(form["batch"])
    assert asked["method"] == "GET"
    assert unquote(asked["relative_url"]) == f"debug_token?input_token={token}"
    assert "&a" not in asked["relative_url"]
    assert form["access_token"] == f"{APP}|{SECRET}"
    assert "Authorization" not in request.headers


def test_an_error_inside_the_batch_is_an_error_without_the_secrets() -> None:
    inner = {"error": {"code": 190, "message": f"kort {APP}|dold"}}
    with pytest.raises(errors.Expired) as caught:
        client(always(batch(inner, 400)), token="kort", app_secret="dold").debug_token(APP)
    assert "kort" not in str(caught.value)
    assert "dold" not in str(caught.value)


def test_an_error_of_the_whole_batch_is_an_error() -> None:
    with pytest.raises(errors.Refused):
        client(always({"error": {"code": 100}}, 400), app_secret=SECRET).debug_token(APP)


@pytest.mark.parametrize(
    "odd", [{}, [], [None], [{"code": 200}], [{"code": 200, "body": None}], "x", 5, None, [[]], [{"body": {}}]]
)
def test_a_batch_without_an_answer_is_malformed(odd: Any) -> None:
    with pytest.raises(errors.Malformed):
        client(always(odd), app_secret=SECRET).debug_token(APP)


@pytest.mark.parametrize("odd", ["[]", "null", "5", '"x"', '{"data": []}', '{"data": null}', "{}"])
def test_an_odd_answer_about_the_key_is_malformed(odd: str) -> None:
    """Above all not that the key holds."""
    with pytest.raises(errors.Malformed):
        client(always(batch(odd)), app_secret=SECRET).debug_token(APP)


@pytest.mark.parametrize("code", [None, "abc", [], {}])
def test_an_odd_code_in_a_batch_is_malformed(code: Any) -> None:
    with pytest.raises(errors.Malformed):
        client(always([{"code": code, "body": "{}"}]), app_secret=SECRET).debug_token(APP)


def test_what_is_wrong_with_the_apps_own_key_is_not_told_of_the_page() -> None:
    manners = Listening()
    speaker = client(always({"error": {"code": 190}}, 400), manners=manners, app_secret=SECRET)
    with pytest.raises(errors.Expired):
        speaker.debug_token(APP)
    assert (manners.asked, manners.heard) == (0, [])


def test_no_secret_is_in_any_address_the_server_receives() -> None:
    """Every call the client knows, as the other end of the line sees it."""
    lines: list[tuple[str, str]] = []

    def handle(line: BaseHTTPRequestHandler) -> None:
        length = int(line.headers.get("Content-Length", 0))
        lines.append((line.path, line.rfile.read(length).decode()))
        more = {"cursors": {"after": f"c{len(lines)}"}, "next": f"{line.path}&access_token={TOKEN}"}
        listed = {"id": "1", "data": [{"id": f"1_{len(lines)}", "post_id": "5"}]}
        told = batch({"data": {"is_valid": True}}) if line.command == "POST" else listed
        if line.command == "GET" and "after=" not in line.path:
            told = {**listed, "paging": more}
        body = json.dumps(told).encode()
        line.send_response(200)
        line.send_header("Content-Length", str(len(body)))
        line.end_headers()
        line.wfile.write(body)

    with serve(handle) as address:
        speaker = GraphClient(base_url=address, version="v26.0", token=TOKEN, app_secret=SECRET)
        nested = {"id": "9_1", "comments": {"data": [], "paging": {"cursors": {"after": "c"}, "next": "x"}}}
        for ask in (
            lambda: speaker.page(PAGE),
            lambda: speaker.posts(PAGE),
            lambda: speaker.newest(PAGE),
            lambda: speaker.tagged(PAGE),
            lambda: speaker.reels(PAGE),
            lambda: speaker.post("9_1"),
            lambda: speaker.comment("9_2"),
            lambda: [speaker.exists("9_2")],
            lambda: speaker.comments(nested),
            lambda: speaker.newest_comments(nested),
            lambda: speaker.latest_comments("9_1"),
            lambda: speaker.conversations(PAGE),
            lambda: speaker.conversation_with(PAGE, "5"),
            lambda: speaker.messages({"id": "t_1", "messages": nested["comments"]}),
            lambda: speaker.debug_token(APP),
            lambda: speaker.subscriptions(PAGE),
        ):
            before = len(lines)
            list(ask())
            assert len(lines) > before
    assert any(TOKEN in body for _, body in lines)
    for path, _ in lines:
        assert TOKEN not in unquote(path)
        assert SECRET not in unquote(path)
