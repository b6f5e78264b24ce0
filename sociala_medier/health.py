"""How the whole house is: for people the status page's sentences, for machines a word for each part."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from redis import Redis, RedisError

from arkiv import health as arkiv_health
from moderation.health import complete, facebook, reading, work
from moderation.health.sign import Sign, State, page_read, worst
from moderation.models import Page
from moderation.policy import wording

logger = logging.getLogger(__name__)

DATABASE, QUEUE, STORE, DISK = "Databasen", "Kön mellan delarna", "Lagret", "Utrymmet"
PRINTOUTS, EVIDENCE = "Utskrifter", "Bevisblad"
OPERATIONS = "Säg till den som sköter driften."
# Per cent of the disk.
FILLING, FULL = 80, 90
# So many wake-up calls that nobody has heard mean that nobody listens.
MANY = 500


@dataclass(frozen=True)
class Group:
    name: str
    signs: list[Sign]


def groups(now: datetime) -> list[Group]:
    page = page_read()
    return [
        Group(
            "Det som kommer in",
            [
                reading.fresh(page, now),
                reading.messages(page, now),
                facebook.webhook(page, now),
                work.media(now),
                reading.sweep(page, now),
                complete.count(page, now),
                work.history(now),
            ],
        ),
        Group(
            "Anslutningen till Facebook",
            [facebook.key(page, now), facebook.patience(page, now), facebook.version(page)],
        ),
        Group(
            "Maskineriet",
            [
                *work.workers(now),
                work.clock(now),
                queue(),
                database(),
                store(),
                disk(*shutil.disk_usage(settings.VAR_DIR)[:2]),
                evidence(now),
                printouts(now),
                work.letters(now),
            ],
        ),
    ]


def report(now: datetime) -> tuple[bool, dict[str, str]]:
    """Whether the service can be used at all, and a word for each part. What waits on Facebook never makes it unusable."""
    vital = {"databas": database(), "ko": queue(), "lager": store()}
    words = {name: sign.state.value for name, sign in vital.items()}
    if vital["databas"].state == State.FAIL:
        return False, words
    usable = all(sign.state != State.FAIL for sign in vital.values())
    page = page_read()
    return usable, words | {
        "facebook": worst(reading.fresh(page, now), facebook.key(page, now)).value,
        "webbhook": facebook.webhook(page, now).state.value,
        "arbetare": worst(*work.workers(now), work.clock(now)).value,
        "bevisblad": evidence(now).state.value,
        "utskrifter": printouts(now).state.value,
    }


def banner(page: Page | None, now: datetime, operates: bool) -> Sign | None:
    """What every page must say at its top, if anything. Costs no question to the database beyond the page's row."""
    if page is None:
        return None
    key = facebook.key(page, now)
    if key.state == State.FAIL and key.since is not None:
        told = f"Facebook-sidan är inte ansluten sedan {wording.at(key.since, now)}."
        return Sign(facebook.KEY, State.FAIL, told)
    if reading.is_silent(page, now) and page.fresh_at is not None:
        told = f"Inget nytt har hämtats från Facebook sedan {wording.at(page.fresh_at, now)}."
        return Sign(reading.FRESH, State.FAIL, told)
    if operates and facebook.is_running_out(page, now):
        return Sign(facebook.KEY, State.WARN, key.sentence)
    return None


def database() -> Sign:
    def ask() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "Databasen svarar."

    return _checked(DATABASE, ask, "Databasen svarar inte.")


def queue() -> Sign:
    waiting = 0

    def ask() -> str:
        nonlocal waiting
        with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as broker:
            broker.ping()
            waiting = sum(int(broker.llen(name)) for name in work.queues())
        return f"Kön svarar. {wording.count(waiting, 'väckning', 'väckningar')} väntar."

    sign = _checked(QUEUE, ask, "Kön svarar inte, så inget nytt arbete börjar. Det som är beställt finns kvar.")
    if sign.state == State.OK and waiting > MANY:
        return Sign(QUEUE, State.WARN, sign.sentence, advice=f"{OPERATIONS} Ingen arbetar undan.")
    return sign


def store() -> Sign:
    def ask() -> str:
        if arkiv_health.store() != "ok":
            raise OSError("a file read back differs")
        return "Lagret tar emot filer och lämnar tillbaka dem."

    return _checked(STORE, ask, "Det går inte att skriva i lagret.")


def disk(total: int, used: int) -> Sign:
    per_cent = round(100 * used / total)
    told = f"{per_cent} procent av disken är använd."
    if per_cent >= FILLING:
        return Sign(
            DISK, State.FAIL if per_cent >= FULL else State.WARN, told, advice=f"{OPERATIONS} Disken behöver växa."
        )
    return Sign(DISK, State.OK, told)


def evidence(now: datetime) -> Sign:
    """What must be saved before it is removed."""
    if arkiv_health.evidence(now) != "ok":
        told = "Något bevisblad går inte att göra, så det som väntar på det tas inte bort från Facebook."
        return Sign(EVIDENCE, State.FAIL, told, advice=f"{OPERATIONS} Det försöks igen av sig självt.")
    return Sign(EVIDENCE, State.OK, "Inga bevisblad sitter fast.")


def printouts(now: datetime) -> Sign:
    if arkiv_health.printouts(now) != "ok":
        told = "Någon utskrift går inte att göra."
        return Sign(PRINTOUTS, State.FAIL, told, advice="Varför står under Utskrifter. En arkivarie kan försöka igen.")
    return Sign(PRINTOUTS, State.OK, "Inga utskrifter sitter fast.")


def _checked(name: str, ask: Callable[[], str], fault: str) -> Sign:
    try:
        return Sign(name, State.OK, ask())
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("health: %s", type(error).__name__)
        return Sign(name, State.FAIL, fault, advice=OPERATIONS)
