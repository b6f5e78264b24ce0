"""Add the people who work here, and note that somebody has left."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import RoleAssignment, User
from moderation.policy import workdays
from moderation.policy.terms import Event, Role


@transaction.atomic
def add(
    *,
    username: str,
    first_name: str = "",
    last_name: str = "",
    titel: str = "",
    email: str = "",
    password: str,
    by: User | None,
    now: datetime,
) -> User:
    """Add a person without any role. The password is the person's to change."""
    user = User(username=username, first_name=first_name, last_name=last_name, titel=titel, email=email)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    audit.record(Event.PERSON_ADDED, user, now=now, by=by)
    return user


def set_email(*, user: User, email: str) -> User:
    """Where the person wants to be written to; empty is nowhere. The person's own matter, so the chain hears nothing."""
    user.email = email
    user.full_clean(exclude=["password"])
    user.save(update_fields=["email"])
    return user


@transaction.atomic
def leave(*, user: User, by: User, now: datetime) -> User:
    """Somebody has left: no more logging in, no more roles. What the person decided stays."""
    in_force = RoleAssignment.objects.select_for_update().in_force(workdays.local_date(now))
    if not in_force.filter(role=Role.ADMIN, user__is_active=True).exclude(user=user).exists():
        raise ValidationError("Det måste finnas minst en administratör. Utse en annan först.")
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.save()
    RoleAssignment.objects.filter(user=user, revoked_at=None).update(revoked_at=now, revoked_by=by)
    audit.record(Event.PERSON_LEFT, user, now=now, by=by)
    return user
