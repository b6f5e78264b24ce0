"""`manage.py add_person NAME --role admin`: how the first administrator gets in."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from moderation.actions import people, roles
from moderation.policy.terms import Role


class Command(BaseCommand):
    help = "Lägger till en person med en roll. Lösenordet frågas efter, eller läses från standard in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="användarnamnet")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN.value, help="rollen, för hela kommunen")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--titel", default="")

    def handle(self, *args: Any, username: str, role: str, **options: Any) -> None:
        now = timezone.now()
        about = {name: options[name] for name in ("first_name", "last_name", "titel")}
        try:
            with transaction.atomic():
                user = people.add(username=username, password=_password(), by=None, now=now, **about)
                roles.grant(user=user, role=role, by=None, now=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{user} är tillagd som {Role(role).label.lower()}.")


def _password() -> str:
    return getpass.getpass("Lösenord: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
