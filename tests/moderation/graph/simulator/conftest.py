"""A small Page behind the simulator's HTTP door, a clock one can move, and the recordings where they lie."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from moderation.graph.simulator import Server, World, serve

PAGE_ID = "104500000000001"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RECORDINGS = Path(__file__).parents[5] / "shared/data/graph"


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Door:
    """What a client sees: GET with the token in the header unless told otherwise."""

    server: Server
    session: requests.Session = field(default_factory=requests.Session)
    token: str = "demo-token"

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.session.get(f"{self.server.url}/v26.0/{path}", params=query, headers=self.bearer, timeout=10)

    def json(self, path: str, **query: Any) -> dict[str, Any]:
        response = self.get(path, **query)
        assert response.status_code == 200, response.text
        return response.json()

    def error(self, path: str, **query: Any) -> dict[str, Any]:
        response = self.get(path, **query)
        assert response.status_code >= 400
        return response.json()["error"]

    def follow(self, link: str) -> dict[str, Any]:
        response = self.session.get(link, headers=self.bearer, timeout=10)
        assert response.status_code == 200, response.text
        return response.json()

    def all_rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        page = self.json(path, **query)
        rows = page["data"]
        while "next" in page.get("paging", {}):
            page = self.follow(page["paging"]["next"])
            rows += page["data"]
        return rows

    def order(self, action: str, **arguments: Any) -> requests.Response:
        return self.session.post(f"{self.server.url}/_kontroll/{action}", json=arguments, timeout=10)

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(PAGE_ID, "Provköpings kommun", clock, app_secret="secret")


@pytest.fixture
def door(world: World) -> Iterator[Door]:
    server = serve(world)
    door = Door(server)
    yield door
    door.session.close()
    server.close()


@pytest.fixture
def post(world: World) -> str:
    return world.add_post("Nu plogas det.", NOON - timedelta(days=1))


@pytest.fixture
def recordings() -> Path:
    if not RECORDINGS.is_dir():
        pytest.skip("the recordings of the real Graph API do not lie beside this checkout")
    return RECORDINGS
