"""The demo's supervisor, played for real: it starts everything, says where, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sociala_medier import ports

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0

pytestmark = pytest.mark.worker


class Demo:
    def __init__(self, place: Path, *arguments: str, port: int | None = None) -> None:
        self.place = place
        self.output = place.parent / f"{time.monotonic_ns()}.out"
        self.address = f"http://127.0.0.1:{port or ports.any_free()}"
        given = {"VAR_DIR": str(place), "PORT": self.address.rpartition(":")[2]}
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "manage.py", "demo", *arguments],
                env=inherited | given,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_it_runs(self) -> None:
        self.wait_for(lambda: "Ctrl-C avslutar" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def family(self) -> dict[int, str]:
        """Everybody on this machine who was given this demo's place, or stands in it as the broker does."""
        mark = f"VAR_DIR={self.place}\0".encode()
        found = {}
        for directory in Path("/proc").glob("[0-9]*"):
            try:
                stands_here = (directory / "cwd").readlink().is_relative_to(self.place)
                if stands_here or mark in (directory / "environ").read_bytes():
                    found[int(directory.name)] = (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def wait_for(self, happened: Callable[[], bool]) -> None:
        give_up = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < give_up, f"{self.said()}\n{self.family()}"
            time.sleep(0.1)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    started: list[Demo] = []

    def begin(*arguments: str, **options: int) -> Demo:
        started.append(Demo(tmp_path / "var", *arguments, **options))
        return started[-1]

    (tmp_path / "var").mkdir()
    yield begin
    for demo in started:
        demo.process.kill()
        demo.process.wait()
        for process in demo.family():
            os.kill(process, signal.SIGKILL)


def test_it_says_where_it_is_keeps_its_secrets_and_ends_well(start) -> None:
    demo = start()
    demo.wait_until_it_runs()
    assert demo.address in demo.said()
    assert all(role in demo.said() for role in ("Webbredaktör", "Registrator", "Arkivarie", "Administratör"))
    assert ports.is_well(demo.address, "/halsa")
    _nothing_secret_leaks(demo)
    _others_can_ask_the_same_house(demo)

    second = start("--reset")
    second.process.wait(PATIENCE)
    assert second.process.returncode == 1
    assert second.said() == f"Demonstrationen är redan igång: {demo.address}.\n"

    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(15) == 0
    assert demo.family() == {}


def _nothing_secret_leaks(demo: Demo) -> None:
    files = [demo.place / name for name in ("secret", "demo.env", "ko/valkey.conf")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    password = next(line for line in files[2].read_text().splitlines() if line.startswith("requirepass")).split()[1]
    written = "".join(path.read_text() for path in (demo.place / "log").iterdir())
    for secret in (files[0].read_text(), password, "demo-token", "demo-secret"):
        assert secret not in written
        assert not any(secret in command for command in demo.family().values())


def _others_can_ask_the_same_house(demo: Demo) -> None:
    ask = f"set -a; . {demo.place}/demo.env; set +a; exec {sys.executable} {ROOT}/manage.py export_items"
    assert subprocess.run(["sh", "-c", ask], env={"PATH": os.environ["PATH"]}, check=False).returncode == 0


def test_a_second_run_goes_on_and_reset_begins_afresh(start) -> None:
    first = _run_and_stop(start(), signal.SIGTERM)
    assert _run_and_stop(start(), signal.SIGHUP) == first
    secret, began = _run_and_stop(start("--reset"), signal.SIGTERM)
    assert secret != first[0]
    assert began > first[1]


def _run_and_stop(demo: Demo, how: signal.Signals) -> tuple[str, str]:
    demo.wait_until_it_runs()
    demo.process.send_signal(how)
    assert demo.process.wait(15) == 0
    assert demo.family() == {}
    return (demo.place / "secret").read_text(), (demo.place / "simulator.json").read_text()


def test_killed_outright_it_leaves_no_orphan(start) -> None:
    demo = start()
    demo.wait_until_it_runs()
    # Itself, its guard, broker, simulator, beat, the web server's two, the three workers and their four children.
    demo.wait_for(lambda: len(demo.family()) == 14)
    demo.process.kill()
    demo.process.wait()
    demo.wait_for(lambda: demo.family() == {})


def test_a_child_that_dies_is_named_with_the_end_of_its_log(start) -> None:
    demo = start()
    demo.wait_until_it_runs()
    simulator = next(process for process, command in demo.family().items() if " simulator " in command)
    os.kill(simulator, signal.SIGKILL)
    assert demo.process.wait(15) == 1
    assert "simulator stannade oväntat" in demo.said()
    assert "Simulatorn svarar på" in demo.said()
    assert demo.family() == {}


def test_a_taken_port_is_said_in_one_sentence(start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = start(port=port)
        demo.process.wait(PATIENCE)
    assert demo.process.returncode == 1
    assert demo.said().startswith(f"Port {port} är upptagen")
    assert demo.said().count("\n") == 1
