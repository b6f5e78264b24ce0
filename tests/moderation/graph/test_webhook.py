"""The signature, and what a body speaks of, whatever it is made of."""

import hashlib
import hmac
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from moderation.graph import webhook
from moderation.graph.values import raw_json
from moderation.graph.webhook import Change, Notice, is_genuine, read

PAGE = "1036844829507460"
POST = f"{PAGE}_122131676912594941"
COMMENT = "122131676912594941_1213590066982748"
PERSON = "24266381753005180"


def body(*changes: Any, **envelope: Any) -> bytes:
    entry = {"id": PAGE, "time": 1742667607, "changes": list(changes)}
    return json.dumps({"object": "page", "entry": [entry], **envelope}).encode()


def feed(**value: Any) -> dict[str, Any]:
    return {"field": "feed", "value": value}


def comment(**value: Any) -> dict[str, Any]:
    return feed(**{"item": "comment", "verb": "add", "comment_id": COMMENT, "post_id": POST, **value})


def talk(*events: Any, lane: str = "messaging") -> bytes:
    return json.dumps({"object": "page", "entry": [{"id": PAGE, "time": 1742667607000, lane: list(events)}]}).encode()


def message(**told: Any) -> dict[str, Any]:
    ends = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": 1742667604123}
    return ends | {"message": {"mid": "m_1", "text": "Hej", **told}}


def only(content: bytes) -> Change:
    (change,) = read(content).changes
    return change


# --- The signature ----------------------------------------------------------------------------------------------

SPOKEN = rb'{"object":"page","entry":[{"message":"\u00e5\u00e4\u00f6 \/ \u0040"}]}'
SIGNATURE = "sha256=9380f1238824b681d926452dd70c182acd4b6cac179b0d2c8266e7cff4245e9a"


def test_the_bytes_are_signed_as_they_came_with_their_escapes():
    assert is_genuine("secret", SPOKEN, SIGNATURE)
    spelt_out = json.dumps(json.loads(SPOKEN), ensure_ascii=False, separators=(",", ":")).encode()
    assert not is_genuine("secret", spelt_out, SIGNATURE)


def test_without_secret_or_signature_nothing_is_genuine():
    unkeyed = "sha256=" + hmac.new(b"", SPOKEN, hashlib.sha256).hexdigest()
    assert not is_genuine("", SPOKEN, unkeyed)
    assert not is_genuine("secret", SPOKEN, None)
    assert not is_genuine("secret", SPOKEN, "")


@pytest.mark.parametrize(
    "header",
    [
        SIGNATURE.removeprefix("sha256="),
        SIGNATURE.replace("sha256", "sha1"),
        SIGNATURE[:-1],
        SIGNATURE[:-1] + "b",
        SIGNATURE + "0",
        SIGNATURE.upper(),
        "sha256=",
        "sha1=" + hmac.new(b"secret", SPOKEN, hashlib.sha1).hexdigest(),
        "å" * 71,
        "\udce5" * 71,
    ],
)
def test_any_other_signature_is_refused(header):
    assert not is_genuine("secret", SPOKEN, header)


def test_another_secret_or_another_byte_is_refused():
    assert not is_genuine("Secret", SPOKEN, SIGNATURE)
    assert not is_genuine("secret", SPOKEN + b" ", SIGNATURE)


# --- Posts and comments -----------------------------------------------------------------------------------------


def test_a_comment_tells_who_wrote_what_where_and_when():
    told = comment(
        message="Vägen är oframkomlig \ud83d\x00",
        parent_id=POST,
        created_time=1742667604,
        **{"from": {"id": int(PERSON), "name": "Östen Ängquist"}},
    )
    notice = read(body(told))
    assert notice.remarks == ()
    assert notice.changes == (
        Change(
            kind="comment",
            verb="add",
            page_id=PAGE,
            object_id=COMMENT,
            post_id=POST,
            parent_id=POST,
            person_id="",
            author_id=PERSON,
            author_name="Östen Ängquist",
            text="Vägen är oframkomlig \ud83d\x00",
            at=datetime(2025, 3, 22, 18, 20, 4, tzinfo=UTC),
            raw=told,
        ),
    )


@pytest.mark.parametrize(
    ("told", "verb"),
    [
        ("add", "add"),
        ("edit", "edit"),
        ("edited", "edit"),
        ("update", "edit"),
        ("hide", "hide"),
        ("unhide", "show"),
        ("remove", "remove"),
        ("delete", "remove"),
        ("block", "other"),
    ],
)
def test_each_verb_facebook_has_is_one_of_ours(told, verb):
    notice = read(body(comment(verb=told)))
    assert [change.verb for change in notice.changes] == [verb]
    assert notice.remarks == ()


