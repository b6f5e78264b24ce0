"""The demonstration's Page: everything is there, in a believable order, and the same each time."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from moderation.graph import scenario
from moderation.graph.simulator import SimulatorAdapter, World

START = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
FIELDS = (
    "id,message,created_time,from,permalink_url,attachments{media_type,media,subattachments},"
    "comments.limit(100).order(chronological){id,message,created_time,from,is_hidden,attachment,"
    "comments.limit(100){id,message,created_time,from,attachment}}"
)
EXAMPLES = json.loads(scenario.EXAMPLES.read_text("utf-8"))
COMMENTS = [entry for entry in EXAMPLES["comments"] if entry["post_id"]]
NUMBER_OF_REPLIES = len(scenario.REPLIES)


class Reader:
    """Reads the whole Page through the adapter, at a moment after the start."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start
        self.world: World = scenario.build(start, lambda: self.now)
        self.session = requests.Session()
        self.session.mount("https://graph.facebook.com", SimulatorAdapter(self.world))

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {scenario.TOKEN}"}
        url = f"https://graph.facebook.com/v26.0/{path}"
        return self.session.get(url, params=query, headers=headers, timeout=5).json()

    def posts(self) -> list[dict[str, Any]]:
        """All but the reel, which is no example."""
        posts = self.get("me/posts", fields=FIELDS, limit=50)["data"]
        return [post for post in posts if post["message"] != scenario.REEL.text]

    def body(self) -> bytes:
        return json.dumps(self.posts()).encode()

    def comments(self) -> list[dict[str, Any]]:
        return [comment for post in self.posts() for comment in post.get("comments", {}).get("data", [])]

    def replies(self) -> list[dict[str, Any]]:
        return [reply for comment in self.comments() for reply in comment.get("comments", {}).get("data", [])]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def moment(row: dict[str, Any]) -> datetime:
    return datetime.strptime(row["created_time"], "%Y-%m-%dT%H:%M:%S%z")


def test_all_fifteen_posts_and_in_the_end_all_public_comments_are_there(reader: Reader) -> None:
    reader.now += timedelta(hours=1)
    posts = reader.posts()
    assert Counter(post["message"] for post in posts) == Counter(post["text"] for post in EXAMPLES["posts"])
    texts = Counter(comment["message"] for comment in reader.comments())
    edited = {
        scenario.EDITS[entry["id"]].text if entry["id"] in scenario.EDITS else entry["comment_text"]
        for entry in COMMENTS
    }
    assert len(COMMENTS) == 115
    assert edited <= set(texts)
    assert sum(texts.values()) + len(reader.replies()) == 115 + NUMBER_OF_REPLIES


def test_the_five_private_messages_come_from_five_persons_the_last_while_somebody_looks(reader: Reader) -> None:
    fields = "updated_time,messages{message,from,created_time}"
    before = reader.get("me/conversations", fields=fields)["data"]
    reader.now += timedelta(hours=1)
    threads = reader.get("me/conversations", fields=fields)["data"]
    told = [message for thread in threads for message in thread["messages"]["data"]]
    private = {entry["comment_text"] for entry in EXAMPLES["comments"] if entry["channel"] == "meddelande"}
    answers = {text for text, _ in scenario.ANSWERS.values()}
    assert (len(before), len(threads)) == (4, 5)
    assert {message["message"] for message in told} == private | answers
    assert {row["message"] for row in told if row["from"]["id"] == scenario.PAGE_ID} == answers
    assert {entry["author"] for entry in EXAMPLES["comments"] if entry["id"] in scenario.MESSAGES} == {
        row["from"]["name"] for row in told if row["from"]["id"] != scenario.PAGE_ID
    }


def test_the_page_says_what_it_is_and_what_one_should_not_write(reader: Reader) -> None:
    page = reader.get("me", fields="about,description,cover,picture{url},username")
    assert page["about"] == scenario.ABOUT
    assert "allmän handling" in page["description"]
    for link in (page["cover"]["source"], page["picture"]["data"]["url"]):
        assert reader.session.get(link, timeout=5).headers["Content-Type"] == "image/jpeg"


def test_there_is_a_reel_with_a_film_and_a_comment_with_another(reader: Reader) -> None:
    [reel] = reader.get("me/video_reels", fields="source,post_id,description")["data"]
    assert reel["description"] == scenario.REEL.text
    [film] = [row for row in reader.comments() if row.get("attachment", {}).get("type") == "video_inline"]
    for link in (reel["source"], film["attachment"]["media"]["source"]):
        assert reader.session.get(link, timeout=5).content[4:8] == b"ftyp"


def test_somebody_mentions_the_page_elsewhere(reader: Reader) -> None:
    [tagged] = reader.get("me/tagged", fields="message,from")["data"]
    assert (tagged["message"], tagged["from"]["name"]) == (scenario.TAGGED.text, scenario.TAGGED.author)
    assert tagged["id"] in {row["id"] for row in reader.get("me/feed", limit=50)["data"]}


