"""An evidence sheet, which is an order until it is done: the whole text of an item in its thread, as PDF and picture."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from moderation.models import Attachment, Classification, FollowUpStep, Intervention, Item, ItemVersion
from moderation.models.order import Order, OrderQuerySet
from moderation.policy import rules
from moderation.policy.terms import Category, InterventionKind, OrderState


class EvidenceQuerySet(OrderQuerySet["Evidence"]):
    def whole(self) -> Self:
        """Done, and no attachment has come or been given up since: what it says of them still holds."""
        attachments = Attachment.objects.filter(item=OuterRef("item"))
        since = Q(done_at__gt=OuterRef("captured_at")) | Q(ordered_at__gt=OuterRef("captured_at"))
        return self.filter(state=OrderState.DONE).exclude(Exists(attachments.filter(since)))

    def for_removals(self) -> Self:
        """Somebody waits for it to take something away."""
        return self.filter(Exists(Intervention.objects.unsafe().filter(version=OuterRef("version"))))

    def needed(self) -> Self:
        """A step or a removal still waits for it."""
        steps = FollowUpStep.objects.open().filter(kind__in=rules.DONE_BY_THE_ARCHIVE)
        waiting = Exists(steps.filter(classification=OuterRef("classification")))
        moving = Intervention.objects.on_the_way().filter(kind=InterventionKind.REMOVE, version=OuterRef("version"))
        return self.filter(waiting | Exists(moving))

    def late(self, now: datetime) -> Self:
        """Stuck, and still waited for."""
        return self.stuck(now).needed()

    def forbidden(self) -> Self:
        """With something on it that was judged to be what nobody may keep or show (BrB 16:10 a)."""
        sealed = Classification.objects.filter(item=OuterRef("item"), superseded_at=None, reason__in=rules.NEVER_KEPT)
        shown = ShownItem.objects.filter(Exists(sealed), evidence=OuterRef("pk"))
        return self.exclude(state=OrderState.CANCELLED).filter(Exists(sealed) | Exists(shown))

    def with_file(self, digest: str) -> Self:
        pictured = EvidencePicture.objects.filter(sha256=digest, evidence=OuterRef("pk"))
        return self.filter(Q(pdf_sha256=digest) | Exists(pictured))


class Evidence(Order):
    item = models.ForeignKey(Item, models.PROTECT, related_name="evidence", verbose_name="handling")
    # The text that must be saved; whatever other texts the item has had stand beside it.
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name="version")
    # How it was judged when the rows were frozen; until then, the judgement that asked for it.
    classification = models.ForeignKey(
        Classification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bedömning"
    )
    # When the rows were frozen.
    captured_at = models.DateTimeField("fångad", null=True, blank=True)
    document = models.TextField("dokument", blank=True)
    document_sha256 = models.CharField("SHA-256 av dokumentet", max_length=64, blank=True)
    pdf_sha256 = models.CharField("SHA-256 av filen", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("storlek", default=0)
    pages = models.PositiveIntegerField("sidor", default=0)
    # How many of the pages are pictures too; which, and their digests, is in EvidencePicture.
    pictured = models.PositiveIntegerField("sidor som bild", default=0)
    # How many entries had to be listed plainly because they could not be laid out in reasonable time.
    plain_entries = models.PositiveIntegerField("förenklat uppställda", default=0)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bevisblad"
        verbose_name_plural = "bevisblad"
        ordering = ["-pk"]
        constraints = [
            # Two sweeps at once must not make the same sheet twice.
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=[OrderState.ORDERED, OrderState.WORKING]),
                name="one_evidence_of_an_item_at_a_time",
                violation_error_message="Bevisbladet görs redan.",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.DONE)
                | (~Q(pdf_sha256="") & ~Q(document="") & Q(pictured__gte=1, captured_at__isnull=False)),
                name="done_evidence_has_files",
                violation_error_message="Ett färdigt bevisblad ska ha en PDF och en bild.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bevisblad {self.pk}"

    @property
    def is_secret(self) -> bool:
        """Whether something that stands on it to the letter is judged as secret by now."""
        return self._shows(category=Category.SEKRETESS)

    @property
    def is_sealed(self) -> bool:
        """Whether something that stands on it is by now what nobody may show."""
        return self._shows(reason__in=rules.NEVER_KEPT)

    def _shows(self, **judged: object) -> bool:
        found = Classification.objects.filter(item=OuterRef("item"), superseded_at=None, **judged)
        return self.shown.filter(Exists(found)).exists()

    @property
    def file_name(self) -> str:
        return f"bevisblad-{self.pk}-handling-{self.item_id}.pdf"


class EvidencePicture(models.Model):
    """One page of the sheet, drawn from its PDF."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="pictures", verbose_name="bevisblad")
    number = models.PositiveIntegerField("sida")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "sida av ett bevisblad"
        verbose_name_plural = "sidor av bevisblad"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["evidence", "number"], name="evidence_page_once")]

    def __str__(self) -> str:
        return f"{self.evidence}, sida {self.number}"


class ShownItem(models.Model):
    """An item that stands on the sheet to the letter: who may read the sheet depends on how it is judged."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="shown", verbose_name="bevisblad")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="handling")

    class Meta:
        verbose_name = "handling på ett bevisblad"
        verbose_name_plural = "handlingar på bevisblad"
        constraints = [models.UniqueConstraint(fields=["evidence", "item"], name="item_once_per_evidence")]

    def __str__(self) -> str:
        return f"{self.item} på {self.evidence}"
