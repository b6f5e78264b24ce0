"""Note that somebody opens a sheet with what is secret on it."""

from datetime import datetime

from arkiv.models import Evidence
from moderation import audit
from moderation.models import User
from moderation.policy.terms import Event


def read_secret(*, evidence: Evidence, what: str, by: User, now: datetime) -> None:
    audit.record(Event.SECRET_READ, evidence.item, now=now, by=by, evidence=evidence.pk, what=what)
