"""The documents tell the truth: what they point at is there, and what the handbook quotes stands in the program."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.text import slugify

ROOT: Path = settings.BASE_DIR
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
HANDBOK = ROOT / "docs" / "handbok.md"

LINK = re.compile(r"\]\(([^)\s]+)\)")
QUOTED = re.compile(r"(?<![*\w])\*(?!\*)([^*]+)\*(?![*\w])")


@cache
def _program() -> str:
    """Everything the program may say, in one line and without regard to capitals."""
    files = [*ROOT.glob("templates/**/*.html")]
    for app in ("moderation", "arkiv", "sociala_medier"):
        files += ROOT.glob(f"{app}/**/*.py")
    text = " ".join(path.read_text("utf-8") for path in files)
    # A sentence in Python may be broken into adjacent strings.
    return " ".join(re.sub(r'"\s+f?"', "", text).split()).casefold()


def _quotes(text: str) -> list[str]:
    """What stands between single asterisks, as the program would say it."""
    return [" ".join(found.split()).rstrip("… ") for found in QUOTED.findall(text)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_a_document_points_at_is_there(path):
    targets = [target.partition("#")[0] for target in LINK.findall(path.read_text("utf-8"))]
    missing = [to for to in targets if to and "://" not in to and not (path.parent / to).exists()]
    assert missing == []


def test_every_place_the_handbook_points_at_in_itself_is_there():
    text = HANDBOK.read_text("utf-8")
    headings = {slugify(found) for found in re.findall(r"^##+ (.+)$", text, re.MULTILINE)}
    assert {target[1:] for target in LINK.findall(text) if target.startswith("#")} <= headings


def test_every_name_and_sentence_the_handbook_quotes_is_in_the_program():
    quotes = _quotes(HANDBOK.read_text("utf-8"))
    assert len(quotes) > 80
    assert [quote for quote in quotes if quote.casefold() not in _program()] == []


def test_a_quote_the_program_never_says_is_found():
    assert [quote for quote in _quotes("Tryck på *Gör allt\nåt mig …*.") if quote.casefold() not in _program()]
