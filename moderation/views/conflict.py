"""Somebody was faster: what they decided, what one chose oneself, and what can be done about it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from moderation.actions.lease import Leased
from moderation.actions.seen import Stale
from moderation.forms import ClassificationForm
from moderation.models import Classification, Item, Lease, User
from moderation.policy.terms import Category, Reason
from moderation.views.difference import Run, difference


@dataclass(frozen=True)
class Conflict:
    """`kind` is judged, withdrawn, text or leased. `mine` is what was chosen, in words."""

    kind: str
    sentence: str
    mine: str
    theirs: Classification | None = None
    colleague: User | None = None
    lease: Lease | None = None
    runs: list[Run] = field(default_factory=list)


def conflict(form: ClassificationForm, found: Item, error: ValidationError | None, user: User) -> Conflict | None:
    """Of a form that was refused; None where nothing has changed behind the person's back."""
    mine = _label(form["category"].value(), form["reason"].value())
    sentence = " ".join(str(each) for errors in form.errors.values() for each in errors)
    theirs = found.current_classification
    if isinstance(error, Leased):
        return Conflict("leased", sentence, mine, lease=error.lease, colleague=error.lease.user)
    if theirs is not None and (form["ersatter"].value() or (isinstance(error, Stale) and _is_new(theirs, form))):
        colleague = theirs.decided_by if theirs.decided_by_id != user.pk else None
        return Conflict("judged", sentence, mine, theirs=theirs, colleague=colleague)
    if not isinstance(error, Stale):
        return None
    if theirs is None and form["seen"].value():
        return Conflict("withdrawn", sentence, mine)
    return Conflict("text", sentence, mine, runs=_changes(found, form["seen_version"].value()))


def _is_new(theirs: Classification, form: ClassificationForm) -> bool:
    return str(theirs.pk) != str(form["seen"].value() or "")


def _changes(found: Item, number: Any) -> list[Run]:
    """What is different from the text that the person had read."""
    read = next((version for version in found.texts if str(version.number) == str(number)), None)
    return difference(read.text, found.latest_version.text) if read is not None else []


def _label(category: Any, reason: Any) -> str:
    """As Classification says it, of what somebody chose and may have forged."""
    if category not in Category.values:
        return "ingen klass"
    label = Category(category).label
    return f"{label}: {Reason(reason).label}" if reason in Reason.values else label
