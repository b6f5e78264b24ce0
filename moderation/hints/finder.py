"""All hints of a text."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice

from moderation.hints import cases, contact, identity, language, questions, threats
from moderation.hints.kinds import ORDER, Hint, HintKind
from moderation.hints.phrases import Phrases
from moderation.hints.reading import read
from moderation.hints.words import LISTS, SETS

# Raised when a rule or a word list changes, so that what was stored by older ones is found anew.
VERSION = 4

# Of each kind, in one text: who has seen so many needs no more.
MOST = 20

PHRASES = Phrases(LISTS, SETS)
# Each takes what it finds out of the text before the next one looks. Most texts have no digit, and need only two.
ANYWHERE = (contact.emails, contact.links)
FINDERS = (identity.find, *ANYWHERE, contact.addresses, contact.phones)
DIGIT = re.compile("[0-9]")


def find(text: str, namnder: Collection[str] = ()) -> tuple[Hint, ...]:
    """`namnder`: the prefixes of one's own diaries, such as KS and BUN. In the order of their places."""
    found = list(cases.find(text, namnder))
    rest = _without(text, found)
    for finder in FINDERS if DIGIT.search(text) else ANYWHERE:
        hints = list(finder(rest))
        found += hints
        rest = _without(rest, hints)
    reading = read(rest)
    found += PHRASES.find(reading)
    found += threats.find(reading)
    found += islice(questions.find(reading), MOST)
    found += language.find(rest, reading)
    return _chosen(found)


def _without(text: str, hints: Iterable[Hint]) -> str:
    """The same text with a space for every sign that was found, so that places stay what they are."""
    parts, at = [], 0
    for hint in sorted(hints, key=lambda hint: hint.start):
        if hint.start >= at:
            parts += [text[at : hint.start], " " * (hint.end - hint.start)]
            at = hint.end
    return "".join([*parts, text[at:]]) if parts else text


def _chosen(hints: list[Hint]) -> tuple[Hint, ...]:
    """In order, without those that lie inside another of their kind, and not more than anybody reads."""
    count: Counter[HintKind] = Counter()
    reached: dict[HintKind, int] = {}
    chosen = []
    for hint in sorted(hints, key=lambda hint: (hint.start, -hint.end, ORDER[hint.kind])):
        if hint.start < reached.get(hint.kind, 0) or count[hint.kind] == MOST:
            continue
        count[hint.kind] += 1
        reached[hint.kind] = hint.end
        chosen.append(hint)
    return tuple(chosen)
