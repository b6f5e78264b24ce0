"""The page on Facebook, how reading it goes, and what it says about itself."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from moderation.models.order import Order, OrderQuerySet
from moderation.policy import pace, rules
from moderation.policy.terms import Lane, Phase

# A run is held by one process at a time, which says so again and again; silent for so long, it is taken for dead.
# Where it was only slow nothing is lost: it stops when it notices, and what both have read is stored once.
HELD = timedelta(minutes=2)


class PageQuerySet(models.QuerySet):
    def named(self, graph_id: str) -> Self:
        """The page that the settings name; where they name none, the one there is."""
        return self.filter(graph_id=graph_id) if graph_id else self.all()


class Page(models.Model):
    graph_id = models.CharField("id på Facebook", max_length=100, unique=True)
    name = models.CharField("namn", max_length=300)

    # The key to the page, encrypted; empty where the one in the settings is used.
    token_sealed = models.TextField("nyckel", blank=True)
    token_checked_at = models.DateTimeField("nyckeln kontrollerad", null=True, blank=True)
    # None where it never ends, or where nobody has asked yet.
    token_ends_at = models.DateTimeField("nyckeln gäller till", null=True, blank=True)
    token_dead_at = models.DateTimeField("nyckeln slutade gälla", null=True, blank=True)
    token_error = models.TextField("vad som är fel med nyckeln", blank=True)
    # Facebook's names for what it should be allowed to do and is not, with spaces between.
    token_lacks = models.CharField("behörigheter som saknas", max_length=300, blank=True)

    # Facebook asked us to wait until then; every process looks here before each call.
    resume_at = models.DateTimeField("anropas tidigast", null=True, blank=True)
    # Per cent of what Facebook allows, as its newest answer told.
    usage = models.PositiveIntegerField("förbrukat", default=0)
    usage_at = models.DateTimeField("förbrukat vid", null=True, blank=True)
    # How many times the size of an answer has been halved since Facebook found it too much.
    halvings = models.PositiveSmallIntegerField("halveringar", default=0)
    served_version = models.CharField("version som svarar", max_length=20, blank=True)

    tried_at = models.DateTimeField("senaste försöket", null=True, blank=True)
    fresh_at = models.DateTimeField("det senaste hämtat", null=True, blank=True)
    fetched_at = models.DateTimeField("senast hämtad i sin helhet", null=True, blank=True)
    # The whole page is read anew as soon as possible, whatever the timetable says.
    sweep_wanted_at = models.DateTimeField("genomgång begärd", null=True, blank=True)
    # Private conversations: the latest change seen, when they were last asked for, and what hindered it.
    messages_at = models.DateTimeField("senaste meddelandet", null=True, blank=True)
    messages_tried_at = models.DateTimeField("meddelanden hämtade", null=True, blank=True)
    messages_error = models.TextField("vad som hindrar meddelanden", blank=True)
    subscribed_at = models.DateTimeField("prenumerationen kontrollerad", null=True, blank=True)
    subscription_error = models.TextField("vad som är fel med prenumerationen", blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = "sida"
        verbose_name_plural = "sidor"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def may_be_read(self, now: datetime) -> bool:
        """Facebook has not asked us to wait, and a dead key is tried only now and then, in case it came to life."""
        if self.resume_at is not None and now < self.resume_at:
            return False
        return self.token_dead_at is None or self.tried_at is None or now - self.tried_at >= pace.DEAD_KEY_TRIED

    def why_no_intervention(self, kind: str) -> str:
        """Why nothing of this kind can be hidden or removed with our key; "" where it can, or Facebook has not told."""
        if self.token_dead_at is not None:
            return (
                "Facebook godtar inte vår nyckel till sidan, så inget kan döljas eller tas bort. "
                "En administratör behöver ansluta sidan på nytt."
            )
        needed = rules.SCOPES_TO_INTERVENE.get(kind, "")
        if needed in self.token_lacks.split():
            return (
                "Vår nyckel till sidan saknar behörighet att dölja och ta bort det här. "
                f"En administratör behöver ansluta sidan med en nyckel som har behörigheten {needed}."
            )
        return ""

    def is_pressed(self, now: datetime) -> bool:
        """So much of what Facebook allows is used up that only what is new should be read."""
        seen = self.usage_at is not None and now - self.usage_at < pace.USAGE_LASTS
        return seen and self.usage > pace.SLOW_ABOVE


class SyncRunQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def free(self, now: datetime) -> Self:
        """Open, and held by nobody who still shows life."""
        return self.running().filter(held_until__lte=now)


class SyncRun(models.Model):
    page = models.ForeignKey(Page, models.PROTECT, related_name="runs", verbose_name="sida")
    lane = models.CharField("fil", max_length=10, choices=Lane)
    started_at = models.DateTimeField("började")
    held_until = models.DateTimeField("hålls till")
    ended_at = models.DateTimeField("slutade", null=True, blank=True)
    phase = models.CharField("del", max_length=10, choices=Phase, default=Phase.FEED)
    # A sweep goes back in time; everything written after this is read.
    reached = models.DateTimeField("nått tillbaka till", null=True, blank=True)
    calls = models.PositiveIntegerField("anrop", default=0)
    found = models.PositiveIntegerField("sedda", default=0)
    created = models.PositiveIntegerField("nya", default=0)
    changed = models.PositiveIntegerField("ändrade", default=0)
    failed = models.PositiveIntegerField("gick inte att spara", default=0)
    error = models.TextField("fel", blank=True)
    # What could not be read without that the rest was hindered, a line each.
    remarks = models.TextField("anmärkningar", blank=True)

    objects = SyncRunQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtning"
        verbose_name_plural = "hämtningar"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "lane"],
                condition=Q(ended_at=None),
                name="one_open_run_per_lane",
                violation_error_message="Sidan hämtas redan.",
            )
        ]
        indexes = [models.Index(fields=["lane", "-id"], name="run_by_lane")]

    def __str__(self) -> str:
        return f"Hämtning {self.pk} av {self.page}"


class Standstill(models.Model):
    """A time when nothing came in: from the last reading that went well to the next one that did."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="standstills", verbose_name="sida")
    began_at = models.DateTimeField("började")
    ended_at = models.DateTimeField("slutade", null=True, blank=True)
    # When the whole page had been read after the end, so that whatever Facebook still has of the gap is here.
    filled_at = models.DateTimeField("ifyllt", null=True, blank=True)
    reason = models.TextField("varför", blank=True)

    class Meta:
        verbose_name = "uppehåll"
        verbose_name_plural = "uppehåll"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(ended_at=None), name="one_open_standstill_per_page")
        ]

    def __str__(self) -> str:
        return f"Uppehåll från {self.began_at}"


class PageSnapshot(Order):
    """What the page said about itself from a certain day on. The order is for the bytes of its cover picture."""

    page = models.ForeignKey(Page, models.PROTECT, related_name="snapshots", verbose_name="sida")
    number = models.PositiveIntegerField("nummer")
    name = models.TextField("namn", blank=True)
    about = models.TextField("om", blank=True)
    description = models.TextField("beskrivning", blank=True)
    raw = models.TextField("svar från Facebook")
    # Of what makes two snapshots the same: the texts and which cover it is.
    sha256 = models.CharField("SHA-256", max_length=64)
    url = models.TextField("omslaget hämtas från", blank=True)
    cover_mime = models.CharField("filtyp", max_length=100, blank=True)
    cover_size = models.PositiveBigIntegerField("storlek", default=0)
    cover_sha256 = models.CharField("omslagets SHA-256", max_length=64, blank=True)

    objects = OrderQuerySet["PageSnapshot"].as_manager()

    class Meta:
        verbose_name = "ögonblicksbild av sidan"
        verbose_name_plural = "ögonblicksbilder av sidan"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.number}"
