"""manage.py simulator: starts, says where it answers, goes on where it stopped, ends cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from moderation.graph import scenario

ROOT = Path(__file__).parents[3]
Start = Callable[..., subprocess.Popen]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[subprocess.Popen] = []
    environment = {"VAR_DIR": str(tmp_path), "SECRET_KEY": "bara-for-provet", "PATH": os.environ["PATH"]}

    def run(*arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "simulator", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def address(process: subprocess.Popen) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Simulatorn svarar på http://127.0.0.1:"), line
    return line.split()[3]


def newest(url: str) -> str:
    path = f"{url}/v26.0/me/posts?limit=1&access_token={scenario.TOKEN}"
    return requests.get(path, timeout=5).json()["data"][0]["id"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_cleanly_when_told(start: Start, number: int) -> None:
    process = start("--port", "0")
    url = address(process)
    assert requests.get(f"{url}/v26.0/me?access_token={scenario.TOKEN}", timeout=5).json()["id"] == scenario.PAGE_ID
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_second_start_goes_on_in_the_same_world(start: Start, tmp_path: Path) -> None:
    first = start("--port", "0")
    post = newest(address(first))
    first.terminate()
    first.wait(10)
    kept = (tmp_path / "simulator.json").read_text()
    assert set(json.loads(kept)) == {"started_at"}
    assert newest(address(start("--port", "0"))) == post
    assert (tmp_path / "simulator.json").read_text() == kept


def test_a_port_in_use_is_said_in_one_sentence(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start("--port", str(port))
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err.strip() == f"CommandError: Port {port} är upptagen. Välj en annan med --port."


def test_an_unreadable_start_is_said_in_one_sentence(start: Start, tmp_path: Path) -> None:
    (tmp_path / "simulator.json").write_text("{}")
    process = start("--port", "0")
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err.startswith("CommandError: Filen ")
    assert len(err.splitlines()) == 1