def test_private_messages_are_not_among_the_comments(reader: Reader) -> None:
    reader.now += timedelta(hours=1)
    private = {entry["comment_text"] for entry in EXAMPLES["comments"] if entry["channel"] == "meddelande"}
    assert len(private) == 5
    assert not private & {comment["message"] for comment in reader.comments()}


@pytest.mark.parametrize("hour", [0, 3, 7, 12, 17, 23])
def test_posts_lie_within_the_last_fortnight_at_their_own_hours(hour: int) -> None:
    start = START.replace(hour=hour)
    posts = Reader(start).posts()
    assert len(posts) == 15
    hours = {post["text"]: post["published_at"][11:] for post in EXAMPLES["posts"]}
    for post in posts:
        assert start - timedelta(days=14) <= moment(post) < start
        assert moment(post).astimezone(scenario.SWEDEN).strftime("%H:%M") == hours[post["message"]]


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_every_comment_comes_after_its_post_and_every_reply_after_its_comment(hour: int) -> None:
    reader = Reader(START.replace(hour=hour))
    reader.now += timedelta(hours=1)
    for post in reader.posts():
        for comment in post.get("comments", {}).get("data", []):
            assert moment(comment) > moment(post)
            for reply in comment.get("comments", {}).get("data", []):
                assert moment(reply) > moment(comment)


def test_under_each_post_the_comments_keep_their_order(reader: Reader) -> None:
    reader.now += timedelta(hours=1)
    order = {entry["comment_text"]: entry["created_at"] for entry in COMMENTS}
    for post in reader.posts():
        told = [order[row["message"]] for row in post["comments"]["data"] if row["message"] in order]
        assert told == sorted(told)


def test_a_dozen_comments_are_of_the_last_hours_and_none_of_the_future(reader: Reader) -> None:
    recent = [comment for comment in reader.comments() if moment(comment) > START - timedelta(hours=6)]
    assert len(recent) == 12
    assert all(moment(row) <= START for row in reader.comments() + reader.replies())


def test_six_comments_arrive_within_twenty_minutes_and_then_no_more(reader: Reader) -> None:
    before = {comment["id"] for comment in reader.comments()}
    reader.now += timedelta(minutes=20)
    after = {comment["id"] for comment in reader.comments()}
    assert before < after
    assert len(after - before) == 6
    reader.now += timedelta(days=2)
    assert {comment["id"] for comment in reader.comments()} == after


def test_the_same_start_gives_the_same_bytes(reader: Reader) -> None:
    assert reader.body() == Reader().body()
    assert reader.body() != Reader(START + timedelta(days=1)).body()


def test_no_picture_is_ever_near_the_comment_that_stands_for_child_abuse_images(reader: Reader) -> None:
    reader.now += timedelta(hours=1)
    [example] = [entry for entry in COMMENTS if entry["expected_class"] == "brottsligt_barnpornografi"]
    [comment] = [row for row in reader.comments() if row["message"] == example["comment_text"]]
    assert "attachment" not in comment
    assert example["id"] not in scenario.COMMENT_PICTURES


def test_the_page_answers_signed_with_name_and_title(reader: Reader) -> None:
    signers = {post["signed_by"] for post in EXAMPLES["posts"]}
    own = [reply for reply in reader.replies() if reply.get("from", {}).get("id") == scenario.PAGE_ID]
    assert len(own) >= 5
    assert {reply["message"].rpartition("/ ")[2] for reply in own} <= signers
    assert len(reader.replies()) - len(own) >= 4


def test_some_persons_have_no_name(reader: Reader) -> None:
    nameless = [comment for comment in reader.comments() if "from" not in comment]
    assert 8 <= len(nameless) < len(reader.comments()) / 4


def test_one_comment_was_edited_before_and_one_changes_while_somebody_looks(reader: Reader) -> None:
    early, late = scenario.EDITS["K006"].text, scenario.EDITS["K104"].text
    assert early in {comment["message"] for comment in reader.comments()}
    before = {comment["id"]: comment["message"] for comment in reader.comments()}
    reader.now += timedelta(minutes=6)
    changed = [row for row in reader.comments() if before.get(row["id"], row["message"]) != row["message"]]
    assert [row["message"] for row in changed] == [late]


def test_one_comment_is_hidden_and_one_is_only_a_sticker(reader: Reader) -> None:
    assert [row["message"] for row in reader.comments() if row["is_hidden"]] == [
        "Kolla in min sida för billiga lån!!! www.exempel-lan.test"
    ]
    [sticker] = [row for row in reader.comments() if not row["message"]]
    assert sticker["attachment"]["type"] == "sticker"


def test_pictures_hang_on_posts_and_on_two_comments_and_can_be_fetched(reader: Reader) -> None:
    pictured = [post for post in reader.posts() if "attachments" in post]
    assert len(pictured) == len(scenario.POST_PICTURES)
    assert {post["attachments"]["data"][0]["media_type"] for post in pictured} == {"photo", "album"}
    photos = [row for row in reader.comments() if row.get("attachment", {}).get("type") == "photo"]
    assert len(photos) == 2
    for row in photos:
        answer = reader.session.get(row["attachment"]["media"]["image"]["src"], timeout=5)
        assert answer.headers["Content-Type"].startswith("image/")
