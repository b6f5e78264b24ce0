"""Several people at the same items: who is where, who holds what, what they write and ask of each other."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from moderation.models.item import Item
from moderation.policy import rules
from moderation.policy.terms import Category, Doing, NoticeKind


class PresenceQuerySet(models.QuerySet):
    def here(self, now: datetime) -> Self:
        """Those who have said within the last while that they are there."""
        return self.filter(seen_at__gt=now - rules.PRESENCE_HOLDS)


class Presence(models.Model):
    """Somebody has the item open. Forgotten when they leave or fall silent; never part of the audit chain."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="presences", verbose_name="handling")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="person")
    doing = models.CharField("gör", max_length=10, choices=Doing, default=Doing.VIEWING)
    since = models.DateTimeField("sedan")
    seen_at = models.DateTimeField("senaste livstecken", db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_doing_display()}"


class LeaseQuerySet(models.QuerySet):
    def held(self, now: datetime) -> Self:
        return self.filter(until__gt=now)


class Lease(models.Model):
    """Whoever has begun to judge an item, for a few minutes from the last key. Soft: anybody may take it over."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="lease", verbose_name="handling")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="person")
    taken_at = models.DateTimeField("tagen")
    until = models.DateTimeField("gäller till")

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = "bedöms av"
        verbose_name_plural = "bedöms av"

    def __str__(self) -> str:
        return f"{self.item} bedöms av {self.user}"


class Skip(models.Model):
    """Somebody passed the item over. Those passed over often are the hard ones, where the policy may need better words."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="skips", verbose_name="handling")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid")
    # Which time it was for this item, so that the hard ones are found without counting.
    number = models.PositiveIntegerField("gång", default=1)

    class Meta:
        verbose_name = "överhoppad"
        verbose_name_plural = "överhoppade"
        constraints = [models.UniqueConstraint(fields=["number", "item"], name="skipped_one_time_after_another")]

    def __str__(self) -> str:
        return f"{self.item} hoppades över av {self.by}"


class Note(models.Model):
    """What a colleague should know about an item. Taken back, it is no longer shown, but kept."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="colleague_notes", verbose_name="handling")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("skriven")
    text = models.TextField("text")
    withdrawn_at = models.DateTimeField("tillbakatagen", null=True, blank=True)

    class Meta:
        verbose_name = "anteckning"
        verbose_name_plural = "anteckningar"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Anteckning {self.pk}"


class Opinion(models.Model):
    """A second opinion: what somebody wants to know of a colleague before judging, and the answer."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="opinions", verbose_name="handling")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="fråga av")
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="opinions_asked", verbose_name="fråga till"
    )
    question = models.TextField("fråga", blank=True)
    asked_at = models.DateTimeField("frågad")
    category = models.CharField("skulle välja", max_length=20, choices=Category, blank=True)
    answer = models.TextField("svar", blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)

    class Meta:
        verbose_name = "fråga till en kollega"
        verbose_name_plural = "frågor till kollegor"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "asked_of"],
                condition=Q(answered_at=None),
                name="one_open_question_each",
                violation_error_message="Den kollegan är redan tillfrågad och har inte svarat än.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(category="") | ~Q(answer=""),
                name="answered_opinion_says_something",
                violation_error_message="Välj en klass eller skriv ett svar.",
            ),
        ]

    def __str__(self) -> str:
        return f"Fråga till {self.asked_of} om {self.item}"


class Notice(models.Model):
    """Something that one person should be told about an item. Says who and why, never what a citizen wrote."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="till")
    kind = models.CharField("slag", max_length=24, choices=NoticeKind)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="handling")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )
    at = models.DateTimeField("tid")
    read_at = models.DateTimeField("läst", null=True, blank=True)

    class Meta:
        verbose_name = "notis"
        verbose_name_plural = "notiser"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["to"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"
