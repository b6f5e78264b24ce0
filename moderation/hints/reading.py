"""A text as its words, each with its place, written as a word list would write it."""

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
QUESTION = "?؟？፧"
# Letters with one sign between them (d ö d a), a word, a question mark, or another end of a sentence.
TOKEN = re.compile(
    r"(?<!\w)[^\W\d_](?:[ .*_-][^\W\d_]){1,15}(?!\w)"
    rf"|[^\W_][\w\u0300-\u036f{INVISIBLE}@$€]*"
    rf"|[{QUESTION}]+|(?:[.!;\n…]|:(?!\w))+"
)
# What stands for a letter inside a word: h0ra.
DISGUISES = str.maketrans("013457@$€", "oieastase", f"{INVISIBLE} .*_-")
# A longer one is no word, and is not worth the work of folding it.
LONGEST = 64
STOP = "."


@dataclass(frozen=True, slots=True)
class Reading:
    """The words, and where each was found. The end of a sentence is a word of its own: "." or "?"."""

    words: list[str]
    matches: list[re.Match[str]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        return self.matches[first].start(), self.matches[last].end()


def read(text: str) -> Reading:
    matches = list(TOKEN.finditer(text))
    return Reading([fold(match[0]) for match in matches], matches)


def fold(token: str) -> str:
    word = token.lower()
    if word.isalpha() or word.isdigit():
        return word
    if word[0] in QUESTION:
        return "?"
    if not word[0].isalnum() or len(word) > LONGEST:
        return STOP
    word = unicodedata.normalize("NFC", word)
    return word if word.isalpha() else word.translate(DISGUISES)
