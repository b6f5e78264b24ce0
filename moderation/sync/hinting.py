"""Hints are found once, when a text comes in or changes, and again when the rules for them have."""

from typing import Any
from zlib import crc32

from django.conf import settings
from django.db.models import Q

from moderation import hints
from moderation.models import Item
from moderation.models.storable import storable

BATCH = 500
# The column holds no larger number.
LARGEST = 32_767


def fields(message: str) -> dict[str, Any]:
    """What an item stores of the hints of its newest text."""
    kinds = hints.kinds(hints.find(storable(message), settings.NAMNDER))
    return {"hint_kinds": " ".join(kinds), "hint_version": version(), "urgency": hints.urgency(kinds)}


def version() -> int:
    """Of all that decides what is found: the rules, and the names of the municipality's boards."""
    return crc32(repr((hints.VERSION, sorted(settings.NAMNDER))).encode()) % LARGEST + 1


def renew(most: int = BATCH) -> bool:
    """Find the hints anew of some that wait and have those of other rules. Returns whether there may be more."""
    # Two stretches of the index rather than "not equal", which it does not answer.
    old = Item.objects.waiting().filter(Q(hint_version__lt=version()) | Q(hint_version__gt=version()))
    found = list(old.order_by("pk").values_list("pk", "text", "text_sha256")[:most])
    for pk, text, sha256 in found:
        # Where the text was changed meanwhile, its hints were found with it.
        Item.objects.filter(pk=pk, text_sha256=sha256).update(**fields(text))
    return len(found) == most
