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
from tests.arkiv.paper import hostile, papers

CANARY_WORDS = "kanariefagelns-hemlighet-7f3a"
# Small enough that the suite has time for all of them; the floods of full length are in test_floods.
FLOOD = 2_000
SMALL = sheet.Cost(seconds=3, memory=2**30, pages=3)
TIGHT = Limits(whole=lambda document: SMALL, alone=SMALL)
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
    """Every hostile text as text, as author, and shortened in each place where words from outside may stand."""
    texts = hostile.texts(canary.url, str(canary.file), long=FLOOD)
    entries = [
        papers.entry(at, text, author=text, graph_id=text, reason=text, facebook_state=text, notes=(text,))
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
    return render.pdf(papers.document(*entries), nothing, limits=TIGHT)
