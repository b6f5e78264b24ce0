from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import access
from moderation.actions import people, roles
from moderation.models import AuditEntry, RoleAssignment
from moderation.policy.terms import Event, Right, Role
from tests import make

pytestmark = pytest.mark.django_db


def test_a_granted_role_gives_its_rights_at_once_and_is_told_in_the_chain():
    david, new = make.david(), make.user("nils")
    roles.grant(user=new, role=Role.WEBBREDAKTOR, by=david, now=make.NOW)
    assert Right.JUDGE in access.rights(new, make.NOW)
    assert AuditEntry.objects.filter(event=Event.ROLE_GRANTED, actor=david).count() == 1


def test_the_same_role_is_not_granted_twice():
    agda = make.agda()
    with pytest.raises(ValidationError, match="har redan rollen Webbredaktör för Barn och utbildning"):
        roles.grant(
            user=agda, role=Role.WEBBREDAKTOR, verksamhet=make.verksamhet(make.BARN), by=make.david(), now=make.NOW
        )


def test_a_role_that_ran_out_can_be_granted_anew():
    editor = make.user(role=Role.WEBBREDAKTOR, last_day=date(2026, 11, 20))
    later = make.NOW + timedelta(days=3)
    roles.grant(user=editor, role=Role.WEBBREDAKTOR, by=make.david(), now=later)
    assert RoleAssignment.objects.in_force(date(2026, 11, 23)).filter(user=editor).count() == 1


def test_a_last_day_that_has_passed_is_refused():
    with pytest.raises(ValidationError, match="redan passerat"):
        roles.grant(user=make.user(), role=Role.ADMIN, last_day=date(2026, 11, 19), by=None, now=make.NOW)


def test_a_revoked_role_ends_at_once_and_stays_in_the_table():
    david, agda = make.david(), make.agda()
    roles.revoke(assignment=agda.assignments.get(), by=david, now=make.NOW)
    assert access.rights(agda, make.NOW) == set()
    assert agda.assignments.get().revoked_by == david


def test_the_last_administrator_can_neither_be_revoked_nor_leave():
    david = make.david()
    with pytest.raises(ValidationError, match="minst en administratör"):
        roles.revoke(assignment=david.assignments.get(), by=david, now=make.NOW)
    with pytest.raises(ValidationError, match="minst en administratör"):
        people.leave(user=david, by=david, now=make.NOW)


def test_who_leaves_loses_every_role_and_the_way_in():
    david, agda = make.david(), make.agda()
    people.leave(user=agda, by=david, now=make.NOW)
    agda.refresh_from_db()
    assert not agda.is_active
    assert not agda.assignments.filter(revoked_at=None).exists()
    with pytest.raises(ValidationError, match="har slutat"):
        roles.grant(user=agda, role=Role.WEBBREDAKTOR, by=david, now=make.NOW)


def test_a_password_that_is_easy_to_guess_is_refused():
    with pytest.raises(ValidationError):
        people.add(username="nils", password="password1234", by=None, now=make.NOW)
