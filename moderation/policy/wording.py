"""Times, figures and strangers' words in plain Swedish, for sentences that are not made by a template."""

import re
from datetime import datetime, timedelta

from moderation.policy.workdays import STOCKHOLM

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# No line may break inside a figure.
THOUSANDS = "\u00a0"
NOBODY = "Okänd avsändare"
# Characters that turn the direction of what follows, or that nobody sees: in a name only good for deceiving.
TRICKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def at(moment: datetime, now: datetime) -> str:
    """kl. 14.07 / i går kl. 14.07 / 3 november kl. 14.07, with the year where it is another than this."""
    clock = f"kl. {moment.astimezone(STOCKHOLM):%H.%M}"
    days = (now.astimezone(STOCKHOLM).date() - moment.astimezone(STOCKHOLM).date()).days
    if days == 0:
        return clock
    return f"i går {clock}" if days == 1 else f"{day(moment, now)} {clock}"


def day(moment: datetime, now: datetime) -> str:
    """3 november, with the year where it is another than this."""
    local = moment.astimezone(STOCKHOLM)
    year = "" if local.year == now.astimezone(STOCKHOLM).year else f" {local.year}"
    return f"{local.day} {MONTHS[local.month - 1]}{year}"


def month(moment: datetime) -> str:
    """mars 2024"""
    local = moment.astimezone(STOCKHOLM)
    return f"{MONTHS[local.month - 1]} {local.year}"


def exactly(moment: datetime) -> str:
    """22 november 2026 kl. 14.05"""
    local = moment.astimezone(STOCKHOLM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year} kl. {local:%H.%M}"


def count(number: int, one: str, many: str) -> str:
    """1 handling / 12 040 handlingar"""
    return f"{f'{number:,}'.replace(',', THOUSANDS)} {one if number == 1 else many}"


def length(span: timedelta) -> str:
    """12 minuter / 3 timmar / 2 dagar, in the largest unit that says enough."""
    if span < timedelta(minutes=1):
        return count(span // timedelta(seconds=1), "sekund", "sekunder")
    if span < timedelta(hours=1):
        return count(span // timedelta(minutes=1), "minut", "minuter")
    if span < timedelta(days=1):
        return count(span // timedelta(hours=1), "timme", "timmar")
    return count(span // timedelta(days=1), "dag", "dagar")


def name(told: str) -> str:
    """As Facebook showed it, with what turns or hides characters made visible, and no longer than a line."""
    shown = TRICKS.sub(lambda trick: f"[U+{ord(trick[0]):04X}]", told.strip())
    return first_line(shown, 80) or NOBODY


def first_line(text: str, length: int = 160) -> str:
    """The first line that says anything, cut to `length` characters."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
