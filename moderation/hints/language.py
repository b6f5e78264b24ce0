"""Which language a text is written in, by its letters and its commonest words. Silent where it cannot tell."""

import re
from collections import Counter
from collections.abc import Iterator

from moderation.hints.kinds import Hint, HintKind
from moderation.hints.languages import COMMON, FINNISH, SCRIPTS, SHARED, SWEDISH, TELLING
from moderation.hints.reading import Reading

# So many words at least, and so many of them known in one language.
WORDS = 3
KNOWN = 2
FOREIGN = re.compile("[\u0370-\u1fff\u2c80-\ud7ff]")
LETTERS = 400

_LANGUAGES: dict[str, list[str]] = {}
for _name, _words in COMMON.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_name)


def find(text: str, reading: Reading) -> Iterator[Hint]:
    name = _by_letters(text) or _by_words(text, reading.words)
    if name and name != SWEDISH:
        yield Hint(HintKind.SPRAK, 0, 0, name)


def _by_letters(text: str) -> str:
    """The language of a script that Swedish does not use, where most letters are of it."""
    if not FOREIGN.search(text):
        return ""
    letters = [char for char in text[: 4 * LETTERS] if char.isalpha()][:LETTERS]
    scripts = Counter(name for char in letters for name, ranges in SCRIPTS.items() if _within(char, ranges))
    if not scripts:
        return ""
    script, count = scripts.most_common(1)[0]
    if count < WORDS * 2 or 2 * count <= len(letters):
        return ""
    present = set(letters)
    return next((name for name, signs in TELLING.get(script, ()) if present & set(signs)), script)


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)


def _by_words(text: str, words: list[str]) -> str:
    known = Counter([name for word in words for name in _LANGUAGES.get(word, ())])
    known["finska"] += sum(len(word) > 4 and word.endswith(FINNISH) for word in words)
    scores = known.copy()
    for letter, names in SHARED.items():
        scores.update(dict.fromkeys(names, text.count(letter)))
    name, best = scores.most_common(1)[0]
    if known[name] < KNOWN or sum(len(word) > 1 for word in words) < WORDS:
        return ""
    # Names and a borrowed phrase do not make a Swedish text a foreign one.
    return name if best > scores[SWEDISH] else ""
