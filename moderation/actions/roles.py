"""Grant and take back roles."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import RoleAssignment, User, Verksamhet
from moderation.policy import workdays
from moderation.policy.terms import Event, Role


@transaction.atomic
def grant(
    *,
    user: User,
    role: str,
    verksamhet: Verksamhet | None = None,
    last_day: date | None = None,
    by: User | None,
    now: datetime,
) -> RoleAssignment:
    """Give the person a role, in one verksamhet or in all, until `last_day` or until further notice."""
    today = workdays.local_date(now)
    if not user.is_active:
        raise ValidationError(f"{user} har slutat och kan inte få någon behörighet.")
    if last_day is not None and last_day < today:
        raise ValidationError("Sista dagen har redan passerat.")
    same = RoleAssignment.objects.select_for_update().filter(
        user=user, role=role, verksamhet=verksamhet, revoked_at=None
    )
    if same.in_force(today).exists():
        raise ValidationError(f"{user} har redan rollen {Role(role).label} för {verksamhet or 'hela kommunen'}.")
    # One that ran out by itself makes room for the new one.
    same.update(revoked_at=now, revoked_by=by)
    granted = RoleAssignment.objects.create(
        user=user, role=role, verksamhet=verksamhet, last_day=last_day, granted_at=now, granted_by=by
    )
    audit.record(
        Event.ROLE_GRANTED,
        user,
        now=now,
        by=by,
        role=role,
        verksamhet=verksamhet.pk if verksamhet else None,
        last_day=last_day,
    )
    return granted


@transaction.atomic
def revoke(*, assignment: RoleAssignment, by: User, now: datetime) -> RoleAssignment:
    """Take the role back. It stays in the table as a memory."""
    # All are locked, so that two admins cannot take each other's role away at the same moment.
    rows = RoleAssignment.objects.select_for_update().in_force(workdays.local_date(now)).filter(role=Role.ADMIN)
    admins = {row.pk for row in rows if row.user.is_active}
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment.pk)
    if assignment.revoked_at is not None:
        raise ValidationError("Behörigheten är redan tillbakatagen.")
    if admins == {assignment.pk}:
        raise ValidationError("Det måste finnas minst en administratör. Utse en annan först.")
    assignment.revoked_at, assignment.revoked_by = now, by
    assignment.save()
    audit.record(
        Event.ROLE_REVOKED, assignment.user, now=now, by=by, role=assignment.role, verksamhet=assignment.verksamhet_id
    )
    return assignment
