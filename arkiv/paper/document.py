"""What stands on a printout, frozen: plain values, one canonical JSON, one digest."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

# The archive reads the JSON long after the code is gone; the number says by which description.
FORMAT = 1


@dataclass(frozen=True)
class Version:
    """A text as Facebook showed it, exact to the last code point, with the time it was seen (ISO 8601, UTC)."""

    number: int
    text: str
    seen_at: str
    sha256: str


@dataclass(frozen=True)
class Picture:
    """An empty sha256 means that the bytes were never had; the note then says why."""

    sha256: str
    mime: str
    alt: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One handling on the paper. A sentence in `withheld` stands instead of its text, author and pictures."""

    number: int
    item_id: int
    graph_id: str
    kind: str
    level: int
    author: str
    created_at: str
    received_at: str
    permalink_url: str
    versions: tuple[Version, ...]
    pictures: tuple[Picture, ...] = ()
    category: str = ""
    reason: str = ""
    decided_by: str = ""
    diarienummer: str = ""
    steps: tuple[str, ...] = ()
    facebook_state: str = ""
    sha256: str = ""
    withheld: str = ""
    notes: tuple[str, ...] = ()
    is_context: bool = False
    # What a sheet is evidence of has the account too; empty on a printout.
    author_id: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    permalink_url: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Document:
    """All times are ISO 8601 in UTC with a final Z; a time that could not be read stands as it came."""

    title: str
    kommun: str
    page_name: str
    page_id: str
    period_from: str
    period_to: str
    frozen_at: str
    ordered_by: str
    sections: tuple[Section, ...]
    counts: tuple[tuple[str, int], ...]
    chain_seq: int
    chain_head: str
    # What an evidence sheet is evidence of, in sentences; empty on a printout.
    concerns: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Sorted keys and pure ASCII: NUL and lone surrogates survive as escapes, and equal means equal bytes."""
        found = {"format": FORMAT, **_named(asdict(self), "concerns")}
        for section in found["sections"]:
            section["entries"] = [_named(entry, "author_id") for entry in section["entries"]]
        return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    @classmethod
    def from_json(cls, text: str) -> "Document":
        found = json.loads(text)
        if found.pop("format") != FORMAT:
            raise ValueError("Dokumentet är fryst i ett format som den här versionen inte läser.")
        sections = tuple(_section(section) for section in found.pop("sections"))
        counts = tuple((label, number) for label, number in found.pop("counts"))
        concerns = tuple(found.pop("concerns", ()))
        return cls(**found, sections=sections, counts=counts, concerns=concerns)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.to_json().encode("ascii")).hexdigest()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for section in self.sections for entry in section.entries)


def _named(found: dict[str, Any], only_where_filled: str) -> dict[str, Any]:
    """Without what only an evidence sheet has, where it is empty: a printout's document is as it has always been."""
    return {name: value for name, value in found.items() if value or name != only_where_filled}


def _section(found: dict[str, Any]) -> Section:
    return Section(**{**found, "entries": tuple(_entry(entry) for entry in found["entries"])})


def _entry(found: dict[str, Any]) -> Entry:
    versions = tuple(Version(**version) for version in found["versions"])
    pictures = tuple(Picture(**picture) for picture in found["pictures"])
    lists = {"steps": tuple(found["steps"]), "notes": tuple(found["notes"])}
    return Entry(**{**found, **lists, "versions": versions, "pictures": pictures})
