"""Questions, with a question mark and without."""

from collections.abc import Iterator
from itertools import product

from moderation.hints import asking
from moderation.hints.kinds import Hint, HintKind
from moderation.hints.reading import Reading

# Shorter words in -en or -an are seldom nouns.
NOUN = 4
ENDS = frozenset((".", "?"))
# Shorter words in -en or -an are seldom nouns.
NOUN = 4
ENDS = frozenset((".", "?"))
ASKING = frozenset(asking.ASKING.split())
VERBS = frozenset((asking.VERBS + " " + asking.MEASURES).split())
FIRST_VERBS = frozenset(asking.FIRST_VERBS.split())
SUBJECTS = frozenset(asking.SUBJECTS.split())
PRONOUNS = frozenset(asking.PRONOUNS.split())
SUBJECTLESS = frozenset(asking.SUBJECTLESS.split())
NO_NOUNS = frozenset(asking.NO_NOUNS.split())
GREETINGS = frozenset(asking.GREETINGS.split())
PAIRS = frozenset(pair for first, second in asking.PAIRS for pair in product(first.split(), second.split()))


def find(reading: Reading) -> Iterator[Hint]:
    words, started = reading.words, True
    for at, word in enumerate(words):
        following = words[at + 1 : at + 3]
        if word == "?" or (started and _asks(word, following)) or tuple(words[at : at + 2]) in PAIRS:
            yield Hint(HintKind.FRAGA, *reading.span(at, at if word == "?" else at + 1))
        started = word in ENDS or (started and word in GREETINGS)


def _asks(word: str, following: list[str]) -> bool:
    if not following:
        return False
    if word in ASKING:
        return following[0] in VERBS
    if word in FIRST_VERBS:
        return following[1:] != ["inte"] and (following[0] in SUBJECTS or _is_noun(following[0]))
    return word.endswith("r") and following[0] in PRONOUNS and word not in SUBJECTLESS


def _is_noun(word: str) -> bool:
    return len(word) > NOUN and word.endswith(asking.DEFINITE) and word not in NO_NOUNS