@pytest.mark.parametrize("item", ["post", "status", "photo", "video", "share", "link", "album", "reel", "event"])
def test_whatever_stands_on_the_page_is_a_post(item):
    change = only(body(feed(item=item, verb="add", post_id=POST, photo_id=900767076685784)))
    assert (change.kind, change.object_id, change.post_id) == ("post", POST, POST)


@pytest.mark.parametrize("item", ["like", "reaction", "connection", "rating"])
def test_nothing_is_to_be_fetched_for_a_reaction(item):
    notice = read(body(feed(item=item, verb="add", comment_id=COMMENT, post_id=POST)))
    assert [(change.kind, change.object_id) for change in notice.changes] == [("other", COMMENT)]
    assert notice.remarks == ()


def test_old_deliveries_name_their_sender_otherwise():
    change = only(body(comment(sender_id=int(PERSON), sender_name="Sören")))
    assert (change.author_id, change.author_name) == (PERSON, "Sören")


def test_a_mention_has_no_author_and_perhaps_no_text():
    told = {"field": "mention", "value": {"item": "comment", "verb": "add", "comment_id": COMMENT, "post_id": "9_8"}}
    change = only(body(told))
    assert (change.kind, change.object_id, change.author_id, change.text) == ("comment", COMMENT, "", None)


def test_the_post_of_a_comment_is_also_found_inside():
    change = only(body(feed(item="comment", verb="add", comment_id=COMMENT, post={"id": POST})))
    assert change.post_id == POST


def test_an_empty_text_is_a_text():
    assert only(body(comment(message=""))).text == ""
    assert only(body(comment(message=None))).text is None
    assert only(body(comment(message={"a": 1}))).text is None


@pytest.mark.parametrize(
    "told",
    [
        feed(item="marknadsplats", verb="add", post_id=POST),
        feed(item="comment", verb="förgylld", comment_id=COMMENT),
        feed(item="comment", comment_id=COMMENT),
        feed(item="comment", verb="add", post_id=POST),
        feed(item="video", verb="block", video_id="1"),
        {"field": "parking", "value": {"item": "comment", "verb": "add", "comment_id": COMMENT}},
        {"field": "parking"},
        {"field": "feed"},
        {"field": "feed", "value": "add"},
        {},
    ],
)
def test_what_is_not_known_is_kept_raw_and_remarked_upon(told):
    notice = read(body(told))
    (change,) = notice.changes
    assert "other" in (change.kind, change.verb)
    assert change.raw == told
    assert notice.remarks


def test_an_unknown_verb_still_leads_to_the_comment():
    change = only(body(comment(verb="förgylld")))
    assert (change.kind, change.verb, change.object_id) == ("comment", "other", COMMENT)


def test_foreign_words_in_a_remark_are_short_and_tame():
    (remark,) = read(body({"field": "‮<script>" + "x" * 500, "value": {}})).remarks
    assert "\u202e" not in remark
    assert len(remark) < 150


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        (1742667604, datetime(2025, 3, 22, 18, 20, 4, tzinfo=UTC)),
        ("1742667604", datetime(2025, 3, 22, 18, 20, 4, tzinfo=UTC)),
        (1742667604000, datetime(2025, 3, 22, 18, 20, 4, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        *((odd, None) for odd in (None, True, "", "i går", [], {}, 10**17, -(10**17), 1e300, -62135596800)),
    ],
)
def test_a_time_is_understood_or_left_out(told, moment):
    assert only(body(comment(created_time=told))).at == moment


@pytest.mark.parametrize("odd", [None, True, 1.5, -1, "", "a b", "å", "x" * 101, [], {"id": "1"}, "1\n"])
def test_what_cannot_be_an_id_is_none(odd):
    told = comment(parent_id=odd, **{"from": {"id": odd, "name": odd}, "post_id": odd})
    change = only(body(told))
    assert (change.parent_id, change.author_id, change.post_id) == ("", "", "")


# --- Conversations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lane", ["messaging", "standby"])
def test_a_message_tells_whose_conversation_it_belongs_to(lane):
    event = message(reply_to={"mid": "m_0"})
    assert read(talk(event, lane=lane)) == Notice(
        changes=(
            Change(
                kind="message",
                verb="add",
                page_id=PAGE,
                object_id="m_1",
                post_id="",
                parent_id="m_0",
                person_id=PERSON,
                author_id=PERSON,
                author_name="",
                text="Hej",
                at=datetime(2025, 3, 22, 18, 20, 4, 123000, tzinfo=UTC),
                raw=event,
            ),
        ),
        remarks=(),
    )


