"""Writes whose answer is lost, and trouble drawn by a seed."""

import pytest
import requests

from moderation.graph.simulator import World
from moderation.graph.simulator.chaos import PRESETS
from tests.moderation.graph.simulator.conftest import NOON, Door


def outcomes(door: Door, calls: int = 60, path: str = "me") -> list[int]:
    found = []
    for _ in range(calls):
        try:
            answer = door.get(path)
            found.append(answer.status_code if "error" not in answer.text else -answer.status_code)
        except requests.RequestException:
            found.append(0)
    return found


def test_a_write_can_take_effect_though_its_answer_is_lost(door: Door, world: World, post: str) -> None:
    url = f"{door.server.url}/v26.0/{post}/comments"
    world.fault("cut_after")
    with pytest.raises(requests.ConnectionError):
        requests.post(url, data={"message": "Svar"}, headers=door.bearer, timeout=5)
    assert [row["message"] for row in door.json(f"{post}/comments")["data"]] == ["Svar"]
    world.fault("cut")
    with pytest.raises(requests.ConnectionError):
        requests.post(url, data={"message": "Till"}, headers=door.bearer, timeout=5)
    assert len(door.json(f"{post}/comments")["data"]) == 1


def test_the_same_seed_brings_the_same_trouble_until_it_is_calm(door: Door, world: World) -> None:
    world.sleep = lambda seconds: None
    world.chaos(7, 0.3, ["mild"])
    first = outcomes(door)
    world.chaos(7, 0.3, ["mild"])
    assert outcomes(door) == first
    world.chaos(8, 0.3, ["mild"])
    assert outcomes(door) != first
    assert 5 <= sum(status != 200 for status in first) <= 30
    world.calm()
    assert set(outcomes(door)) == {200}


@pytest.mark.parametrize("preset", sorted(set(PRESETS) - {"media", "data", "paging"}))
def test_each_preset_holds_what_can_be_met(door: Door, world: World, preset: str) -> None:
    world.sleep = lambda seconds: None
    world.chaos(1, 1.0, [preset])
    assert set(outcomes(door, 20)) != {200}


def test_lists_are_spoilt_by_their_own_preset(door: Door, world: World, post: str) -> None:
    world.add_comment(post, "Hej", NOON)
    world.chaos(1, 1.0, ["paging"])
    pages = [door.json(f"{post}/comments") for _ in range(10)]
    assert all("next" in page["paging"] for page in pages)


def test_files_are_spoilt_by_media_alone(door: Door, world: World, post: str) -> None:
    comment = world.add_comment(post, "", NOON, picture="lake")
    link = door.json(comment, fields="attachment")["attachment"]["media"]["image"]["src"]
    world.chaos(3, 1.0, ["media"])
    assert door.get("me").status_code == 200
    met = set()
    for _ in range(30):
        try:
            met.add(requests.get(link, timeout=5).status_code)
        except requests.RequestException:
            met.add(0)
    assert met >= {0, 403, 404, 502}
    world.chaos(3, 1.0, ["wild"])
    assert requests.get(link, timeout=5).status_code == 200


def test_single_faults_can_be_drawn_and_unknown_ones_are_refused(door: Door, world: World) -> None:
    world.chaos(1, 1.0, ["code_32"])
    assert door.error("me")["code"] == 32
    with pytest.raises(ValueError, match="code_7"):
        world.chaos(1, 1.0, ["code_7"])
    with pytest.raises(ValueError, match="probability"):
        world.chaos(1, 2.0)


def test_another_process_brings_trouble_and_calm(door: Door) -> None:
    assert door.order("chaos", seed=1, rate=1, kinds=["code_2"]).json() == {"ok": True}
    assert door.error("me")["code"] == 2
    door.order("calm")
    assert door.get("me").status_code == 200
    assert door.order("chaos", seed=1, rate=1, kinds=["code_7"]).status_code == 400
