"""What is different between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Longer texts are shown whole beside each other: comparing them would take longer than reading them.
MOST_WORDS = 3000


@dataclass(frozen=True)
class Run:
    """A stretch that is the same in both, or only in the former ("gone"), or only in the latter ("new")."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Run]:
    """Empty where the texts are too long to be compared."""
    former, latter = _words(before), _words(after)
    if len(former) + len(latter) > MOST_WORDS:
        return []
    runs: list[Run] = []
    for tag, a, b, c, d in SequenceMatcher(None, former, latter, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(former[a:b])))
        else:
            runs += [Run("gone", "".join(former[a:b]))] * (b > a) + [Run("new", "".join(latter[c:d]))] * (d > c)
    return runs


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
