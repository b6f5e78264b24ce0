"""Facebook as the simulator plays it over HTTP, and the product's own client in front of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from moderation.graph.client import GraphClient
from moderation.graph.simulator import World, serve
from moderation.store import Store
from tests import make


class Clock:
    """Stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = make.NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World("1036844829507460", "Ljusnarsbergs kommun", clock)


@pytest.fixture
def client(world: World) -> Iterator[GraphClient]:
    server = serve(world)
    yield GraphClient(base_url=server.url, version="v26.0", token="demo-token")
    server.close()


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "arkiv")
