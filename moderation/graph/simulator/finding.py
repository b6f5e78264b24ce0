"""Which thing on the Page a name in a path stands for."""

from typing import Any

from moderation.graph.simulator.posts import Video
from moderation.graph.simulator.reading import Reading


def found(reading: Reading, name: str) -> Any:
    """None for what is not there, for what is still to come, and for what this reader may not see."""
    world, number = reading.world, name.rpartition("_")[2]
    film = world.films.get(number)
    row = world.comments.get(number) or world.posts.get(number) or film
    if row is None or row.created_at > reading.now or not row.readable:
        return None
    return Video(film) if film is not None and row is film else row
