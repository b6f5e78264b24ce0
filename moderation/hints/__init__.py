"""What an editor may want to look at in a text: words with a place, found here on the machine. Never a verdict."""

from moderation.hints.finder import VERSION, find
from moderation.hints.kinds import WHY, Hint, HintKind, kinds, urgency

__all__ = ["VERSION", "WHY", "Hint", "HintKind", "find", "kinds", "urgency"]
