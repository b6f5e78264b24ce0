"""The people of the demo: two web editors, a registrator, an archivist, an administrator, and one who has left."""

from datetime import datetime

from django.db import transaction

from moderation.actions import people, roles
from moderation.models import User, Verksamhet
from moderation.policy.terms import Role

PASSWORD = "visa-mig-kommunen"  # noqa: S105 - printed on the screen; the demo listens on this machine alone

# Of each the chef, whose letters become files in the demo.
VERKSAMHETER = {"Barn och utbildning": "Siv Sand", "Teknik": "Tore Ström", "Vård och omsorg": "Ulla Udd"}
# Username, name, titel, role, verksamhet ("" is the whole municipality).
CAST = (
    ("agda", "Agda", "Almgren", "webbredaktör", Role.WEBBREDAKTOR, "Barn och utbildning"),
    ("bertil", "Bertil", "Björk", "webbredaktör", Role.WEBBREDAKTOR, "Teknik"),
    ("rut", "Rut", "Rosén", "registrator", Role.REGISTRATOR, ""),
    ("cecilia", "Cecilia", "Ceder", "arkivarie", Role.ARKIVARIE, ""),
    ("david", "David", "Dahl", "systemförvaltare", Role.ADMIN, ""),
    ("erik", "Erik", "Ek", "webbredaktör", Role.WEBBREDAKTOR, "Teknik"),
)


@transaction.atomic
def build(now: datetime) -> list[tuple[str, str, str]]:
    """Add whoever is missing. Returns one login for each role: role, username, password."""
    verksamheter = {namn: _verksamhet(namn, chef) for namn, chef in VERKSAMHETER.items()}
    for username, first_name, last_name, titel, role, verksamhet in CAST:
        if not User.objects.filter(username=username).exists():
            user = people.add(
                username=username,
                first_name=first_name,
                last_name=last_name,
                titel=titel,
                password=PASSWORD,
                # Only administrators are written to, and these letters never leave the machine.
                email=f"{username}@kommunen.example" if role == Role.ADMIN else "",
                by=None,
                now=now,
            )
            roles.grant(user=user, role=role, verksamhet=verksamheter.get(verksamhet), by=None, now=now)
            if username == "erik":
                people.leave(user=user, by=User.objects.get(username="david"), now=now)
    return [
        (role.label, username, PASSWORD) for username, _, _, _, role, _ in CAST if username not in ("erik", "bertil")
    ]


def _verksamhet(namn: str, chef: str) -> Verksamhet:
    told = {"chef_namn": chef, "chef_epost": f"{chef.split()[0].lower()}@kommunen.example"}
    return Verksamhet.objects.get_or_create(namn=namn, defaults=told)[0]
