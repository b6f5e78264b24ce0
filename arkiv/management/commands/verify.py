"""`manage.py verify`: the audit chain, every version and every stored file. Exit 0 and a count, or 1 and what is wrong."""

import sys
from typing import Any

from django.core.management import BaseCommand

from arkiv import verify
from moderation import store


class Command(BaseCommand):
    help = "Kontrollerar granskningskedjan, alla versioner och alla lagrade filer."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for fault in verify.faults(store.files()):
            wrong += 1
            self.stdout.write(fault)
        counts = verify.counts()
        told = ", ".join(f"{number} {what}" for what, number in counts.items())
        if wrong:
            self.stderr.write(f"{wrong} fel. Kontrollerade {told}.")
            sys.exit(1)
        self.stdout.write(f"Allt stämmer. Kontrollerade {told}.")
