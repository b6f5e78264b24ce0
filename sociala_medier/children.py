"""Processes that live and die with this one: started in order, watched, and stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

from sociala_medier import guard

PR_SET_PDEATHSIG = 1
PAUSE = 0.1
# Long enough for a web server and a worker to finish what is short, in seconds.
GRACE = 4.0


class Stopped(Exception):
    """Somebody asked us to stop."""


class Died(Exception):
    """A child ended that should not have. Says which, with the end of its log."""


class Children:
    def __init__(self, log_directory: Path, environment: Mapping[str, str]):
        self.log_directory = log_directory
        self.environment = dict(environment)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        log_directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.guard = subprocess.Popen(  # noqa: S603  (our own file)
            [sys.executable, guard.__file__, str(GRACE)], stdin=subprocess.PIPE, text=True, start_new_session=True
        )

    def listen(self) -> None:
        """From now on the usual signals ask us to stop. Said outright: a shell's `&` leaves Ctrl-C ignored."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def start(self, name: str, command: Sequence[str]) -> None:
        parent = os.getpid()
        with self.log(name).open("wb") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603  (our own commands, no shell)
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A session of its own: Ctrl-C in the terminal reaches us alone, and a whole family can be ended.
                start_new_session=True,
                preexec_fn=lambda: _die_with(parent),
            )
        print(self.running[name].pid, file=self.guard.stdin, flush=True)

    def run(self, name: str, command: Sequence[str]) -> None:
        """Start it and wait until it has ended well."""
        self.start(name, command)
        while self.running[name].poll() is None:
            self._pause()
        if self.running.pop(name).returncode:
            raise Died(self._end_of(name))

    def wait_for(self, ready: Callable[[], bool], patience: float, complaint: str) -> None:
        give_up = time.monotonic() + patience
        while not ready():
            self.look()
            self._pause()
            if time.monotonic() > give_up:
                raise Died(complaint)

    def watch(self) -> None:
        """Until somebody asks us to stop or a child dies."""
        while True:
            self.look()
            self._pause()

    def look(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                raise Died(self._end_of(name))

    def stop(self, last: str) -> None:
        """All at once but the `last` one, on which the others lean."""
        self._end([child for name, child in self.running.items() if name != last])
        self._end([child for name, child in self.running.items() if name == last])
        self.running.clear()
        self.guard.kill()
        self.guard.wait()

    def log(self, name: str) -> Path:
        return self.log_directory / f"{name}.log"

    def _end(self, children: list[subprocess.Popen[bytes]]) -> None:
        for child in children:
            child.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + GRACE
        while any(child.poll() is None for child in children) and time.monotonic() < give_up:
            time.sleep(PAUSE / 2)
        for child in children:
            # Whoever has not ended by now, and grandchildren whose parent has.
            guard.kill_group(child.pid)
            child.wait()

    def _end_of(self, name: str) -> str:
        lines = self.log(name).read_text(errors="replace").splitlines()[-15:]
        return "\n".join([f"{name} stannade oväntat. Det sista i {self.log(name)}:", *(f"  {line}" for line in lines)])

    def _pause(self) -> None:
        if self.stopping:
            raise Stopped
        time.sleep(PAUSE)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def _die_with(parent: int) -> None:
    """Runs in the child before its program: when the parent is gone, however it went, the child is asked to end."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
