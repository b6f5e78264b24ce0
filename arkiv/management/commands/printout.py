"""`manage.py printout --from DATE --to DATE --out FILE.pdf`: order a period's printout and wait for it."""

from argparse import ArgumentParser
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from arkiv.actions import order_printout
from arkiv.actions.print_out import print_out
from arkiv.models import Printout
from moderation import store
from moderation.models import Page
from moderation.models.order import carry_out
from moderation.policy.terms import OrderState


class Command(BaseCommand):
    help = "Skriver ut en period och lägger filen där du säger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first_day", type=_day, required=True, help="första dagen, ÅÅÅÅ-MM-DD")
        parser.add_argument("--to", dest="last_day", type=_day, required=True, help="sista dagen, ÅÅÅÅ-MM-DD")
        parser.add_argument("--out", type=Path, required=True, help="filen som ska skrivas")

    def handle(self, *args: Any, first_day: date, last_day: date, out: Path, **options: Any) -> None:
        page = Page.objects.first()
        if page is None:
            raise CommandError("Det finns ingen sida än. Kör först manage.py sync.")
        try:
            ordered = order_printout.of_period(
                page=page, first_day=first_day, last_day=last_day, by=None, now=timezone.now()
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        files = store.files()
        carry_out(Printout.objects.filter(pk=ordered.pk), partial(print_out, files, timezone.now), timezone.now, most=1)
        ordered.refresh_from_db()
        if ordered.state != OrderState.DONE:
            raise CommandError(ordered.last_error or "Utskriften hann påbörjas någon annanstans. Se sidan Utskrifter.")
        out.write_bytes(files.read(ordered.pdf_sha256))
        self.stdout.write(f"{ordered.pages} sidor i {out}, SHA-256 {ordered.pdf_sha256}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"”{text}” är inget datum. Skriv som 2026-11-22.") from None
