"""What came in or was drawn up: threads, items, every text they ever had, and what was attached."""

import hashlib
import json
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import FilteredRelation, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThanOrEqual, TupleLookupMixin
from django.urls import reverse

from moderation.models.order import Order, OrderQuerySet
from moderation.models.page import Page
from moderation.models.people import User, Verksamhet
from moderation.policy import rules
from moderation.policy.terms import Change, Direction, Kind, Source, ThreadKind

QUEUE_ORDER = ("urgency", "answer_by", "dated_at", "pk")


def text_digest(text: str) -> str:
    """SHA-256 of the exact text. Lone surrogates, which UTF-8 has no bytes for, are hashed as they came."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Thread(models.Model):
    page = models.ForeignKey(Page, models.PROTECT, related_name="threads", verbose_name="sida")
    graph_key = models.CharField("nyckel", max_length=200, unique=True)
    kind = models.CharField("slag", max_length=12, choices=ThreadKind)
    verksamhet = models.ForeignKey(
        Verksamhet, models.PROTECT, null=True, blank=True, related_name="threads", verbose_name="verksamhet"
    )
    # The node to read it by, and when it was last read from end to end.
    graph_id = models.CharField("id på Facebook", max_length=200, blank=True)
    read_at = models.DateTimeField("senast läst i sin helhet", null=True, blank=True)

    class Meta:
        verbose_name = "tråd"
        verbose_name_plural = "trådar"
        indexes = [models.Index(fields=["page", "read_at"], name="thread_by_reading")]

    def __str__(self) -> str:
        return self.graph_key


class Behind(TupleGreaterThan):
    """Rows compared as rows in SQLite too, which can: taken apart, as Django does there, only their first part finds the spot."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return super(TupleLookupMixin, self).as_sql(compiler, connection)


class UpTo(TupleLessThanOrEqual):
    """As Behind, the other way."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return super(TupleLookupMixin, self).as_sql(compiler, connection)


class ItemQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Received and not judged yet, or changed on Facebook since it was judged."""
        return self.filter(waiting_since__isnull=False)

    def in_queue(self, now: datetime) -> Self:
        """What waits and is not put aside until later."""
        return self.waiting().filter(Q(parked_until=None) | Q(parked_until__lte=now))

    def parked(self, now: datetime) -> Self:
        return self.waiting().filter(parked_until__gt=now)

    def overdue(self, now: datetime) -> Self:
        """What should have been answered, and whose clock does not stand still."""
        paused = FilteredRelation("pauses", condition=Q(pauses__ended_at=None))
        return self.in_queue(now).filter(answer_by__lte=now).alias(paused=paused).filter(paused__pk=None)

    def in_queue_order(self) -> Self:
        """What may be a crime or secret, then what must be answered first, and of those the oldest."""
        return self.order_by(*QUEUE_ORDER)

    def with_its_own(self) -> Self:
        """With the thread, and what there is one of at most: who is judging it, and the draft of an answer."""
        return self.select_related("thread__verksamhet", "lease", "draft")

    def of_period(self, start: datetime, end: datetime) -> Self:
        """Dated from `start` up to but not including `end`."""
        return self.filter(dated_at__gte=start, dated_at__lt=end)

    def vanishing_with(self, item: "Item") -> Self:
        """What goes from Facebook when it does: of a post its thread, of all else the answers below. Not itself."""
        standing = self.filter(thread=item.thread_id, removed_at=None).exclude(pk=item.pk)
        if item.kind == Kind.POST:
            return standing
        below: set[int] = set()
        level = {item.pk}
        while level := set(self.filter(parent__in=level).values_list("pk", flat=True)) - below:
            below |= level
        return standing.filter(pk__in=below)

    def in_reading_order(self) -> Self:
        return self.order_by("dated_at", "pk")


