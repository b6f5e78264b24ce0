import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest

from moderation.graph import payloads
from moderation.graph.payloads import RemoteItem, RemoteMedia
from moderation.graph.values import moment

POST = payloads.post({"id": "1036844829507460_122151374217072582", "created_time": "2026-08-18T18:30:01+0000"})
COMMENT = payloads.comment({"id": "122151374217072582_1811120803575478"}, POST)


def test_a_post_is_read() -> None:
    item = payloads.post(
        {
            "id": "1036844829507460_122151374217072582",
            "message": "Vägen är oframkomlig",
            "created_time": "2026-08-18T20:30:01+0200",
            "from": {"id": 24266381753005180, "name": "Åsa Öberg"},
            "permalink_url": "https://www.facebook.com/122146890051072582/posts/122151374217072582",
            "is_hidden": True,
        }
    )
    assert item.key == "post:122151374217072582"
    assert item.graph_id == "1036844829507460_122151374217072582"
    assert (item.kind, item.parent_graph_id) == ("post", "")
    assert (item.author_id, item.author_name) == ("24266381753005180", "Åsa Öberg")
    assert item.message == "Vägen är oframkomlig"
    assert item.created_at == datetime(2026, 8, 18, 18, 30, 1, tzinfo=UTC)
    assert item.permalink_url.endswith("/posts/122151374217072582")
    assert item.hidden
    assert item.notes == ()


def test_a_comment_and_its_reply_know_what_they_stand_under() -> None:
    assert (COMMENT.kind, COMMENT.parent_graph_id) == ("comment", POST.graph_id)
    reply = payloads.comment({"id": "9_5"}, COMMENT)
    assert (reply.kind, reply.parent_graph_id) == ("reply", COMMENT.graph_id)
    deeper = payloads.comment({"id": "9_6"}, reply)
    assert (deeper.kind, deeper.parent_graph_id) == ("reply", reply.graph_id)


def test_in_a_flat_list_a_reply_names_its_parent() -> None:
    reply = payloads.comment({"id": "9_5", "parent": {"id": "9_4"}}, POST)
    assert (reply.kind, reply.parent_graph_id) == ("reply", "9_4")


def test_one_comment_under_two_ids_has_one_key() -> None:
    assert payloads.comment({"id": "122_555"}, POST).key == payloads.comment({"id": "999_555"}, POST).key
    assert payloads.comment({"id": "1_122_555"}, POST).key == payloads.comment({"id": "555"}, POST).key
    assert payloads.comment({"id": "122_555"}, POST).key != payloads.post({"id": "122_555"}).key


@pytest.mark.parametrize("odd", [None, "", True, 1.5, [], {}, "12\x00", "1/../2", "9" * 500, "\ud83d", -5])
def test_without_a_usable_id_the_raw_json_gives_one(odd: Any) -> None:
    item = payloads.comment({"id": odd, "message": "hej"}, POST)
    assert item.graph_id.startswith("utan-id-")
    assert len(item.graph_id) == len("utan-id-") + 16
    assert any("id" in note for note in item.notes)
    assert item.graph_id == payloads.comment({"id": odd, "message": "hej"}, POST).graph_id
    assert item.graph_id != payloads.comment({"id": odd, "message": "hej!"}, POST).graph_id


@pytest.mark.parametrize(
    "text", ["nul \x00 i texten", "halv \ud83d surrogat", "rad\r\n\t", "x" * 60_000, "\u202eomvänd", ""]
)
def test_text_and_author_come_out_exactly_as_delivered(text: str) -> None:
    item = payloads.comment({"id": "1_2", "message": text, "from": {"name": text}}, POST)
    assert item.message == text
    assert item.author_name == text
    assert item.raw.isascii()
    assert json.loads(item.raw)["message"] == text


def test_raw_holds_all_but_the_nested_comments() -> None:
    node = {"id": "1_2", "message": "å", "comments": {"data": [{"id": "2_3"}]}, "from": {"name": "Ä"}}
    assert json.loads(payloads.post(node).raw) == {"id": "1_2", "message": "å", "from": {"name": "Ä"}}


def test_a_story_stands_in_for_a_missing_text_and_is_said_to() -> None:
    item = payloads.post({"id": "1_2", "story": "Kommunen uppdaterade sitt omslagsfoto."})
    assert item.message == "Kommunen uppdaterade sitt omslagsfoto."
    assert any("beskrivning" in note for note in item.notes)


def test_a_picture_comment_has_an_empty_text_and_no_story() -> None:
    item = payloads.comment(
        {"id": "1_2", "message": "", "story": "s", "created_time": "2026-08-18T18:30:01+0000"}, POST
    )
    assert item.message == ""
    assert item.notes == ()


