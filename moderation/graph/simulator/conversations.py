"""Threads and messages as nodes."""

from typing import Any

from moderation.graph.simulator import media
from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import refuse
from moderation.graph.simulator.inbox import Message, Thread
from moderation.graph.simulator.kinds import Kind, fields, names, pick
from moderation.graph.simulator.reading import Reading, graph_time
from moderation.graph.simulator.rows import Photo

MEDIA_NOT_AVAILABLE = (
    "Media not available due to new privacy rules in Europe. See developer documentation for more info"
)
SECONDS = 5
Told = dict[str, Any]


def refuse_without_right(reading: Reading) -> None:
    if not reading.may("pages_messaging"):
        raise refuse(403, 200, "(#200) Requires pages_messaging permission to manage the object")


def _page(reading: Reading) -> Told:
    return _party(reading.world.page_name, reading.world.page_id)


def _person(reading: Reading, name: str) -> Told:
    return _party(name, reading.world.person_id(name))


def _party(name: str, number: str) -> Told:
    return {"name": name, "email": f"{number}@facebook.com", "id": number}


def _both(reading: Reading, thread: Thread) -> Told:
    return {"data": [_person(reading, thread.person), _page(reading)]}


def _updated(reading: Reading, thread: Thread) -> str | None:
    moment = thread.updated_at(reading.now)
    return graph_time(moment) if moment else None


def _snippet(reading: Reading, thread: Thread) -> str:
    newest = thread.messages.newest(reading.now)
    return newest.text(reading.now) if newest else ""


def _from(reading: Reading, message: Message) -> Told | None:
    if message.from_page:
        return _page(reading)
    return None if "no_from" in reading.modes else _person(reading, message.person)


def _to(reading: Reading, message: Message) -> Told:
    return {"data": [_person(reading, message.person) if message.from_page else _page(reading)]}


def _tags(_: Reading, message: Message) -> Told:
    tags = ("inbox", "read", "sent", "source:web") if message.from_page else ("inbox", "source:mobile")
    return {"data": [{"name": tag} for tag in tags]}


def _attachments(reading: Reading, message: Message) -> Told | None:
    if not message.files:
        return None
    if message.blocked_in_eu:
        return {"data": [{"id": file.id, "name": MEDIA_NOT_AVAILABLE} for file in message.files]}
    return {"data": [_attached(reading, file) for file in message.files]}


def _attached(reading: Reading, file: Photo) -> Told:
    content, link = file.picture, media.link(reading, file)
    kind, _, ending = content.mime.partition("/")
    told = {"id": file.id, "mime_type": content.mime, "name": f"{kind}-{file.id}", "size": len(content.content)}
    size = {"width": content.width, "height": content.height}
    if kind == "image":
        shown = {**size, "max_width": content.width, "max_height": content.height, "url": link, "preview_url": link}
        return {**told, "image_data": {**shown, "image_type": 1, "render_as_sticker": False}}
    if kind == "video":
        film = {**size, "length": SECONDS, "video_type": 1, "url": link, "rotation": 0}
        return {**told, "name": f"{told['name']}.{ending}", "image_data": size, "video_data": film}
    return {**told, "name": content.name, "file_url": link}


def _shares(_: Reading, message: Message, asked: Field) -> Told | None:
    if message.share is None:
        return None
    share = message.share
    if not asked.fields:
        return {"data": [{"id": _share_id(message)}]}
    told = {"link": share.link, "name": share.name, "description": share.description, "id": _share_id(message)}
    return {"data": [pick({name: value for name, value in told.items() if value}, asked)]}


def _share_id(message: Message) -> str:
    return f"{message.id}_0"


def _reply_to(_: Reading, message: Message) -> Told | None:
    return {"mid": message.reply_to, "is_self_reply": False} if message.reply_to else None


THREAD = Kind(
    "UnifiedThread",
    {
        "id": lambda _, thread: thread.id,
        "can_reply": lambda *_: True,
        "former_participants": lambda *_: {"data": []},
        "is_subscribed": lambda *_: True,
        "link": lambda reading, thread: f"/{reading.world.page_id}/inbox/{thread.id.removeprefix('t_')}/",
        "message_count": lambda reading, thread: thread.messages.count(reading.now),
        "participants": _both,
        "scoped_thread_key": lambda _, thread: thread.id,
        "senders": _both,
        "snippet": _snippet,
        "unread_count": lambda reading, thread: thread.unread(reading.now),
        "updated_time": _updated,
    },
    fields("id link updated_time"),
    frozenset({"messages"}),
    names("folder is_owner linked_group name wallpaper"),
)
MESSAGE = Kind(
    "Message",
    {
        "id": lambda _, message: message.id,
        "attachments": _attachments,
        "created_time": lambda _, message: graph_time(message.created_at),
        "from": _from,
        "is_unsupported": lambda _, message: message.unsupported or None,
        "message": lambda reading, message: message.text(reading.now),
        "reply_to": _reply_to,
        "sticker": lambda reading, message: media.link(reading, message.sticker) if message.sticker else None,
        "tags": _tags,
        "to": _to,
    },
    fields("id created_time"),
    silent=names("reactions story thread_id"),
    shaped={"shares": _shares},
)
