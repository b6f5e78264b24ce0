"""`manage.py sync [--page ID]`: read the page once, now, and fetch what is attached."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from moderation import store
from moderation.models import Attachment, PageSnapshot
from moderation.models.order import carry_out
from moderation.sync import connection, inbound, media


class Command(BaseCommand):
    help = "Hämtar allt från Facebook-sidan en gång, nu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--page", default=settings.FACEBOOK_PAGE_ID, help="sidans id; annars FACEBOOK_PAGE_ID")

    def handle(self, *args: Any, page: str, **options: Any) -> None:
        if not page:
            raise CommandError("Ange sidans id med --page eller i FACEBOOK_PAGE_ID.")
        client = connection.client(connection.page(page), timezone.now)
        run = inbound.pull(client, page, timezone.now, take_over=True)
        if run is None:
            raise CommandError(
                "Facebook har bett oss vänta, eller så tog en annan hämtning över. Försök igen om en stund."
            )
        fetch = partial(media.fetch, client, store.files(), timezone.now)
        cover = partial(media.fetch_cover, client, store.files(), timezone.now)
        carry_out(PageSnapshot.objects.all(), cover, timezone.now)
        fetched = carry_out(Attachment.objects.all(), fetch, timezone.now, most=10_000)
        if run.error:
            raise CommandError(run.error)
        self.stdout.write(
            f"{run.found} sedda, {run.created} nya, {run.changed} ändrade, "
            f"{run.failed} gick inte att spara, {fetched} bilagor hämtade."
        )
