"""Say who is the responsible chef of a verksamhet, to whom questions are referred."""

from datetime import datetime

from django.db import transaction

from moderation import audit
from moderation.models import User, Verksamhet
from moderation.policy.terms import Event


@transaction.atomic
def change_chef(*, verksamhet: Verksamhet, chef_namn: str, chef_epost: str, by: User, now: datetime) -> Verksamhet:
    """Questions already put go on to whom they were put. Raises ValidationError where the address is none."""
    verksamhet.chef_namn, verksamhet.chef_epost = chef_namn, chef_epost
    verksamhet.full_clean()
    verksamhet.save(update_fields=["chef_namn", "chef_epost"])
    audit.record(Event.CHEF_CHANGED, verksamhet, now=now, by=by, chef_namn=chef_namn)
    return verksamhet
