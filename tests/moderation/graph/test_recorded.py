"""Answers that Facebook really gave, through client and payloads. They lie beside the checkout and are never copied."""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from moderation.graph import errors, payloads
from moderation.graph.client import Usage
from moderation.graph.payloads import RemoteItem
from moderation.graph.values import moment
from moderation.sync import nodes as reading
from moderation.sync.write import Found
from tests.moderation.graph.answers import SECRET, always, client, in_turn

FOLDER = (Path(__file__).parents[3] / ".." / "shared" / "data" / "graph").resolve()
FILES = sorted(path.name for path in FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"no recorded answers in {FOLDER}")

ERRORS = {
    "composed_error_100_33_comment_deleted.json": errors.Gone,
    "composed_error_2_http400_transient.json": errors.Unavailable,
    "error_100_missing_permission.json": errors.Refused,
    "error_100_nonexisting_field.json": errors.Refused,
    "error_100_proof_or_app_token.json": errors.Refused,
    "error_100_unsupported_get.json": errors.Gone,
    "error_104_no_token.json": errors.Expired,
    "error_10900_already_replied.json": errors.Refused,
    "error_10_2018278_window_en.json": errors.Refused,
    "error_10_permission.json": errors.Denied,
    "error_190_460_sample.json": errors.Expired,
    "error_190_463_expired.json": errors.Expired,
    "error_190_466_revoked.json": errors.Expired,
    "error_190_467_logged_out.json": errors.Expired,
    "error_1_1446036_already_hidden.json": errors.AlreadyDone,
    "error_1_https_required.json": errors.Unavailable,
    "error_1_reduce_data_http500.json": errors.TooMuchData,
    "error_200_no_code_field.json": errors.Denied,
    "error_200_not_authorized.json": errors.Denied,
    "error_200_permissions_2023.json": errors.Denied,
    "error_2500_unknown_path.json": errors.Refused,
    "error_2_transient.json": errors.Unavailable,
    "error_32_page_limit.json": errors.RateLimited,
    "error_368_blocked.json": errors.RateLimited,
    "error_506_duplicate_post.json": errors.Refused,
    "error_551_code200_localised.json": errors.Refused,
    "error_80001_page_buc.json": errors.RateLimited,
    "v26_error_10_needs_pages_read_user_content.json": errors.Denied,
}
POST = payloads.post({"id": "1_2"})
MORE = {"cursors": {"after": "c"}, "next": "https://graph.facebook.com/"}
# Second pages that were recorded together with their first.
PAIRS = {
    "comments_stream_p1_noid.json": "comments_stream_p2_noid.json",
    "paging_likes_p1.json": "paging_likes_p2.json",
    "posts_feed_fields_p1.json": "posts_feed_fields_p2.json",
}


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def value(name: str) -> Any:
    return json.loads(content(name))


def is_list(name: str) -> bool:
    return isinstance(value(name), dict) and isinstance(value(name).get("data"), list)


