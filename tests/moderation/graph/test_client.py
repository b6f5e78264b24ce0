import gzip
import json
import logging
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

import pytest

from moderation import graph
from moderation.graph import errors, wire
from moderation.graph.client import GraphClient, Usage
from moderation.graph.manners import Manners
from tests.moderation.graph.answers import SECRET, TOKEN, Answers, always, client, in_turn, serve

PAGE = "1036844829507460"
QUICK = wire.Limits(connect=2, silence=2, total=0.3, size=1_000_000)


def rows(*ids: str) -> list[dict[str, Any]]:
    return [{"id": name} for name in ids]


def listing(*ids: str, after: str = "") -> dict[str, Any]:
    """A page of a list; with `after` there is more."""
    paging = {"cursors": {"before": "b", "after": after}, "next": "https://evil.example/?access_token=x"}
    return {"data": rows(*ids)} | ({"paging": paging} if after else {})


def every(pages: Any) -> list[Any]:
    return [row for page in pages for row in page]


def ids(pages: Any) -> list[str]:
    return [row["id"] for row in every(pages)]


# --- What is asked ----------------------------------------------------------------------------------------------


def test_the_page_is_read_by_its_id() -> None:
    answers = always({"id": PAGE, "name": "Ljusnarsbergs kommun"})
    assert client(answers).page(PAGE)["name"] == "Ljusnarsbergs kommun"
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}"


def test_the_feed_is_asked_for_with_every_comment_in_one_flat_list_oldest_first() -> None:
    answers = always({"data": []})
    assert list(client(answers).posts(PAGE)) == [[]]
    asked = answers.queries[0]
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}/feed"
    assert asked.keys() == {"fields", "limit"}
    assert asked["limit"] == "25"
    assert asked["fields"].count("comments.limit(100).filter(stream).order(chronological).summary(true){") == 1
    assert asked["fields"].count("comments.") == 1
    assert asked["fields"].count("{") == asked["fields"].count("}")
    assert "subattachments.limit(100){" in asked["fields"]


def test_the_feed_can_be_asked_for_up_to_a_time() -> None:
    answers = always({"data": []})
    list(client(answers).posts(PAGE, datetime(2026, 11, 20, 12, 0, tzinfo=UTC)))
    assert answers.queries[0]["until"] == "1795176000"


def test_the_newest_is_one_call_whatever_lies_behind_it() -> None:
    answers = in_turn(listing("1_1", "1_2", after="c1"))
    assert [row["id"] for row in client(answers).newest(PAGE)] == ["1_1", "1_2"]
    asked = answers.queries[0]
    assert asked["limit"] == "100"
    assert "comments.limit(3).filter(stream).order(reverse_chronological).summary(true){" in asked["fields"]
    # A reply among the newest brings what it answers.
    assert "parent{id,message," in asked["fields"]


def test_the_latest_comments_of_one_post_come_page_by_page_newest_first() -> None:
    answers = in_turn(listing("1_9", after="c1"), listing("1_8"))
    pages = client(answers).latest_comments("9_1")
    assert next(pages) == rows("1_9")
    assert len(answers.requests) == 1
    assert list(pages) == [rows("1_8")]
    assert urlsplit(answers.requests[0].url).path == "/v26.0/9_1/comments"
    assert answers.queries[0]["order"] == "reverse_chronological"


def test_newest_comments_go_on_behind_the_nested_ones_newest_first() -> None:
    answers = in_turn(listing("1_6"))
    post = {"id": "9_1", "comments": listing("1_7", after="c1")}
    assert list(client(answers).newest_comments(post)) == [rows("1_7"), rows("1_6")]
    assert (answers.queries[0]["order"], answers.queries[0]["filter"]) == ("reverse_chronological", "stream")


def test_posts_that_mention_the_page_are_read_like_others() -> None:
    answers = in_turn(listing("5_1", after="c1"), listing("6_2"))
    assert ids(client(answers).tagged(PAGE)) == ["5_1", "6_2"]
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}/tagged"


def test_reels_are_told_as_ids_of_posts_on_the_page() -> None:
    reels = [{"id": "77", "post_id": "555"}, {"id": "78", "post_id": "9_556"}, {"id": "79"}, {"post_id": 5}]
    answers = in_turn({"data": reels})
    assert list(client(answers).reels(PAGE)) == [f"{PAGE}_555", "9_556"]
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}/video_reels"


