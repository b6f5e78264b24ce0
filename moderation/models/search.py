"""The index that is searched. The database's own triggers write it: see moderation.search.triggers."""

from typing import Any

from django.db import models
from django.db.models.lookups import Lookup

from moderation.models.item import Item

# A place holds the second an item is dated in its upper bits and the item's number in the lower ones.
ITEM_BITS = 30


class Document(models.TextField):
    """Everything an item is found by: tsvector in PostgreSQL, a column of an FTS5 table in SQLite."""

    def db_type(self, connection: Any) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


@Document.register_lookup
class Finds(Lookup):
    """document__finds=…, in the database's own language for queries."""

    lookup_name = "finds"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, right = self.process_lhs(compiler, connection), self.process_rhs(compiler, connection)
        return f"{left[0]} @@ to_tsquery('simple', {right[0]})", [*left[1], *right[1]]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, right = self.process_lhs(compiler, connection), self.process_rhs(compiler, connection)
        return f"{left[0]} MATCH {right[0]}", [*left[1], *right[1]]


class SearchEntry(models.Model):
    """One for each item. What may be shown to nobody (BrB 16:10 a) has its author and references alone in it."""

    # Its order is that of the items, by time: one number to sort and to turn pages by, in both databases.
    place = models.BigIntegerField("plats", primary_key=True, db_column="rowid")
    item = models.OneToOneField(
        Item, models.DO_NOTHING, db_constraint=False, related_name="search_entry", verbose_name="handling"
    )
    # Judged as secret: found only by who may read such.
    secret = models.BooleanField("sekretess")
    document = Document("ord")

    class Meta:
        verbose_name = "sökpost"
        verbose_name_plural = "sökposter"

    def __str__(self) -> str:
        return f"Sökpost {self.place}"


class SearchWord(models.Model):
    """A word that somebody has written, for "Menade du" and for how telling a word is. Gathered in the background."""

    word = models.CharField("ord utan prickar", max_length=40, primary_key=True)
    shown = models.CharField("ordet", max_length=40)
    items = models.PositiveIntegerField("antal handlingar", default=0)

    class Meta:
        verbose_name = "ord"
        verbose_name_plural = "ord"

    def __str__(self) -> str:
        return self.shown


class SearchProgress(models.Model):
    """The number of the last item whose words have been gathered. One row."""

    item_id = models.BigIntegerField("senaste handling", default=0)

    class Meta:
        verbose_name = "läge i ordsamlingen"
        verbose_name_plural = "läge i ordsamlingen"

    def __str__(self) -> str:
        return f"Ord samlade till handling {self.item_id}"
