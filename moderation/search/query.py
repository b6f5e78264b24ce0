"""What somebody typed, as words to look for. Nothing that is typed is an error.

Words, "an exact phrase" and -not. A word finds everything that begins as its stem does: "snöns" finds "snö" and
"snöröjning". So neither index needs to know Swedish: both hold the words as they stand, without dots and rings, and a
phrase is found to the letter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from moderation.search.fold import fold, words
from moderation.search.stem import stem

# Nobody means more than this; whoever pastes a whole page gets its beginning.
LONGEST, MOST_WORDS, LONGEST_WORD = 1000, 20, 50
# Shorter stems begin too much.
SHORTEST_STEM = 3
_PART = re.compile(r'(?<!\w)(-?)["“”]([^"“”]*)["“”]?|(?<!\S)(-)?([^\s"“”]+)')


@dataclass(frozen=True)
class Term:
    """One word, or several that must stand beside each other. `typed` is how it was written."""

    parts: tuple[str, ...]
    typed: str
    is_phrase: bool = False

    @property
    def is_prefix(self) -> bool:
        return not self.is_phrase and len(self.parts[-1]) >= SHORTEST_STEM


@dataclass(frozen=True)
class Query:
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    # Whether one of the wanted is enough.
    any_will_do: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for; that something is *not* there finds nothing."""
        return bool(self.wanted)


def read(text: str) -> Query:
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in _PART.finditer(text[:LONGEST]):
        phrase, negated = match[2] is not None, bool(match[1] or match[3])
        typed = match[2] if phrase else match[4]
        # What must not be there is taken to the letter: "-inte" is not "-internet".
        if term := _term(typed, phrase or negated):
            (unwanted if negated else wanted).append(term)
    return Query(tuple(wanted[:MOST_WORDS]), tuple(unwanted[:MOST_WORDS]))


def _term(typed: str, is_phrase: bool) -> Term | None:
    """Also what is typed as one word may be several: 2026/123, kalle@example.se."""
    parts = tuple(fold(word[0])[:LONGEST_WORD] for word in words(typed))[:MOST_WORDS]
    if not parts:
        return None
    if not is_phrase and len(parts) == 1:
        parts = (_prefix(parts[0]),)
    return Term(parts, typed.strip(), is_phrase)


def _prefix(word: str) -> str:
    found = stem(word)
    return found if len(found) >= SHORTEST_STEM else word


def as_postgresql(query: Query) -> str:
    """For to_tsquery('simple', …). The words have only letters and digits, so nothing in them can be an operator."""
    wanted = (" | " if query.any_will_do else " & ").join(map(_tsquery, query.wanted))
    return f"({wanted}){''.join(f' & !{_tsquery(term)}' for term in query.unwanted)}"


def as_sqlite(query: Query) -> str:
    """For MATCH of FTS5."""
    wanted = (" OR " if query.any_will_do else " AND ").join(map(_match, query.wanted))
    return f"({wanted}){''.join(f' NOT {_match(term)}' for term in query.unwanted)}"


def any_of(typed: Iterable[str]) -> Query:
    """A query for several words of which one is enough."""
    return Query(tuple(term for word in typed if (term := _term(word, is_phrase=False))), any_will_do=True)


def _tsquery(term: Term) -> str:
    quoted = [f"'{part}'" for part in term.parts]
    if term.is_prefix:
        quoted[-1] += ":*"
    return f"({' <-> '.join(quoted)})"


def _match(term: Term) -> str:
    return f'"{" ".join(term.parts)}"{" *" if term.is_prefix else ""}'