def test_a_single_post_comes_with_its_first_comments_and_halves_them_too() -> None:
    answers = in_turn(TOO_MUCH, {"id": "9_1"})
    assert client(answers).post("9_1") == {"id": "9_1"}
    nested = [re.search(r"comments\.limit\((\d+)\)", asked["fields"])[1] for asked in answers.queries]
    assert nested == ["100", "50"]


def test_a_single_comment_comes_with_what_it_answers() -> None:
    answers = in_turn({"id": "1_9"})
    assert client(answers).comment("1_9") == {"id": "1_9"}
    assert "parent{id,message," in answers.queries[0]["fields"]


def test_what_is_gone_does_not_exist_and_every_other_error_is_no_answer() -> None:
    assert client(always({"id": "1_9"})).exists("1_9")
    assert not client(always({"error": {"code": 100, "error_subcode": 33}}, 400)).exists("1_9")
    for code, expected in (
        (10, errors.Denied),
        (190, errors.Expired),
        (4, errors.RateLimited),
        (2, errors.Unavailable),
    ):
        with pytest.raises(expected):
            client(always({"error": {"code": code}}, 400)).exists("1_9")


def test_conversations_are_those_changed_since_with_their_newest_messages() -> None:
    answers = in_turn(listing("t_1", after="c1"), listing("t_2"))
    since = datetime(2026, 11, 20, 12, 0, 0, 500_000, tzinfo=UTC)
    assert ids(client(answers).conversations(PAGE, since)) == ["t_1", "t_2"]
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}/conversations"
    for asked in answers.queries:
        assert (asked["platform"], asked["limit"], asked["updated_after_ms"]) == ("messenger", "25", "1795176000500")
        assert "messages.limit(20){" in asked["fields"]


def test_all_conversations_are_asked_for_without_a_time() -> None:
    answers = in_turn(listing("t_1"))
    list(client(answers).conversations(PAGE))
    assert "updated_after_ms" not in answers.queries[0]


def test_the_conversation_with_one_person() -> None:
    answers = in_turn(listing("t_1", after="c1"))
    assert [row["id"] for row in client(answers).conversation_with(PAGE, "24266381753005180")] == ["t_1"]
    assert answers.queries[0]["user_id"] == "24266381753005180"


def test_messages_go_on_behind_the_nested_ones() -> None:
    answers = in_turn(listing("m_2", after="c2"), listing("m_1"))
    assert ids(client(answers).messages({"id": "t_1", "messages": listing("m_3", after="c1")})) == ["m_3", "m_2", "m_1"]
    assert [urlsplit(request.url).path for request in answers.requests] == ["/v26.0/t_1/messages"] * 2
    assert [asked["after"] for asked in answers.queries] == ["c1", "c2"]


def test_the_apps_that_hear_of_the_page_are_told() -> None:
    answers = in_turn({"data": [{"id": "1", "subscribed_fields": ["feed"]}]})
    assert client(answers).subscriptions(PAGE) == [{"id": "1", "subscribed_fields": ["feed"]}]
    assert urlsplit(answers.requests[0].url).path == f"/v26.0/{PAGE}/subscribed_apps"


def test_no_level_asks_for_a_field_that_its_node_lacks() -> None:
    """One unknown field fails the whole call, so what a comment is asked for is held against what v26 knows."""
    answers = always({"data": []})
    next(client(answers).latest_comments("1_2"))
    own = _top_level(answers.queries[0]["fields"])
    assert own <= {
        *("id", "message", "message_tags", "from", "created_time", "parent", "object", "attachment", "permalink_url"),
        *("like_count", "comment_count", "user_likes", "is_hidden", "is_private", "can_comment", "can_hide"),
        *("can_like", "can_remove", "can_reply_privately", "private_reply_conversation", "comments"),
    }
    assert {"id", "message", "created_time", "from", "attachment", "is_hidden", "parent"} <= own


def _top_level(fields: str) -> set[str]:
    depth, names = 0, [""]
    for sign in fields:
        depth += (sign in "({") - (sign in ")}")
        if sign == "," and depth == 0:
            names.append("")
        elif depth == 0:
            names[-1] += sign
    return {name.partition(".")[0].rstrip("})") for name in names}