def test_a_text_that_is_no_text_is_shown_raw() -> None:
    item = payloads.comment({"id": "1_2", "message": {"text": "å"}}, POST)
    assert json.loads(item.message) == {"text": "å"}
    assert any("rådata" in note for note in item.notes)


@pytest.mark.parametrize("author", [None, "Åsa", [], {}, {"id": None, "name": None}, {"name": 5}])
def test_an_item_lives_without_an_author(author: Any) -> None:
    item = payloads.comment({"id": "1_2", "from": author}, POST)
    assert (item.author_id, item.author_name) == ("", "")


@pytest.mark.parametrize(
    "delivered",
    [
        "2026-08-18T18:30:01+0000",
        "2026-08-18T18:30:01Z",
        "2026-08-18T20:30:01+02:00",
        1787077801,
        1787077801000,
        "2026-08-18T18:30:01",
    ],
)
def test_times_are_aware_and_in_utc(delivered: Any) -> None:
    item = payloads.comment({"id": "1_2", "created_time": delivered}, POST)
    assert item.created_at == datetime(2026, 8, 18, 18, 30, 1, tzinfo=UTC)
    assert item.created_at.tzinfo is UTC


@pytest.mark.parametrize(
    "impossible",
    [
        *(
            "2026-02-31T10:00:00+0000",
            "igår",
            "",
            "0001-01-01T00:00:00+0000",
            "9999-12-31T23:59:59+0000",
            "\x00",
            "\ud83d",
        ),
        *(10**400, -(10**18), 1e300, float("nan"), float("inf"), True, [], {}, "9" * 5000),
    ],
)
def test_an_impossible_date_is_no_date_and_is_noted(impossible: Any) -> None:
    item = payloads.comment({"id": "1_2", "created_time": impossible}, POST)
    assert item.created_at is None
    assert any(note.startswith("Tidpunkten går inte att tolka") for note in item.notes)
    assert all(note.isprintable() for note in item.notes)


def test_a_missing_date_is_noted() -> None:
    assert payloads.comment({"id": "1_2"}, POST).notes == ("Tidpunkten saknas.",)


def test_unknown_fields_and_drafts_are_noted() -> None:
    item = payloads.post({"id": "1_2", "created_time": 1787077801, "is_published": False, "mood\x00": "glad"})
    assert item.notes == (
        "Inlägget är inte publicerat.",
        "Fält som systemet inte känner till finns i rådata: mood\N{REPLACEMENT CHARACTER}.",
    )


def test_a_photo_is_found_with_its_size_and_page() -> None:
    photo = {
        "media_type": "photo",
        "type": "photo",
        "media": {"image": {"src": "https://scontent.xx.fbcdn.net/a_n.jpg?oe=1", "width": 720, "height": 480}},
        "target": {"id": "55", "url": "https://www.facebook.com/photo.php?fbid=55"},
        "description": "Gropen",
    }
    for node in ({"attachments": {"data": [photo]}}, {"attachment": photo}):
        (medium,) = payloads.post({"id": "1_2"} | node).media
        assert medium.url == "https://scontent.xx.fbcdn.net/a_n.jpg?oe=1"
        assert (medium.kind, medium.width, medium.height, medium.target_id) == ("photo", 720, 480, "55")
        assert (medium.description, medium.link) == ("Gropen", "https://www.facebook.com/photo.php?fbid=55")


def test_a_film_brings_its_still_picture_along() -> None:
    film = {
        "type": "video_inline",
        "media": {"source": "https://video.fbcdn.net/f.mp4", "image": {"src": "https://a/s.jpg"}},
    }
    found = payloads.post({"id": "1_2", "attachments": {"data": [film]}}).media
    assert [(medium.kind, medium.url) for medium in found] == [
        ("video_inline", "https://video.fbcdn.net/f.mp4"),
        ("still", "https://a/s.jpg"),
    ]


def test_an_album_brings_each_picture_once() -> None:
    pictures = [{"type": "photo", "media": {"image": {"src": f"https://a/{n}_n.jpg?sig=inner"}}} for n in range(3)]
    album = {
        "type": "album",
        "title": "Skolgården",
        "media": {"image": {"src": "https://a/0_n.jpg?sig=cover"}},
        "subattachments": {"data": pictures},
    }
    found = payloads.post({"id": "1_2", "attachments": {"data": [album]}}).media
    assert [(medium.kind, medium.url) for medium in found] == [
        ("photo", "https://a/0_n.jpg?sig=inner"),
        ("photo", "https://a/1_n.jpg?sig=inner"),
        ("photo", "https://a/2_n.jpg?sig=inner"),
    ]


