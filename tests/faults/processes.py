"""The house's own processes, each a family of its own: killed here, and started again as systemd would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import services

ROOT = Path(__file__).parent.parent.parent
PYTHON = (sys.executable, "-m")
CELERY = (*PYTHON, "celery", "-A", "sociala_medier")
WORKER = (*CELERY, "worker", "--without-gossip", "--without-mingle", "-l", "INFO", "-c", "2")
# As the README runs it, but for two at each queue, so that they meet.
WORKERS = {"worker-fresh": "fresh", "worker-sweep": "sweep,media,arkiv"}
BEAT = (*CELERY, "beat", "--pidfile", "", "-l", "INFO")


class NotInTime(Exception):
    """What was waited for did not come."""


@dataclass
class Process:
    name: str
    command: tuple[str, ...]
    log: Path
    family: subprocess.Popen | None = None

    def start(self) -> None:
        # The thread that starts it must live as long as the whole round: when it ends, so does the family.
        with self.log.open("ab") as log:
            self.family = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: services.die_with_parent(signal.SIGKILL),
            )

    @property
    def is_up(self) -> bool:
        return self.family is not None and self.family.poll() is None

    def children(self) -> list[int]:
        if not self.is_up:
            return []
        try:
            tasks = Path(f"/proc/{self.family.pid}/task").iterdir()
            return [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
        except OSError:
            return []

    def kill(self) -> None:
        """Everybody in it at once, as when a unit of systemd is lost."""
        if self.is_up:
            os.killpg(self.family.pid, signal.SIGKILL)
            self.family.wait()

    def end(self) -> None:
        if self.is_up:
            self.family.terminate()


class House:
    """Web, two workers, beat and the broker; `broker` is the command of the last."""

    def __init__(self, place: Path, port: int, broker: tuple[str, ...]) -> None:
        self.port = port
        logs = place / "log"
        logs.mkdir()
        web = (*PYTHON, "gunicorn", "sociala_medier.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8")
        commands = {"broker": broker, "web": (*web, "--no-control-socket"), "beat": BEAT}
        commands |= {name: (*WORKER, "-n", f"{name}@%h", "-Q", queues) for name, queues in WORKERS.items()}
        self.processes = {name: Process(name, command, logs / f"{name}.log") for name, command in commands.items()}

    def __getitem__(self, name: str) -> Process:
        return self.processes[name]

    def start(self) -> None:
        for process in self.processes.values():
            process.start()

    def keep_up(self) -> list[str]:
        """Start who has ended by themselves, which nobody should. Returns their names."""
        ended = [process for process in self.processes.values() if not process.is_up]
        for process in ended:
            process.start()
        return [process.name for process in ended]

    def end(self) -> None:
        for process in self.processes.values():
            process.end()
        give_up = time.monotonic() + 10
        while any(process.is_up for process in self.processes.values()) and time.monotonic() < give_up:
            time.sleep(0.1)
        for process in self.processes.values():
            process.kill()


def wait_until(ready: Callable[[], object], patience: float, what: str, meanwhile: Callable[[], object] = list) -> None:
    give_up = time.monotonic() + patience
    while not ready():
        meanwhile()
        if time.monotonic() > give_up:
            raise NotInTime(what)
        time.sleep(0.1)
