"""The page on Facebook, and how reading it went."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

# A run shows life after every few hundred nodes; one that has been silent for this long has died.
SILENCE = timedelta(minutes=5)


class Page(models.Model):
    graph_id = models.CharField("id på Facebook", max_length=100, unique=True)
    name = models.CharField("namn", max_length=300)
    # Facebook asked us to wait until then.
    resume_at = models.DateTimeField("hämtas tidigast", null=True, blank=True)
    fetched_at = models.DateTimeField("senast hämtad i sin helhet", null=True, blank=True)

    class Meta:
        verbose_name = "sida"
        verbose_name_plural = "sidor"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SyncRunQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def silent(self, now: datetime) -> Self:
        return self.running().filter(seen_at__lte=now - SILENCE)


class SyncRun(models.Model):
    page = models.ForeignKey(Page, models.PROTECT, related_name="runs", verbose_name="sida")
    started_at = models.DateTimeField("började")
    seen_at = models.DateTimeField("senaste livstecken")
    ended_at = models.DateTimeField("slutade", null=True, blank=True)
    found = models.PositiveIntegerField("sedda", default=0)
    created = models.PositiveIntegerField("nya", default=0)
    changed = models.PositiveIntegerField("ändrade", default=0)
    failed = models.PositiveIntegerField("gick inte att spara", default=0)
    error = models.TextField("fel", blank=True)

    objects = SyncRunQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtning"
        verbose_name_plural = "hämtningar"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(ended_at=None),
                name="one_open_run_per_page",
                violation_error_message="Sidan hämtas redan.",
            )
        ]

    def __str__(self) -> str:
        return f"Hämtning {self.pk} av {self.page}"
