import dataclasses
import hashlib
import itertools
import json
import random
import stat
import struct
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest

from moderation.graph.export import BadExport, Limits, open_export
from moderation.graph.export.wording import UNMENDED, mended
from tests.export_zip import ROOT, build, comment, conversation, doubled, message, post

POSTS = f"{ROOT}/posts/profile_posts_1.json"
COMMENTS = f"{ROOT}/comments_and_reactions/comments.json"
WORDS = [
    "Vägen är oframkomlig igen – andra veckan! Åker över ån.",
    "Tack! 👍🏽❤️ 👨‍👩‍👧‍👦 🇸🇪",
    "blandat: å 日本語 עברית ا é e\u0301 \u00a0 \u200b \u202e",
    "bara ascii",
    "\x00 mitt i \x00",
    "rad 1\r\nrad 2\n\n  indrag\t",
    "<script>alert(1)</script> {{ 7*7 }} =1+1 ../../etc/passwd",
    "Å" * 60_000,
]


def found(path, **limits):
    with open_export(path, Limits(**limits)) as export:
        return list(export.threads()), export.remarks


def only(path):
    entries, remarks = found(path)
    assert (len(entries), remarks) == (1, [])
    return entries[0]


def written(path, **members):
    """A ZIP with just these members, names and bytes as given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, (bytes, str)) else json.dumps(content))
    return path


@pytest.fixture
def zip_path(tmp_path):
    return tmp_path / "export.zip"


# --- What is read ---------------------------------------------------------------------------------------------------


def test_a_post_is_read_with_what_the_export_says_and_nothing_else(zip_path):
    build(zip_path, posts=[post("Simhallen öppnar på måndag.", 1_600_000_000, title="Exempelkommunen delade en länk.")])
    entry = only(zip_path)
    item = entry.item
    assert (item.kind, item.message, item.created_at) == (
        "post",
        "Simhallen öppnar på måndag.",
        datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC),
    )
    assert (item.graph_id, item.parent_graph_id, item.author_id, item.author_name) == ("", "", "", "")
    assert (item.permalink_url, item.hidden, item.media, entry.files) == ("", False, (), ())
    assert (entry.thread_key, entry.kind, entry.by_page, entry.title) == (item.key, "post", True, "")
    assert item.notes == (
        "Kommer ur sidans export från Facebook. Exporten säger inte adressen, författarens id eller om inlägget är dolt.",
        "Exporten kallar posten: Exempelkommunen delade en länk.",
    )


def test_the_raw_entry_stands_as_in_the_file_and_is_ascii(zip_path):
    entry = post("Ån svämmar över 🌊", 1_600_000_000)
    build(zip_path, posts=[entry])
    raw = only(zip_path).item.raw
    assert raw.isascii()
    assert json.loads(raw) == doubled(entry) != entry


def test_a_post_without_words_of_its_own_shows_what_facebook_called_it(zip_path):
    build(zip_path, posts=[post(title="Exempelkommunen uppdaterade sitt omslagsfoto.")])
    item = only(zip_path).item
    assert item.message == "Exempelkommunen uppdaterade sitt omslagsfoto."
    assert "Inlägget har ingen egen text; Facebooks beskrivning av händelsen visas i stället." in item.notes


def test_a_comment_is_read_and_nobody_guesses_what_it_stands_under(zip_path):
    build(zip_path, comments=[comment("Vi lagar gatan på torsdag.", 1_500_000_000)])
    entry = only(zip_path)
    assert (entry.item.kind, entry.item.message, entry.item.author_name, entry.item.parent_graph_id) == (
        "comment",
        "Vi lagar gatan på torsdag.",
        "Exempelkommunen",
        "",
    )
    assert (entry.by_page, entry.thread_key) == (True, entry.item.key)
    assert "vilket inlägg kommentaren står under" in entry.item.notes[0]


def test_a_comment_without_a_time_of_its_own_takes_the_inner_one(zip_path):
    entry = comment("Hej", 1_500_000_000)
    del entry["timestamp"]
    build(zip_path, comments=[entry])
    assert only(zip_path).item.created_at == datetime(2017, 7, 14, 2, 40, tzinfo=UTC)


def test_a_conversation_over_several_files_is_read_oldest_first_as_one_thread(zip_path):
    folder = f"{ROOT}/messages/inbox/annaek_123"
    texts = [(f"nr {number}", 1_600_000_000_000 + number) for number in range(30)]
    files = {
        f"{folder}/message_{number}.json": json.dumps(
            conversation("annaek_123", [message(*one) for one in reversed(part)])
        )
        for number, part in ((10, texts[:10]), (2, texts[10:20]), (1, texts[20:]))
    }
    build(zip_path, conversations=[conversation("bo_9", [message("annan")], title="Bo Å")], files=files)
    entries, remarks = found(zip_path)
    assert [entry.item.message for entry in entries] == [*(words for words, _ in texts), "annan"]
    assert [key for key, _ in itertools.groupby(entry.thread_key for entry in entries)] == [
        entries[0].thread_key,
        entries[-1].thread_key,
    ]
    assert {entry.title for entry in entries} == {"Anna Ek", "Bo Å"}
    assert entries[7].item.created_at.microsecond == 7000
    assert (entries[0].by_page, entries[0].kind, entries[0].item.author_name, remarks) == (
        None,
        "message",
        "Anna Ek",
        [],
    )


def test_messages_of_the_same_moment_stand_as_they_were_written(zip_path):
    newest_first = [message("tredje", 5), message("andra", 5), message("första", 5)]
    build(zip_path, conversations=[conversation("a_1", newest_first)])
    assert [entry.item.message for entry in found(zip_path)[0]] == ["första", "andra", "tredje"]


def test_a_message_that_was_taken_back_says_so(zip_path):
    build(zip_path, conversations=[conversation("a_1", [message("", is_unsent=True)])])
    assert "Meddelandet är tillbakataget av avsändaren." in only(zip_path).item.notes


def test_everything_a_message_carries_is_found_with_its_file(zip_path):
    folder = f"{ROOT}/messages/inbox/a_1"
    carried = {
        "photos": [{"uri": f"{folder}/photos/1.jpg"}, {"uri": f"{folder}/photos/2.jpg"}],
        "videos": [{"uri": f"{folder}/videos/3.mp4"}],
        "audio_files": [{"uri": f"{folder}/audio/4.mp4"}],
        "files": [{"uri": f"{folder}/files/ansökan_5.pdf"}],
        "gifs": [{"uri": f"{folder}/gifs/6.gif"}],
        "sticker": {"uri": "messages/stickers_used/7.png"},
        "share": {"link": "https://exempel.se/ö", "share_text": "Läs här"},
    }
    uris = [*(file["uri"] for key in ("photos", "videos", "audio_files", "gifs", "files") for file in carried[key])]
    files = dict.fromkeys([*uris, f"{ROOT}/messages/stickers_used/7.png"], b"x")
    build(zip_path, conversations=[conversation("a_1", [message("", **carried)])], files=files)
    entry = only(zip_path)
    assert [medium.kind for medium in entry.item.media] == [
        *("photo", "photo", "video", "audio", "photo", "file", "sticker", "share"),
    ]
    assert [name for _, name in entry.files] == [*uris, f"{ROOT}/messages/stickers_used/7.png"]
    assert (entry.item.media[-1].link, entry.item.media[-1].description) == ("https://exempel.se/ö", "Läs här")


def test_every_kind_of_attachment_to_a_post_is_kept(zip_path):
    parts = [
        {"media": {"uri": "posts/media/å/1.mp4", "title": "Från sjön", "description": "Vågor"}},
        {"external_context": {"url": "https://exempel.se/", "name": "Exempel Ö"}},
        {"place": {"name": "Torget", "address": "Storgatan 1"}},
        {"text": "Delad text"},
        {"event": {"name": "Öppet hus", "description": "Välkommen"}},
        {"note": {"title": "Not", "text": "Lång", "media": [{"uri": "posts/media/2.jpg"}]}},
        {"poll": {"question": "?"}},
    ]
    build(zip_path, posts=[post("Hej", attachments=[{"data": parts}])], files={"posts/media/å/1.mp4": b"film"})
    entry = only(zip_path)
    assert [
        (medium.kind, medium.url, medium.title, medium.description, medium.link) for medium in entry.item.media
    ] == [
        ("video", "posts/media/å/1.mp4", "Från sjön", "Vågor", ""),
        ("share", "", "Exempel Ö", "", "https://exempel.se/"),
        ("place", "", "Torget", "Storgatan 1", ""),
        ("text", "", "", "Delad text", ""),
        ("event", "", "Öppet hus", "Välkommen", ""),
        ("note", "", "Not", "Lång", ""),
        ("photo", "posts/media/2.jpg", "", "", ""),
    ]
    assert [name for _, name in entry.files] == ["posts/media/å/1.mp4"]
    assert "Bilaga av ett slag som systemet inte känner till: poll." in entry.item.notes


@pytest.mark.parametrize("wrapper", ["", "facebook-exempelkommunen-2026-03-06-AbC/", "a/b/"])
def test_a_file_is_found_wherever_the_exports_root_lies(zip_path, wrapper):
    uri = f"{ROOT}/posts/media/x/1.jpg"
    build(zip_path, posts=[post("Hej", 1, uri)], files={f"{wrapper}{uri}": b"bild"}, root=f"{wrapper}{ROOT}")
    with open_export(zip_path) as export:
        (entry,) = export.threads()
        assert entry.files == ((entry.item.media[0], f"{wrapper}{uri}"),)
        assert export.file(entry.files[0][1]) == b"bild"


def test_a_file_that_is_not_there_or_too_large_is_not_given(zip_path):
    build(zip_path, posts=[post("Hej", 1, "posts/media/1.jpg")], files={"big.bin": b"x" * 100})
    with open_export(zip_path, Limits(media=99)) as export:
        (entry,) = export.threads()
        assert (len(entry.item.media), entry.files) == (1, ())
        assert [export.file(name) for name in ("posts/media/1.jpg", "big.bin", "../x", "")] == [None] * 4
    with open_export(zip_path, Limits(media=100)) as export:
        assert export.file("big.bin") == b"x" * 100


@pytest.mark.parametrize(
    ("name", "content", "by_page"),
    [
        ("posts/your_posts_1.json", [post("Hej")], True),
        ("posts/your_posts.json", {"status_updates": [post("Hej")]}, True),
        ("posts/page_posts_1.json", [post("Hej")], True),
        ("your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json", [post("Hej")], True),
        ("x/this_page's_activity/POSTS/Profile_Posts_12.JSON", {"posts_v2": [post("Hej")]}, True),
        ("posts/posts_1.json", post("Hej"), True),
        (
            "posts/other_people's_posts_to_your_timeline.json",
            {"wall_posts_sent_to_you": {"activity_log_data": [post("Hej")]}},
            False,
        ),
        ("posts/visitor_posts.json", {"visitor_posts": [post("Hej")]}, False),
        ("comments/comments.json", {"comments": [comment("Hej")]}, True),
        ("comments_and_reactions/comments_2.json", [comment("Hej")], True),
        ("messages/annaek_1/message.json", conversation("x", [message("Hej")]), None),
        ("messages/archived_threads/annaek_1/message_3.json", conversation("x", [message("Hej")]), None),
        ("w/messages/filtered_threads/annaek_1/message_3.json", conversation("x", [message("Hej")]), None),
    ],
)
def test_several_generations_of_exports_are_read(zip_path, name, content, by_page):
    entry = only(written(zip_path, **{name: content}))
    assert (entry.item.message, entry.by_page) == ("Hej", by_page)


def test_files_of_another_kind_are_named_and_not_read(zip_path):
    build(zip_path, posts=[post("Hej")], files={"posts/videos.json": b"{}", "groups/your_posts_in_groups.json": b"[]"})
    entries, remarks = found(zip_path)
    assert len(entries) == 1
    assert remarks == [
        "2 JSON-filer bland inlägg, kommentarer och meddelanden är av annat slag och läses inte: "
        "posts/videos.json, groups/your_posts_in_groups.json."
    ]


# --- Text -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", WORDS)
def test_text_written_in_metas_double_encoding_comes_out_as_it_was_written(zip_path, words):
    build(
        zip_path,
        posts=[post(words)],
        comments=[comment(words, author=words[:50])],
        conversations=[conversation("a_1", [message(words, sender=words[:50])])],
    )
    entries, remarks = found(zip_path)
    assert [entry.item.message for entry in entries] == [words] * 3
    assert [entry.item.author_name for entry in entries] == ["", words[:50], words[:50]]
    assert (remarks, [note for entry in entries for note in entry.item.notes if "kodning" in note]) == ([], [])


@pytest.mark.parametrize(
    "words", ["redan rätt: å ä ö", "redan rätt 👍 och ö", "Ärligt", "日本語", "\ud83d ensam", "é\xff"]
)
def test_text_that_is_already_right_is_left_alone_without_a_doubt(words):
    notes = []
    assert (mended(words, notes), notes) == (words, [])


@pytest.mark.parametrize(
    "words", ["rätt ö och fel \xc3\xa5", "\xc3\xa5 👍", "avhugget \xc3\xa5 \xf0\x9f\x91", "\xed\xa0\xbd"]
)
def test_text_that_may_be_half_spoiled_is_left_as_it_stands_and_said_so(words):
    notes = []
    assert (mended(words, notes), notes) == (words, [UNMENDED])


def test_every_sign_of_unicode_survives_the_way_through_metas_encoding():
    signs = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    for start in range(0, len(signs), 1000):
        words, notes = "".join(signs[start : start + 1000]), []
        assert (mended(doubled(words), notes), notes) == (words, [])


# --- Keys -----------------------------------------------------------------------------------------------------------


def test_a_key_says_kind_second_text_and_author_and_nothing_of_order(zip_path, tmp_path):
    posts = [post("Hej", 10), post("Hej", 11), post("Hopp", 10)]
    build(zip_path, posts=posts, comments=[comment("Hej", 10), comment("Hej", 10, author="Annan")])
    keys = {entry.item.key for entry in found(zip_path)[0]}
    assert len(keys) == 5
    digest = hashlib.sha256(b'["post", 10, "Hej", ""]').hexdigest()
    assert f"export:{digest}" in keys
    later = build(tmp_path / "later.zip", posts=[post("Ny", 99), *reversed(posts)])
    assert {entry.item.key for entry in found(later)[0]} - keys == {found(later)[0][-1].item.key}


def test_the_very_same_entry_twice_is_two_items_in_order(zip_path):
    build(zip_path, posts=[post("Tack!", 10)] * 3)
    keys = [entry.item.key for entry in found(zip_path)[0]]
    assert keys == [keys[0], f"{keys[0]}:2", f"{keys[0]}:3"]


def test_the_same_answer_in_two_conversations_keeps_its_key_when_another_conversation_comes(zip_path, tmp_path):
    reply = message("Tack för ditt meddelande", sender="Exempelkommunen")
    build(zip_path, conversations=[conversation("bo_2", [reply])])
    both = build(tmp_path / "both.zip", conversations=[conversation(name, [reply]) for name in ("anna_1", "bo_2")])
    assert only(zip_path).item.key == found(both)[0][1].item.key != found(both)[0][0].item.key


def test_reading_twice_gives_the_same_and_tells_how_far_it_came(zip_path):
    build(zip_path, posts=[post("Hej")] * 2, comments=[comment("Hej"), 7])
    with open_export(zip_path) as export:
        reading = export.threads()
        assert (export.done, next(reading).item.message) == (0, "Hej")
        first = [*export.threads()]
        assert export.done == export.total > 0
        assert ([*export.threads()], len(export.remarks)) == (first, 1)
        assert export.done == export.total


# --- What cannot be read --------------------------------------------------------------------------------------------


def test_broken_files_and_entries_do_not_stop_the_rest(zip_path):
    files = {
        f"{ROOT}/posts/profile_posts_2.json": b'[{"timestamp": 1, ',
        f"{ROOT}/posts/profile_posts_3.json": b"[" * 100_000,
        f"{ROOT}/posts/profile_posts_4.json": b"\xff\xfe\xfa",
        f"{ROOT}/posts/profile_posts_5.json": b"",
        f"{ROOT}/posts/profile_posts_6.json": b"[" + b"9" * 5000 + b"]",
        f"{ROOT}/posts/profile_posts_7.json": b'"text"',
        f"{ROOT}/messages/inbox/a_1/message_1.json": b'{"messages": 3}',
        f"{ROOT}/messages/inbox/a_1/message_2.json": b"null",
    }
    build(zip_path, posts=[None, post("Kvar"), 3, [], {}, "x"], comments=[comment("Också")], files=files)
    entries, remarks = found(zip_path)
    assert [entry.item.message for entry in entries] == ["Kvar", "Också"]
    assert remarks[0] == f"5 av 6 poster i {POSTS[-60:]} gick inte att läsa."
    assert (len(remarks), sum("är överhoppad" in remark for remark in remarks)) == (9, 5)
    assert sum("har inga poster i en form" in remark for remark in remarks) == 3


def test_an_entry_in_an_unknown_form_is_kept_raw(zip_path):
    build(zip_path, posts=[{"fbid": "1", "label_values": [{"label": "Text", "value": "Hej"}]}])
    item = only(zip_path).item
    assert (item.message, item.created_at) == ("", None)
    assert json.loads(item.raw)["fbid"] == "1"
    assert "Systemet hittar varken text eller bilaga; allt som exporten säger finns i rådata." in item.notes


@pytest.mark.parametrize("when", [None, 0, "igår", True, 1e400, float("nan"), -(10**18), 10**400, [], {}, 253402300799])
def test_an_impossible_time_is_left_out_and_said(zip_path, when):
    build(zip_path, posts=[post("Hej", when)])
    item = only(zip_path).item
    assert item.created_at is None
    assert any(note.startswith("Tidpunkten") for note in item.notes)


def test_an_entry_without_a_time_does_not_disturb_the_order_of_the_others(zip_path):
    times = [5, float("nan"), 3, None, 4, float("nan"), 1, "x", 2]
    build(zip_path, posts=[post(str(when), when) for when in times])
    order = [entry.item.message for entry in found(zip_path)[0]]
    assert order == ["nan", "None", "nan", "x", "1", "2", "3", "4", "5"]


def test_one_thing_is_read_where_others_write_a_list(zip_path):
    build(
        zip_path,
        posts=[{"timestamp": 1, "data": {"post": "Hej"}, "attachments": {"data": {"media": {"uri": "a.jpg"}}}}],
    )
    item = only(zip_path).item
    assert (item.message, [medium.url for medium in item.media]) == ("Hej", ["a.jpg"])


ODD = [
    None,
    True,
    0,
    -1,
    1.5,
    float("nan"),
    10**50,
    "",
    "x",
    "\x00",
    "\ud800",
    "\xc3",
    [],
    {},
    [[]],
    [{}],
    [None],
    {"": {}},
]


def test_odd_values_in_every_place_never_stop_the_reading(zip_path):
    full = [
        post("Hej", 1, "a/b.jpg", title="T", tags=[]),
        post(
            "Hej", 1, attachments=[{"data": [{"external_context": {"url": "u", "name": "n"}, "place": {"name": "p"}}]}]
        ),
        comment("Hej", 1),
        message("Hej", 1, photos=[{"uri": "a"}], sticker={"uri": "b"}, share={"link": "l"}, is_unsent=False, files=[]),
    ]
    many = [[spoiled for odd in ODD for spoiled in _spoiled(entry, odd)] for entry in full]
    assert sum(map(len, many)) > 500
    written(
        zip_path,
        **{POSTS: many[0] + many[1], COMMENTS: many[2], "messages/a/message_1.json": conversation("a", many[3])},
    )
    entries, _ = found(zip_path)
    assert len(entries) == sum(isinstance(entry, dict) and entry != {} for part in many for entry in part)
    assert len({entry.item.key for entry in entries}) == len(entries)
    for entry in entries:
        assert all(isinstance(value, str) for value in (entry.item.message, entry.item.author_name, entry.thread_key))
        assert entry.item.raw.isascii()
        assert all(
            isinstance(text, str) for medium in entry.item.media for text in (medium.url, medium.title, medium.link)
        )


def _spoiled(value, odd):
    """`value` once for each place in it, with `odd` standing there."""
    yield odd
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for place, part in parts:
        for spoiled in _spoiled(part, odd):
            copy = dict(value) if isinstance(value, dict) else [*value]
            copy[place] = spoiled
            yield copy


def test_a_path_in_an_entry_never_leads_out_of_the_archive(zip_path):
    uris = ["/etc/passwd", "../../etc/passwd", "C:\\x", "", "https://exempel.se/x.jpg", "x" * 100_000, "\x00", "posts/"]
    build(zip_path, posts=[post("Hej", 1, *uris)])
    entry = only(zip_path)
    assert entry.files == ()
    assert [medium.url for medium in entry.item.media] == [uri for uri in uris if uri]


# --- What is refused ------------------------------------------------------------------------------------------------


def refusal(path, **limits):
    with pytest.raises(BadExport) as caught:
        open_export(path, Limits(**limits))
    assert caught.value.sentence == str(caught.value)
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"%PDF-1.7", b"<html></html>", b"\x00" * 5000, b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_not_a_zip_is_refused(zip_path, content):
    zip_path.write_bytes(content)
    assert "går inte att läsa som ZIP" in refusal(zip_path) or "fler filer" in refusal(zip_path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "går inte att öppna" in refusal(tmp_path / "saknas.zip")
    assert "går inte att öppna" in refusal(tmp_path)


def test_an_empty_archive_is_refused_and_told_how_to_order(zip_path):
    zipfile.ZipFile(zip_path, "w").close()
    sentence = refusal(zip_path)
    assert "välj formatet JSON" in sentence
    assert "HTML" not in sentence


def test_an_export_ordered_as_html_is_told_so(zip_path):
    written(zip_path, **{f"{ROOT}/posts/profile_posts_1.html": "<p>Hej", "index.html": "<p>"})
    assert "ser ut att vara beställd i formatet HTML" in refusal(zip_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_download_cut_short_is_refused(zip_path, share):
    whole = build(zip_path, posts=[post("Hej")] * 50).read_bytes()
    zip_path.write_bytes(whole[: int(len(whole) * share)])
    assert "går inte att läsa som ZIP" in refusal(zip_path)


def test_a_single_wrong_byte_in_a_picture_is_refused(zip_path):
    picture = random.Random(1).randbytes(5000)
    content = bytearray(build(zip_path, posts=[post("Hej")], files={"posts/media/1.jpg": picture}).read_bytes())
    content[content.index(picture[2000:2020])] ^= 1
    zip_path.write_bytes(content)
    assert "skadad" in refusal(zip_path)


def test_damage_anywhere_ends_in_a_refusal_or_a_reading_and_nothing_else(zip_path):
    whole = build(zip_path, posts=[post("Hej å")], comments=[comment("Tack")]).read_bytes()
    chance, refused = random.Random(2), 0
    for _ in range(2000):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 1, 4])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        zip_path.write_bytes(content)
        try:
            with open_export(zip_path) as export:
                [*export.threads()]
        except BadExport:
            refused += 1
    assert 500 < refused < 2000


def test_a_locked_archive_is_refused(zip_path):
    content = bytearray(build(zip_path, posts=[post("Hej")]).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    zip_path.write_bytes(content)
    assert "lösenord" in refusal(zip_path)


def test_a_packing_that_facebook_does_not_use_is_refused(zip_path):
    with zipfile.ZipFile(zip_path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(POSTS, "[]")
    assert "packad på ett sätt" in refusal(zip_path)


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "../x", "a/../../x", "a/..", "..", "C:/x", "c:x", "..\\x", "a\\b", "\\\\server\\x", "a\nb"),
        *("posts/../../x.json", "//x", "a\x1bb"),
    ],
)
def test_a_member_that_climbs_out_of_its_folder_is_refused(zip_path, name):
    build(zip_path, posts=[post("Hej")], files={name: b"x"})
    assert "pekar ut ur sin egen mapp" in refusal(zip_path)


def test_a_name_with_nul_is_refused(zip_path):
    content = build(zip_path, posts=[post("Hej")], files={"abcd.txt": b"x"}).read_bytes()
    zip_path.write_bytes(content.replace(b"abcd.txt", b"ab\x00d.txt"))
    assert "pekar ut ur sin egen mapp" in refusal(zip_path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_a_link_or_a_device_is_refused(zip_path, kind):
    build(zip_path, posts=[post("Hej")])
    with zipfile.ZipFile(zip_path, "a") as archive:
        link = zipfile.ZipInfo("posts/media/1.jpg")
        link.external_attr = (kind | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "pekar ut ur sin egen mapp" in refusal(zip_path)


def test_the_same_name_twice_is_refused(zip_path):
    build(zip_path, posts=[post("Hej")])
    with zipfile.ZipFile(zip_path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(POSTS, "[]")
    assert "två gånger" in refusal(zip_path)


def test_a_bomb_is_refused_without_being_unpacked(zip_path):
    build(zip_path, posts=[post("Hej")], files={"bomb.bin": b"\x00" * (64 << 20)})
    tracemalloc.start()
    assert "sväller orimligt" in refusal(zip_path)
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()


def test_a_member_that_lies_about_its_size_is_refused_without_being_unpacked(zip_path):
    build(zip_path, posts=[post("Hej")], files={"bomb.bin": b"\x00" * (size := 33_333_333)})
    content = zip_path.read_bytes()
    assert content.count(struct.pack("<L", size)) == 2
    zip_path.write_bytes(content.replace(struct.pack("<L", size), struct.pack("<L", 1000)))
    tracemalloc.start()
    assert "skadad" in refusal(zip_path)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_members_that_share_the_same_bytes_are_refused(zip_path):
    """A small kernel that every entry in the table of contents points to."""
    build(zip_path, posts=[post("Hej")] * 10)
    content = zip_path.read_bytes()
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    one, many = content[at:end], 3
    names = [POSTS, *(POSTS.replace("posts_1", f"posts_{number}") for number in range(2, many + 1))]
    directory = b"".join(one.replace(POSTS.encode(), name.encode()) for name in names)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, len(directory), at, 0)
    zip_path.write_bytes(content[:at] + directory + tail)
    assert "skadad" in refusal(zip_path)


def test_too_large_is_refused_in_each_direction_with_what_to_do(zip_path):
    build(zip_path, posts=[post("Hej")] * 100, files={f"{number}.jpg": b"x" * 100 for number in range(20)})
    assert "mer än 2 kB uppackad" in refusal(zip_path, total=2048)
    assert "21 filer, och systemet tar emot högst 20" in refusal(zip_path, members=20)
    assert "en JSON-fil som är större än 1000 byte" in refusal(zip_path, json=1000)
    assert "fler filer än systemet tar emot" in refusal(zip_path, directory=500)
    assert all("Beställ exporten i flera delar" in refusal(zip_path, **one) for one in ({"total": 9}, {"members": 1}))
    assert len(found(zip_path, total=50_000, members=21, json=50_000)[0]) == 100


def test_a_huge_table_of_contents_is_refused_in_the_newer_form_of_zip_too(zip_path):
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    where = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    zip_path.write_bytes(large + where + end)
    assert "fler filer än systemet tar emot" in refusal(zip_path)


def test_of_two_ends_the_one_with_the_larger_table_of_contents_is_believed(zip_path):
    huge = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 1 << 30, 0, 22)
    zip_path.write_bytes(huge + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0))
    assert "fler filer än systemet tar emot" in refusal(zip_path)


def test_one_json_file_at_a_time_is_held_in_memory(zip_path):
    big = [post(f"{number} " + "x" * 200, number + 1) for number in range(300)]
    peaks = []
    for many in (2, 8):
        names = {f"posts/profile_posts_{number}.json": json.dumps(big) for number in range(many)}
        written(zip_path, **names)
        with open_export(zip_path) as export:
            tracemalloc.start()
            assert sum(1 for _ in export.threads()) == many * 300
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.6 * peaks[0]


def test_nothing_is_written_beside_the_archive(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "a.zip", posts=[post("Hej", 1, "posts/media/1.jpg")], files={"posts/media/1.jpg": b"bild"})
    found(tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_what_is_found_is_frozen(zip_path):
    build(zip_path, posts=[post("Hej")])
    with pytest.raises(dataclasses.FrozenInstanceError):
        only(zip_path).thread_key = "x"
