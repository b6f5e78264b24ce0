"""Items as a list reads them: the beginning of each text and how it was judged, all in one question."""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Left

from moderation.models import Attachment, Classification, Item
from moderation.models.item import ItemQuerySet
from moderation.policy import rules
from moderation.policy.terms import Kind


def brief(items: ItemQuerySet, length: int) -> QuerySet[Any]:
    """The items with `beginning` (up to `length` characters), `withheld`, `judged` and the like.

    What may not be kept (BrB 16:10 a) never leaves the database: its `beginning` is empty.
    """
    forbidden = Q(current__reason__in=rules.NEVER_KEPT)
    return items.annotate(
        current=FilteredRelation("classifications", condition=Q(classifications__superseded_at=None)),
        judged=F("current__pk"),
        judged_at=F("current__decided_at"),
        category=F("current__category"),
        reason=F("current__reason"),
        withheld=Case(When(forbidden, then=Value(True)), default=Value(False), output_field=BooleanField()),
        beginning=Case(When(forbidden, then=Value("")), default=Left("text", length)),
        has_attachment=Exists(Attachment.objects.filter(item=OuterRef("pk"))),
    ).defer("text", "notes")


def under_post(items: QuerySet[Any], length: int) -> QuerySet[Any]:
    """The items with `post_beginning`: what the post begins with under which each stands."""
    forbidden = Classification.objects.filter(item=OuterRef("pk"), superseded_at=None, reason__in=rules.NEVER_KEPT)
    posts = Item.objects.filter(thread=OuterRef("thread"), kind=Kind.POST).exclude(pk=OuterRef("pk"))
    beginnings = posts.exclude(Exists(forbidden)).in_reading_order().annotate(start=Left("text", length))
    return items.annotate(post_beginning=Subquery(beginnings.values("start")[:1]))
