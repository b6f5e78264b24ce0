"""Times, deadlines and strangers' words as templates show them, in plain Swedish."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from moderation.models import AuditEntry, Item, ThreadCount
from moderation.policy import wording
from moderation.policy.terms import Category, Ground, Reason, StepKind
from moderation.policy.workdays import STOCKHOLM

register = template.Library()
first_line = register.filter(wording.first_line)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@register.filter
def when(moment: datetime | None) -> str:
    """22 november 2026 kl. 14.05"""
    return f"{_date(moment, 'j F Y')} kl. {_clock(moment)}" if moment else ""


@register.filter
def clock_seconds(moment: datetime) -> str:
    """kl. 14.05.09"""
    return f"kl. {moment.astimezone(STOCKHOLM):%H.%M.%S}"


@register.filter
def when_short(moment: datetime | None, now: datetime) -> str:
    """22 nov 14.05, with the year where it is another than this."""
    if moment is None:
        return ""
    same_year = moment.astimezone(STOCKHOLM).year == now.astimezone(STOCKHOLM).year
    return f"{_date(moment, 'j N' if same_year else 'j N Y')} {_clock(moment)}"


@register.simple_tag
def moment(value: datetime | None, now: datetime) -> SafeString:
    """The short form, with the long one for whoever asks and the exact one for machines."""
    if value is None:
        return SafeString("")
    exact = value.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, when(value), when_short(value, now))


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """för 12 minuter sedan"""
    passed = now - moment
    return "nyss" if passed < timedelta(minutes=1) else f"för {_length(passed)} sedan"


@register.filter
def deadline(answer_by: datetime, now: datetime) -> str:
    """svar senast i dag kl. 17.00 / försenad 2 dagar"""
    return due(answer_by, now) if answer_by <= now else f"svar {due(answer_by, now)}"


@register.filter
def due(by: datetime, now: datetime) -> str:
    """senast i dag kl. 17.00 / försenad 2 dagar"""
    if by <= now:
        return f"försenad {_length(max(now - by, timedelta(minutes=1)))}"
    return f"senast {_day(by, now)} kl. {_clock(by)}"


@register.filter
def deadline_tone(answer_by: datetime, now: datetime) -> str:
    """late, soon (the same day) or nothing."""
    if answer_by <= now:
        return "late"
    return "soon" if answer_by.astimezone(STOCKHOLM).date() == now.astimezone(STOCKHOLM).date() else ""


@register.filter
def author(item: Item) -> str:
    return wording.name(item.author_name)


@register.filter
def judgement(item: Any) -> str:
    """Such as "Brottsligt: Hot", of an item read by brief(); "" where nothing is judged."""
    category, reason = item.category, item.reason
    labels = [Category(category).label if category else "", Reason(reason).label if reason else ""]
    return ": ".join(label for label in labels if label)


@register.filter
def web_address(address: str) -> str:
    """The address if a browser may be sent there; never javascript: or the like."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


@register.filter
def told(entry: AuditEntry) -> str:
    """What an audit entry was about, in a few words: the class, the step and its reference, the ground."""
    facts = entry.known_facts
    words = [
        Category(facts["category"]).label if facts.get("category") else "",
        Reason(facts["reason"]).label if facts.get("reason") else "",
        StepKind(facts["step"]).label if facts.get("step") else "",
        Ground(facts["ground"]).label if facts.get("ground") else "",
        str(facts.get("reference") or ""),
    ]
    return ", ".join(word for word in words if word)


@register.filter
def counted(count: ThreadCount) -> str:
    """Facebook's count of a thread beside ours, with the difference by name."""
    if count.told is None:
        return f"Facebook säger inte hur många kommentarer och svar det finns; {count.stored} är sparade."
    if not (count.told or count.stored or count.removed_by_others or count.removed_by_page):
        return "Inga kommentarer, varken hos Facebook eller här."
    parts = [f"Facebook räknar {count.told} kommentarer och svar, {count.stored} av dem är sparade"]
    if count.hidden:
        parts.append(f"{count.hidden} av de sparade är dolda")
    if gone := count.removed_by_others + count.removed_by_page:
        parts.append(f"dessutom finns {gone} sparade som är borta från Facebook")
    if count.remainder > 0:
        parts.append(f"{count.remainder} som Facebook räknar men inte visar")
    if count.remainder < 0:
        parts.append(f"{-count.remainder} som Facebook visar men inte räknar")
    return ", ".join(parts) + "."


@register.filter
def happened_at(entry: AuditEntry) -> datetime:
    return datetime.fromisoformat(entry.at)


def _date(moment: datetime, pattern: str) -> str:
    return date_format(moment.astimezone(STOCKHOLM), pattern)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(STOCKHOLM):%H.%M}"


def _day(moment: datetime, now: datetime) -> str:
    day, today = moment.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date()
    match (day - today).days:
        case 0:
            return "i dag"
        case 1:
            return "i morgon"
        case days if days < 7:
            return f"på {date_format(day, 'l').lower()}"
        case _:
            return _date(moment, "j N" if day.year == today.year else "j N Y")


def _length(span: timedelta) -> str:
    """In the largest unit that says enough: 12 minuter, 5 timmar, 2 dagar."""
    if span < HOUR:
        count, one, many = span // timedelta(minutes=1), "minut", "minuter"
    elif span < DAY:
        count, one, many = span // HOUR, "timme", "timmar"
    else:
        count, one, many = span // DAY, "dag", "dagar"
    return f"{count} {one if count == 1 else many}"