def every(pages: Iterator[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for page in pages for row in page]


LISTS = [name for name in FILES if is_list(name)]


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    """Every object with an id and a time anywhere in a file: posts and comments, whatever they lie in."""
    if isinstance(part, dict):
        if "id" in part and ({"created_time", "message", "attachments", "attachment"} & part.keys()):
            yield part
        for inner in part.values():
            yield from nodes(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from nodes(inner)


def of_nodes() -> list[str]:
    kinds = ("post", "comment", "attachment", "v26_", "raw_", "me_posts", "photo_node")
    return [name for name in FILES if name.startswith(kinds) and any(nodes(value(name)))]


# --- Nothing falls over -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_nothing_but_a_graph_error_comes_out(name: str) -> None:
    """Whatever is recorded (webhooks and messages too) in the place of whatever was asked for."""
    rest = [{"data": []}] * 4
    for ask in (
        lambda speaker: speaker.page("1"),
        lambda speaker: list(speaker.posts("1")),
        lambda speaker: speaker.newest("1"),
        lambda speaker: list(speaker.latest_comments("1_2")),
        lambda speaker: list(speaker.comments({"id": "1_2", "comments": {"data": [], "paging": MORE}})),
        lambda speaker: list(speaker.conversations("1")),
        lambda speaker: list(speaker.messages({"id": "t_1", "messages": {"data": [], "paging": MORE}})),
        lambda speaker: list(speaker.reels("1")),
        lambda speaker: speaker.subscriptions("1"),
    ):
        with suppress(ERRORS.get(name, errors.Malformed)):
            ask(client(in_turn(content(name), *rest)))
    for part in [value(name), *nodes(value(name))]:
        json.loads(payloads.post(part).raw)
        json.loads(payloads.comment(part, POST).raw)
        json.loads(payloads.message(part).raw)
    assert list(client(in_turn(*rest)).comments(value(name) if isinstance(value(name), dict) else {})) is not None


# --- Errors -----------------------------------------------------------------------------------------------------


def test_every_recorded_error_has_its_class_in_the_table() -> None:
    assert sorted(ERRORS) == [name for name in FILES if "error_" in name and not name.startswith(("batch", "not_an"))]


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_known_by_its_body_whatever_the_status(name: str, status: int) -> None:
    recorded = value(name)["error"]
    with pytest.raises(errors.GraphError) as caught:
        client(always(content(name), status)).page("1")
    assert type(caught.value) is ERRORS[name]
    assert caught.value.code == recorded.get("code", 200)
    assert caught.value.subcode == recorded.get("error_subcode")
    assert caught.value.trace_id == recorded.get("fbtrace_id", "")
    assert "http" not in caught.value.sentence + str(caught.value)


def test_the_error_inside_a_batch_means_gone() -> None:
    first, second = value("batch_first_error.json")
    with pytest.raises(errors.Gone):
        client(always(first["body"].encode(), first["code"])).page("2")
    assert client(always(second["body"].encode(), second["code"])).page("4")["id"]


@pytest.mark.parametrize("status", [200, 400, 403, 500])
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_inside_a_batch_is_the_same_error(name: str, status: int) -> None:
    """As `debug_token` asks: the batch itself answers 200."""
    answers = always([{"code": status, "body": content(name).decode()}])
    with pytest.raises(errors.GraphError) as caught:
        client(answers, app_secret=SECRET).debug_token("1")
    assert type(caught.value) is ERRORS[name]
    assert caught.value.code == value(name)["error"].get("code", 200)
    assert len(answers.requests) == 1


@pytest.mark.parametrize("name", [name for name in FILES if "debug" in name or "token" in name])
def test_a_recording_about_keys_is_told_or_malformed(name: str) -> None:
    told = value(name).get("data") if isinstance(value(name), dict) else None
    speaker = client(always([{"code": 200, "body": content(name).decode()}]), app_secret=SECRET)
    if isinstance(told, dict):
        assert speaker.debug_token("1") == told
    else:
        with pytest.raises(errors.GraphError):
            speaker.debug_token("1")


def test_somebody_named_error_is_no_error() -> None:
    assert client(always(content("not_an_error_name_error.json"))).page("1")["name"] == "error"


# --- Lists and pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_list_gives_each_row_once_as_it_came(name: str) -> None:
    answers = in_turn(content(name), {"data": []})
    expected = value(name)["data"]
    assert every(client(answers).posts("1")) == [row for at, row in enumerate(expected) if row not in expected[:at]]
    paging = value(name).get("paging", {})
    more = bool(paging.get("next")) and bool(paging.get("cursors", {}).get("after"))
    assert len(answers.requests) == 1 + more
    if more:
        assert answers.queries[1]["after"] == paging["cursors"]["after"]
    assert all("REDACTED" not in str(request.url) for request in answers.requests)


@pytest.mark.parametrize("name", PAIRS)
def test_the_second_page_joins_the_first(name: str) -> None:
    found = every(client(in_turn(content(name), content(PAIRS[name]), {"data": []})).posts("1"))
    assert found == value(name)["data"] + value(PAIRS[name])["data"]


def test_an_empty_page_with_more_behind_it_goes_on() -> None:
    answers = in_turn(content("paging_nodata.json"), content("paging_cursor_no_next.json"))
    assert len(every(client(answers).posts("1"))) == 6


def test_a_cursor_that_leads_to_itself_ends(caplog: pytest.LogCaptureFixture) -> None:
    answers = always(content("paging_next_with_same_cursor.json"))
    assert len(every(client(answers).posts("1"))) == 1
    assert len(answers.requests) == 2
    assert "same cursor" in caplog.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page_node_zh.json", {"id": "20531316728", "name": "Facebook", "category": "网站"}),
        ("page_fan_count.json", {"id": "123456789098765", "fan_count": 3}),
        ("page_block_result_map.json", {"1111111111": True, "2222222222": False}),
    ],
)
def test_a_page_is_read(name: str, expected: dict[str, Any]) -> None:
    page = client(always(content(name))).page("1")
    assert {key: page[key] for key in expected} == expected