def test_in_an_echo_the_person_is_who_it_was_sent_to():
    event = message(is_echo=True) | {"sender": {"id": int(PAGE)}, "recipient": {"id": int(PERSON)}}
    change = only(talk(event))
    assert (change.kind, change.verb, change.person_id, change.author_id) == ("message", "add", PERSON, PAGE)


def test_the_person_is_never_the_page_whichever_way_it_is_told():
    assert only(talk(message(is_echo=True))).person_id == PERSON
    assert only(talk(message() | {"sender": {"id": PAGE}, "recipient": {"id": PERSON}})).person_id == PERSON
    assert only(talk(message() | {"sender": {"id": PAGE}})).person_id == ""


def test_a_message_that_was_unsent_is_removed():
    event = message(is_deleted=True)
    del event["message"]["text"]
    change = only(talk(event))
    assert (change.kind, change.verb, change.object_id, change.text) == ("message", "remove", "m_1", None)


def test_a_changed_message_is_an_edit():
    event = message()
    del event["message"]
    change = only(talk(event | {"message_edit": {"mid": "m_1", "text": "Hej igen", "num_edit": 1}}))
    assert (change.kind, change.verb, change.object_id, change.text) == ("message", "edit", "m_1", "Hej igen")


@pytest.mark.parametrize(
    "sign", ["reaction", "delivery", "read", "postback", "pass_thread_control", "policy-enforcement"]
)
def test_signs_of_life_are_no_messages(sign):
    notice = read(talk({"sender": {"id": PERSON}, "recipient": {"id": PAGE}, sign: {"mid": "m_1", "title": "Ja"}}))
    assert [(change.kind, change.verb, change.person_id) for change in notice.changes] == [("other", "other", PERSON)]
    assert notice.remarks == ()


@pytest.mark.parametrize("event", [{}, {"message": "Hej"}, {"message": []}, {"hologram": {}}])
def test_an_unknown_event_is_remarked_upon(event):
    notice = read(talk(event))
    assert [change.kind for change in notice.changes] == ["other"]
    assert len(notice.remarks) == 1


def test_a_message_without_id_leads_to_its_conversation_if_to_anything():
    notice = read(talk(message(mid=None), {"message": {}}))
    assert [change.kind for change in notice.changes] == ["message", "other"]
    assert len(notice.remarks) == 1


def test_the_shape_of_facebooks_own_trial_button_is_a_message_too():
    change = only(body({"field": "messages", "value": message() | {"timestamp": "1742667604"}}))
    assert (change.kind, change.object_id, change.person_id) == ("message", "m_1", PERSON)
    assert change.at == datetime(2025, 3, 22, 18, 20, 4, tzinfo=UTC)


# --- Whole bodies -----------------------------------------------------------------------------------------------


def test_every_change_of_every_entry_is_found_in_order():
    entries = [
        {"id": PAGE, "changes": [comment(comment_id=f"1_{one}") for one in range(start, start + 10)]}
        for start in range(0, 1000, 10)
    ]
    notice = read(json.dumps({"object": "page", "entry": entries}).encode())
    assert [change.object_id for change in notice.changes] == [f"1_{one}" for one in range(1000)]


def test_doubles_within_one_body_are_one_change():
    doubled, other = comment(created_time=1), comment(created_time=2)
    notice = read(body(doubled, other, doubled))
    assert [change.raw for change in notice.changes] == [doubled, other]


def test_the_same_words_to_two_pages_are_two_changes():
    entries = [{"id": page, "changes": [comment()]} for page in ("1", "2", "1")]
    notice = read(json.dumps({"object": "page", "entry": entries}).encode())
    assert [change.page_id for change in notice.changes] == ["1", "2"]


def test_what_is_not_about_a_page_leads_nowhere():
    notice = read(body(comment(), object="user"))
    assert [change.kind for change in notice.changes] == ["other"]
    assert notice.remarks


def test_a_thousand_oddities_are_a_few_remarks():
    remarks = read(body(*({"field": f"f{one}"} for one in range(1000)))).remarks
    assert len(remarks) == webhook.MOST_REMARKS + 1
    assert remarks[-1] == "Ytterligare 980 anmärkningar."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"<html>",
        b"hub.mode=subscribe",
        b"{",
        b"null",
        b"1",
        b"[]",
        b"{}",
        b'"page"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"object":"page"}',
        b'{"object":"page","entry":null}',
        b'{"object":"page","entry":[null,1,"a",[],{}]}',
        b'{"object":"page","entry":[{"id":"1","changes":[1,null]}]}',
        b'{"object":"page","entry":[{"id":"1","messaging":{"sender":1}}]}',
    ],
)
def test_a_body_without_any_change_is_remarked_upon(content):
    notice = read(content)
    assert notice.changes == ()
    assert notice.remarks


