"""All hints of a text."""

from collections.abc import Collection

from moderation.hints import cases, identity
from moderation.hints.kinds import Hint

# Raised when a rule or a word list changes, so that what was stored by older ones is found anew.
VERSION = 1


def find(text: str, namnder: Collection[str] = ()) -> tuple[Hint, ...]:
    """`namnder`: the prefixes of one's own diaries, such as KS and BUN. In the order of their places."""
    found = [*identity.find(text), *cases.find(text, namnder)]
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end, hint.kind)))
