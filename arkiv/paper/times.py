"""Times as they stand on the paper: Swedish local time for reading, UTC to the second for proof."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from arkiv.paper.blocks import flat

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """`utc` is empty when the time could not be read; `local` then says so."""

    local: str
    utc: str = ""


def moment(text: str) -> Moment:
    if not text:
        return Moment("tid saknas")
    if (found := instant(text)) is None:
        return Moment(f"”{flat(text, 60)}” (går inte att läsa som tid)")
    local = found.astimezone(STOCKHOLM)
    return Moment(f"{day(local)} kl. {local:%H.%M}", f"{found:%Y-%m-%d %H:%M:%S} UTC")


def instant(text: str) -> datetime | None:
    """In UTC and to the second; the years at either end, whose local time does not exist, are no times either."""
    try:
        found = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None
    if not 2 <= found.year <= 9998:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def day(found: date) -> str:
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def period(first: str, last: str) -> str:
    names = [_day_of(text) for text in (first, last)]
    return names[0] if names[0] == names[1] else f"{names[0]} – {names[1]}"


def _day_of(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return moment(text).local
