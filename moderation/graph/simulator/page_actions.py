"""What a client may do with the Page itself: publish, write to people, block them, subscribe."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from moderation.graph.simulator.acting import DONE, Action, Given, need, truth
from moderation.graph.simulator.addressing import named
from moderation.graph.simulator.faults import Refusal, bad_parameter, gone, refuse
from moderation.graph.simulator.pages import Page
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import PAGE, Comment, Post
from moderation.graph.simulator.webhooks import FIELDS

PRIVATE_REPLY_WITHIN = timedelta(days=7)
WINDOW, HUMAN_WINDOW = timedelta(hours=24), timedelta(days=7)
SOONEST, LATEST = timedelta(minutes=10), timedelta(days=30)


def _publish(reading: Reading, _: Page, given: Given) -> Any:
    need(reading, "pages_manage_posts")
    world, text, link = reading.world, given.get("message", ""), given.get("link", "")
    if not text and not link:
        raise bad_parameter("Requires one of the params: message, link, place, attached_media")
    last = world.own_posts.newest(reading.now)
    if text and last is not None and last.text(reading.now) == text:
        raise _duplicate()
    at = _scheduled(given["scheduled_publish_time"], reading.now) if given.get("scheduled_publish_time") else None
    published = at is not None or truth(given.get("published", "true"))
    attachment = {"media_type": "link", "type": "share", "url": link, "unshimmed_url": link} if link else None
    made = world.add_post(text, at or reading.now, attachment=attachment, published=published)
    world.published_by_app.add(made.rpartition("_")[2])
    return {"id": made}


def _duplicate() -> Refusal:
    return refuse(
        400,
        506,
        "Duplicate status message",
        "FacebookApiException",
        1455006,
        is_transient=False,
        error_user_title="Duplicate Status Update",
        error_user_msg="This status update is identical to the last one you posted. Try posting something different, "
        "or delete your previous update.",
    )


def _scheduled(value: str, now: datetime) -> datetime:
    try:
        at = datetime.fromtimestamp(int(value), UTC) if value.isdigit() else datetime.fromisoformat(value)
        right = now + SOONEST <= at <= now + LATEST
    except (ValueError, TypeError, OverflowError):
        right = False
    if not right:
        raise bad_parameter("The specified scheduled publish time is invalid.")
    return at


def _send(reading: Reading, _: Page, given: Given) -> Any:
    need(reading, "pages_messaging")
    recipient, text = _object(given, "recipient"), _object(given, "message").get("text")
    if not text or not isinstance(text, str):
        raise bad_parameter("The parameter message is required.")
    answered = recipient.get("comment_id") or recipient.get("post_id")
    if answered:
        return _reply_privately(reading, str(answered), text)
    person = _person(reading, str(recipient.get("id", "")))
    if recipient.get("id") in reading.world.blocked:
        raise refuse(400, 551, "(#551) This person isn't available right now.", subcode=1545041)
    window = HUMAN_WINDOW if given.get("tag") == "HUMAN_AGENT" else WINDOW
    written = [one.created_at for one in reading.world.inbox.messages.values() if one.author == person]
    if not any(reading.now - window < at <= reading.now for at in written):
        raise refuse(
            400,
            10,
            "(#10) This message is sent outside of allowed window. Learn more about the new policy here: "
            "https://developers.facebook.com/docs/messenger-platform/policy-overview",
            subcode=2018278,
        )
    return _sent(reading, person, reading.world.add_message(person, text, reading.now, from_page=True))


def _reply_privately(reading: Reading, row_id: str, text: str) -> Any:
    """Once, and within seven days."""
    row = named(reading, row_id, "post")
    world = reading.world
    if not isinstance(row, Post | Comment):
        raise gone(row_id, "post")
    if row.number in world.replied_privately:
        raise Refusal(400, {"message": "(#10900) Activity already replied to", "code": 10900})
    blocked = world.person_id(row.author) in world.blocked
    if row.author == PAGE or blocked or reading.now - row.created_at >= PRIVATE_REPLY_WITHIN:
        raise Refusal(400, {"message": "(#10903) This user cant reply to this activity", "code": 10903})
    made = world.reply_privately(row.id, text)
    return _sent(reading, world.inbox.messages[made].person, made)


def _sent(reading: Reading, person: str, message_id: str) -> Any:
    return {"recipient_id": reading.world.person_id(person), "message_id": message_id}


def _person(reading: Reading, number: str) -> str:
    for thread in reading.world.inbox.threads.values():
        if reading.world.person_id(thread.person) == number:
            return thread.person
    raise refuse(400, 100, "(#100) No matching user found", subcode=2018001)


def _block(reading: Reading, _: Page, given: Given) -> Any:
    """True for each who is known, false for anybody else."""
    need(reading, "pages_manage_metadata")
    world = reading.world
    known = {world.person_id(name): name for name in world.people()}
    asked = _numbers(given)
    world.blocked |= {number: known[number] for number in asked if number in known}
    return {number: number in known for number in asked}


def _unblock(reading: Reading, _: Page, given: Given) -> Any:
    need(reading, "pages_manage_metadata")
    for number in _numbers(given):
        reading.world.blocked.pop(number, None)
    return DONE


def _blocked(reading: Reading, _: Page, given: Given) -> Any:
    need(reading, "pages_manage_metadata")
    return {"data": [{"name": name, "id": number} for number, name in reading.world.blocked.items()]}


def _numbers(given: Given) -> list[str]:
    value = given.get("user") or given.get("psid") or ""
    numbers = [str(one) for one in json.loads(value)] if value.startswith("[") else value.split(",")
    if not all(number.isdigit() for number in numbers):
        raise bad_parameter("The parameter user is required")
    return numbers


def _subscribe(reading: Reading, _: Page, given: Given) -> Any:
    """The list given replaces the one before."""
    fields = [name.strip() for name in given.get("subscribed_fields", "").split(",") if name.strip()]
    if not fields:
        raise bad_parameter("The parameter subscribed_fields is required.")
    for place, name in enumerate(fields):
        if name not in FIELDS:
            raise bad_parameter(f"Param subscribed_fields[{place}] must be one of {{{', '.join(FIELDS)}}}")
        scope = "pages_messaging" if name.startswith("message") else "pages_manage_metadata"
        if not reading.may(scope):
            message = f"(#200) To subscribe to the {name} field, one of these permissions is needed: {scope}"
            raise refuse(403, 200, message)
    reading.world.webhooks.set_fields(fields)
    return DONE


def _unsubscribe(reading: Reading, _: Page, __: Given) -> Any:
    reading.world.webhooks.set_fields(())
    return DONE


def _subscriptions(reading: Reading, _: Page, __: Given) -> Any:
    fields = reading.world.webhooks.fields
    app = {"category": "Business", "link": "https://www.example.org/", "name": "Sociala medier"}
    return {"data": [{**app, "id": reading.world.tokens.app_id, "subscribed_fields": list(fields)}] if fields else []}


def _object(given: Given, name: str) -> dict[str, Any]:
    """In a form it comes as JSON text."""
    try:
        value = json.loads(given.get(name, ""))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad_parameter(f"The parameter {name} is required.")
    return value


OF_THE_PAGE: dict[tuple[type, str, str], Action] = {
    (Page, "POST", "feed"): _publish,
    (Page, "POST", "messages"): _send,
    (Page, "GET", "blocked"): _blocked,
    (Page, "POST", "blocked"): _block,
    (Page, "DELETE", "blocked"): _unblock,
    (Page, "GET", "subscribed_apps"): _subscriptions,
    (Page, "POST", "subscribed_apps"): _subscribe,
    (Page, "DELETE", "subscribed_apps"): _unsubscribe,
}
