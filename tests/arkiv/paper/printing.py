"""Prints in a process of its own, for the tests that ask what happens there: python -m tests.arkiv.paper.printing WHAT."""

import hashlib
import multiprocessing
import sys

import django
from django.conf import settings

from arkiv.paper import render
from sociala_medier.settings import TEMPLATES
from tests.arkiv.paper import papers


def week() -> None:
    document, pictures = papers.week()
    paper = render.pdf(document, lambda sha256: pictures[sha256])
    sys.stdout.write(hashlib.sha256(paper.pdf).hexdigest() + "\n")
    sys.stdout.flush()


def endless() -> None:
    """Says `ritar` as soon as the drawing has begun; what it draws takes minutes."""
    text = "".join(chr(code) for code in range(0x1F300, 0x1F5FF)) * 40
    entries = [papers.entry(at, text) for at in range(1, 6)]

    def say(percent: int) -> None:
        if percent > render.PICTURES_SHARE:
            sys.stdout.write("ritar\n")
            sys.stdout.flush()

    render.pdf(papers.document(*entries), lambda sha256: b"", say)


def daemon() -> None:
    """As in a worker that may have no children of its own kind."""
    process = multiprocessing.get_context("fork").Process(target=week, daemon=True)
    process.start()
    process.join()


if __name__ == "__main__":
    settings.configure(TEMPLATES=[{**TEMPLATES[0], "OPTIONS": {}}], USE_THOUSAND_SEPARATOR=True, LANGUAGE_CODE="sv")
    django.setup()

    {"week": week, "endless": endless, "daemon": daemon}[sys.argv[1]]()
