""" "Menade du …?": what somebody may have meant who found nothing.

By trigrams in PostgreSQL and by difflib in SQLite, among the gathered words. A word is only suggested where it has a hit
among what the person may see: so nothing secret, and nothing of another verksamhet, can be guessed by misspelling it.
"""

from difflib import get_close_matches

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from moderation.models import SearchWord
from moderation.search import query
from moderation.search.find import Reach
from moderation.search.fold import fold
from moderation.search.query import Query, Term

# So many words are mended, each by one of so many others.
MENDED, TRIED = 2, 4
# How like two words must be, of 1, for difflib; PostgreSQL has a bound of its own.
LIKE = 0.7
# Of the words about as long, the most common.
COMPARED = 5000
# A part of a word, such as of a name, must not be shorter.
SHORTEST_PART = 4
TRIGRAMS = """
SELECT * FROM moderation_searchword WHERE word <> %s AND (word %% %s OR word LIKE %s)
ORDER BY similarity(word, %s) DESC, items DESC LIMIT %s
"""


def suggest(asked: Query, reach: Reach) -> str:
    """What was typed with better words for those that have no hit, or "" where nothing better is known."""
    mended: dict[Term, str] = {}
    for term in asked.wanted[:MENDED]:
        if len(term.parts) == 1 and not _has_hits(Query((term,)), reach):
            if not (better := _better(fold(term.typed), reach)):
                return ""
            mended[term] = better
    if not mended:
        return ""
    text = " ".join(_said(term, mended) for term in asked.wanted)
    return text if _has_hits(query.read(text), reach) else ""


def _said(term: Term, mended: dict[Term, str]) -> str:
    return f'"{term.typed}"' if term.is_phrase else mended.get(term, term.typed)


def _better(word: str, reach: Reach) -> str:
    like = _by_trigrams(word) if connection.vendor == "postgresql" else _by_letters(word)
    return next((each.shown for each in like if _has_hits(query.read(each.shown), reach)), "")


def _by_trigrams(word: str) -> list[SearchWord]:
    part = f"%{word}%" if len(word) >= SHORTEST_PART else word
    return list(SearchWord.objects.raw(TRIGRAMS, [word, word, part, word, TRIED]))


def _by_letters(word: str) -> list[SearchWord]:
    about = SearchWord.objects.annotate(letters=Length("word"))
    near = Q(letters__range=(len(word) - 2, len(word) + 2))
    if len(word) >= SHORTEST_PART:
        near |= Q(word__contains=word)
    rows = {each.word: each for each in about.filter(near).exclude(word=word).order_by("-items")[:COMPARED]}
    parts = [each for each in rows if word in each]
    alike = [each for each in get_close_matches(word, rows, TRIED, LIKE) if each not in parts]
    return [rows[each] for each in [*alike, *parts][:TRIED]]


def _has_hits(asked: Query, reach: Reach) -> bool:
    return bool(asked) and reach.found(asked).exists()
