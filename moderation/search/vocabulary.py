"""The words that are written, with how many items each stands in: for "Menade du" and for what is similar.

Gathered in the background, a few thousand items at a time, by the number of the last item read. To count words as items
come in would make all that take items in wait for each other at the common words' rows. So the words of the latest
minute are lacking, and a text that was changed is counted as it first was: nothing is found by this list alone, since
each suggestion is tried among what the person may see before it is shown.
"""

from collections import Counter

from django.db import connection, transaction

from moderation.models import Item, SearchProgress
from moderation.policy import rules
from moderation.policy.terms import Category
from moderation.search.fold import fold, words

SHORTEST, LONGEST = 3, 30
AT_A_TIME = 1000
READ = 5000
ADD = """
INSERT INTO moderation_searchword (word, shown, items) VALUES (%s, %s, %s)
ON CONFLICT (word) DO UPDATE SET items = moderation_searchword.items + excluded.items
"""


@transaction.atomic
def gather(most: int = AT_A_TIME) -> int:
    """Add the words of the next items. Returns how many items were read."""
    progress, _ = SearchProgress.objects.get_or_create(pk=1)
    progress = SearchProgress.objects.select_for_update().get(pk=1)
    texts = list(
        Item.objects.filter(pk__gt=progress.item_id).order_by("pk").values_list("pk", "author_name", "text")[:most]
    )
    if not texts:
        return 0
    hidden = _hidden(texts[0][0], texts[-1][0])
    _add([(author, text) for pk, author, text in texts if pk not in hidden])
    SearchProgress.objects.filter(pk=1).update(item_id=texts[-1][0])
    return len(texts)


def _hidden(first: int, last: int) -> set[int]:
    """What is secret or forbidden already leaves no words here at all."""
    judged = Item.objects.filter(pk__range=(first, last), classifications__superseded_at=None)
    secret = judged.filter(classifications__category=Category.SEKRETESS)
    forbidden = judged.filter(classifications__reason__in=rules.NEVER_KEPT)
    return set(secret.values_list("pk", flat=True)) | set(forbidden.values_list("pk", flat=True))


def _add(texts: list[tuple[str, str]]) -> None:
    shown: dict[str, str] = {}
    items: Counter[str] = Counter()
    for author, text in texts:
        written = telling(text) | {fold(word[0]): word[0] for word in words(author[:READ]) if _is_kept(word[0])}
        items.update(written.keys())
        shown |= {word: shown.get(word, how) for word, how in written.items()}
    rows = [(word, shown[word], count) for word, count in items.items()]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def telling(text: str) -> dict[str, str]:
    """The words of a text that may tell what it is about: as they are compared, and as they are written."""
    return {fold(word[0]): word[0].lower() for word in words(text[:READ]) if _is_kept(word[0])}


def _is_kept(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)
