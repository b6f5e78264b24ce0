"""Which thing on the Page a name in a path stands for."""

from typing import Any

from moderation.graph.simulator.reading import Reading


def found(reading: Reading, name: str) -> Any:
    """None for what is not there, for what is still to come, and for what this reader may not see."""
    world, number = reading.world, name.rpartition("_")[2]
    row = world.comments.get(number) or world.posts.get(number)
    return row if row is not None and row.created_at <= reading.now and row.readable else None
