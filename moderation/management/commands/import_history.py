"""`manage.py import_history FILE.zip`: read Meta's own export of the page in, now, and tell how it goes."""

import hashlib
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from moderation import store
from moderation.actions.order_history import order_history
from moderation.models import HistoryImport
from moderation.models.order import carry_out
from moderation.policy import wording
from moderation.policy.terms import OrderState
from moderation.sync import connection, history


class Command(BaseCommand):
    help = "Läser in sidans egen export från Facebook (ZIP med JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="ZIP-filen från Facebook")
        parser.add_argument("--page", default=settings.FACEBOOK_PAGE_ID, help="sidans id; annars FACEBOOK_PAGE_ID")

    def handle(self, *args: Any, file: Path, page: str, **options: Any) -> None:
        if not page:
            raise CommandError("Ange sidans id med --page eller i FACEBOOK_PAGE_ID.")
        ordered = _order(file.resolve())
        ours = HistoryImport.objects.filter(pk=ordered.pk)
        read = partial(history.read, connection.page(page), store.files(), timezone.now, tell=self._tell)
        carry_out(ours, read, timezone.now, most=1)
        ordered.refresh_from_db()
        if ordered.state != OrderState.DONE:
            raise CommandError(
                ordered.last_error or "Precis den filen läses redan in. Sidan Historik visar hur det går."
            )
        for remark in ordered.remarks.splitlines():
            self.stdout.write(remark)
        self.stdout.write(f"Klart: {_counts(ordered)}.")

    def _tell(self, order: HistoryImport) -> None:
        if order.total:
            self.stdout.write(f"{order.handled * 100 // order.total} %: {_counts(order)}")
            self.stdout.flush()


def _order(file: Path) -> HistoryImport:
    """A new order, or the one that an earlier command left unfinished."""
    try:
        with file.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        raise CommandError(f"Filen {file} går inte att öppna.") from None
    if (unfinished := HistoryImport.objects.on_the_way().filter(sha256=sha256).first()) is not None:
        return unfinished
    size = file.stat().st_size
    try:
        return order_history(file_name=file.name, path=str(file), size=size, sha256=sha256, by=None, now=timezone.now())
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None


def _counts(order: HistoryImport) -> str:
    entries = wording.count(order.handled, "post", "poster")
    return f"{entries}, {order.created} nya, {order.matched} fanns redan, {order.failed} gick inte att läsa"