@pytest.mark.parametrize(("name", "count"), [("page_blocked_list.json", 2), ("page_settings.json", 11)])
def test_the_lists_of_a_page_are_read(name: str, count: int) -> None:
    assert len(every(client(in_turn(content(name))).posts("1"))) == count


def test_recorded_headers_tell_usage_and_version(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    headers = value("headers_full_response_2026.json")
    del headers["content-length"]  # of another body
    speaker = client(always({"id": "1"}, headers=headers), version="v19.0")
    speaker.page("1")
    assert speaker.usage == Usage(call_count=1, total_cputime=0, total_time=3, regain_minutes=0)
    assert "v19.0" in caplog.text
    assert "v25.0" in caplog.text


def test_the_recorded_business_header_tells_the_wait() -> None:
    header = json.dumps(value("header_business_use_case.json"))
    speaker = client(always({"id": "1"}, headers={"X-Business-Use-Case-Usage": header}))
    speaker.page("1")
    assert speaker.usage == Usage(call_count=100, total_cputime=16, total_time=45, regain_minutes=10)


def test_the_entries_of_a_v26_batch_are_read_with_their_headers() -> None:
    for entry in value("v26_batch_posts_with_headers.json"):
        headers = {header["name"]: header["value"] for header in entry["headers"]}
        speaker = client(always(entry["body"].encode(), entry["code"], headers))
        check(payloads.post(speaker.page("1")), json.loads(entry["body"]))
        assert speaker.usage == Usage(call_count=1, total_cputime=1, total_time=1)


# --- Posts, comments, attachments -------------------------------------------------------------------------------


def check(item: RemoteItem, raw: dict[str, Any]) -> None:
    """What must hold of any post or comment, found here by other means than in the code."""
    author = raw.get("from", {})
    if raw["id"] == "<snip>":
        assert item.graph_id.startswith("utan-id-")
        assert item.author_id == ""
    else:
        assert item.graph_id == raw["id"]
        assert item.key.endswith(f":{raw['id'].split('_')[-1]}")
        assert item.author_id == author.get("id", "")
    assert item.author_name == author.get("name", "")
    assert item.message == raw.get("message", raw.get("story", ""))
    assert item.hidden is raw.get("is_hidden", False)
    assert item.permalink_url == raw.get("permalink_url", "")
    if "created_time" in raw:
        assert item.created_at == datetime.strptime(raw["created_time"], "%Y-%m-%dT%H:%M:%S%z")
        assert item.created_at.tzinfo is UTC
    assert json.loads(item.raw) == {key: part for key, part in raw.items() if key != "comments"}
    found = {medium.url.partition("?")[0].split("/")[-1] for medium in item.media}
    assert set(pictures([raw.get("attachments"), raw.get("attachment")])) <= found
    if "full_picture" in raw:
        assert any(medium.url for medium in item.media)


def pictures(part: Any) -> Iterator[str]:
    """The file name of every picture anywhere in an attachment."""
    if isinstance(part, dict):
        if isinstance(part.get("src"), str):
            yield part["src"].partition("?")[0].split("/")[-1]
        for inner in part.values():
            yield from pictures(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from pictures(inner)


@pytest.mark.parametrize("name", of_nodes())
def test_each_node_keeps_its_id_text_author_time_and_pictures(name: str) -> None:
    """Through the client first, so that nothing is lost between the bytes and the item."""
    delivered = client(in_turn(content(name))).page("1") if not name.endswith("kinds.json") else value(name)
    found = list(nodes(delivered))
    assert found == list(nodes(value(name)))
    for raw in found:
        check(payloads.post(raw), raw)
        check(payloads.comment(raw, POST), raw)


def test_a_link_with_an_umlaut_is_found_with_its_true_address() -> None:
    (medium,) = payloads.comment({"id": "1_2", "attachment": value("attachment_link_umlaut.json")}, POST).media
    assert medium.title == "Google Übersetzer"
    assert medium.link == "https://translate.google.de/"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("attachments_album_subattachments.json", None),
        ("post_album_subattachments.json", None),
        ("comment_full_photo.json", 1),
        ("comment_share_attachment.json", 1),
        ("v26_post_photo_attachment.json", 1),
        ("post_full_picture.json", 1),
    ],
)
def test_attachments_are_found(name: str, count: int | None) -> None:
    raw = value(name)
    media = payloads.post(raw).media
    expected = count or len(set(pictures(raw["attachments"])))
    assert expected > 0
    assert len([medium for medium in media if medium.url]) == expected
    assert all(medium.url.startswith("https://") for medium in media if medium.url)
    assert all(isinstance(medium.target_id, str) for medium in media)


