"""The process that draws: reads jobs on stdin, does each in a fork of its own with limits, answers on stdout.

Started by press.py as `python -m arkiv.paper.child PARENT`. It knows neither Django nor database nor network; what it
may read are the fonts and what it was handed. It has one thread, so forking it is safe, and every job begins with the
libraries already loaded.

A job is one line of JSON {kind, size, seconds, wall, memory}, for a picture also {name}, for pages also {pages, epoch},
for the raster of a finished page also {page}, to find one also {anchor}; then `size` bytes. The answer is lines of JSON: any number of {progress}, then {size, pages} followed by `size` bytes, or
{failed} with the kind of failure; never a word of what was drawn.
"""

import contextlib
import ctypes
import gc
import json
import logging
import os
import resource
import select
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from weasyprint import CSS, HTML, Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from arkiv.paper.pdfua import finish
from arkiv.paper.pictures import redrawn
from arkiv.paper.raster import drawn, page_of

STYLE = Path(__file__).with_name("a4.css")
PR_SET_PDEATHSIG = 1
# Of the hundred percent, what laying out takes; painting and writing is the rest.
LAYOUT_SHARE, PAINTED = 65, 98


class OnlyPictures(URLFetcher):
    """Hands out the pictures that came with the jobs and refuses every other address, whatever its scheme."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self.pictures = pictures

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != "bild" or name not in self.pictures:
            raise ValueError("Adressen hämtas inte.")
        return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/*"})


class MissingGlyph(Exception):
    """A sign on the page is in none of the fonts: such a file is no PDF/A (ISO 19005-2 6.2.11.8)."""


class Complaints(logging.Handler):
    """WeasyPrint prints an empty box and says so; we print nothing then."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(".notdef"):
            raise MissingGlyph


class Progress(logging.Handler):
    """Turns what WeasyPrint says of its work into percent that never go back."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.pages, self.said = max(pages, 1), 0

    def emit(self, record: logging.LogRecord) -> None:
        # Only "Step 5" counts something: the pages laid out.
        if record.args and isinstance(record.args, tuple) and isinstance(record.args[0], int):
            self.say(LAYOUT_SHARE * record.args[0] // self.pages, LAYOUT_SHARE)

    def say(self, percent: int, at_most: int) -> None:
        if min(percent, at_most) > self.said:
            self.said = min(percent, at_most)
            _write_line({"progress": self.said})


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    style = CSS(string=STYLE.read_text(), url_fetcher=OnlyPictures({}))
    pictures: dict[str, bytes] = {}
    logging.getLogger("weasyprint").addHandler(Complaints(logging.WARNING))
    # What is loaded by now is never rubbish; without this each fork copies it page by page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    for line in iter(jobs.readline, b""):
        job = json.loads(line)
        content = jobs.read(job["size"])
        if job["kind"] == "picture":
            answer = _apart(job, partial(_redraw, content))
            if "failed" not in answer:
                pictures[job["name"]] = answer.pop("content")
                answer["size"] = 0
        elif job["kind"] == "raster":
            answer = _apart(job, partial(_raster, content, job["page"]))
        elif job["kind"] == "find":
            answer = _apart(job, partial(_find, content, job["anchor"]))
        else:
            answer = _apart(job, partial(_draw, job, content.decode(), style, pictures))
        body = answer.pop("content", b"")
        answers.write(json.dumps(answer).encode() + b"\n" + body)
        answers.flush()


def _apart(job: dict[str, Any], work: Any) -> dict[str, Any]:
    """`work` in a fork that cannot outlive its limits; its answer comes through a pipe."""
    ours, theirs = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        die_with(parent)
        os._exit(_worked(job, work, theirs))
    os.close(theirs)
    content = _read(ours, job["wall"])
    if content is None:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return {"failed": signal.Signals(os.WTERMSIG(status)).name}
    line, _, rest = (content or b"").partition(b"\n")
    return {"failed": line.decode()} if status else {**json.loads(line), "content": rest}


def _worked(job: dict[str, Any], work: Any, answer: int) -> int:
    """The exit status of the fork."""
    try:
        _limit(job)
        pages, content = work()
        _write(answer, json.dumps({"size": len(content), "pages": pages}).encode() + b"\n" + content)
    except BaseException as error:
        with contextlib.suppress(BaseException):
            _write(answer, type(error).__name__.encode())
        return 1
    return 0


def _read(pipe: int, seconds: float) -> bytes | None:
    """All that comes until the writer is gone; None if that takes longer than it may."""
    until = time.monotonic() + seconds
    found = bytearray()
    with open(pipe, "rb", buffering=0) as stream:
        while (left := until - time.monotonic()) > 0:
            if select.select([stream], [], [], left)[0]:
                if not (part := stream.read(2**20)):
                    return bytes(found)
                found += part
    return None


def _limit(job: dict[str, Any]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"] + 1))
    # A core dump would hold what is secret.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No file is written: fontconfig, short of memory, would put an empty list of fonts into the cache of the whole machine.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _redraw(content: bytes) -> tuple[int, bytes]:
    return 0, redrawn(content)


def _raster(content: bytes, page: int) -> tuple[int, bytes]:
    return 1, drawn(content, page)


def _find(content: bytes, anchor: str) -> tuple[int, bytes]:
    return page_of(content, anchor), b""


def _draw(job: dict[str, Any], html: str, style: CSS, pictures: dict[str, bytes]) -> tuple[int, bytes]:
    # Read by WeasyPrint's font subsetter when it dates the fonts.
    os.environ["SOURCE_DATE_EPOCH"] = str(job["epoch"])
    progress = Progress(job["pages"])
    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.addHandler(progress)
    fetcher = OnlyPictures(pictures)
    document = HTML(string=html, base_url="bild:", url_fetcher=fetcher).render(
        stylesheets=[style], pdf_variant="pdf/a-2a", pdf_tags=True
    )
    _follow(document, progress)
    content = document.write_pdf(finisher=finish, pdf_variant="pdf/a-2a", pdf_tags=True)
    return len(document.pages), content


def _follow(document: Document, progress: Progress) -> None:
    """Says how many pages are painted; WeasyPrint itself is silent about that part."""
    for number, page in enumerate(document.pages, start=1):
        page.paint = partial(
            _painted, page.paint, progress, LAYOUT_SHARE + (PAINTED - LAYOUT_SHARE) * number // len(document.pages)
        )


def _painted(paint: Any, progress: Progress, percent: int, *arguments: Any, **options: Any) -> None:
    paint(*arguments, **options)
    progress.say(percent, PAINTED)


def _write_line(line: dict[str, int]) -> None:
    # Short enough to be written whole or not at all, even by a process that is killed.
    os.write(sys.stdout.fileno(), json.dumps(line).encode() + b"\n")


def _write(target: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(target, left) :]


def die_with(parent: int) -> None:
    """The kernel kills this process when the one that started it is gone, however it went."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    die_with(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