class Item(models.Model):
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="items", verbose_name="tråd")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name="svar på"
    )
    kind = models.CharField("slag", max_length=10, choices=Kind)
    direction = models.CharField("riktning", max_length=10, choices=Direction)

    # Facebook writes one and the same comment under differing first halves of its id; the key has only the last.
    graph_key = models.CharField("nyckel", max_length=200)
    graph_id = models.CharField("id på Facebook", max_length=200)
    permalink_url = models.TextField("länk", blank=True)
    author_name = models.TextField("avsändare", blank=True)
    author_id = models.CharField("avsändarens id", max_length=200, blank=True)
    # The newest text as a database can hold it. The exact one is in the newest version.
    text = models.TextField("text", blank=True)
    # The exact newest text's digest, the newest version's number, and when Facebook was asked for it: what a node
    # that comes in is compared with. An answer to an older question never overwrites a newer one.
    text_sha256 = models.CharField("SHA-256 av texten", max_length=64)
    version_number = models.PositiveIntegerField("version", default=1)
    changed_at = models.DateTimeField("senast ändrad")

    created_at = models.DateTimeField("skriven", null=True, blank=True)
    received_at = models.DateTimeField("hämtad")
    # When it was written, or when it was fetched where Facebook gave no possible time. Never empty, never moves.
    dated_at = models.DateTimeField("daterad")
    answer_by = models.DateTimeField("besvaras senast", null=True, blank=True)
    waiting_since = models.DateTimeField("väntar på bedömning sedan", null=True, blank=True)
    parked_until = models.DateTimeField("parkerad till", null=True, blank=True)
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assigned_items", verbose_name="ansvarig"
    )
    # Raised each time somebody parks it or gives it to somebody: what a form has seen.
    revision = models.PositiveIntegerField("ändrad av oss", default=0)
    # What the hints said of the newest text, by which rules, and 0 where it should be looked at before all others.
    hint_kinds = models.CharField("ledtrådar", max_length=250, blank=True)
    hint_version = models.PositiveSmallIntegerField("ledtrådarnas regler", default=0)
    urgency = models.PositiveSmallIntegerField("angelägenhet", default=1)

    hidden = models.BooleanField("dold på Facebook", default=False)
    removed_at = models.DateTimeField("borta från Facebook", null=True, blank=True)
    # Facebook tells only sometimes that it was the page itself; otherwise it was the author, or Facebook.
    removed_by_page = models.BooleanField("borttagen av sidan", default=False)
    notes = models.TextField("anmärkningar", blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        constraints = [
            models.UniqueConstraint(fields=["graph_key"], name="graph_id_comes_once"),
            models.CheckConstraint(
                condition=Q(waiting_since=None) | Q(answer_by__isnull=False),
                name="waiting_item_has_a_deadline",
                violation_error_message="Det som väntar på bedömning ska ha en sista svarstid.",
            ),
            models.CheckConstraint(
                condition=~Q(direction=Direction.UPPRATTAD) | Q(waiting_since=None),
                name="own_items_do_not_wait",
                violation_error_message="Kommunens egna inlägg och svar ska inte bedömas.",
            ),
        ]
        indexes = [
            # The queue reads only what waits; everything judged stays out of it. What is put aside is told apart and
            # counted in the index alone.
            models.Index(
                fields=["urgency", "answer_by", "dated_at", "id", "parked_until"],
                name="item_waiting",
                condition=Q(waiting_since__isnull=False),
            ),
            models.Index(
                fields=["answer_by"], name="item_waiting_by_deadline", condition=Q(waiting_since__isnull=False)
            ),
            models.Index(fields=["thread"], name="item_waiting_in_thread", condition=Q(waiting_since__isnull=False)),
            models.Index(
                fields=["assigned_to", "urgency", "answer_by"],
                name="item_assigned",
                condition=Q(assigned_to__isnull=False),
            ),
            models.Index(
                fields=["parked_until", "id"],
                name="item_parked",
                condition=Q(parked_until__isnull=False, waiting_since__isnull=False),
            ),
            models.Index(
                fields=["hint_version"], name="item_waiting_by_hints", condition=Q(waiting_since__isnull=False)
            ),
            models.Index(fields=["author_id", "dated_at", "id"], name="item_of_author", condition=~Q(author_id="")),
            models.Index(fields=["thread", "dated_at", "id"], name="item_in_thread"),
            models.Index(fields=["dated_at", "id"], name="item_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.pk])

    @property
    def note_lines(self) -> list[str]:
        return self.notes.splitlines()

    @property
    def never_kept(self) -> bool:
        """Judged as something of which no copy may be kept or shown (BrB 16:10 a)."""
        current = self.current_classification
        return current is not None and current.reason in rules.NEVER_KEPT

    @property
    def current_classification(self):  # type: ignore[no-untyped-def]
        """The judgement in force, or None. Reads what was prefetched where it was."""
        return next((c for c in self.classifications.all() if c.superseded_at is None), None)

    @property
    def texts(self) -> "list[ItemVersion]":
        """Every text it has had, oldest first, without what else happened to it."""
        brought = (version for version in self.versions.all() if version.brings_text)
        return sorted(brought, key=lambda version: version.place)

    @property
    def latest_version(self) -> "ItemVersion":
        """The text as it now stands."""
        return self.texts[-1]


class ItemVersion(models.Model):
    """One state of an item: a text, or that it was hidden, shown, removed or came back with the text it had."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name="handling")
    number = models.PositiveIntegerField("version")
    change = models.CharField("vad som hände", max_length=10, choices=Change, default=Change.RECEIVED)
    source = models.CharField("hur vi vet det", max_length=10, choices=Source, default=Source.FETCHED)
    text = models.TextField("text", blank=True)
    # The node as Facebook sent it, in pure ASCII, so that what no database can hold (NUL, lone surrogates) is kept.
    raw = models.TextField("svar från Facebook")
    sha256 = models.CharField("SHA-256 av texten", max_length=64)
    seen_at = models.DateTimeField("sedd")

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.item} version {self.number}"

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands among the versions: numbers tell the order they were stored in, and answers overtake others."""
        return self.seen_at, self.number

    @property
    def reactions(self) -> int | None:
        """How many had reacted when this was fetched; None where Facebook did not say."""
        told = self.node.get("reactions")
        summary = told.get("summary") if isinstance(told, dict) else None
        return _count(summary.get("total_count") if isinstance(summary, dict) else self.node.get("like_count"))

    @property
    def shares(self) -> int | None:
        told = self.node.get("shares")
        return _count(told.get("count")) if isinstance(told, dict) else None

    @property
    def brings_text(self) -> bool:
        return self.change in (Change.RECEIVED, Change.EDITED)

    @property
    def exact_text(self) -> str:
        """The text to the letter, as it came. Must not be sent to a database or a page without care."""
        told = [self.node.get("message"), self.node.get("story")]
        exact = (text for text in told if isinstance(text, str) and text_digest(text) == self.sha256)
        return next(exact, self.text)

    @property
    def exact_author(self) -> str:
        author = self.node.get("from")
        name = author.get("name") if isinstance(author, dict) else ""
        return name if isinstance(name, str) else ""

    @property
    def node(self) -> dict[str, Any]:
        """What Facebook sent, without what hung below it; empty where it was no object."""
        node = json.loads(self.raw)
        return node if isinstance(node, dict) else {}

    @property
    def is_whole(self) -> bool:
        """Text, raw answer and digest still agree with each other."""
        return text_digest(self.exact_text) == self.sha256


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


class Attachment(Order):
    item = models.ForeignKey(Item, models.PROTECT, related_name="attachments", verbose_name="handling")
    # What stays the same when Facebook signs the link anew.
    source_key = models.CharField("nyckel", max_length=64)
    kind = models.CharField("slag", max_length=50)
    title = models.TextField("rubrik", blank=True)
    description = models.TextField("beskrivning", blank=True)
    # Where the bytes are fetched, and what the attachment leads to: a shared link may have only the latter.
    url = models.TextField("hämtas från", blank=True)
    link = models.TextField("leder till", blank=True)
    mime = models.CharField("filtyp", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("storlek", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = OrderQuerySet["Attachment"].as_manager()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "source_key"], name="attachment_comes_once")]

    def __str__(self) -> str:
        return f"Bilaga {self.pk}"

    @property
    def is_picture(self) -> bool:
        return bool(self.sha256) and self.mime.startswith("image/")