@pytest.mark.parametrize("odd", ["../me", "1/2", "1?fields=x", "", "å", "1 2", "1%2f2"])
def test_an_odd_id_never_becomes_part_of_an_address(odd: str) -> None:
    answers = always({"data": []})
    with pytest.raises(errors.Refused):
        list(client(answers).posts(odd))
    assert ids(client(answers).comments({"id": odd, "comments": listing("2_3", after="c")})) == ["2_3"]
    assert answers.requests == []


# --- The token --------------------------------------------------------------------------------------------------


def test_the_token_travels_in_a_header_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = in_turn(listing("1_1", after="c1"), listing("1_2"), (400, {"error": {"code": 190, "message": TOKEN}}))
    speaker = client(answers, app_secret=SECRET)
    list(speaker.posts(PAGE))
    with pytest.raises(errors.Expired) as caught:
        speaker.page(PAGE)
    assert [request.headers["Authorization"] for request in answers.requests] == [f"Bearer {TOKEN}"] * 3
    urls = " ".join(str(request.url) for request in answers.requests)
    said = repr(speaker) + caplog.text + str(caught.value) + repr(caught.value) + caught.value.sentence
    for hidden in (TOKEN, SECRET):
        assert hidden not in urls
        assert hidden not in said


def test_a_short_token_that_facebook_repeats_is_struck_out() -> None:
    answers = always({"error": {"code": 190, "message": "Malformed access token kort-nyckel"}}, 400)
    with pytest.raises(errors.Expired) as caught:
        client(answers, token="kort-nyckel").page(PAGE)
    assert "kort-nyckel" not in str(caught.value)
    assert "Malformed access token …" in str(caught.value)


def test_the_proof_is_the_one_meta_expects() -> None:
    answers = always({"id": PAGE})
    client(answers, token="token", app_secret="secret").page(PAGE)
    proof = "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a"
    assert answers.queries[0]["appsecret_proof"] == proof


def test_every_further_page_carries_the_proof_too() -> None:
    answers = in_turn(listing("1_1", after="c1"), listing("1_2"))
    list(client(answers, app_secret=SECRET).posts(PAGE))
    assert len({asked["appsecret_proof"] for asked in answers.queries}) == 1


def test_without_a_secret_there_is_no_proof() -> None:
    answers = always({"id": PAGE})
    client(answers).page(PAGE)
    assert "appsecret_proof" not in answers.queries[0]


