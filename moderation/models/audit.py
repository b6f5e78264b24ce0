"""The audit chain: each entry holds the hash of the one before. Entries are only ever added."""

import hashlib
import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from moderation.policy.terms import Event


class AuditHead(models.Model):
    """One row, locked by whoever adds an entry, so that the chain cannot fork."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "kedjans slut"
        verbose_name_plural = "kedjans slut"

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"


class AuditEntryQuerySet(models.QuerySet):
    def about(self, row: models.Model) -> "AuditEntryQuerySet":
        return self.filter(subject=subject_of(row))

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Audit entries are never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("Audit entries are never deleted.")


class AuditEntry(models.Model):
    seq = models.PositiveBigIntegerField("nummer", unique=True)
    # ISO text in UTC: the very characters that were hashed, whatever precision a database keeps.
    at = models.CharField("tid", max_length=40)
    event = models.CharField("händelse", max_length=30, choices=Event)
    subject = models.CharField("gäller", max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    actor_name = models.CharField("namn", max_length=310, blank=True)
    # Canonical JSON: ids, choices and digests, never what a citizen wrote.
    facts = models.TextField("uppgifter", default="{}")
    previous_hash = models.CharField("föregående", max_length=64)
    hash = models.CharField("hash", max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_event_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Audit entries are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Audit entries are never deleted.")

    @property
    def known_facts(self) -> dict[str, Any]:
        return json.loads(self.facts)

    def computed_hash(self) -> str:
        parts = [self.previous_hash, str(self.seq), self.at, self.event, self.subject]
        parts += [str(self.actor_id or ""), self.actor_name, self.facts]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


def subject_of(row: models.Model) -> str:
    """Such as "moderation.item:17"."""
    return f"{row._meta.label_lower}:{row.pk}"
