"""Pictures: drawn by code, under signed links that end."""

import io
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from PIL import Image

from moderation.graph.simulator import Picture, World, drawn
from moderation.graph.simulator.pictures import DRAWINGS, STAMPS
from tests.moderation.graph.simulator.conftest import NOON, Clock, Door


@pytest.fixture
def link(door: Door, world: World) -> str:
    return door.json(world.add_post("bild", NOON, pictures=["lake"]), fields="full_picture")["full_picture"]


@pytest.mark.parametrize("name", [*DRAWINGS, *STAMPS])
def test_every_drawing_is_a_picture_of_the_size_and_kind_it_says(name: str) -> None:
    picture = drawn(name)
    image = Image.open(io.BytesIO(picture.content))
    assert (image.width, image.height) == (picture.width, picture.height)
    assert image.get_format_mimetype() == picture.mime
    assert len(image.convert("RGB").resize((60, 60)).getcolors(3600)) > 5


def test_one_drawing_has_a_transparent_ground() -> None:
    assert Image.open(io.BytesIO(drawn("brown water").content)).mode == "RGBA"


def test_a_drawing_nobody_made_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn("monster")


def test_the_link_gives_the_bytes_without_a_token(link: str) -> None:
    response = requests.get(link, timeout=5)
    assert response.content == drawn("lake").content
    assert response.headers["Content-Type"] == "image/jpeg"


def test_the_link_ends_four_days_after_the_call(link: str, clock: Clock) -> None:
    ends = datetime.fromtimestamp(int(parse_qs(urlsplit(link).query)["oe"][0], 16), UTC)
    assert ends == NOON + timedelta(days=4)
    clock.pass_by(days=4)
    assert requests.get(link, timeout=5).status_code == 200
    clock.pass_by(seconds=1)
    assert requests.get(link, timeout=5).status_code == 403


@pytest.mark.parametrize(("old", "new"), [("oe=", "oe=7"), ("oh=00_", "oh=00_x"), ("&oe=", "&inget=")])
def test_a_changed_link_is_refused(link: str, old: str, new: str) -> None:
    assert requests.get(link.replace(old, new), timeout=5).status_code == 403


def test_a_picture_that_is_not_there_is_not_found(door: Door) -> None:
    assert requests.get(f"{door.server.url}/media/v/1_2_n.jpg", timeout=5).status_code == 404
    assert requests.get(f"{door.server.url}/media/", timeout=5).status_code == 404


def test_a_later_call_gives_a_new_link_to_the_same_picture(door: Door, world: World, clock: Clock) -> None:
    post = world.add_post("bild", NOON, pictures=["lake"])
    first = door.json(post, fields="full_picture")["full_picture"]
    again = door.json(post, fields="full_picture")["full_picture"]
    clock.pass_by(hours=2)
    later = door.json(post, fields="full_picture")["full_picture"]
    assert first == again != later
    assert first.partition("?")[0] == later.partition("?")[0]


def test_a_picture_of_the_tests_own_is_served_as_it_is(door: Door, world: World, post: str) -> None:
    broken = Picture("trasig", b"\xff\xd8 inte en bild", "image/jpeg", 10, 10)
    comment = world.add_comment(post, "titta", NOON, picture=broken)
    source = door.json(comment, fields="attachment{media}")["attachment"]["media"]["image"]["src"]
    assert requests.get(source, timeout=5).content == broken.content


def test_faults_reach_pictures_too(link: str, world: World) -> None:
    world.fault("html_502", path="^/media/")
    assert requests.get(link, timeout=5).status_code == 502
    world.fault("truncated", path="^/media/")
    assert len(requests.get(link, timeout=5).content) < len(drawn("lake").content)
    assert requests.get(link, timeout=5).content == drawn("lake").content