def test_the_environment_lends_neither_proxy_nor_password(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    seen: list[str | None] = []

    def handle(line: BaseHTTPRequestHandler) -> None:
        seen.append(line.headers["Authorization"])
        reply(line, b"{}")

    with serve(handle) as address:
        GraphClient(base_url=address, version="v26.0", token=TOKEN).page(PAGE)
    assert seen == [f"Bearer {TOKEN}"]


# --- Lists ------------------------------------------------------------------------------------------------------


def test_a_list_is_followed_by_cursor_and_never_by_address() -> None:
    answers = in_turn(listing("1_1", after="c1"), listing("1_2", after="c2"), listing("1_3"))
    assert ids(client(answers).posts(PAGE)) == ["1_1", "1_2", "1_3"]
    assert [asked.get("after") for asked in answers.queries] == [None, "c1", "c2"]
    assert {urlsplit(request.url).netloc for request in answers.requests} == {"graph.facebook.com"}


def test_posts_come_with_what_is_nested_in_them() -> None:
    post = {"id": "1_1", "comments": {"data": [{"id": "1_5", "comments": {"data": [{"id": "1_6"}]}}]}}
    assert list(client(always({"data": [post]})).posts(PAGE)) == [[post]]


def test_nested_comments_come_first_and_then_the_rest() -> None:
    answers = in_turn(listing("1_6", after="c2"), listing("1_7"))
    post = {"id": "9_1", "comments": listing("1_5", after="c1")}
    assert list(client(answers).comments(post)) == [rows("1_5"), rows("1_6"), rows("1_7")]
    assert [urlsplit(request.url).path for request in answers.requests] == ["/v26.0/9_1/comments"] * 2
    assert answers.queries[0] | {"fields": ""} == {
        "after": "c1",
        "fields": "",
        "filter": "stream",
        "limit": "100",
        "order": "chronological",
        "summary": "true",
    }


def test_a_complete_nested_list_costs_no_call() -> None:
    answers = in_turn()
    nested = {"data": rows("1_5"), "paging": {"cursors": {"after": "c"}}, "summary": {"total_count": 7}}
    assert ids(client(answers).comments({"id": "9_1", "comments": nested})) == ["1_5"]
    assert list(client(answers).comments({"id": "9_1"})) == [[]]


@pytest.mark.parametrize("odd", [[], {"count": 3}, {"data": {}}, "x", 5, {"data": [], "paging": []}, {"paging": None}])
def test_odd_nested_lists_are_empty_lists(odd: Any) -> None:
    assert every(client(in_turn()).comments({"id": "9_1", "comments": odd})) == []


def test_an_empty_page_with_more_behind_it_is_not_the_end() -> None:
    answers = in_turn(listing("1_1", after="c1"), listing(after="c2"), listing("1_2"))
    assert ids(client(answers).posts(PAGE)) == ["1_1", "1_2"]


def test_empty_links_are_the_end() -> None:
    page = {"data": rows("1_1"), "paging": {"cursors": {"after": "c"}, "next": "", "previous": ""}}
    assert ids(client(in_turn(page)).posts(PAGE)) == ["1_1"]


def test_a_row_that_moved_to_the_next_page_is_given_once() -> None:
    answers = in_turn(listing("1_1", "1_2", after="c1"), listing("1_2", "1_3"))
    assert ids(client(answers).posts(PAGE)) == ["1_1", "1_2", "1_3"]


def test_a_repeated_cursor_ends_the_list_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    answers = always(listing("1_1", after="same"))
    assert ids(client(answers).posts(PAGE)) == ["1_1"]
    assert len(answers.requests) == 2
    assert "same cursor" in caplog.text


def test_pages_that_bring_nothing_new_end_the_list(caplog: pytest.LogCaptureFixture) -> None:
    """A Page whose list gave the same 25 comments for ever, each time with another cursor."""
    counter = iter(range(1000))
    answers = Answers(lambda _: (200, {}, json.dumps(listing("1_1", after=f"c{next(counter)}")).encode()))
    assert ids(client(answers).posts(PAGE)) == ["1_1"]
    assert len(answers.requests) == 3
    assert "nothing new" in caplog.text


def test_empty_pages_without_end_end_the_list() -> None:
    counter = iter(range(1000))
    answers = Answers(lambda _: (200, {}, json.dumps(listing(after=f"c{next(counter)}")).encode()))
    assert every(client(answers).posts(PAGE)) == []
    assert len(answers.requests) < 50


def test_more_without_a_cursor_ends_the_list_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    page = {"data": rows("1_1"), "paging": {"next": "https://graph.facebook.com/v26.0/x?until=1"}}
    assert ids(client(in_turn(page)).posts(PAGE)) == ["1_1"]
    assert "no cursor" in caplog.text


def test_rows_without_id_are_all_given() -> None:
    page = {"data": [{"message": "a"}, {"message": "b"}, {"message": "a"}, "rad", None]}
    assert every(client(in_turn(page)).posts(PAGE)) == [
        {"message": "a"},
        {"message": "b"},
        {"data": "rad"},
        {"data": None},
    ]


@pytest.mark.parametrize("body", [[], "text", 5, None, {}, {"data": {}}, {"data": None}, {"id": "1"}])
def test_a_list_of_the_wrong_shape_is_malformed(body: Any) -> None:
    with pytest.raises(errors.Malformed):
        list(client(always(body)).posts(PAGE))


# --- Too much ---------------------------------------------------------------------------------------------------

TOO_MUCH = (500, {"error": {"code": 1, "message": "Please reduce the amount of data you're asking for, then retry"}})


def test_too_much_data_halves_the_wish_and_goes_on_from_the_same_place() -> None:
    answers = in_turn(listing("1_1", after="c1"), TOO_MUCH, TOO_MUCH, listing("1_2", after="c2"), listing("1_3"))
    assert ids(client(answers).posts(PAGE)) == ["1_1", "1_2", "1_3"]
    assert [asked["limit"] for asked in answers.queries] == ["25", "25", "12", "6", "6"]
    assert [asked.get("after") for asked in answers.queries] == [None, "c1", "c1", "c1", "c2"]
    nested = [
        asked["fields"].count(f"comments.limit({size})")
        for asked, size in zip(answers.queries, (100, 100, 50, 25, 25), strict=True)
    ]
    assert nested == [1, 1, 1, 1, 1]


def test_when_one_at_a_time_is_still_too_much_it_gives_up() -> None:
    answers = always(TOO_MUCH[1], 500)
    with pytest.raises(errors.TooMuchData):
        next(client(answers).latest_comments("1_7"))
    assert [asked["limit"] for asked in answers.queries] == ["100", "50", "25", "12", "6", "3", "1"]


def test_an_answer_above_the_size_cap_is_too_much_data() -> None:
    answers = always({"data": [{"id": "1", "message": "x" * 5000}]})
    with pytest.raises(errors.TooMuchData):
        list(client(answers, limits=wire.Limits(1, 1, 5, size=4000)).posts(PAGE))
    assert len(answers.requests) == 7


# --- What comes back --------------------------------------------------------------------------------------------


def test_an_error_with_200_is_an_error() -> None:
    with pytest.raises(errors.RateLimited):
        client(always({"error": {"code": 4}})).page(PAGE)


def test_a_redirect_is_not_followed() -> None:
    answers = always(b"", 302, {"Location": "https://evil.example/"})
    with pytest.raises(errors.Refused):
        client(answers).page(PAGE)
    assert len(answers.requests) == 1


def test_odd_json_does_not_crash() -> None:
    body = b'{"id": 123456789012345678901234567890, "id2": NaN, "a": 1, "a": 2, "t": "\\ud83d"}'
    page = client(always(body)).page(PAGE)
    assert page == {"id": "123456789012345678901234567890", "id2": "NaN", "a": 2, "t": "\ud83d"}


def test_usage_is_read_from_all_headers_and_the_worst_counts() -> None:
    headers = {
        "X-App-Usage": '{"call_count":28,"total_cputime":25,"total_time":3,"new_key":{"x":1}}',
        "x-business-use-case-usage": '{"1":[{"type":"pages","call_count":95,"total_cputime":1,"total_time":1,'
        '"estimated_time_to_regain_access":12}],"2":[{"type":"messenger","call_count":4}]}',
    }
    speaker = client(always({"id": PAGE}, headers=headers))
    assert speaker.usage is None
    speaker.page(PAGE)
    assert speaker.usage == Usage(call_count=95, total_cputime=25, total_time=3, regain_minutes=12)


def test_the_last_usage_stays_when_an_answer_has_none() -> None:
    header = iter([{"X-Page-Usage": '{"call_count":208}'}, {}, {"X-App-Usage": "17"}, {"X-App-Usage": "{{"}])
    speaker = client(Answers(lambda _: (200, next(header), b"{}")))
    seen = []
    for _ in range(4):
        speaker.page(PAGE)
        seen.append(speaker.usage.call_count)
    assert seen == [208, 208, 17, 17]


@pytest.mark.parametrize(
    "header",
    ["", "x", "[]", "null", "{}", '{"call_count":"9"}', '{"call_count":NaN}', '{"1":[5,null]}', '{"1":{"a":1}}'],
)
def test_no_usage_header_is_too_odd(header: str) -> None:
    speaker = client(always({"id": PAGE}, headers={"X-App-Usage": header, "X-Business-Use-Case-Usage": header}))
    assert speaker.page(PAGE)
    assert speaker.usage in (None, Usage())


def test_another_version_than_the_one_asked_for_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    speaker = client(always({"id": PAGE}, headers={"facebook-api-version": "v27.0"}))
    speaker.page(PAGE)
    speaker.page(PAGE)
    assert [record.getMessage() for record in caplog.records] == [
        "Asked Facebook for version v26.0 and was answered by v27.0: GRAPH_VERSION is old."
    ]


def test_the_version_asked_for_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    client(always({"id": PAGE}, headers={"facebook-api-version": "v26.0"})).page(PAGE)
    assert caplog.records == []


def test_connect_reads_the_settings(settings: Any) -> None:
    settings.GRAPH_URL, settings.GRAPH_VERSION = "https://graph.example/", "v25.0"
    settings.FACEBOOK_APP_SECRET, settings.BILAGA_MEGABYTE = f" {SECRET}\n", 3
    manners = Manners()
    speaker = graph.connect(TOKEN, manners)
    assert (speaker.base_url, speaker.version) == ("https://graph.example", "v25.0")
    assert (speaker.token, speaker.app_secret) == (TOKEN, SECRET)
    assert speaker.manners is manners
    assert speaker.media_limits.size == 3 * 1024 * 1024


# --- On the line ------------------------------------------------------------------------------------------------


def reply(
    line: BaseHTTPRequestHandler, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> None:
    line.send_response(status)
    for name, value in ({"Content-Length": str(len(body))} | dict(headers or {})).items():
        line.send_header(name, value)
    line.end_headers()
    line.wfile.write(body)


def connected(address: str, **wishes: Any) -> GraphClient:
    wishes = {"sleep": lambda seconds: None} | wishes
    return GraphClient(base_url=address, version="v26.0", token=TOKEN, **wishes)


def test_a_whole_walk_over_http() -> None:
    def handle(line: BaseHTTPRequestHandler) -> None:
        body = listing("1_2") if "after=c1" in line.path else listing("1_1", after="c1")
        packed = gzip.compress(json.dumps(body).encode())
        reply(line, packed, headers={"Content-Length": str(len(packed)), "Content-Encoding": "gzip"})

    with serve(handle) as address:
        assert ids(connected(address).posts(PAGE)) == ["1_1", "1_2"]


def test_a_server_that_drips_is_cut_off() -> None:
    """A byte each fiftieth of a second: never silent, and two seconds until the whole answer is there."""
    gone, sent = threading.Event(), []

    def handle(line: BaseHTTPRequestHandler) -> None:
        line.send_response(200)
        line.send_header("Content-Length", "100")
        line.end_headers()
        for sign in b'{"id": "1"}'.ljust(100):
            if not gone.wait(0.02):
                sent.append(line.wfile.write(bytes([sign])))

    with serve(handle) as address:
        with pytest.raises(errors.Unavailable, match="too long"):
            connected(address, limits=QUICK).page(PAGE)
        gone.set()
    assert len(sent) < 90


def test_a_silent_server_is_left() -> None:
    done = threading.Event()
    with serve(lambda _: done.wait(5) and None) as address:
        with pytest.raises(errors.Unavailable):
            connected(address, limits=wire.Limits(2, 0.1, 5, 1000)).page(PAGE)
        done.set()


def test_a_cut_off_body_is_unavailable() -> None:
    def handle(line: BaseHTTPRequestHandler) -> None:
        line.close_connection = True
        reply(line, b'{"id": "1"}', headers={"Content-Length": "500"})

    with serve(handle) as address, pytest.raises(errors.Unavailable):
        connected(address).page(PAGE)


def test_a_packed_bomb_is_stopped_at_the_cap() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)

    def handle(line: BaseHTTPRequestHandler) -> None:
        reply(line, bomb, headers={"Content-Encoding": "gzip"})

    assert len(bomb) < 100_000
    with serve(handle) as address, pytest.raises(errors.TooMuchData):
        connected(address, limits=QUICK).page(PAGE)


def test_a_server_that_is_not_there_is_unavailable_and_its_address_is_not_told() -> None:
    with serve(lambda _: None) as address:
        pass
    with pytest.raises(errors.Unavailable) as caught:
        connected(address, app_secret=SECRET).page(PAGE)
    assert caught.value.__cause__ is None
    assert "proof" not in str(caught.value)


def test_a_token_that_no_header_can_hold_is_refused_without_repeating_it() -> None:
    with serve(lambda line: reply(line, b"{}")) as address, pytest.raises(errors.Refused) as caught:
        GraphClient(base_url=address, version="v26.0", token="nyckel-漢").page(PAGE)
    assert "nyckel" not in str(caught.value)
    assert caught.value.__suppress_context__


# --- Pictures ---------------------------------------------------------------------------------------------------

PICTURE = "https://scontent.xx.fbcdn.net/v/1_n.jpg?oe=6A8C2E9B"


def watcher(answers: Answers, address: str = "157.240.1.1", **wishes: Any) -> GraphClient:
    return client(answers, resolve=lambda _: [address], **wishes)


def test_a_picture_is_fetched_without_the_token() -> None:
    answers = always(b"\xff\xd8\xff bytes", headers={"Content-Type": "Image/JPEG; charset=x"})
    picture = watcher(answers, app_secret=SECRET).media(PICTURE)
    assert (picture.content, picture.mime) == (b"\xff\xd8\xff bytes", "image/jpeg")
    assert answers.requests[0].url == PICTURE
    assert "Authorization" not in answers.requests[0].headers


def test_what_cannot_be_a_mime_type_is_none() -> None:
    answers = always(b"x", headers={"Content-Type": "nonsense"})
    assert watcher(answers).media(PICTURE).mime == "application/octet-stream"


@pytest.mark.parametrize(
    "forbidden",
    [
        *("http://scontent.xx.fbcdn.net/a", "https://fbcdn.net.evil.example/a", "https://evilfbcdn.net/a"),
        *(
            "https://127.0.0.1/a",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "file:///etc/passwd",
            "/etc/passwd",
        ),
        *(
            "https://a:b@scontent.xx.fbcdn.net/a",
            "https://a:b@graph.facebook.com/a",
            "https://scontent.xx.fbcdn.net:8443/a",
            "https://evil.example\\@fbcdn.net/",
        ),
        *(
            "https://evil.example#@fbcdn.net/",
            "https://fbcdn.net./",
            "https://[",
            "",
            "x",
            "https://:443/",
            "\x00",
            "\ud83d",
        ),
        *(
            "https://graph.facebook.com:1/a",
            "http://graph.facebook.com/a",
            "data:image/png;base64,AA",
            "https://fbcdn.net:99999/",
        ),
    ],
)
def test_nothing_is_fetched_from_other_places(forbidden: str) -> None:
    answers = always(b"secret")
    with pytest.raises(errors.Refused) as caught:
        watcher(answers).media(forbidden)
    assert answers.requests == []
    assert "adress" in caught.value.sentence


@pytest.mark.parametrize(
    "private", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1", "0.0.0.0"]
)
def test_a_name_that_leads_into_our_own_network_is_refused(private: str) -> None:
    answers = always(b"secret")
    with pytest.raises(errors.Refused):
        watcher(answers, private).media(PICTURE)
    assert answers.requests == []


def test_a_name_that_leads_nowhere_is_unavailable() -> None:
    def nowhere(_: str) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(errors.Unavailable):
        client(always(b""), resolve=nowhere).media(PICTURE)


def test_a_redirect_within_facebook_is_followed() -> None:
    replies = iter([(302, {"Location": "/other.jpg"}, b""), (200, {}, b"picture")])
    answers = Answers(lambda _: next(replies))
    assert watcher(answers).media(PICTURE).content == b"picture"
    assert answers.requests[1].url == "https://scontent.xx.fbcdn.net/other.jpg"


@pytest.mark.parametrize(
    "where", ["https://evil.example/a", "http://127.0.0.1/a", "//evil.example/", "file:///etc/passwd"]
)
def test_a_redirect_to_another_place_is_refused(where: str) -> None:
    answers = always(b"", 302, {"Location": where})
    with pytest.raises(errors.Refused):
        watcher(answers).media(PICTURE)
    assert len(answers.requests) == 1


def test_redirects_in_a_circle_end() -> None:
    answers = always(b"", 302, {"Location": PICTURE})
    with pytest.raises(errors.Refused):
        watcher(answers).media(PICTURE)
    assert len(answers.requests) == 4


def test_an_expired_link_is_gone_and_says_that_a_new_one_will_come() -> None:
    for status in (403, 404, 410):
        with pytest.raises(errors.Gone, match=str(status)) as caught:
            watcher(always(b"URL signature expired", status)).media(PICTURE)
        assert "ny länk" in caught.value.sentence


def test_a_tired_picture_server_is_unavailable() -> None:
    with pytest.raises(errors.Unavailable):
        watcher(always(b"", 503)).media(PICTURE)


def test_a_file_above_25_megabytes_is_refused() -> None:
    limit = 25 * 1024 * 1024
    assert len(watcher(always(b"\0" * limit)).media(PICTURE).content) == limit
    with pytest.raises(errors.Refused, match="too large"):
        watcher(always(b"\0" * (limit + 1))).media(PICTURE)


def test_the_graph_address_itself_may_lend_pictures_by_its_own_scheme_and_port() -> None:
    seen: list[str | None] = []

    def handle(line: BaseHTTPRequestHandler) -> None:
        seen.append(line.headers["Authorization"])
        reply(line, b"\x89PNG", headers={"Content-Type": "image/png"})

    with serve(handle) as address, serve(handle) as elsewhere:
        assert connected(address).media(f"{address}/bild.png").mime == "image/png"
        with pytest.raises(errors.Refused):
            connected(address).media(f"{elsewhere}/bild.png")
    assert seen == [None]


def test_a_picture_shorter_than_promised_is_unavailable() -> None:
    def handle(line: BaseHTTPRequestHandler) -> None:
        line.close_connection = True
        reply(line, b"half", headers={"Content-Length": "500"})

    with serve(handle) as address, pytest.raises(errors.Unavailable):
        connected(address).media(f"{address}/bild.png")