# --- Private messages -------------------------------------------------------------------------------------------

MESSAGES = [name for name in FILES if name.startswith(("message_", "messages_"))]
CONVERSATIONS = [name for name in FILES if name.startswith("conversation_")]


@pytest.mark.parametrize("name", MESSAGES)
def test_each_recorded_message_keeps_its_id_text_author_time_and_files(name: str) -> None:
    recorded = value(name)
    listed = recorded if isinstance(recorded, list) else [recorded]
    speaker = client(in_turn({"id": "t_1", "data": listed}))
    conversation = {"id": "t_1", "messages": {"data": [], "paging": MORE}}
    delivered = every(speaker.messages(conversation))
    assert delivered == listed
    for found in reading.messages(delivered, conversation):
        check_message(found.remote, next(raw for raw in listed if raw["id"] == found.remote.graph_id))


def check_message(item: RemoteItem, raw: dict[str, Any]) -> None:
    # Old messages are called mid.… elsewhere.
    key = raw["id"][2:] if raw["id"].startswith("m_mid.") else raw["id"]
    assert (item.graph_id, item.key) == (raw["id"], f"message:{key}")
    assert item.message == raw.get("message", "")
    assert item.author_name == raw.get("from", {}).get("name", "")
    assert item.author_id == raw.get("from", {}).get("id", "")
    assert (item.created_at is not None) == ("created_time" in raw)
    assert json.loads(item.raw) == raw
    files = [*raw.get("attachments", {}).get("data", []), *raw.get("shares", {}).get("data", [])]
    assert len(item.media) == len(files) + ("sticker" in raw)
    for file, medium in zip(files, item.media, strict=False):
        kind = "video" if "video_data" in file else "photo" if "image_data" in file else "file"
        addresses = [file.get("file_url"), *(file.get(part, {}).get("url") for part in ("image_data", "video_data"))]
        assert (medium.kind, medium.url) == (kind, next(filter(None, addresses), ""))
        assert medium.title == file.get("name", "")


def test_the_file_withheld_within_the_eu_is_one_without_an_address() -> None:
    (medium,) = payloads.message(value("message_attachment_eu_blocked.json")).media
    assert (medium.kind, medium.url, medium.target_id) == ("file", "", "1234")
    assert "Europe" in medium.title


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_each_recorded_conversation_is_read_with_its_messages(name: str) -> None:
    recorded = value(name)
    (conversation,) = every(client(in_turn({"data": [recorded]})).conversations("1"))
    assert conversation == recorded
    found = list(reading.messages(reading.listed(conversation, "messages"), conversation))
    inside = recorded.get("messages", {}).get("data", [])
    assert [one.remote.graph_id for one in found] == [raw["id"] for raw in inside]
    assert {one.thread for one in found} <= {f"conversation:{recorded['id']}"}
    for one, raw in zip(found, inside, strict=True):
        check_message(one.remote, raw)
    assert moment(recorded["updated_time"]) is not None


def test_the_newest_recording_is_walked_down_to_the_last_reply() -> None:
    """Posts, their comments, and the replies to those, over the client and through sync's reading of nodes."""
    name = "raw_v26_posts_two_comment_levels_next.json"
    speaker = client(in_turn(content(name), {"data": []}))
    walked: list[Found] = []
    for raw_post in every(speaker.posts("1036844829507460")):
        post = reading.post(raw_post)
        walked += [post, *reading.comments(every(speaker.comments(raw_post)), post)]
    items = [found.remote for found in walked]
    assert [item.graph_id for item in items] == [node["id"] for node in nodes(value(name))]
    assert len({item.key for item in items}) == len(items)
    assert {item.kind for item in items} == {"post", "comment", "reply"}
    # Four replies keep a wrong first half; they still hang under the comment they were found under.
    replies = [found for found in walked if found.remote.kind == "reply"]
    wrong = [one for one in replies if one.remote.graph_id.split("_")[0] != one.remote.parent_graph_id.split("_")[0]]
    assert wrong
    assert {one.parent for one in replies} <= {found.key for found in walked if found.remote.kind == "comment"}
