"""A second opinion: ask a colleague before judging, and answer."""

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
from moderation.actions import opinion as asking
from moderation.models import Item, Opinion, User
from moderation.policy.terms import Direction, Right
from moderation.together_forms import AnswerForm, AskForm
from moderation.views import back
from moderation.views.notes import is_secret
from moderation.views.request import Request

Forms = AskForm | AnswerForm


def about(
    item: Item, user: User, now: datetime, ko: str = "", wrong: Forms | None = None, answering: Opinion | None = None
) -> dict[str, Any]:
    """For _opinions.html: what was asked and answered, what waits for the person's own answer, and the forms."""
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
        "ask": wrong if isinstance(wrong, AskForm) else AskForm(_colleagues(item, user, now)),
        "answer": wrong if isinstance(wrong, AnswerForm) else AnswerForm(),
    }
    return {"opinions": told}


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
    return redirect(back.to(request, item))


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
    return redirect(back.to(request, opinion.item))


def _colleagues(item: Item, user: User, now: datetime) -> QuerySet[User]:
    return access.judges({item.thread.verksamhet_id}, now).exclude(pk=user.pk)


def _waits_for(opinion: Opinion, user: User) -> bool:
    return opinion.asked_of_id == user.pk and opinion.answered_at is None


def _again(request: Request, item: Item, now: datetime, form: Forms, answering: Opinion | None = None) -> HttpResponse:
    context = about(item, request.user, now, back.query(request), form, answering)
    context |= {"now": now, "back": back.to(request, item)}
    return render(request, "moderation/opinions.html", context, status=400)
