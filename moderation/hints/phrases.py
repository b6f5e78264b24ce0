"""Finds the phrases of the word lists in a text. Each word is looked up once, so a longer list takes no longer.

A phrase is a line. In it `a/b` is one word or the other, `hor(a/an/or)` a stem with its endings, `blatt*` a word that
begins so, `*jävel` one that ends so, `…` up to three words of any kind, and `!a/b` that the next word is neither. A
word in capitals is a set of words that several phrases share. A phrase begins with a word and never runs across the end
of a sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from moderation.hints.kinds import Hint, HintKind
from moderation.hints.reading import Reading

Fits = Callable[[str], bool]
ENDS = frozenset((".", "?"))
GAP = 3
# Words that begin alike are found by their first letters.
KEY = 3
INFLECTED = re.compile(r"([\wåäö*]*)\(([^)]*)\)")


class Part(NamedTuple):
    """`fits` is None for a gap; a `forbidden` one takes up no word; `exact` are its words where it has no others."""

    fits: Fits | None
    forbidden: bool = False
    exact: frozenset[str] | None = None


class Phrase(NamedTuple):
    """`needs`: one of these must be in the text; empty where that cannot be said."""

    kind: HintKind
    first: Fits
    rest: tuple[Part, ...]
    needs: frozenset[str]


class Phrases:
    def __init__(self, lists: Mapping[HintKind, str], sets: Mapping[str, str]) -> None:
        self.words: dict[str, list[Phrase]] = {}
        self.beginnings: dict[str, list[Phrase]] = {}
        self.endings: dict[str, list[Phrase]] = {}
        for kind, lines in lists.items():
            for line in lines.strip().splitlines():
                self._add(kind, *("/".join(sets.get(one, one) for one in part.split("/")) for part in line.split()))
        self._endings = tuple(self.endings)

    def _add(self, kind: HintKind, first: str, *rest: str) -> None:
        parts = tuple(_part(one) for one in rest)
        needs = min((part.exact for part in parts if part.exact and not part.forbidden), key=len, default=frozenset())
        phrase = Phrase(kind, fits(first), parts, needs)
        for form in _forms(first):
            if form.startswith("*"):
                self.endings.setdefault(form[1:], []).append(phrase)
            elif form.endswith("*"):
                self.beginnings.setdefault(form[:KEY], []).append(phrase)
            else:
                self.words.setdefault(form, []).append(phrase)

    def find(self, reading: Reading) -> Iterator[Hint]:
        words = reading.words
        present = set(words)
        promising: dict[str, list[Phrase]] = {}
        for at, word in enumerate(words):
            if word not in promising:
                promising[word] = [one for one in self._beginning(word) if _promises(one, present)]
            for phrase in promising[word]:
                last = _last(words, at, phrase.rest)
                if last is not None:
                    yield Hint(phrase.kind, *reading.span(at, last))

    def _beginning(self, word: str) -> Iterator[Phrase]:
        """The phrases that the word may be the first of."""
        yield from self.words.get(word, ())
        for phrase in self.beginnings.get(word[:KEY], ()):
            if phrase.first(word):
                yield phrase
        if word.endswith(self._endings):
            for ending in self._endings:
                yield from self.endings[ending] if _ends(word, ending) else ()


def _promises(phrase: Phrase, present: set[str]) -> bool:
    return not phrase.needs or not phrase.needs.isdisjoint(present)


def _last(words: list[str], at: int, parts: tuple[Part, ...]) -> int | None:
    """The place of the phrase's last word, when its words so far end at `at`."""
    if not parts:
        return at
    part, rest = parts[0], parts[1:]
    if part.fits is None:
        return _after_gap(words, at, rest)
    fits = part.fits(words[at + 1] if at + 1 < len(words) else ".")
    if fits == part.forbidden:
        return None
    return _last(words, at if part.forbidden else at + 1, rest)


def _after_gap(words: list[str], at: int, rest: tuple[Part, ...]) -> int | None:
    if rest[0].exact is not None and rest[0].exact.isdisjoint(words[at + 1 : at + GAP + 2]):
        return None
    wanted, beyond = rest[0].fits, rest[1:]
    for place in range(at + 1, min(at + GAP + 2, len(words))):
        last = _last(words, place, beyond) if wanted and wanted(words[place]) else None
        if last is not None or words[place] in ENDS:
            return last
    return None


def _part(written: str) -> Part:
    if written == "…":
        return Part(None)
    plain = written.removeprefix("!")
    return Part(fits(plain), plain != written, None if "*" in plain else frozenset(_forms(plain)))


def fits(written: str) -> Fits:
    """Whether a word is one of those written."""
    forms = _forms(written)
    exact = frozenset(form for form in forms if "*" not in form)
    begins = tuple(form[:-1] for form in forms if form.endswith("*"))
    ends = tuple(form[1:] for form in forms if form.startswith("*"))
    if not begins and not ends:
        return exact.__contains__
    if not ends:
        return lambda word: word in exact or word.startswith(begins)
    return lambda word: (
        word in exact
        or word.startswith(begins)
        or (word.endswith(ends) and any(_ends(word, ending) for ending in ends))
    )


def _ends(word: str, ending: str) -> bool:
    """As a compound does: with something before it."""
    return len(word) > len(ending) and word.endswith(ending)


def _forms(written: str) -> list[str]:
    """hor(a/an)/luder → hora, horan, luder. An empty ending is the stem alone."""
    spelled = INFLECTED.sub(lambda found: "/".join(found[1] + end for end in found[2].split("/")), written)
    return spelled.split("/")
