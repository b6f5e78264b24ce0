"""Words as the index compares them: small letters without dots, rings and accents, so that "vag" finds "väg"."""

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = "aceinouylszdrtg"
_MARKED = "".join(
    letter
    for letter in map(chr, range(0xC0, 0x180))
    if unicodedata.normalize("NFD", letter)[0].lower() in _LETTERS and len(unicodedata.normalize("NFD", letter)) > 1
)
# Those that Unicode does not take apart.
WHOLE = {"ø": "o", "Ø": "o", "æ": "a", "Æ": "a", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l"}
# Dots and rings that stand after their letter, as some telephones send them.
_LOOSE = "\u0300\u0301\u0302\u0303\u0308\u030a\u0327"
# Everything between words that people write. What is not here the databases take for a space by themselves.
_BETWEEN = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¡§«»¿´¨\u00a0\u00ad\u200b\u2010\u2011–—‘’‚“”„•…″′€£°·\n\r\t"

# Letter for letter, as SQL's translate() takes them; what has no counterpart, at the end, is left out.
FROM = _MARKED + "".join(WHOLE) + _BETWEEN + _LOOSE
TO = "".join(unicodedata.normalize("NFD", letter)[0].lower() for letter in _MARKED)
TO += "".join(WHOLE.values()) + " " * len(_BETWEEN)

_TABLE = str.maketrans(FROM[: len(TO)], TO, _LOOSE)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_LOOSE}])*")


def fold(word: str) -> str:
    return word.translate(_TABLE).lower()


def words(text: str) -> Iterator[re.Match[str]]:
    """Each word of the text as it was written."""
    return _WORD.finditer(text)
