"""The policy's own words about each class: as they stand, as they stood, and a new version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from moderation import access
from moderation.actions import policy_words as words
from moderation.models import PolicyVersion
from moderation.policy.terms import Right
from moderation.preference_forms import PolicyWordsForm
from moderation.views.request import Request

VERSIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def policy_words(request: Request) -> HttpResponse:
    now = timezone.now()
    # The words hold for the whole municipality, and so must the right to change them.
    may_edit = None in access.reach(request.user, now)[Right.EDIT_POLICY]
    if not may_edit and Right.EDIT_POLICY not in access.rights(request.user, now):
        access.require(request.user, Right.SEE, now)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied("Policyns ord gäller hela kommunen. Bara en administratör för hela kommunen ändrar dem.")
    newest = words.in_force(now)
    form = PolicyWordsForm(list(newest.texts.all()), request.POST if request.method == "POST" else None, newest.number)
    if form.is_bound and form.is_valid():
        try:
            told = form.cleaned_data
            words.change(words=form.words, note=told["note"], seen=told["seen"], by=request.user, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Policyns ord är ändrade. Bedömningar från och med nu bär den nya versionen.")
            return redirect("policy_words")
    context = {
        "form": form,
        "newest": newest,
        "versions": PolicyVersion.objects.select_related("made_by").prefetch_related("texts")[:VERSIONS],
        "may_edit": may_edit,
    }
    return render(request, "moderation/policy_words.html", context, status=400 if form.errors else 200)
