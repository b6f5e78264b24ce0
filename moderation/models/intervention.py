"""What is done to somebody else's words on Facebook: an order until Facebook itself has shown that it is so."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from moderation.models.item import Item, ItemVersion
from moderation.models.order import Order, OrderQuerySet
from moderation.policy import rules
from moderation.policy.terms import Ground, InterventionKind, OrderState


class InterventionQuerySet(OrderQuerySet["Intervention"]):
    def due(self, now: datetime) -> Self:
        """What somebody else has to agree to first is not due before they have."""
        return super().due(now).exclude(ground__in=rules.NEEDS_A_SECOND, approved_by=None)

    def unsafe(self) -> Self:
        """On the way, of what may be kept, and without a copy of the text that the person saw."""
        removals = self.on_the_way().filter(kind=InterventionKind.REMOVE)
        return removals.filter(preserved_at=None, gap_accepted_by=None)


class Intervention(Order):
    """`state` tells how far it has come: ordered, working, done (Facebook shows it), failed, cancelled."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="interventions", verbose_name="handling")
    # The text that the person saw. Another text is never removed on the strength of this one.
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name="sedd version")
    kind = models.CharField("vad", max_length=10, choices=InterventionKind)
    ground = models.CharField("grund", max_length=12, choices=Ground, blank=True)
    rule = models.TextField("regeln", blank=True)
    note = models.TextField("anteckning", blank=True)

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkänd av"
    )
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    # The archive's word that the evidence sheet of this very text is in the store; its digest.
    preserved_at = models.DateTimeField("kopian säker", null=True, blank=True)
    evidence_sha256 = models.CharField("SHA-256 av bevisbladet", max_length=64, blank=True)
    # What could not be saved, and who decided that it must go all the same.
    gap = models.TextField("lucka i kopian", blank=True)
    gap_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nödbeslut av"
    )
    # When Facebook was first told to; it may have been done although no answer came.
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    was_done_already = models.BooleanField("var redan gjort", default=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärd på Facebook"
        verbose_name_plural = "åtgärder på Facebook"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=[OrderState.ORDERED, OrderState.WORKING]),
                name="one_intervention_at_a_time",
                violation_error_message="Något annat är redan på väg för handlingen.",
            ),
            models.CheckConstraint(
                condition=Q(kind=InterventionKind.SHOW) | ~Q(ground=""),
                name="intervention_has_a_ground",
                violation_error_message="Välj en grund.",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=rules.NEEDS_A_SECOND) | ~Q(rule=""),
                name="broken_rule_is_named",
                violation_error_message="Skriv vilken av sidans regler det gäller.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("ordered_by")),
                name="intervention_approved_by_another",
                violation_error_message="Någon annan än du ska godkänna det.",
            ),
            models.CheckConstraint(
                condition=Q(gap_accepted_by=None) | ~Q(gap=""),
                name="accepted_gap_is_told",
                violation_error_message="Skriv vad som saknas i kopian.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="intervention_on_the_way",
                condition=Q(state__in=[OrderState.ORDERED, OrderState.WORKING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"

    @property
    def is_moving(self) -> bool:
        return self.state in (OrderState.ORDERED, OrderState.WORKING)

    @property
    def awaits_second(self) -> bool:
        """Somebody else has to agree first."""
        return self.is_moving and self.ground in rules.NEEDS_A_SECOND and self.approved_by_id is None

    @property
    def may_be_cancelled(self) -> bool:
        return self.state == OrderState.ORDERED and self.sent_at is None

    def gap_may_be_accepted(self, now: datetime) -> bool:
        # Also with its sheet in place it may wait: for a reply's picture, say, which `last_error` tells.
        lacks = self.preserved_at is None or self.last_error != ""
        waits_for_copy = self.kind == InterventionKind.REMOVE and self.gap_accepted_by_id is None and lacks
        return waits_for_copy and self.may_be_cancelled and now >= self.ordered_at + rules.GAP_AFTER
