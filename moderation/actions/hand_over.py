"""At the end of the day: all that one person still has open, given to another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from moderation.actions.assign import assign
from moderation.actions.give_step import give_step
from moderation.actions.seen import Seen
from moderation.models import FollowUpStep, Item, User

# Whether somebody may take over what belongs to this item.
May = Callable[[User, Item, datetime], bool]


@dataclass(frozen=True)
class HandedOver:
    items: int
    steps: int
    # What stays where it is, since the colleague has no right to it or somebody was faster.
    left: int


def hand_over(*, to: User, by: User, now: datetime, may_judge: May, may_follow_up: May) -> HandedOver:
    """Each on its own, as if it were given alone: what goes wrong with one leaves the rest alone."""
    if to == by:
        raise ValidationError("Välj en kollega att lämna över till.")
    items = list(Item.objects.waiting().filter(assigned_to=by).select_related("thread"))
    steps = FollowUpStep.objects.open().filter(owner=by, classification__superseded_at=None)
    mine = list(steps.select_related("classification__item__thread"))
    given = sum(_give_item(item, to, by, now, may_judge) for item in items)
    passed = sum(_give_step(step, to, by, now, may_follow_up) for step in mine)
    return HandedOver(given, passed, len(items) + len(mine) - given - passed)


def _give_item(item: Item, to: User, by: User, now: datetime, may: May) -> bool:
    if not may(to, item, now):
        return False
    try:
        assign(item=item, to=to, by=by, now=now, seen=Seen.of(item))
    except ValidationError:
        return False
    return True


def _give_step(step: FollowUpStep, to: User, by: User, now: datetime, may: May) -> bool:
    if not may(to, step.classification.item, now):
        return False
    try:
        give_step(step=step, to=to, by=by, now=now)
    except ValidationError:
        return False
    return True
