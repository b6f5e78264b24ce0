"""The keys of the workbench: what each does, and by which character. Knows no row and no request.

Characters and not places on the keyboard, so that a Swedish layout means what it says. Letters and digits only: all
else needs Shift or AltGr on some layout. Nothing here does anything that cannot be undone (WCAG 2.1.4, 3.3.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass

ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzåäö0123456789")


@dataclass(frozen=True)
class Key:
    """`name` is what stands in the pages' data-key. A large letter means together with Shift."""

    name: str
    default: str
    label: str


KEYS = (
    Key("diariefors", "1", "Diarieförs"),
    Key("ringa_betydelse", "2", "Ringa betydelse"),
    Key("brottsligt", "3", "Brottsligt"),
    Key("sekretess", "4", "Sekretess"),
    Key("next", "j", "Nästa i kön"),
    Key("previous", "k", "Föregående i listan"),
    Key("undo", "u", "Ångra det senaste"),
    Key("skip", "x", "Hoppa över"),
    Key("park", "p", "Parkera"),
    Key("take", "t", "Ta hand om eller släpp"),
    Key("note", "a", "Skriv en anteckning"),
    Key("refer", "h", "Hänvisa till ansvarig chef"),
    Key("thread", "v", "Visa tråden"),
    Key("author", "f", "Visa avsändarens tidigare"),
    Key("changes", "r", "Visa ändringar"),
    Key("facebook", "o", "Öppna på Facebook"),
    Key("mark", "m", "Markera"),
    Key("mark_range", "M", "Markera från förra hit"),
    Key("new", "n", "Visa nya"),
)
# Not to be changed: these hold also while somebody writes.
FIXED = (
    ("Ctrl+Enter", "save_next", "Spara och gå till nästa"),
    ("Ctrl+K", "palette", "Sök en handling eller välj vad som ska göras"),
    ("?", "help", "Visa kortkommandon"),
)


def mapping(own: Mapping[str, str]) -> dict[str, str]:
    """The character of each name, with the person's own instead of the table's."""
    return {key.name: own.get(key.name, key.default) for key in KEYS}


def wrong(own: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a person's own keys: a Swedish sentence for each name."""
    chosen, faults = mapping(own), {}
    for name, character in chosen.items():
        if character.lower() not in ALLOWED or len(character) != 1:
            faults[name] = "Välj en bokstav eller en siffra."
        elif others := [key.label for key in KEYS if key.name != name and chosen[key.name] == character]:
            faults[name] = f"Tangenten används redan till ”{others[0]}”."
    return faults
