"""People: who they are, where they work, what they may do."""

from datetime import date, datetime
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from moderation.policy.terms import Right, Role


class User(AbstractUser):
    titel = models.CharField("titel", max_length=100, blank=True)

    # What the person may reach, and the moment it was asked for: access.reach keeps it here. No column.
    reach_at: tuple[datetime, dict[Right, set[int | None]]]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["last_name", "first_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Verksamhet(models.Model):
    namn = models.CharField(
        "namn", max_length=100, unique=True, error_messages={"unique": "Det finns redan en verksamhet med det namnet."}
    )
    chef_namn = models.CharField("ansvarig chef", max_length=100, blank=True)
    chef_epost = models.EmailField("chefens e-postadress", blank=True)

    class Meta:
        verbose_name = "verksamhet"
        verbose_name_plural = "verksamheter"
        ordering = ["namn"]

    def __str__(self) -> str:
        return self.namn


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, today: date) -> Self:
        """Granted, not taken back, and the last day has not passed."""
        return self.filter(revoked_at=None).filter(Q(last_day=None) | Q(last_day__gte=today))


class RoleAssignment(models.Model):
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name="person")
    role = models.CharField("roll", max_length=20, choices=Role)
    verksamhet = models.ForeignKey(
        Verksamhet, models.PROTECT, null=True, blank=True, verbose_name="verksamhet", help_text="Tomt: hela kommunen."
    )
    last_day = models.DateField("sista dag", null=True, blank=True, help_text="Tomt: tills vidare.")
    granted_at = models.DateTimeField("given")
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="given av")
    revoked_at = models.DateTimeField("tillbakatagen", null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tillbakatagen av"
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        ordering = ["user__last_name", "user__first_name", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "verksamhet"],
                condition=Q(revoked_at=None),
                name="role_once_per_verksamhet",
                violation_error_message="Personen har redan den rollen i verksamheten.",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(revoked_at=None, verksamhet=None),
                name="role_once_for_all",
                violation_error_message="Personen har redan den rollen för hela kommunen.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("granted_at")),
                name="role_revoked_after_granted",
                violation_error_message="En behörighet kan inte tas tillbaka innan den har getts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.verksamhet or 'hela kommunen'}"
