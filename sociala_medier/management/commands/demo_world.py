"""Prepares a database for the demo: its tables, its people, and the first reading ordered. `demo` runs this; nobody else needs to."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from moderation import tasks
from moderation.models import Page
from sociala_medier import demo_world


class Command(BaseCommand):
    help = "Gör i ordning databasen för demonstrationen."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", type=Path, required=True, help="fil för inloggningarna, en per roll, som JSON")

    def handle(self, *, logins: Path, **options: Any) -> None:
        if _belongs_to_others():
            # The demo's people have passwords that everybody knows.
            raise CommandError(
                "Databasen som DATABASE_URL anger används redan för en annan sida. Demonstrationen rör den inte."
            )
        call_command("migrate", interactive=False, verbosity=1)
        logins.write_text(json.dumps(demo_world.build(timezone.now())))
        # The first thing the worker does, so that whoever logs in at once has something to read.
        tasks.sweep_page.delay()


def _belongs_to_others() -> bool:
    if Page._meta.db_table not in connection.introspection.table_names():
        return False
    return Page.objects.exclude(graph_id=settings.FACEBOOK_PAGE_ID).exists()
