"""Write the diarienummer back that the registrator gave: to one item, to all of a thread, or by a list."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError

from moderation.actions.follow_up import tick
from moderation.models import FollowUpStep, User
from moderation.models.decision import FollowUpStepQuerySet
from moderation.policy import workdays
from moderation.policy.terms import StepKind


def register(*, steps: Iterable[FollowUpStep], diarienummer: str, by: User, now: datetime) -> int:
    """All of them under this number, as it was written. Returns how many; those somebody was faster with stay as they are."""
    done = 0
    for step in steps:
        try:
            tick(step=step, done_on=workdays.local_date(now), reference=diarienummer, by=by, now=now)
            done += 1
        except ValidationError:
            continue
    return done


def to_register(steps: FollowUpStepQuerySet) -> FollowUpStepQuerySet:
    """Of these steps those that wait for a diarienummer, of judgements that are in force."""
    return steps.open().filter(kind=StepKind.REGISTRERA, classification__superseded_at=None)
