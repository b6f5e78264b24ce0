"""How the hits divide, with the address that narrows them to each part or lets go of it again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from moderation.policy.terms import Category, Kind
from moderation.search.find import SHARED, Asked, State
from moderation.views.asked import address

Group = dict[str, Any]


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    heading: str
    options: list[Option]


def facets(groups: list[Group], years: Counter[str], asked: Asked) -> list[Facet]:
    """Those that would leave some of the hits out, and those that do."""
    namn = {_verksamhet(group): group["namn"] or "Gemensamma" for group in groups}
    made = [
        _facet("Slag", "kind", dict(Kind.choices), _counted(groups, lambda group: [group["kind"]]), asked),
        _facet("Klass", "category", dict(Category.choices), _counted(groups, lambda group: [group["category"]]), asked),
        _facet("Läge", "state", dict(State.choices), _counted(groups, _states), asked),
        _facet("Verksamhet", "verksamhet", namn, _counted(groups, lambda group: [_verksamhet(group)]), asked),
        _years(years, asked),
    ]
    hits = sum(group["count"] for group in groups)
    return [facet for facet in made if any(option.count < hits or option.is_chosen for option in facet.options)]


def _facet(heading: str, name: str, labels: dict[str, str], counts: Counter[str], asked: Asked) -> Facet:
    chosen = getattr(asked, name)
    options = [
        Option(label, counts[value], _changed(asked, {name: "" if value == chosen else value}), value == chosen)
        for value, label in labels.items()
        if counts[value] or value == chosen
    ]
    return Facet(heading, options)


def _years(counts: Counter[str], asked: Asked) -> Facet:
    """A year is a period like any other."""
    options = []
    for year, count in sorted(counts.items(), reverse=True):
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        is_chosen = (asked.first_day, asked.last_day) == (first, last)
        period = {"first_day": None, "last_day": None} if is_chosen else {"first_day": first, "last_day": last}
        options.append(Option(year, count, _changed(asked, period), is_chosen))
    return Facet("År", options)


def _changed(asked: Asked, changes: dict[str, Any]) -> str:
    return address(replace(asked, **changes))


def _counted(groups: list[Group], values: Callable[[Group], list[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update({value: group["count"] for value in values(group) if value})
    return counts


def _states(group: Group) -> list[str]:
    return [group["state"], State.GONE if group["gone"] else ""]


def _verksamhet(group: Group) -> str:
    return str(group["verksamhet"] or SHARED)