def test_the_full_picture_stands_in_where_no_attachment_has_a_file() -> None:
    assert [medium.url for medium in payloads.post({"id": "1_2", "full_picture": "https://a/f.jpg"}).media] == [
        "https://a/f.jpg"
    ]
    photo = {"type": "photo", "media": {"image": {"src": "https://a/x.jpg"}}}
    both = payloads.post({"id": "1_2", "full_picture": "https://a/f.jpg", "attachments": {"data": [photo]}})
    assert [medium.url for medium in both.media] == ["https://a/x.jpg"]


def test_an_unknown_kind_of_attachment_is_kept_and_noted() -> None:
    item = payloads.comment({"id": "1_2", "attachment": {"type": "hologram", "url": "https://a.se"}}, POST)
    assert [(medium.kind, medium.link) for medium in item.media] == [("hologram", "https://a.se")]
    assert any("hologram" in note for note in item.notes)


# --- Private messages -------------------------------------------------------------------------------------------

SENT = {"id": "m_1", "created_time": "2026-08-18T18:30:01+0000"}


def attached(**file: Any) -> list[RemoteMedia]:
    return list(payloads.message({**SENT, "attachments": {"data": [{"id": "55", "name": "fil.bin", **file}]}}).media)


def test_a_message_is_read() -> None:
    item = payloads.message({**SENT, "id": "m_a-B_c9", "message": "Hej!\n", "from": {"id": "271", "name": "Åsa Öberg"}})
    # All of its id: an underscore in it does not part two halves.
    assert (item.key, item.graph_id, item.kind) == ("message:m_a-B_c9", "m_a-B_c9", "message")
    assert (item.author_id, item.author_name, item.message) == ("271", "Åsa Öberg", "Hej!\n")
    assert (item.parent_graph_id, item.hidden, item.permalink_url) == ("", False, "")
    assert item.created_at == datetime(2026, 8, 18, 18, 30, 1, tzinfo=UTC)
    assert item.notes == ()


def test_two_messages_that_end_alike_are_two() -> None:
    assert payloads.message({"id": "m_a_5"}).key != payloads.message({"id": "m_b_5"}).key
    assert payloads.message({"id": "m_5"}).key != payloads.post({"id": "m_5"}).key


def test_an_old_message_is_one_under_both_its_names() -> None:
    assert payloads.message({"id": "m_mid.1:a"}).key == payloads.message({"id": "mid.1:a"}).key
    assert payloads.message({"id": "m_1"}).key != payloads.message({"id": "1"}).key


@pytest.mark.parametrize(
    ("file", "kind", "url"),
    [
        ({"image_data": {"url": "https://a/b.jpg", "width": 5, "height": 4}}, "photo", "https://a/b.jpg"),
        ({"video_data": {"url": "https://a/f.mp4", "width": 5, "height": 4}}, "video", "https://a/f.mp4"),
        ({"file_url": "https://a/d.pdf", "mime_type": "application/pdf"}, "file", "https://a/d.pdf"),
        ({"file_url": "https://a/r.mp4", "mime_type": "audio/mpeg"}, "file", "https://a/r.mp4"),
        ({"mime_type": "image/jpeg"}, "file", ""),
        ({"image_data": "https://a/b.jpg", "file_url": 5}, "file", ""),
    ],
)
def test_each_kind_of_file_of_a_message_is_found(file: dict[str, Any], kind: str, url: str) -> None:
    (medium,) = attached(**file)
    assert (medium.kind, medium.url, medium.title, medium.target_id) == (kind, url, "fil.bin", "55")
    assert (medium.width, medium.height) == ((5, 4) if kind != "file" else (None, None))


def test_what_a_message_shares_is_a_link() -> None:
    share = {"link": "https://exempel.se/", "name": "Rubrik", "description": "Text", "id": "9"}
    (medium,) = payloads.message({**SENT, "shares": {"data": [share]}}).media
    assert (medium.kind, medium.url, medium.link) == ("share", "", "https://exempel.se/")
    assert (medium.title, medium.description, medium.target_id) == ("Rubrik", "Text", "9")


def test_a_sticker_is_a_picture() -> None:
    (medium,) = payloads.message({**SENT, "message": "", "sticker": "https://a/tumme.png"}).media
    assert (medium.kind, medium.url) == ("sticker", "https://a/tumme.png")


def test_all_that_hangs_on_a_message_comes_along() -> None:
    files = [{"id": "1", "image_data": {"url": "https://a/1.jpg"}}, {"id": "2", "file_url": "https://a/2.pdf"}]
    node = {**SENT, "attachments": {"data": files}, "shares": {"data": [{"link": "https://b"}]}, "sticker": "https://c"}
    assert [medium.kind for medium in payloads.message(node).media] == ["photo", "file", "share", "sticker"]


