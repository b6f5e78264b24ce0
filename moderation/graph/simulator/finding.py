"""Which thing on the Page a name in a path stands for."""

from typing import Any

from moderation.graph.simulator.conversations import refuse_without_right
from moderation.graph.simulator.faults import gone
from moderation.graph.simulator.inbox import Message, Thread
from moderation.graph.simulator.posts import Video
from moderation.graph.simulator.reading import Reading


def found(reading: Reading, name: str) -> Any:
    """None for what is not there, for what is still to come, and for what this reader may not see."""
    if name.startswith(("t_", "m_")):
        return _in_the_inbox(reading, name)
    world, number = reading.world, name.rpartition("_")[2]
    film = world.films.get(number)
    row = world.comments.get(number) or world.posts.get(number) or film
    if row is None or row.created_at > reading.now or not row.readable:
        return None
    return Video(film) if film is not None and row is film else row


def _in_the_inbox(reading: Reading, name: str) -> Thread | Message:
    refuse_without_right(reading)
    thread, message = reading.world.inbox.threads.get(name), reading.world.inbox.messages.get(name)
    if thread is not None and thread.updated_at(reading.now):
        return thread
    if message is not None and message.created_at <= reading.now:
        return message
    raise gone(name)
