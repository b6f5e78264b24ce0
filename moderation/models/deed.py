"""What people did that can be taken back, one by one or many at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from moderation.models.item import Item
from moderation.models.order import Order, OrderQuerySet
from moderation.policy.terms import Category, Outcome, Verb


class Bulk(Order):
    """One and the same thing done to many items. The rows say to which, as they were seen, and how it went."""

    verb = models.CharField("vad", max_length=10, choices=Verb)
    category = models.CharField("klass", max_length=20, choices=Category, blank=True)
    until = models.DateTimeField("parkeras till", null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="till"
    )
    note = models.TextField("anteckning", blank=True)
    # Set when all are to be taken back: from then on the same order goes the other way, and does nothing more.
    undo_ordered_at = models.DateTimeField("ska ångras sedan", null=True, blank=True)

    objects = OrderQuerySet["Bulk"].as_manager()

    class Meta:
        verbose_name = "behandling av flera"
        verbose_name_plural = "behandlingar av flera"

    def __str__(self) -> str:
        return f"{self.get_verb_display()} av flera, nummer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("bulk", args=[self.pk])


class BulkRow(models.Model):
    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="rows", verbose_name="behandling")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="handling")
    # What the person saw: the judgement in force, the text's version, and our own changes.
    seen = models.BigIntegerField("sedd bedömning", null=True, blank=True)
    seen_version = models.PositiveIntegerField("sedd text")
    revision = models.PositiveIntegerField("sedd ändring")
    outcome = models.CharField("utfall", max_length=10, choices=Outcome, default=Outcome.WAITING)
    sentence = models.TextField("varför", blank=True)

    class Meta:
        verbose_name = "en av flera"
        verbose_name_plural = "flera"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bulk", "item"], name="item_once_per_bulk")]

    def __str__(self) -> str:
        return f"{self.bulk}: {self.item}"


class Deed(models.Model):
    """`subject` is the key of what it made (a judgement, a note); `before` what stood there before it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deeds", verbose_name="av")
    at = models.DateTimeField("tid")
    verb = models.CharField("vad", max_length=10, choices=Verb)
    item = models.ForeignKey(Item, models.PROTECT, related_name="deeds", verbose_name="handling")
    bulk = models.ForeignKey(
        Bulk, models.PROTECT, null=True, blank=True, related_name="deeds", verbose_name="en av flera"
    )
    subject = models.BigIntegerField("gäller", null=True, blank=True)
    before = models.CharField("stod förut", max_length=60, blank=True)
    undone_at = models.DateTimeField("ångrad", null=True, blank=True)

    class Meta:
        verbose_name = "gjort"
        verbose_name_plural = "gjort"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-id"], name="deed_of_person", condition=Q(undone_at=None))]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} av {self.item}"
