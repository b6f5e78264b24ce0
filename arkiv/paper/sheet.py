"""Document -> the words and numbers of the template, every one of them safe to draw."""

import re
from collections.abc import Collection, Container
from dataclasses import dataclass
from typing import Any

from arkiv.paper import times
from arkiv.paper.blocks import Run, blocks, direction, flat, inline, plain_lines
from arkiv.paper.document import Document, Entry, Picture, Section, Version

# The colour of a class beside its word; the word alone is enough to understand the page.
TONES = {"Diarieförs": "diariefors", "Brottsligt": "brottsligt", "Sekretess": "sekretess"}
# Beyond the scripts that one text face holds: every emoji becomes a picture in the file.
FAR = re.compile(r"[^\x00-\u1fff]")
HEADER_AT_MOST = 70
CONTENTS_AT_MOST = 110


@dataclass(frozen=True)
class Cost:
    """What a sheet may take: limits of the process that draws it, and a guess at its pages for the progress."""

    seconds: int
    memory: int
    pages: int


def context(document: Document, broken: Container[str], plain: Collection[int]) -> dict[str, Any]:
    """`broken`: checksums of pictures that cannot be drawn; `plain`: numbers of entries to be listed plainly."""
    return {
        "title": flat(document.title),
        "kommun": flat(document.kommun),
        "header": flat(f"{document.kommun} · Facebook-sidan {document.page_name}", HEADER_AT_MOST),
        "page_name": flat(document.page_name),
        "page_id": flat(document.page_id),
        "period": times.period(document.period_from, document.period_to),
        "frozen": times.moment(document.frozen_at),
        "created": f"{found:%Y-%m-%dT%H:%M:%SZ}" if (found := times.instant(document.frozen_at)) else "",
        "ordered_by": flat(document.ordered_by),
        "extent": f"{_counted(len(document.entries), 'handling', 'handlingar')} i "
        f"{_counted(len(document.sections), 'tråd', 'trådar')}",
        "has_contents": len(document.sections) > 1,
        "sections": [_section(section, broken, plain) for section in document.sections],
        "counts": [(flat(label), str(number)) for label, number in document.counts],
        "concerns": [flat(sentence) for sentence in document.concerns],
        "chain_seq": str(document.chain_seq),
        "chain_head": flat(document.chain_head),
        "digest": document.digest,
        "plain": ", ".join(str(number) for number in sorted(plain)),
    }


def cost(document: Document) -> Cost:
    """Generous: about five times what the entries took on a slow machine, emoji and other scripts counted apart."""
    texts = [version.text for entry in document.entries for version in entry.versions]
    entries, signs = len(document.entries), sum(map(len, texts))
    lines = sum(min(text.count("\n"), 300) for text in texts)
    odd = sum(len(FAR.findall(text)) for text in texts)
    pictures = sum(len(entry.pictures) for entry in document.entries)
    return Cost(
        seconds=round(20 + 0.2 * entries + signs / 500 * 0.2 + lines * 0.01 + odd * 0.02),
        memory=1024**3 + 2**20 * (entries + pictures) + 4096 * signs,
        pages=2 + round(entries / 6 + signs / 4000 + lines / 60 + pictures / 3),
    )


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _section(section: Section, broken: Container[str], plain: Container[int]) -> dict[str, Any]:
    return {
        "title": flat(section.title),
        "short": flat(section.title, CONTENTS_AT_MOST),
        "permalink_url": flat(section.permalink_url),
        "size": str(len(section.entries)),
        "entries": [_plain(entry) if entry.number in plain else _entry(entry, broken) for entry in section.entries],
    }


def _facts(entry: Entry) -> dict[str, Any]:
    """What is printed of every entry, whatever becomes of its text."""
    return {
        "number": str(entry.number),
        "kind": flat(entry.kind),
        "level": str(min(max(entry.level, 0), 2)),
        "is_context": entry.is_context,
        "created": times.moment(entry.created_at),
        "received": times.moment(entry.received_at),
        "graph_id": flat(entry.graph_id),
        "item_id": str(entry.item_id),
        "author_id": flat(entry.author_id),
        "permalink_url": flat(entry.permalink_url),
        "category": flat(entry.category),
        "tone": TONES.get(entry.category, "ringa"),
        "reason": flat(entry.reason),
        "decided_by": flat(entry.decided_by),
        "diarienummer": flat(entry.diarienummer),
        "steps": [flat(step) for step in entry.steps],
        "facebook_state": flat(entry.facebook_state),
        "sha256": flat(entry.sha256),
        "notes": [flat(note) for note in entry.notes],
        "withheld": flat(entry.withheld),
    }


def _entry(entry: Entry, broken: Container[str]) -> dict[str, Any]:
    found = _facts(entry)
    if not entry.withheld:
        found["author"] = inline(entry.author)
        found["versions"] = [_version(version, len(entry.versions)) for version in entry.versions]
        found["pictures"] = [_picture(at, picture, broken) for at, picture in enumerate(entry.pictures, start=1)]
    return found


def _version(version: Version, of: int) -> dict[str, Any]:
    return {
        "label": f"Version {version.number} av {of}" if of > 1 else "",
        "seen": times.moment(version.seen_at),
        "sha256": flat(version.sha256),
        "dir": direction(version.text),
        "blocks": blocks(version.text),
    }


def _picture(number: int, picture: Picture, broken: Container[str]) -> dict[str, Any]:
    note = picture.note
    if picture.sha256 in broken:
        note = " ".join(filter(None, [note, "Bilden kan inte återges här; filen finns i arkivet."]))
    shown = bool(picture.sha256) and picture.sha256 not in broken
    return {
        "number": str(number),
        "url": f"bild:{picture.sha256}" if shown else "",
        "alt": flat(picture.alt) or "Bild utan beskrivning",
        "caption": flat(picture.alt),
        "note": flat(note or ("" if shown else "Bilden finns inte.")),
        "mime": flat(picture.mime),
        "sha256": flat(picture.sha256),
    }


def _plain(entry: Entry) -> dict[str, Any]:
    """The same entry where drawing it as it stands took too long: letters and codes, no pictures."""
    found = _facts(entry)
    found["is_plain"] = True
    if not entry.withheld:
        found["author"] = tuple(Run(line) for line in plain_lines(entry.author[:300]))
        found["versions"] = [
            {
                **_version(Version(version.number, "", version.seen_at, version.sha256), len(entry.versions)),
                "lines": list(plain_lines(version.text)),
            }
            for version in entry.versions
        ]
        found["pictures"] = [_picture(at, picture, {picture.sha256}) for at, picture in enumerate(entry.pictures, 1)]
    return found
