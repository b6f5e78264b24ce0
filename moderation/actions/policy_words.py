"""The policy's words in versions: which are in force, and a new version with a note about why."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import PolicyText, PolicyVersion, User
from moderation.policy import rules
from moderation.policy.terms import Category, Event

SHIPPED = "Orden ur kommunens policy för sociala medier, Dnr KS 0049/2017."


def in_force(now: datetime) -> PolicyVersion:
    """The newest version; the words of the table become the first where nobody has written any."""
    return PolicyVersion.objects.order_by("-number").first() or _shipped(now)


@transaction.atomic
def _shipped(now: datetime) -> PolicyVersion:
    first, is_new = PolicyVersion.objects.get_or_create(number=1, defaults={"note": SHIPPED, "made_at": now})
    if is_new:
        words: dict[str, tuple[str, str]] = {
            category: (rules.MEANING[category], rules.EXAMPLE[category]) for category in Category
        }
        _write(first, words)
        audit.record(Event.POLICY_CHANGED, first, now=now, number=1)
    return first


@transaction.atomic
def change(*, words: Mapping[str, tuple[str, str]], note: str, seen: int, by: User, now: datetime) -> PolicyVersion:
    """A new version with these words: of each class the policy's and an example. `seen` is the number that was changed.

    Raises ValidationError where somebody else was faster, or the note is empty.
    """
    newest = in_force(now)
    if newest.number != seen:
        raise ValidationError("Någon annan har ändrat policyns ord sedan du öppnade sidan. Titta igen.")
    if not note.strip():
        raise ValidationError("Skriv vad som ändras och varför.")
    version = PolicyVersion.objects.create(number=newest.number + 1, note=note, made_at=now, made_by=by)
    _write(version, words)
    audit.record(Event.POLICY_CHANGED, version, now=now, by=by, number=version.number)
    return version


def _write(version: PolicyVersion, words: Mapping[str, tuple[str, str]]) -> None:
    rows = [
        PolicyText(version=version, category=category, text=words[category][0], example=words[category][1])
        for category in Category
    ]
    PolicyText.objects.bulk_create(rows)
