"""Hints are found once, when a text comes in or changes, and again when the rules for them have."""

from typing import Any

from django.conf import settings

from moderation import hints
from moderation.models import Item
from moderation.models.storable import storable

BATCH = 500


def fields(message: str) -> dict[str, Any]:
    """What an item stores of the hints of its newest text."""
    kinds = hints.kinds(hints.find(storable(message), settings.NAMNDER))
    return {"hint_kinds": " ".join(kinds), "hint_version": hints.VERSION, "urgency": hints.urgency(kinds)}


def renew(most: int = BATCH) -> bool:
    """Find the hints anew of some that wait and have those of older rules. Returns whether there may be more."""
    old = Item.objects.waiting().filter(hint_version__lt=hints.VERSION)
    found = list(old.order_by("pk").values_list("pk", "text", "text_sha256")[:most])
    for pk, text, sha256 in found:
        # Where the text was changed meanwhile, its hints were found with it.
        Item.objects.filter(pk=pk, text_sha256=sha256).update(**fields(text))
    return len(found) == most
