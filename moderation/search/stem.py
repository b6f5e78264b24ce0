"""What Swedish endings leave of a word, so that "vägarna", "vägen" and "väg" begin alike.

After Martin Porter's rules for Swedish (Snowball), which leave "skolan", "lyset" and "snön" as they stand; these do not.
Too short a stem costs only a few hits too many.
"""

import re

_ENDINGS = [
    "a",
    "arna",
    "erna",
    "heterna",
    "orna",
    "ad",
    "e",
    "ade",
    "ande",
    "arne",
    "are",
    "aste",
    "en",
    "anden",
    "aren",
    "heten",
    "ern",
    "ar",
    "er",
    "heter",
    "or",
    "as",
    "arnas",
    "ernas",
    "ornas",
    "es",
    "ades",
    "andes",
    "ens",
    "arens",
    "hetens",
    "erns",
    "at",
    "andet",
    "het",
    "ast",
    "an",
    "ans",
    "et",
    "ets",
]
# The longest first.
_ENDING = re.compile(f"(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")
_GENITIVE = re.compile("(?<=[bcdfghjklmnoprtvy])s$")
_DOUBLED = re.compile("(?:dd|gd|nn|dt|gt|kt|tt)$")
_DEFINITE = re.compile("(?<=..[oöy])n$")
_DERIVED = re.compile("(?:lig|ig|els)$")
# Endings are looked for behind the first vowel and consonant, and never among the first three letters.
_BEGINNING = re.compile("[^aeiouyåäö]*[aeiouyåäö]+[^aeiouyåäö]")


def stem(word: str) -> str:
    """Of a word in small letters, with or without its dots and rings."""
    found = _BEGINNING.match(word)
    if found is None:
        return word
    start = max(found.end(), 3)
    kept, end = word[:start], word[start:]
    end, cut = _ENDING.subn("", end)
    if not cut and end.endswith("s") and _GENITIVE.search(kept + end):
        end = end[:-1]
    if _DOUBLED.search(end):
        end = end[:-1]
    return _DEFINITE.sub("", kept + _DERIVED.sub("", end))
