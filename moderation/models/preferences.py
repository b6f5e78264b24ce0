"""How each person wants the workbench, and the views they have saved."""

from typing import Self

from django.conf import settings
from django.db import models

from moderation.models.people import User


class Preferences(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences", verbose_name="person"
    )
    keys_on = models.BooleanField("kortkommandon", default=True)
    # What differs from the table of keys: {"park": "x"}.
    keys = models.JSONField("egna tangenter", default=dict, blank=True)
    # The kinds of hints that the person does not want to see.
    hidden_hints = models.JSONField("dolda ledtrådar", default=list, blank=True)
    blur_pictures = models.BooleanField("sudda bilder tills jag ber om dem", default=True)
    is_dense = models.BooleanField("tät lista", default=False)

    class Meta:
        verbose_name = "inställningar"
        verbose_name_plural = "inställningar"

    def __str__(self) -> str:
        return f"Inställningar för {self.user}"

    @classmethod
    def of(cls, user: User) -> Self:
        """The person's own, or what everybody begins with (not saved). Read with the person, see sociala_medier/login.py."""
        found: Self | None = getattr(user, "preferences", None)
        return found or cls(user=user)


class SavedView(models.Model):
    """A choice in the queue with a name: the address's own query, which anybody may share."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="views", verbose_name="av")
    name = models.CharField("namn", max_length=60)
    query = models.CharField("urval", max_length=500, blank=True)
    is_shared = models.BooleanField("visas för alla", default=False)
    removed_at = models.DateTimeField("borttagen", null=True, blank=True)

    class Meta:
        verbose_name = "sparad vy"
        verbose_name_plural = "sparade vyer"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(removed_at=None),
                name="view_name_once_each",
                violation_error_message="Du har redan en vy med det namnet.",
            )
        ]

    def __str__(self) -> str:
        return self.name