def test_a_file_that_is_withheld_within_the_eu_is_known_of_and_has_no_address() -> None:
    blocked = "Media not available due to new privacy rules in Europe. See developer documentation for more info"
    (medium,) = attached(name=blocked)
    assert (medium.kind, medium.url, medium.link, medium.title) == ("file", "", "", blocked)


def test_a_message_of_a_kind_that_is_not_handed_out_is_noted() -> None:
    notes = payloads.message({**SENT, "is_unsupported": True}).notes
    assert notes == ("Meddelandet är av ett slag som Facebook inte lämnar ut innehållet i.",)
    assert payloads.message({**SENT, "is_unsupported": False}).notes == ()


def test_unknown_fields_of_a_message_are_noted() -> None:
    assert payloads.message({**SENT, "ephemeral": True}).notes == (
        "Fält som systemet inte känner till finns i rådata: ephemeral.",
    )


# --- Moments ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        ("2026-08-18T18:30:01+0000", datetime(2026, 8, 18, 18, 30, 1, tzinfo=UTC)),
        ("2026-08-18T18:30:01-0230", datetime(2026, 8, 18, 21, 0, 1, tzinfo=UTC)),
        ("2026-08-18", datetime(2026, 8, 18, tzinfo=UTC)),
        ("0002-01-01T00:00:00+0000", datetime(2, 1, 1, tzinfo=UTC)),
        ("9998-12-31T23:59:59+0000", datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (-86400, datetime(1969, 12, 31, tzinfo=UTC)),
        (1787077801, datetime(2026, 8, 18, 18, 30, 1, tzinfo=UTC)),
        (1787077801.5, datetime(2026, 8, 18, 18, 30, 1, 500_000, tzinfo=UTC)),
        (1787077801250, datetime(2026, 8, 18, 18, 30, 1, 250_000, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_from_text_seconds_and_milliseconds(delivered: Any, expected: datetime) -> None:
    assert moment(delivered) == expected
    assert moment(delivered).tzinfo is UTC


@pytest.mark.parametrize(
    "none", [None, "", "x", "12", True, False, [], {}, "0001-12-31T23:00:00+0000", "9999-01-01", 10**18, float("nan")]
)
def test_what_is_no_moment_is_none(none: Any) -> None:
    assert moment(none) is None


# --- Anything whatsoever ----------------------------------------------------------------------------------------

FIELDS = [
    *sorted(payloads.KNOWN_FIELDS | payloads.MESSAGE_FIELDS),
    "data",
    "media",
    "image",
    "src",
    "source",
    "target",
    "type",
    "subattachments",
]
FIELDS += [
    "image_data",
    "video_data",
    "file_url",
    "link",
    "url",
    "name",
    "width",
    "title",
    "paging",
    "\x00",
    "\ud83d",
    "okänt",
]
PLAIN: list[Any] = [None, True, False, 0, -1, 7, 2**63, 10**5000, 1.5, float("nan"), float("-inf"), 1e308]
PLAIN += [
    "",
    "a",
    "\x00",
    "\ud83d",
    "1_2",
    "photo",
    "https://a/b?c",
    "2026-08-18T18:30:01+0000",
    "2026-13-45",
    "x" * 3000,
]


def anything(dice: random.Random, depth: int) -> Any:
    shape = dice.random()
    if depth == 0 or shape < 0.4:
        return dice.choice(PLAIN)
    if shape < 0.55:
        return [anything(dice, depth - 1) for _ in range(dice.randrange(4))]
    return {dice.choice(FIELDS): anything(dice, depth - 1) for _ in range(dice.randrange(9))}


def check(item: RemoteItem) -> None:
    assert item.graph_id
    assert item.key.split(":", 1)[1]
    assert all(isinstance(value, str) for value in (item.author_id, item.author_name, item.message, item.permalink_url))
    assert item.created_at is None or item.created_at.tzinfo is UTC
    assert item.raw.isascii()
    json.loads(item.raw)
    assert all(note.isprintable() and note.endswith(".") for note in item.notes)


@pytest.mark.parametrize("seed", range(40))
def test_no_json_value_is_too_odd(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(100):
        value = anything(dice, 6)
        parent = dice.choice([POST, COMMENT])
        check(payloads.post(value))
        check(payloads.comment(value, parent))
        check(payloads.message(value))


def test_no_nesting_is_too_deep() -> None:
    deep: Any = "botten"
    for _ in range(5000):
        deep = {"data": [deep]}
    item = payloads.post({"id": "1_2", "message": "kvar", "attachments": deep, "from": deep})
    check(item)
    assert item.message == "kvar"
    assert any("rådata" in note for note in item.notes)
