"""What a person decided an item is, and what must follow from it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from moderation.models.item import Item, ItemVersion
from moderation.models.policy_text import PolicyVersion
from moderation.policy import rules
from moderation.policy.terms import Category, Reason, StepKind, StepState


def _reason_belongs() -> Q:
    """One alternative per category, read from the table."""
    rule = Q()
    for category, reasons in rules.REASONS.items():
        rule |= Q(category=category, reason__in=reasons or ("",))
    return rule


class Classification(models.Model):
    item = models.ForeignKey(Item, models.PROTECT, related_name="classifications", verbose_name="handling")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name="bedömd version")
    category = models.CharField("klass", max_length=20, choices=Category)
    reason = models.CharField("skäl", max_length=20, choices=Reason, blank=True)
    note = models.TextField("anteckning", blank=True)
    decided_at = models.DateTimeField("bedömd")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="classifications", verbose_name="bedömd av"
    )
    superseded_at = models.DateTimeField("ersatt", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ångrad", null=True, blank=True)
    # The former judgement that counts again by this one, since what came between was withdrawn.
    restores = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="restored_as", verbose_name="gäller åter"
    )
    # The policy's words as they stood beside the choice.
    policy = models.ForeignKey(
        PolicyVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="policyns version"
    )

    class Meta:
        verbose_name = "bedömning"
        verbose_name_plural = "bedömningar"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(superseded_at=None),
                name="one_current_classification",
                violation_error_message="Handlingen är redan bedömd.",
            ),
            models.CheckConstraint(
                condition=_reason_belongs(),
                name="reason_belongs_to_category",
                violation_error_message="Skälet hör inte till klassen.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Such as "Diarieförs: Initierar ett ärende"."""
        reason = f": {self.get_reason_display()}" if self.reason else ""
        return f"{self.get_category_display()}{reason}"

    @property
    def lagrum(self) -> str:
        return rules.LAGRUM.get(self.reason, "")

    @property
    def advice(self) -> str:
        return rules.ADVICE.get(self.reason, "")


class FollowUpStepQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=StepState.OPEN)

    def overdue(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def by_due(self) -> Self:
        """What must be done first, first."""
        return self.order_by("due_at", "pk")


class FollowUpStep(models.Model):
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="steps", verbose_name="bedömning")
    kind = models.CharField("åtgärd", max_length=20, choices=StepKind)
    position = models.PositiveSmallIntegerField("ordning")
    state = models.CharField("läge", max_length=12, choices=StepState, default=StepState.OPEN)
    due_at = models.DateTimeField("senast")
    # Nobody: the archive where it does the step itself, otherwise whoever is registrator.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name="ansvarig"
    )
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="avslutad av"
    )
    done_on = models.DateField("utförd den", null=True, blank=True)
    reference = models.CharField("beteckning", max_length=100, blank=True)
    waived_because = models.TextField("skäl att avstå", blank=True)

    objects = FollowUpStepQuerySet.as_manager()

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["position"]
        indexes = [models.Index(fields=["due_at", "id"], name="step_open_by_due", condition=Q(state=StepState.OPEN))]
        constraints = [
            models.UniqueConstraint(fields=["classification", "kind"], name="step_once_per_classification"),
            models.CheckConstraint(
                condition=~Q(state=StepState.DONE) | Q(closed_at__isnull=False, done_on__isnull=False),
                name="done_step_has_a_date",
                violation_error_message="En utförd åtgärd ska ha ett datum.",
            ),
            # The archive itself does SPARA; every other step has a person who answers for it.
            models.CheckConstraint(
                condition=~Q(state=StepState.DONE) | Q(closed_by__isnull=False) | Q(kind__in=rules.DONE_BY_THE_ARCHIVE),
                name="done_step_has_a_person",
                violation_error_message="En utförd åtgärd ska ha en person.",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.WAIVED) | (~Q(waived_because="") & Q(closed_by__isnull=False)),
                name="waived_step_has_a_reason",
                violation_error_message="Skriv varför åtgärden inte behövs.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        return self.state == StepState.OPEN

    @property
    def reference_label(self) -> str:
        """What the reference is called, or "" where the step needs none."""
        return rules.STEP_REFERENCE.get(self.kind, "")

    @property
    def may_be_waived(self) -> bool:
        return self.kind not in rules.NEVER_WAIVED

    @property
    def done_by_the_archive(self) -> bool:
        return self.kind in rules.DONE_BY_THE_ARCHIVE
