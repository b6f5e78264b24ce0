"""Private messages: threads, what is in them, and who may read them."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from moderation.graph.simulator import Share, Token, World
from moderation.graph.simulator.files import filmed, written
from moderation.graph.simulator.pictures import drawn
from tests.moderation.graph.simulator.conftest import NOON, PAGE_ID, Clock, Door

MESSAGE = (
    "id,created_time,from,to,message,attachments{id,mime_type,name,size,file_url,"
    "image_data{url,preview_url,width,height},video_data{url,width,height}},"
    "shares{link,name,description,id},sticker,tags,reply_to,is_unsupported"
)
THREAD = (
    "id,updated_time,link,message_count,unread_count,can_reply,participants,senders,snippet,"
    f"messages.limit(20){{{MESSAGE}}}"
)
HOUR = timedelta(hours=1)


def ids(rows: list[dict]) -> list[str]:
    return [row["id"] for row in rows]


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else type(value)


@pytest.fixture
def talk(world: World) -> list[str]:
    """A question, an answer and two more questions from one person."""
    return [
        world.add_message("Kalle Exempel", "Hej!", NOON - 4 * HOUR),
        world.add_message("Kalle Exempel", "Hej Kalle!", NOON - 3 * HOUR, from_page=True),
        world.add_message("Kalle Exempel", "När öppnar ni?", NOON - 2 * HOUR),
        world.add_message("Kalle Exempel", "Hallå?", NOON - 1 * HOUR),
    ]


def test_a_thread_tells_of_its_person_and_its_latest_message(door: Door, talk: list[str]) -> None:
    [thread] = door.json(f"{PAGE_ID}/conversations", platform="messenger", fields=THREAD)["data"]
    assert thread["id"].startswith("t_")
    assert thread["updated_time"] == "2026-11-20T11:00:00+0000"
    assert (thread["message_count"], thread["unread_count"], thread["snippet"]) == (4, 2, "Hallå?")
    assert thread["link"].startswith(f"/{PAGE_ID}/inbox/")
    person, page = thread["participants"]["data"]
    assert (person["name"], page) == (
        "Kalle Exempel",
        {"name": "Provköpings kommun", "email": f"{PAGE_ID}@facebook.com", "id": PAGE_ID},
    )
    assert person["email"] == f"{person['id']}@facebook.com"
    assert ids(thread["messages"]["data"]) == talk[::-1]
    assert door.json(thread["id"], fields=THREAD) == thread


def test_messages_name_sender_and_receiver(door: Door, talk: list[str]) -> None:
    asked, answered = (door.json(message, fields=MESSAGE) for message in talk[:2])
    assert asked["from"]["name"] == answered["to"]["data"][0]["name"] == "Kalle Exempel"
    assert asked["to"]["data"][0]["id"] == answered["from"]["id"] == PAGE_ID
    assert (asked["message"], asked["created_time"]) == ("Hej!", "2026-11-20T08:00:00+0000")
    assert {"name": "inbox"} in asked["tags"]["data"]
    assert not set(asked) & {"attachments", "shares", "sticker", "reply_to", "is_unsupported"}


def test_a_person_has_the_same_number_in_messages_and_comments(door: Door, world: World, post: str, talk: list[str]):
    comment = world.add_comment(post, "Hej", NOON, author="Kalle Exempel")
    number = door.json(comment, fields="from")["from"]["id"]
    assert door.json(talk[0], fields="from")["from"]["id"] == number


def test_threads_come_with_the_latest_first_and_are_walked(door: Door, world: World) -> None:
    for number in range(5):
        world.add_message(f"Person {number}", "Hej", NOON - number * HOUR)
    world.add_message("Person 4", "Hej igen", NOON)
    world.add_message("Person 0", "Hej i morgon", NOON + 24 * HOUR)
    rows = door.all_rows("me/conversations", fields="participants", limit=2)
    names = [row["participants"]["data"][0]["name"] for row in rows]
    assert set(names[:2]) == {"Person 0", "Person 4"}
    assert names[2:] == ["Person 1", "Person 2", "Person 3"]


def test_threads_are_bounded_by_milliseconds_and_by_person_but_not_by_since(door: Door, world: World) -> None:
    for number in range(3):
        world.add_message(f"Person {number}", "Hej", NOON - number * HOUR)
    one = int((NOON - HOUR).timestamp() * 1000)

    def count(**query: Any) -> int:
        return len(door.json("me/conversations", **query)["data"])

    assert count(updated_after_ms=one) == 1
    assert count(updated_after_ms=one - 1) == 2
    assert count(updated_before_ms=one) == 1
    assert count(since=int(NOON.timestamp())) == 3
    assert count(user_id=world.person_id("Person 1")) == 1
    assert count(platform="instagram") == 0
    assert door.error("me/conversations", updated_after_ms="i går")["code"] == 100


def test_a_long_thread_goes_on_on_further_pages(door: Door, world: World) -> None:
    made = [world.add_message("Kalle Exempel", str(n), NOON - timedelta(minutes=n)) for n in range(50)]
    [thread] = door.json("me/conversations", fields=THREAD)["data"]
    assert ids(thread["messages"]["data"]) == made[:20]
    rest = door.follow(thread["messages"]["paging"]["next"])
    assert ids(rest["data"]) == made[20:40]
    assert ids(door.all_rows(f"{thread['id']}/messages", limit=7)) == made
    after = thread["messages"]["paging"]["cursors"]["after"]
    assert ids(door.json(f"{thread['id']}/messages", after=after, limit=100)["data"]) == made[20:]


def test_pictures_films_and_files_are_fetched_under_signed_links(door: Door, world: World, clock: Clock) -> None:
    message = world.add_message("Kalle Exempel", "", NOON, pictures=["lake"], film="bron", file="blankett.pdf")
    picture, film, file = door.json(message, fields=MESSAGE)["attachments"]["data"]
    assert requests.get(picture["image_data"]["url"], timeout=5).content == drawn("lake").content
    assert requests.get(film["video_data"]["url"], timeout=5).content == filmed("bron").content
    assert requests.get(file["file_url"], timeout=5).content == written("blankett.pdf").content
    assert (file["name"], file["mime_type"]) == ("blankett.pdf", "application/pdf")
    assert picture["size"] == len(drawn("lake").content)
    clock.pass_by(days=5)
    assert requests.get(file["file_url"], timeout=5).status_code == 403


def test_what_is_blocked_in_europe_has_a_sentence_instead(door: Door, world: World) -> None:
    message = world.add_message("Kalle Exempel", "Titta!", NOON, pictures=["lake"], blocked_in_eu=True)
    answer = door.json(message, fields="message,attachments")
    assert answer["message"] == "Titta!"
    [attached] = answer["attachments"]["data"]
    assert set(attached) == {"id", "name"}
    assert attached["name"].startswith("Media not available due to new privacy rules in Europe")


def test_stickers_shares_answers_and_what_is_not_supported(door: Door, world: World, talk: list[str]) -> None:
    sticker = door.json(world.add_message("Kalle Exempel", "", NOON, sticker=True), fields=MESSAGE)
    assert (sticker["message"], "attachments" in sticker) == ("", False)
    assert requests.get(sticker["sticker"], timeout=5).headers["Content-Type"] == "image/png"
    share = Share("https://www.example.org/", "Rubrik", "Ingress")
    passed_on = world.add_message("Kalle Exempel", "Se", NOON, share=share, reply_to=talk[0])
    answer = door.json(passed_on, fields=MESSAGE)
    assert answer["shares"]["data"][0]["link"] == "https://www.example.org/"
    assert answer["reply_to"]["mid"] == talk[0]
    assert set(door.json(passed_on, fields="shares")["shares"]["data"][0]) == {"id"}
    strange = world.add_message("Kalle Exempel", "", NOON, unsupported=True)
    assert door.json(strange, fields="is_unsupported")["is_unsupported"] is True


def test_an_unsent_message_is_gone_but_the_thread_keeps_its_time(door: Door, world: World, talk: list[str]) -> None:
    world.unsend(talk[3])
    assert door.error(talk[3])["error_subcode"] == 33
    [thread] = door.json("me/conversations", fields=THREAD)["data"]
    assert ids(thread["messages"]["data"]) == talk[2::-1]
    assert (thread["updated_time"], thread["snippet"]) == ("2026-11-20T11:00:00+0000", "När öppnar ni?")


def test_what_lies_ahead_of_the_clock_has_not_been_written_yet(door: Door, world: World, clock: Clock) -> None:
    message = world.add_message("Kalle Exempel", "Hej", NOON + HOUR)
    assert door.json("me/conversations") == {"data": []}
    assert door.error(message)["error_subcode"] == 33
    clock.pass_by(hours=1)
    [thread] = door.json("me/conversations")["data"]
    assert ids(door.json(f"{thread['id']}/messages")["data"]) == [message]


@pytest.mark.parametrize("path", ["me/conversations", "{thread}", "{thread}/messages", "{message}"])
def test_without_its_permission_no_message_is_read(door: Door, world: World, talk: list[str], path: str) -> None:
    [thread] = door.json("me/conversations")["data"]
    world.tokens.add(Token("utan", scopes=("pages_read_engagement", "pages_read_user_content")))
    door.token = "utan"
    error = door.error(path.format(thread=thread["id"], message=talk[0]))
    assert error["code"] == 200
    assert "pages_messaging" in error["message"]


@pytest.mark.parametrize("name", ["t_123", "m_123", "m_a-b_c"])
def test_what_was_never_there_is_gone(door: Door, name: str) -> None:
    assert door.error(name)["error_subcode"] == 33


def test_another_process_can_write_and_unsend(door: Door) -> None:
    share = {"link": "https://www.example.org/"}
    message = door.order("add_message", person="Kalle Exempel", text="Hej", file="a.pdf", share=share).json()["id"]
    assert door.json(message, fields=MESSAGE)["shares"]["data"][0]["link"] == share["link"]
    assert door.order("unsend", message_id=message).json() == {"ok": True}
    assert door.order("unsend", message_id=message).status_code == 400


def test_thread_and_picture_have_the_shape_of_the_recordings(door: Door, world: World, recordings: Path) -> None:
    message = world.add_message("Mårten Ärlig", "😏", NOON, pictures=["lake"])
    recorded = json.loads((recordings / "conversation_full.json").read_text("utf-8"))
    [thread] = door.json("me/conversations", fields=",".join(recorded))["data"]
    assert shape(thread) == shape(recorded)
    recorded = json.loads((recordings / "message_photo_emoji.json").read_text("utf-8"))
    del recorded["attachments"]["paging"]
    assert shape(door.json(message, fields=",".join(recorded))) == shape(recorded)
