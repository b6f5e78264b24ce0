"""A second opinion: ask a colleague before judging, and answer."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import opinion as asking
from moderation.models import Item, Opinion, User
from moderation.policy.terms import Direction, Right
from moderation.together_forms import AnswerForm, AskForm
from moderation.views import back
from moderation.views.notes import is_secret
from moderation.views.request import Request

Forms = AskForm | AnswerForm


def about(
    item: Item,
    user: User,
    now: datetime,
    ko: str = "",
    wrong: Forms | None = None,
    answering: Opinion | None = None,
    ask_whom: int | None = None,
) -> dict[str, Any]:
    """For _opinions.html: what was asked and answered, what waits for the person's own answer, and the forms.

    The form to ask is only there when somebody asks for it: it names every colleague. `ask_whom` is a person's key.
    """
    may = item.direction == Direction.INKOMMEN and access.may_on(user, item, Right.JUDGE, now)
    secret = is_secret(item, user, now)
    asked = [] if secret else list(item.opinions.select_related("asked_by", "asked_of"))
    told = {
        "item": item,
        "ko": ko,
        "may": may,
        "secret": secret,
        "asked": asked,
        "mine": answering or next((one for one in asked if may and _waits_for(one, user)), None),
        "ask": wrong if isinstance(wrong, AskForm) else _asking(item, user, now, ask_whom),
        "answer": wrong if isinstance(wrong, AnswerForm) else AnswerForm(),
    }
    return {"opinions": told}


@require_GET
def whom_to_ask(request: Request, pk: int) -> HttpResponse:
    """The form with every colleague in it, by itself or for the desk to take in."""
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    return _again(request, item, now, AskForm(_colleagues(item, request.user, now)), status=200)


@require_POST
def ask_opinion(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    item = access.item_for(request.user, pk, now, Right.JUDGE)
    form = AskForm(_colleagues(item, request.user, now), request.POST)
    if not form.is_valid():
        return _again(request, item, now, form)
    of, question = form.cleaned_data["of"], form.cleaned_data["question"]
    try:
        asking.ask(item=item, of=of, question=question, by=request.user, now=now)
    except ValidationError as error:
        form.add_error(None, error)
        return _again(request, item, now, form)
    messages.success(request, f"{of} är tillfrågad. Du kan bedöma ändå, utan att vänta på svaret.")
    return back.away(request, item)


@require_POST
def answer_opinion(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    opinion = access.opinion_for(request.user, pk, now)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, opinion.item, now, form, opinion)
    category, text = form.cleaned_data["category"], form.cleaned_data["answer"]
    try:
        asking.answer(opinion=opinion, category=category, text=text, by=request.user, now=now)
    except ValidationError as error:
        form.add_error(None, error)
        return _again(request, opinion.item, now, form, opinion)
    messages.success(request, f"{opinion.asked_by} får veta vad du svarade.")
    return back.away(request, opinion.item)


def _asking(item: Item, user: User, now: datetime, whom: int | None) -> AskForm | None:
    if whom is None:
        return None
    form = AskForm(_colleagues(item, user, now))
    form.initial["of"] = whom
    return form


def _colleagues(item: Item, user: User, now: datetime) -> QuerySet[User]:
    return access.judges({item.thread.verksamhet_id}, now).exclude(pk=user.pk)


def _waits_for(opinion: Opinion, user: User) -> bool:
    return opinion.asked_of_id == user.pk and opinion.answered_at is None


def _again(
    request: Request, item: Item, now: datetime, form: Forms, answering: Opinion | None = None, status: int = 400
) -> HttpResponse:
    context = about(item, request.user, now, back.query(request), form, answering)
    context |= {"now": now, "back": back.to(request, item), "wrong": status != 200}
    return render(request, "moderation/opinions.html", context, status=status)