@pytest.mark.parametrize("odd", ["NaN", "1e999", "-Infinity", "9" * 5000, "[" * 900 + "]" * 900])
def test_values_that_json_can_barely_hold_do_no_harm(odd):
    content = body(comment(created_time="X", message="X", post="X")).replace(b'"X"', odd.encode())
    change = only(content)
    assert (change.kind, change.object_id, change.at) == ("comment", COMMENT, None)
    json.loads(raw_json(change.raw, []))


# --- Five thousand bodies nobody meant --------------------------------------------------------------------------

KEYS = [
    *("object", "entry", "id", "time", "changes", "field", "value", "item", "verb"),
    *("comment_id", "post_id", "parent_id", "from", "sender_id", "sender_name", "name", "message", "created_time"),
    *("messaging", "standby", "sender", "recipient", "timestamp", "mid", "text", "is_echo", "is_deleted"),
    *("reply_to", "message_edit", "post", "reaction", "delivery"),
]
WORDS = [
    "page",
    "feed",
    "comment",
    "add",
    "edited",
    "photo",
    PAGE,
    PERSON,
    COMMENT,
    "m_1",
    "",
    "\x00",
    "\udc80",
    "å" * 99,
]
NUMBERS = [0, -1, 1742667604, 1742667604123, 10**30, 1.5, float("nan"), float("inf"), True, None]


