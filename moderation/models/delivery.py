"""What Facebook sent to our door, kept to the byte before it was answered."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F

from moderation.models.order import Order, OrderQuerySet
from moderation.policy.terms import OrderState

LONGEST_WAIT = timedelta(hours=2)


class WebhookDelivery(Order):
    """The order is to look at Facebook for what the body speaks of; the body itself stays."""

    body = models.BinaryField("innehåll")
    # Facebook repeats itself; the very same bytes are one delivery.
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    remarks = models.TextField("anmärkningar", blank=True)

    objects = OrderQuerySet["WebhookDelivery"].as_manager()

    class Meta:
        verbose_name = "meddelande från Facebook"
        verbose_name_plural = "meddelanden från Facebook"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_due")]

    def __str__(self) -> str:
        return f"Meddelande {self.pk}"

    def postpone(self, now: datetime, sentence: str, wait: timedelta | None = None, counts: bool = True) -> None:
        """Never given up, however long Facebook is away or our key is dead: what it told of must be looked for."""
        later = now + (wait or min(timedelta(minutes=2 ** min(self.attempts - 1, 10)), LONGEST_WAIT))
        self._write(state=OrderState.ORDERED, not_before=later, last_error=sentence)


class RefusedDeliveryQuerySet(models.QuerySet["RefusedDelivery"]):
    def count_one(self, day: object) -> None:
        """One more on this day. Two doors that count at once both count."""
        self.get_or_create(day=day)
        self.filter(day=day).update(count=F("count") + 1)


class RefusedDelivery(models.Model):
    """How many deliveries a day came with the wrong signature and were turned away unread."""

    day = models.DateField("dag", unique=True)
    count = models.PositiveIntegerField("antal", default=0)

    objects = RefusedDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "avvisat meddelande"
        verbose_name_plural = "avvisade meddelanden"

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
