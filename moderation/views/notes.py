"""Notes between colleagues on an item."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from moderation import access
from moderation.actions import note as noting
from moderation.models import Item, User
from moderation.policy.terms import Category, Right
from moderation.together_forms import NoteForm
from moderation.views import back
from moderation.views.request import Request


def about(item: Item, user: User, now: datetime, ko: str = "", wrong: NoteForm | None = None) -> dict[str, Any]:
    """For _notes.html: the notes, the form, and the names that can be written after an @."""
    secret = is_secret(item, user, now)
    told = {
        "item": item,
        "ko": ko,
        "secret": secret,
        "written": [] if secret else list(item.colleague_notes.select_related("by")),
        "form": wrong or NoteForm(),
        "colleagues": _names(access.readers(item, now).exclude(pk=user.pk)),
        "user": user,
    }
    return {"notes": told}


def _names(people: QuerySet[User]) -> list[str]:
    """Such as "Bo Ek @bo": the name, and what is written in a note to tell the person."""
    found = people.values_list("first_name", "last_name", "username")
    return [f"{first} {last}".strip() + f" @{username}" for first, last, username in found]


def is_secret(item: Item, user: User, now: datetime) -> bool:
    """Judged as secret, so that what colleagues wrote about it is only for those who may read what is."""
    current = item.current_classification
    secret = current is not None and current.category == Category.SEKRETESS
    return secret and not access.may_on(user, item, Right.READ_SECRET, now)


@require_POST
def note(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, item, now, form)
    text, colleagues = form.cleaned_data["text"], access.readers(item, now)
    try:
        noting.write(item=item, text=text, by=request.user, colleagues=colleagues, now=now)
    except ValidationError as error:
        form.add_error("text", error)
        return _again(request, item, now, form)
    messages.success(request, "Anteckningen är sparad.")
    return back.away(request, item)


@require_POST
def withdraw_note(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = access.own_note_for(request.user, pk, now)
    try:
        noting.withdraw(note=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "Anteckningen är tillbakatagen. Du kan lägga tillbaka den.")
    return redirect(back.to(request, found.item))


@require_POST
def restore_note(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    found = access.own_note_for(request.user, pk, now)
    try:
        noting.restore(note=found, by=request.user, now=now)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "Anteckningen syns igen.")
    return redirect(back.to(request, found.item))


def _again(request: Request, item: Item, now: datetime, form: NoteForm) -> HttpResponse:
    context = about(item, request.user, now, back.query(request), form)
    context |= {"now": now, "back": back.to(request, item)}
    return render(request, "moderation/notes.html", context, status=400)
