"""Is the archive well?"""

import secrets
from datetime import datetime

from django.conf import settings

from arkiv.models import Evidence, Printout
from moderation.store import Store


def store() -> str:
    """ "ok" where a file can be written and read back."""
    files = Store(settings.VAR_DIR / "prov")
    digest = files.put(secrets.token_bytes(16))
    try:
        return "ok" if files.check(digest) else "fel"
    finally:
        files.remove(digest)


def printouts(now: datetime) -> str:
    return "fel" if Printout.objects.stuck(now).exists() else "ok"


def evidence(now: datetime) -> str:
    """Whether something that must be saved or removed waits in vain for its sheet."""
    return "fel" if Evidence.objects.late(now).exists() else "ok"
