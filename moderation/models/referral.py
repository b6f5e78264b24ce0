"""A question handed to the responsible chef, the answer that came back, and the clock that stood still meanwhile."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from moderation.models.item import Item
from moderation.policy.terms import PauseReason, ReferralState


class Pause(models.Model):
    """The working day's clock stood still. The deadline is moved on when it runs again."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="pauses", verbose_name="handling")
    reason = models.CharField("skäl", max_length=20, choices=PauseReason)
    note = models.CharField("förklaring", max_length=500, blank=True)
    started_at = models.DateTimeField("från")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    ended_at = models.DateTimeField("till", null=True, blank=True)

    class Meta:
        verbose_name = "paus"
        verbose_name_plural = "pauser"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(ended_at=None),
                name="one_open_pause",
                violation_error_message="Svarstiden är redan pausad.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=PauseReason.ANNAT) | ~Q(note=""),
                name="other_pause_is_explained",
                violation_error_message="Skriv varför svarstiden pausas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.item}"


class ReferralQuerySet(models.QuerySet):
    def open(self, now: datetime) -> Self:
        """Neither answered, handed over, revoked nor expired."""
        return self.filter(answered_at=None, handed_over_at=None, revoked_at=None, expires_at__gt=now)


class Referral(models.Model):
    """The link in the letter carries a signed secret; here only its digest stands, so that nobody can make one."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="referrals", verbose_name="handling")
    chef_namn = models.CharField("chef", max_length=100)
    chef_epost = models.EmailField("chefens e-postadress")
    question = models.TextField("vad chefen ska ta ställning till")
    secret_sha256 = models.CharField("länkens kontrollsumma", max_length=64, unique=True)
    referred_at = models.DateTimeField("hänvisad")
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    expires_at = models.DateTimeField("länken gäller till")
    expiry_told_at = models.DateTimeField("sades ha gått ut", null=True, blank=True)
    opened_at = models.DateTimeField("öppnad", null=True, blank=True)
    reminded = models.PositiveSmallIntegerField("påminnelser", default=0)
    answer = models.TextField("svar", blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    handed_over_at = models.DateTimeField("chefen tog över", null=True, blank=True)
    revoked_at = models.DateTimeField("tillbakadragen", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dragen av"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "hänvisning"
        verbose_name_plural = "hänvisningar"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(answered_at=None, handed_over_at=None, revoked_at=None),
                name="one_open_referral",
                violation_error_message="Handlingen är redan hänvisad till en chef.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="answered_referral_has_an_answer",
                violation_error_message="Skriv ett svar.",
            ),
        ]

    def __str__(self) -> str:
        return f"Hänvisning av {self.item} till {self.chef_namn}"

    def state(self, now: datetime) -> ReferralState:
        if self.answered_at is not None:
            return ReferralState.ANSWERED
        if self.handed_over_at is not None:
            return ReferralState.HANDED_OVER
        if self.revoked_at is not None:
            return ReferralState.REVOKED
        return ReferralState.OPEN if now < self.expires_at else ReferralState.EXPIRED


class Draft(models.Model):
    """An answer on its way, not sent to anybody. A draft is no allmän handling until it is sent (TF 2:12)."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="draft", verbose_name="handling")
    text = models.TextField("text", blank=True)
    from_referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ur hänvisning"
    )
    changed_at = models.DateTimeField("ändrad")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ändrad av"
    )

    class Meta:
        verbose_name = "utkast"
        verbose_name_plural = "utkast"

    def __str__(self) -> str:
        return f"Utkast till svar på {self.item}"