def anything(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if depth < 6 and kind < 0.35:
        return {chance.choice(KEYS): anything(chance, depth + 1) for _ in range(chance.randrange(6))}
    if depth < 6 and kind < 0.5:
        return [anything(chance, depth + 1) for _ in range(chance.randrange(4))]
    return chance.choice(WORDS if kind < 0.8 else NUMBERS)


def nearly_right(chance: random.Random) -> Any:
    """A true delivery with one part of it replaced by anything at all."""
    whole = json.loads(chance.choice([body(comment(**{"from": {"id": PERSON}})), talk(message(reply_to={"mid": "m"}))]))
    place: Any = whole
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = chance.choice(keys)
        if not isinstance(place[key], (dict, list)) or not place[key] or chance.random() < 0.2:
            place[key] = anything(chance)
            return whole
        place = place[key]


def torn(chance: random.Random, content: bytes) -> bytes:
    """The bytes with a few of them changed, and perhaps cut."""
    harmed = bytearray(content)
    for _ in range(chance.randrange(5)):
        harmed[chance.randrange(len(harmed))] = chance.randrange(256)
    return bytes(harmed[: chance.randrange(1, len(harmed) + 1)] if chance.random() < 0.3 else harmed)


def test_five_thousand_bodies_nobody_meant_are_read_without_a_stumble():
    chance = random.Random(20261122)
    found = 0
    for number in range(5000):
        made = (anything, nearly_right)[number % 2](chance)
        content = json.dumps(made).encode()
        notice = read(torn(chance, content) if number % 5 == 0 else content)
        found += len(notice.changes)
        for change in notice.changes:
            check(change)
        assert all(isinstance(remark, str) and remark for remark in notice.remarks)
        assert len(notice.remarks) <= webhook.MOST_REMARKS + 1
    # Many of the nearly right ones still speak of something.
    assert found > 1500


def check(change: Change) -> None:
    """What holds of every change."""
    assert change.kind in get_args(webhook.Kind)
    assert change.verb in get_args(webhook.Verb)
    ids = (change.page_id, change.object_id, change.post_id, change.parent_id, change.person_id, change.author_id)
    assert all(isinstance(one, str) and len(one) <= 100 for one in ids)
    assert change.object_id or change.person_id or change.kind == "other"
    assert change.person_id == "" or change.person_id != change.page_id
    assert change.text is None or isinstance(change.text, str)
    assert change.at is None or change.at.tzinfo is UTC
    json.loads(raw_json(change.raw, []))


# --- What Facebook really sent ----------------------------------------------------------------------------------

FOLDER = (Path(__file__).parents[3] / ".." / "shared" / "data" / "graph").resolve()
FILES = sorted(path.name for path in [*FOLDER.glob("wh*.json"), *FOLDER.glob("wm*.json")])
RECORDED = {
    "wh2018_comment_escaped_slashes.json": "comment add",
    "wh2020_comment_add.json": "comment add",
    "wh2020_reaction_edit.json": "other edit",
    "wh2020_reply_add.json": "comment add",
    "wh2020_status_add.json": "post add",
    "wh2023_comment_add.json": "comment add",
    "wh2023_comment_hide.json": "comment hide",
    "wh2023_photo_post_add.json": "post add",
    "wh2023_post_trashed_as_edited.json": "post edit",
    "wh2023_status_add_unpublished.json": "post add",
    "wh2025_reply_add_by_page.json": "comment add",
    "wh_comment_add.json": "comment add",
    "wh_comment_add_old_sender_id.json": "comment add",
    "wh_comment_add_photo.json": "comment add",
    "wh_comment_edited.json": "comment edit",
    "wh_comment_hide.json": "comment hide",
    "wh_comment_remove.json": "comment remove",
    "wh_event_add.json": "post add",
    "wh_like_on_comment.json": "other add",
    "wh_many_entries_2011.json": "",
    "wh_mention_comment_no_from.json": "comment add",
    "wh_photo_add.json": "post add",
    "wh_photo_remove.json": "post remove",
    "wh_post_add_visitor.json": "post add",
    "wh_post_edit_verb_edit.json": "post edit",
    "wh_post_remove.json": "post remove",
    "wh_post_unhide.json": "post show",
    "wh_reaction_on_comment.json": "other add",
    "wh_share_add.json": "post add",
    "wh_status_add.json": "post add",
    "wh_status_add_photos.json": "post add",
    "wh_status_edited.json": "post edit",
    "wh_status_hide.json": "post hide",
    "wh_two_entries_no_value.json": "other other, other other",
    "wh_unknown_field.json": "other remove",
    "wh_video_block_no_from.json": "other other",
    "wm2023_message_text.json": "message add",
    "wm_delivery.json": "other other",
    "wm_message_echo.json": "message add",
    "wm_message_edit.json": "message edit",
    "wm_message_image.json": "message add",
    "wm_message_location.json": "message add",
    "wm_message_reply_to.json": "message add",
    "wm_message_sticker.json": "message add",
    "wm_message_text_int_ids.json": "message add",
    "wm_message_unsupported.json": "message add",
    "wm_pass_thread_control.json": "other other",
    "wm_policy_block.json": "other other",
    "wm_reaction.json": "other other",
}
REMARKED = {
    *("wh_many_entries_2011.json", "wh_two_entries_no_value.json", "wh_unknown_field.json"),
    "wh_video_block_no_from.json",
}


@pytest.mark.skipif(not FOLDER.exists(), reason=f"no recorded deliveries in {FOLDER}")
def test_the_table_names_every_recorded_delivery():
    assert sorted(RECORDED) == FILES


@pytest.mark.parametrize("file", FILES)
def test_a_recorded_delivery_is_understood(file):
    content = (FOLDER / file).read_bytes()
    notice = read(content)
    assert ", ".join(f"{change.kind} {change.verb}" for change in notice.changes) == RECORDED[file]
    assert bool(notice.remarks) is (file in REMARKED)
    entries = json.loads(content)["entry"]
    told = [(entry, one) for entry in entries for one in [*entry.get("changes", []), *entry.get("messaging", [])]]
    for change, (entry, one) in zip(notice.changes, told, strict=True):
        check(change)
        assert (change.raw, change.page_id) == (one, str(entry["id"]))
        if file.startswith("wm"):
            of_the_conversation(change, one)
        else:
            of_the_page(change, one.get("value", {}))


def of_the_page(change: Change, value: dict[str, Any]) -> None:
    author = value.get("from", {"id": value.get("sender_id", ""), "name": value.get("sender_name", "")})
    assert (change.author_id, change.author_name) == (str(author["id"]), author["name"])
    assert change.text == value.get("message")
    seconds = value.get("created_time")
    assert change.at == (seconds and datetime.fromtimestamp(seconds, UTC))
    assert change.post_id == value.get("post_id", "")
    assert change.parent_id == value.get("parent_id", "")
    assert change.object_id == value.get("comment_id", value.get("post_id", ""))
    assert change.person_id == ""


def of_the_conversation(change: Change, event: dict[str, Any]) -> None:
    told = event.get("message") or event.get("message_edit") or event.get("reaction") or {}
    assert change.object_id == told.get("mid", "")
    assert change.text == told.get("text")
    assert change.parent_id == told.get("reply_to", {}).get("mid", "")
    assert change.person_id == str(event.get("sender", {}).get("id", ""))
    milliseconds = event.get("timestamp")
    assert change.at == (milliseconds and datetime.fromtimestamp(milliseconds / 1000, UTC))
