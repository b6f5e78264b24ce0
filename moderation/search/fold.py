"""Words as the index compares them: small letters without dots, rings and accents, so that "vag" finds "väg"."""

import re
from collections.abc import Iterator

# The letters of Sweden's neighbours and of the languages that are spoken here, in small; the longer the list, the longer
# PostgreSQL takes over each letter of each text. Å, Ä, Ö and É also for databases that cannot make them small.
_MARKED = "åäöéèêëáàâãāăąíìîïīóòôõōőúùûüūůűýÿñńňçćčšśşžźżęěėřťďğøæđłÅÄÖÉ"
_PLAIN = "aaoeeeeaaaaaaaiiiiioooooouuuuuuuyynnncccssszzzeeertdgoadlaaoe"
# Dots and rings that stand after their letter, as some telephones send them.
_LOOSE = "\u0300\u0301\u0302\u0303\u0308\u030a\u0327"
# What PostgreSQL would take for a part of an address, a number or a word; all else between words it takes for a space.
_BETWEEN = ".@/-_:&<>+~%?=#'\u00a0–…”“’«»\n"
# As unicode61 of SQLite leaves them.
WHOLE = {"ø": "o", "Ø": "o", "æ": "a", "Æ": "a", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l"}

# Letter for letter, as SQL's translate() takes them; what has no counterpart, at the end, is left out.
FROM = _MARKED + _BETWEEN + _LOOSE
TO = _PLAIN + " " * len(_BETWEEN)

_TABLE = str.maketrans(FROM[: len(TO)], TO, _LOOSE)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_LOOSE}])*")


def fold(word: str) -> str:
    return word.lower().translate(_TABLE)


def words(text: str) -> Iterator[re.Match[str]]:
    """Each word of the text as it was written."""
    return _WORD.finditer(text)
