"""The policy's own words about each class, in versions: nothing is overwritten, so each judgement can say what it saw."""

from django.conf import settings
from django.db import models

from moderation.policy.terms import Category


class PolicyVersion(models.Model):
    number = models.PositiveIntegerField("version", unique=True)
    note = models.TextField("vad som ändrades och varför")
    made_at = models.DateTimeField("gäller från")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ändrad av"
    )

    class Meta:
        verbose_name = "version av policyn"
        verbose_name_plural = "versioner av policyn"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"version {self.number}"


class PolicyText(models.Model):
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="texts", verbose_name="version")
    category = models.CharField("klass", max_length=20, choices=Category)
    text = models.TextField("policyns ord")
    example = models.TextField("exempel", blank=True)

    class Meta:
        verbose_name = "policyns ord om en klass"
        verbose_name_plural = "policyns ord om klasserna"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "category"], name="policy_text_once_per_version")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}, {self.version}"
