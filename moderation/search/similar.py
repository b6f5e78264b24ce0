"""Earlier judged items that are like one, with how they were judged. Nothing leaves the machine.

The item's most telling words, those that stand in the fewest items, are looked for among what is judged; of the newest
that have any of them those are kept that share most with it. Who may not read secret items meets none here.
"""

from dataclasses import dataclass
from math import log
from typing import Any

from django.db.models import F
from django.db.models.functions import Left

from moderation.models import Item, SearchProgress, SearchWord
from moderation.policy import rules
from moderation.policy.terms import Reason
from moderation.search import query
from moderation.search.find import Reach
from moderation.search.stem import stem
from moderation.search.vocabulary import READ, telling

# So many words are looked for, and so many items compared.
WORDS, COMPARED = 8, 200
# Less in common, of 1, is not like.
LIKE = 0.2
# Judgements without a reason, and with any but those that forbid showing it.
SHOWN = ("", *(reason for reason in Reason if reason not in rules.NEVER_KEPT))


@dataclass(frozen=True)
class Similar:
    """An item with `category`, `reason` and `judged_at`, and how like it is, of 1."""

    item: Any
    likeness: float


def similar(item: Item, reach: Reach, most: int = 3) -> list[Similar]:
    """The most like first."""
    weights = _weights(telling(item.text))
    if not weights or item.never_kept or not reach.open().filter(pk=item.pk).exists():
        return []
    candidates = _candidates(item, sorted(weights, key=lambda word: -weights[word])[:WORDS], reach)
    own = {stem(word): weight for word, weight in weights.items()}
    compared = [Similar(each, _likeness(own, each.start)) for each in candidates]
    alike = [each for each in compared if each.likeness >= LIKE]
    return sorted(alike, key=lambda each: -each.likeness)[:most]


def _weights(words: dict[str, str]) -> dict[str, float]:
    """The more, the fewer items have the word. A word that no other item has says nothing."""
    counted = SearchWord.objects.filter(word__in=list(words)).values_list("word", "items")
    progress = SearchProgress.objects.first()
    return {word: log(1 + (progress.item_id if progress else 0) / (1 + items)) for word, items in counted}


def _candidates(item: Item, words: list[str], reach: Reach) -> list[Any]:
    judged = reach.found(query.any_of(words)).exclude(pk=item.pk)
    rows = judged.filter(classifications__superseded_at=None, classifications__reason__in=SHOWN).annotate(
        category=F("classifications__category"),
        reason=F("classifications__reason"),
        judged_at=F("classifications__decided_at"),
        start=Left("text", READ),
    )
    return list(rows.defer("text", "notes").order_by("-search_entry__place")[:COMPARED])


def _likeness(own: dict[str, float], text: str) -> float:
    """What the two have in common of what either has, each word by its weight; what only the other has by the mean."""
    other = {stem(word) for word in telling(text)}
    total = sum(own.values())
    shared = sum(weight for word, weight in own.items() if word in other)
    strange = len(other - own.keys()) * total / len(own)
    return shared / (total + strange) if total else 0.0
