"""What a person had before them when deciding. Every write carries it, so that nobody overwrites what they have not read."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from moderation.models import Item, User
from moderation.policy import wording


class Stale(ValidationError):
    """The item is no longer what the person saw when deciding."""


@dataclass(frozen=True)
class Seen:
    """The judgement in force (its key, None where there was none), the newest text's number, and our own changes."""

    judgement: int | None = None
    version: int | None = None
    revision: int | None = None

    @classmethod
    def of(cls, item: Item) -> "Seen":
        current = item.current_classification
        return cls(current.pk if current else None, item.latest_version.number, item.revision)


def refuse_other_judgement(item: Item, by: User, seen: Seen) -> None:
    """Raise Stale where somebody has judged the item since, or its text has changed."""
    current = item.current_classification
    if current is not None and current.pk != seen.judgement:
        who = "Du" if current.decided_by == by else current.decided_by
        raise Stale(
            f"{who} har redan bedömt handlingen som ”{current.label}” {wording.exactly(current.decided_at)}. "
            "Det du skrev finns kvar här och är inte sparat."
        )
    if current is None and seen.judgement is not None:
        raise Stale("Bedömningen som du såg är ångrad. Titta igen och bedöm på nytt.")
    if seen.version is not None and item.latest_version.number != seen.version:
        raise Stale("Texten ändrades på Facebook medan du läste. Läs den nya texten och bedöm igen.")


def refuse_other_change(item: Item, seen: Seen) -> None:
    """Raise Stale where somebody has parked the item or given it to somebody since."""
    if seen.revision is not None and item.revision != seen.revision:
        raise Stale("Någon annan har parkerat handlingen eller ändrat vem som har hand om den. Titta igen.")
