"""How the house itself is: signs of life, letters to its administrators, and history on its way in."""

from datetime import datetime

from django.db import models

from moderation.models.order import Order, OrderQuerySet
from moderation.policy.terms import OrderState


class Heartbeat(models.Model):
    """The last sign of life of whoever works at a queue."""

    name = models.CharField("kö", max_length=50, unique=True)
    seen_at = models.DateTimeField("senaste livstecken")

    class Meta:
        verbose_name = "livstecken"
        verbose_name_plural = "livstecken"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str, now: datetime) -> None:
        cls.objects.update_or_create(name=name, defaults={"seen_at": now})


class Mail(Order):
    """A letter to be sent. The key says what it is about, so that nobody is told the same thing twice."""

    key = models.CharField("nyckel", max_length=200)
    recipient = models.EmailField("till")
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("text")

    objects = OrderQuerySet["Mail"].as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["key", "recipient"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.key} till {self.recipient}"


class HistoryImport(Order):
    """A page export from Facebook to be read in. The file waits beside the store and goes when it is done."""

    file_name = models.CharField("fil", max_length=255)
    path = models.TextField("plats", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("storlek")
    total = models.PositiveIntegerField("poster i filen", null=True, blank=True)
    handled = models.PositiveIntegerField("genomgångna", default=0)
    created = models.PositiveIntegerField("nya", default=0)
    matched = models.PositiveIntegerField("fanns redan", default=0)
    failed = models.PositiveIntegerField("gick inte att läsa", default=0)
    remarks = models.TextField("anmärkningar", blank=True)

    objects = OrderQuerySet["HistoryImport"].as_manager()

    class Meta:
        verbose_name = "inläsning av historik"
        verbose_name_plural = "inläsningar av historik"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Inläsning {self.pk} av {self.file_name}"

    @property
    def progress(self) -> int | None:
        """Per cent, once it is known how many entries there are."""
        return self.handled * 100 // self.total if self.total else None

    @property
    def is_given_up(self) -> bool:
        return self.state in (OrderState.FAILED, OrderState.CANCELLED)

    @property
    def remark_lines(self) -> list[str]:
        return self.remarks.splitlines()
