"""Add a verksamhet that threads can be placed in and roles be given for."""

from datetime import datetime

from django.db import transaction

from moderation import audit
from moderation.models import User, Verksamhet
from moderation.policy.terms import Event


@transaction.atomic
def add_verksamhet(
    *, namn: str, chef_namn: str = "", chef_epost: str = "", by: User | None, now: datetime
) -> Verksamhet:
    """Raises ValidationError where there is one of that name."""
    verksamhet = Verksamhet(namn=namn, chef_namn=chef_namn, chef_epost=chef_epost)
    verksamhet.full_clean()
    verksamhet.save()
    audit.record(Event.VERKSAMHET_ADDED, verksamhet, now=now, by=by, namn=namn)
    return verksamhet
