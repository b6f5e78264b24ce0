"""Papers that several tests look at, each drawn once, and a canary that must never sing."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from arkiv.paper import render, sheet
from arkiv.paper.document import Document
from arkiv.paper.render import Limits, Paper
from tests import hostile
from tests.arkiv.paper import papers

CANARY_WORDS = "kanariefagelns-hemlighet-7f3a"
# Small enough that the suite has time for all of them; a few are printed in full length by test_render.
FLOOD = 600
AMPLE = sheet.Cost(seconds=60, memory=2**31, pages=3)
SHORT = sheet.Cost(seconds=3, memory=2**30, pages=3)
CRAMPED = sheet.Cost(seconds=5, memory=2**26, pages=3)
TOO_SLOW = "".join(chr(code) for code in range(0x1F300, 0x1F5FF)) * 8


@dataclass
class Canary:
    """A port that counts who knocks and a file that nobody may read."""

    url: str
    file: Path
    visits: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    file = tmp_path_factory.mktemp("canary") / "kanariefagel.txt"
    file.write_text(CANARY_WORDS)
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Canary(f"http://127.0.0.1:{server.getsockname()[1]}/x.png", file)

        def listen() -> None:
            while True:
                try:
                    guest, address = server.accept()
                except OSError:
                    return
                with guest:
                    found.visits.append(str(address))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def first_too_little(alone: sheet.Cost) -> Limits:
    """The whole document fails at the first try and has ample limits afterwards."""
    costs = iter([CRAMPED, AMPLE, AMPLE])
    return Limits(whole=lambda document: next(costs), alone=alone)


def nothing(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)


@pytest.fixture(scope="session")
def week() -> Document:
    return papers.week()[0]


@pytest.fixture(scope="session")
def week_paper(week: Document) -> Paper:
    pictures = papers.week()[1]
    return render.pdf(week, lambda sha256: pictures[sha256])


@pytest.fixture(scope="session")
def hostile_document(canary: Canary) -> Document:
    """Every hostile text as text and as author, and its beginning in each place where words from outside may stand."""
    texts = hostile.texts(canary.url, str(canary.file), long=FLOOD)
    entries = [
        papers.entry(at, text, author=text, graph_id=text[:30], reason=text[:30], notes=(text[:30],))
        for at, text in enumerate(texts.values(), start=1)
    ]
    return papers.document(*entries, page_name=texts["trojan source"], ordered_by=texts["zalgo"])


@pytest.fixture(scope="session")
def hostile_paper(hostile_document: Document) -> Paper:
    return render.pdf(hostile_document, nothing)


@pytest.fixture(scope="session")
def partly_plain_paper() -> Paper:
    """Entry 2 takes longer than the limit allows; 1 and 3 do not."""
    entries = (papers.entry(1, "Först"), papers.entry(2, TOO_SLOW, author="Emil"), papers.entry(3, "Sist"))
    return render.pdf(papers.document(*entries), nothing, limits=first_too_little(SHORT))


@pytest.fixture(scope="session")
def all_plain_paper() -> Paper:
    """The whole is too much although no single entry is."""
    document, pictures = papers.week()
    return render.pdf(document, lambda sha256: pictures[sha256], limits=first_too_little(AMPLE))
