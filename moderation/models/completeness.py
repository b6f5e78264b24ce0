"""Facebook's count against ours, thread by thread and night by night."""

from django.db import models

from moderation.models.item import Thread
from moderation.models.page import SyncRun


class ThreadCount(models.Model):
    """What Facebook said it has below a post, and what we have of it, when the whole thread had just been read."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="counts", verbose_name="tråd")
    run = models.ForeignKey(SyncRun, models.PROTECT, related_name="counts", verbose_name="hämtning")
    counted_at = models.DateTimeField("räknat")
    # None where Facebook gave no figure.
    told = models.PositiveIntegerField("Facebook räknar", null=True, blank=True)
    # Ours that are on Facebook, those of them that are hidden, and ours that no longer are there.
    stored = models.PositiveIntegerField("sparade")
    hidden = models.PositiveIntegerField("dolda")
    removed_by_others = models.PositiveIntegerField("borttagna av avsändaren eller Facebook")
    removed_by_page = models.PositiveIntegerField("borttagna av sidan")

    class Meta:
        verbose_name = "räkning"
        verbose_name_plural = "räkningar"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["thread", "run"], name="thread_counted_once_a_run")]

    def __str__(self) -> str:
        return f"{self.thread} {self.counted_at}"

    @property
    def remainder(self) -> int:
        """How many Facebook counts but does not show; below zero where it shows more than it counts."""
        return 0 if self.told is None else self.told - self.stored
