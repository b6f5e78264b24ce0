"""Our side of the drawing process: starts it, hands it jobs, listens, and ends it whatever happens."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from arkiv.paper.glyphs import FONTS

ROOT = Path(__file__).parents[2]
# Nothing of our own environment: no token, no key and no address of a database reaches the process that meets the texts.
ENVIRONMENT = {
    "FONTCONFIG_FILE": str(FONTS),
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    "PYTHONHASHSEED": "0",
}
# The limit is on the processor's time, so that a busy machine does not change what is printed; the wall clock is only
# for a job that hangs without working, and the grace for a child that does not even count.
WALL_FACTOR = 6
GRACE = 10


class Failed(Exception):
    """The job went past its limits or broke the process that did it."""


class Press:
    """A context manager; one press serves one printout, and its jobs are done one after the other."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(  # noqa: S603, a fixed command
            [sys.executable, "-m", "arkiv.paper.child", str(os.getpid())],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        self.jobs = cast(IO[bytes], self.process.stdin)
        self.answers = cast(IO[bytes], self.process.stdout)
        self.buffer = bytearray()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.jobs.close()
        self.answers.close()
        self.process.wait()

    def picture(self, name: str, content: bytes, seconds: int, memory: int) -> None:
        """Redraws the picture; from then on a page may show it as bild:<name>."""
        self._ask(content, {"kind": "picture", "name": name, "seconds": seconds, "memory": memory}, _deaf)

    def pages(
        self, html: str, *, epoch: int, seconds: int, memory: int, pages: int, progress: Callable[[int], None]
    ) -> tuple[int, bytes]:
        """The number of pages and the PDF. `pages` is the guess that makes percent of the progress."""
        job = {"kind": "pages", "epoch": epoch, "seconds": seconds, "memory": memory, "pages": pages}
        answer, content = self._ask(html.encode(), job, progress)
        return answer["pages"], content

    def raster(self, pdf: bytes, page: int, limits: dict[str, int], progress: Callable[[int], None]) -> bytes:
        """The page of a finished PDF, counted from 0, as a PNG. `limits`: seconds and memory."""
        return self._ask(pdf, {"kind": "raster", "page": page, **limits}, progress)[1]

    def find(self, pdf: bytes, anchor: str, limits: dict[str, int], progress: Callable[[int], None]) -> int:
        """The page of a finished PDF, counted from 0, that has the anchor."""
        answer, _ = self._ask(pdf, {"kind": "find", "anchor": anchor, **limits}, progress)
        return int(answer["pages"])

    def _ask(
        self, content: bytes, job: dict[str, Any], progress: Callable[[int], None]
    ) -> tuple[dict[str, Any], bytes]:
        wall = job["seconds"] * WALL_FACTOR
        self.until, self.percent, self.progress = time.monotonic() + wall + GRACE, 0, progress
        self._send(json.dumps({**job, "wall": wall, "size": len(content)}).encode() + b"\n" + content)
        while "size" not in (answer := self._line()):
            if "failed" in answer:
                raise Failed(answer["failed"])
            self.percent = answer["progress"]
            progress(self.percent)
        return answer, self._take(answer["size"])

    def _send(self, content: bytes) -> None:
        left = memoryview(content)
        try:
            while left:
                left = left[self.jobs.write(left) :]
        except BrokenPipeError as error:
            raise Failed("Processen som ritar är borta.") from error

    def _line(self) -> dict[str, Any]:
        while (end := self.buffer.find(b"\n")) < 0:
            self._listen()
        found: dict[str, Any] = json.loads(self._take(end + 1))
        return found

    def _take(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._listen()
        content = bytes(self.buffer[:size])
        del self.buffer[:size]
        return content

    def _listen(self) -> None:
        """Waits for more; every second without any it tells the progress again, as a sign that the work goes on."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.answers, selectors.EVENT_READ)
            while not selector.select(timeout=1):
                self.progress(self.percent)
                if time.monotonic() > self.until:
                    raise Failed("Processen som ritar svarar inte.")
        found = os.read(self.answers.fileno(), 2**20)
        if not found:
            raise Failed("Processen som ritar är borta.")
        self.buffer += found


def _deaf(percent: int) -> None:
    pass
