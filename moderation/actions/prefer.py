"""How a person wants the workbench."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from moderation import audit
from moderation.models import Preferences, User
from moderation.policy.terms import Event


@transaction.atomic
def prefer(
    *,
    user: User,
    keys_on: bool,
    keys: Mapping[str, str],
    hidden_hints: Sequence[str],
    blur_pictures: bool,
    is_dense: bool,
    now: datetime,
) -> Preferences:
    """`keys` holds only what differs from the table of keys."""
    chosen, _ = Preferences.objects.update_or_create(
        user=user,
        defaults={
            "keys_on": keys_on,
            "keys": dict(keys),
            "hidden_hints": list(hidden_hints),
            "blur_pictures": blur_pictures,
            "is_dense": is_dense,
        },
    )
    audit.record(
        Event.PREFERENCES_CHANGED,
        user,
        now=now,
        by=user,
        keys_on=keys_on,
        keys=dict(keys),
        hidden_hints=list(hidden_hints),
        blur_pictures=blur_pictures,
    )
    return chosen
