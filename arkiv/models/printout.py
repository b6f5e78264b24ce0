"""A printout, which is an order until it is done, and the items that stand on it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from moderation.models import Classification, Item, ItemVersion, Page
from moderation.models.item import ItemQuerySet
from moderation.models.order import Order, OrderQuerySet
from moderation.policy import workdays
from moderation.policy.terms import OrderState


class PrintoutQuerySet(OrderQuerySet["Printout"]):
    def of_periods(self) -> Self:
        return self.filter(item=None)

    def of_items(self) -> Self:
        return self.filter(item__isnull=False)

    def readable(self, items: ItemQuerySet, with_periods: bool) -> Self:
        """The printouts of single items among `items`, and those of whole periods where that right is there."""
        mine = Q(item__in=items)
        return self.filter(mine | Q(item=None)) if with_periods else self.filter(mine)


class Printout(Order):
    page = models.ForeignKey(Page, models.PROTECT, related_name="printouts", verbose_name="sida")
    # Either one item, or everything dated within a period.
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="printouts", verbose_name="handling"
    )
    first_day = models.DateField("från och med", null=True, blank=True)
    last_day = models.DateField("till och med", null=True, blank=True)

    progress = models.PositiveSmallIntegerField("procent färdigt", default=0)
    # The frozen document as canonical JSON: the paper outlives the rows it was made of.
    document = models.TextField("dokument", blank=True)
    document_sha256 = models.CharField("SHA-256 av dokumentet", max_length=64, blank=True)
    pdf_sha256 = models.CharField("SHA-256 av filen", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("storlek", default=0)
    pages = models.PositiveIntegerField("sidor", default=0)
    # How many items had to be listed plainly because they could not be laid out in reasonable time.
    plain_entries = models.PositiveIntegerField("förenklat uppställda", default=0)

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        verbose_name = "utskrift"
        verbose_name_plural = "utskrifter"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, first_day=None, last_day=None)
                | Q(item=None, first_day__isnull=False, last_day__gte=F("first_day")),
                name="printout_of_item_or_period",
                violation_error_message="Första dagen får inte ligga efter den sista.",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.DONE) | ~Q(pdf_sha256=""),
                name="done_printout_has_a_file",
                violation_error_message="En färdig utskrift ska ha en fil.",
            ),
            # A second click, or two sweeps at once, must not print the same thing twice.
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state__in=[OrderState.ORDERED, OrderState.WORKING]),
                name="one_printout_of_an_item_at_a_time",
                violation_error_message="Handlingen skrivs redan ut.",
            ),
            models.UniqueConstraint(
                fields=["page", "first_day", "last_day"],
                condition=Q(state__in=[OrderState.ORDERED, OrderState.WORKING], item=None),
                name="one_printout_of_a_period_at_a_time",
                violation_error_message="Perioden skrivs redan ut.",
            ),
        ]

    def __str__(self) -> str:
        return f"Utskrift {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("arkiv:printout", args=[self.pk])

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first moment of the period and the first moment after it."""
        if self.first_day is None or self.last_day is None:
            raise ValueError("A printout of one item has no period.")
        return workdays.day_span(self.first_day, self.last_day)

    @property
    def is_moving(self) -> bool:
        return self.state in (OrderState.ORDERED, OrderState.WORKING)

    @property
    def file_name(self) -> str:
        what = f"handling-{self.item_id}" if self.item_id else f"{self.first_day}--{self.last_day}"
        return f"utskrift-{self.pk}-{what}.pdf"


class PrintedItem(models.Model):
    printout = models.ForeignKey(Printout, models.PROTECT, related_name="printed", verbose_name="utskrift")
    item = models.ForeignKey(Item, models.PROTECT, related_name="printed", verbose_name="handling")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+", verbose_name="version")
    classification = models.ForeignKey(
        Classification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bedömning"
    )
    number = models.PositiveIntegerField("nummer på papperet")

    class Meta:
        verbose_name = "utskriven handling"
        verbose_name_plural = "utskrivna handlingar"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["printout", "item"], name="item_once_per_printout")]

    def __str__(self) -> str:
        return f"{self.item} i {self.printout}"
