"""Keep a choice of the queue under a name, and let go of it. Nothing is erased, and saving anew brings it back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.models import SavedView, User
from moderation.models.storable import storable
from moderation.policy.terms import Event


@transaction.atomic
def save(*, name: str, query: str, is_shared: bool, by: User, now: datetime) -> SavedView:
    """A view of the same name that the person already has is replaced."""
    name = storable(" ".join(name.split()))
    if not name:
        raise ValidationError("Skriv vad vyn ska heta.")
    view = SavedView(owner=by, name=name, query=query, is_shared=is_shared)
    view.clean_fields()
    SavedView.objects.filter(owner=by, name=name, removed_at=None).update(removed_at=now)
    view.save(force_insert=True)
    audit.record(Event.VIEW_SAVED, view, now=now, by=by, query=query, is_shared=is_shared)
    return view


@transaction.atomic
def remove(*, view: SavedView, by: User, now: datetime) -> None:
    if view.owner_id != by.pk:
        raise ValidationError("Vyn är sparad av någon annan, och bara den kan ta bort den.")
    if not SavedView.objects.filter(pk=view.pk, removed_at=None).update(removed_at=now):
        raise ValidationError("Vyn är redan borttagen.")
    audit.record(Event.VIEW_REMOVED, view, now=now, by=by)
