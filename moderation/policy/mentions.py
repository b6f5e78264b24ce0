"""Whom a note speaks to: @name, by username, whole name, or a first name that only one person has."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# What may follow a name without being a part of it. A full stop ends a sentence, but goes on in anna.ek.
END = r"(?![\w@]|[.+-]\w)"


@dataclass(frozen=True)
class Colleague:
    pk: int
    username: str
    first_name: str
    last_name: str

    @property
    def names(self) -> set[str]:
        return {_plain(self.first_name), _plain(f"{self.first_name} {self.last_name}"), _plain(self.username)} - {""}


def mentioned(text: str, colleagues: Iterable[Colleague]) -> set[int]:
    """The keys of those whom the text names after an @. A name that several have means nobody."""
    owners = _owners(list(colleagues))
    if not owners or "@" not in text:
        return set()
    longest_first = "|".join(re.escape(name) for name in sorted(owners, key=len, reverse=True))
    found = re.findall(rf"(?<![\w.+-])@({longest_first}){END}", _plain(text))
    return {owners[name] for name in found if owners[name]}


def _owners(colleagues: list[Colleague]) -> dict[str, int]:
    """By name whose it is, 0 where it is several persons'. A username is always its owner's."""
    sharing: dict[str, set[int]] = defaultdict(set)
    for one in colleagues:
        for name in one.names:
            sharing[name].add(one.pk)
    owners = {name: next(iter(keys)) if len(keys) == 1 else 0 for name, keys in sharing.items()}
    return owners | {_plain(one.username): one.pk for one in colleagues}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
