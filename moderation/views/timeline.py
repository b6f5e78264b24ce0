"""Everything that happened to an item, from the audit chain, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moderation.models import AuditEntry, Item, User, Verksamhet
from moderation.models.audit import subject_of
from moderation.policy import wording
from moderation.policy.terms import Category, Event, PauseReason, Reason, StepKind

EVENTS = 100
# The facts that are keys of people, and what stands before the name.
PEOPLE = {"to": "", "from_user": "från ", "of": "", "asked_of": ""}


@dataclass(frozen=True)
class Happened:
    what: str
    who: str
    at: datetime


def timeline(found: Item) -> list[Happened]:
    """The newest events of the item and of its thread's placing, oldest first, in three questions."""
    about = [subject_of(found), subject_of(found.thread)]
    entries = list(AuditEntry.objects.filter(subject__in=about).order_by("-seq")[:EVENTS])
    facts = [entry.known_facts for entry in entries]
    people = {one.pk: str(one) for one in User.objects.filter(pk__in=_keys(facts, PEOPLE))}
    places = dict(Verksamhet.objects.filter(pk__in=_keys(facts, ["verksamhet"])).values_list("pk", "namn"))
    told = [_told(entry, told, people, places) for entry, told in zip(entries, facts, strict=True)]
    return told[::-1]


def _keys(facts: Iterable[dict[str, Any]], names: Iterable[str]) -> set[int]:
    values = (one.get(name) for one in facts for name in names)
    return {value for value in values if isinstance(value, int)}


def _told(entry: AuditEntry, facts: dict[str, Any], people: dict[int, str], places: dict[int, str]) -> Happened:
    details = [*_choices(facts), *_names(facts, people), *_more(entry.event, facts, places)]
    sentence = f"{entry.get_event_display()}: {', '.join(details)}" if details else entry.get_event_display()
    return Happened(sentence, entry.actor_name, datetime.fromisoformat(entry.at))


def _choices(facts: dict[str, Any]) -> list[str]:
    labels = {**dict(Category.choices), **dict(Reason.choices), **dict(StepKind.choices)}
    named = [labels.get(facts.get(name) or "", "") for name in ("category", "reason", "step")]
    return [words for words in [*named, str(facts.get("reference") or "")] if words]


def _names(facts: dict[str, Any], people: dict[int, str]) -> list[str]:
    return [f"{before}{people[facts[name]]}" for name, before in PEOPLE.items() if facts.get(name) in people]


def _more(event: str, facts: dict[str, Any], places: dict[int, str]) -> list[str]:
    match event:
        case Event.PLACED:
            return [places.get(facts.get("verksamhet") or 0, "hela kommunen")]
        case Event.PARKED if facts.get("until"):
            return [f"till {wording.exactly(datetime.fromisoformat(facts['until']))}"]
        case Event.CLOCK_PAUSED if facts.get("reason") in PauseReason.values:
            return [PauseReason(facts["reason"]).label]
        case Event.CLASSIFIED | Event.CHANGED | Event.HIDDEN | Event.SHOWN | Event.REMOVED | Event.RETURNED:
            version = [f"version {facts['version']}"] if facts.get("version", 1) > 1 else []
            return version + ([f"policyns version {facts['policy']}"] if facts.get("policy") else [])
    return []
