"""What is written to the administrators, in plain Swedish. Never anything of the key itself, nor of what citizens wrote."""

from dataclasses import dataclass
from datetime import datetime

from moderation.policy import wording

STEPS = """\
Gör så här:

1. Logga in på Facebook som någon som sköter kommunens sida.
2. Skapa en ny nyckel (token) till sidan. Stegen står på sidan Anslutning i programmet (adressen slutar på /anslutning/).
3. Klistra in nyckeln där och tryck på Anslut sidan.
4. Titta på sidan Drift (adressen slutar på /drift/) efter några minuter. Där ser du om allt fungerar igen.
"""
LOOK = "Titta på sidan Drift i programmet (adressen slutar på /drift/). Där står vad som är fel och vad som hjälper."
WATCH = "Bevaka sidan på Facebook så länge. Ingenting som redan är hämtat har gått förlorat."


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def dead(page: str, since: datetime, fetched_at: datetime | None, why: str, now: datetime) -> Letter:
    return _letter(
        f"{page}: anslutningen till Facebook har slutat fungera",
        f"Nyckeln till sidan {page} på Facebook slutade gälla {wording.exactly(since)}. {why}",
        f"{_missing(fetched_at)} När sidan är ansluten igen hämtas det som skrivits under tiden.",
        STEPS,
        WATCH,
        now=now,
    )


def running_out(page: str, ends_at: datetime, days: int, now: datetime) -> Letter:
    left = wording.count(days, "dag", "dagar")
    return _letter(
        f"{page}: nyckeln till Facebook slutar gälla inom {left}",
        f"Nyckeln till sidan {page} på Facebook gäller till {wording.exactly(ends_at)}.",
        "Allt fungerar fortfarande. Byts nyckeln inte innan dess hämtas inget nytt därefter.",
        STEPS,
        now=now,
    )


def silent(page: str, fetched_at: datetime, why: str, now: datetime) -> Letter:
    return _letter(
        f"{page}: inget nytt hämtas från Facebook",
        f"Inget nytt har kunnat hämtas från sidan {page} på Facebook på {wording.length(now - fetched_at)}. {why}",
        _missing(fetched_at),
        LOOK,
        WATCH,
        now=now,
    )


def unsubscribed(page: str, why: str, now: datetime) -> Letter:
    return _letter(
        f"{page}: Facebook säger inte längre till när något händer",
        f"Facebook skickar inte längre ett meddelande när något händer på sidan {page}. {why}",
        "Det som skrivs hämtas ändå, men det kan ta några minuter längre tid innan det syns i kön.",
        "Gör så här: öppna appen på Metas sida för utvecklare, gå till Webhooks och prenumerera på sidan igen. "
        "Stegen står på sidan Anslutning i programmet (adressen slutar på /anslutning/).",
        now=now,
    )


def other_version(page: str, asked: str, served: str, now: datetime) -> Letter:
    return _letter(
        f"{page}: Facebook svarar med en annan version än vi ber om",
        f"Programmet ber om version {asked} av Facebooks gränssnitt, men {served} svarar. Det händer när Facebook har "
        "slutat med den gamla.",
        "Allt fungerar troligen som förut, men det är inte säkert att allt kommer med.",
        "Gör så här: be den som sköter driften att sätta GRAPH_VERSION till en version som Facebook har kvar, och att "
        "se efter om det finns en nyare utgåva av programmet.",
        now=now,
    )


def _missing(fetched_at: datetime | None) -> str:
    if fetched_at is None:
        return "Inget har hämtats än."
    return f"Det betyder att inget som skrivits efter {wording.exactly(fetched_at)} syns i programmet."


def _letter(subject: str, *parts: str, now: datetime) -> Letter:
    end = f"Det här brevet skrevs av programmet Sociala medier {wording.exactly(now)}. Du får det som administratör."
    body = "\n\n".join(part.strip() for part in ("Hej!", *parts, end))
    # A line break in the page's name would begin another header.
    return Letter(" ".join(subject.split())[:200], f"{body}\n")
