"""`manage.py connect_page [--page ID]`: give the program a token without a browser."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from moderation.actions.connect import connect


class Command(BaseCommand):
    help = "Ansluter Facebook-sidan med en nyckel (token). Den frågas efter, eller läses från standard in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Never the token: other users of the machine see what stands on a command line.
        parser.add_argument("--page", default=settings.FACEBOOK_PAGE_ID, help="sidans id; annars FACEBOOK_PAGE_ID")

    def handle(self, *args: Any, page: str, **options: Any) -> None:
        try:
            connected = connect(page_id=page, token=_token(), by=None, now=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{connected} är ansluten. Hela sidan läses om så snart det går.")


def _token() -> str:
    return getpass.getpass("Nyckel (token): ") if sys.stdin.isatty() else sys.stdin.readline()
