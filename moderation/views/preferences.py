"""A person's own workbench: keys, hints, pictures, density."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from moderation import hints, keys
from moderation.actions.prefer import prefer
from moderation.models import Preferences
from moderation.preference_forms import PreferencesForm
from moderation.views.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    kinds = hints.HintKind.choices
    if request.method != "POST":
        return _page(request, PreferencesForm(kinds, initial=_initial(Preferences.of(request.user))))
    if "aterstall" in request.POST:
        return _save(request, PreferencesForm(kinds, _as_typed(_initial(Preferences()))))
    return _save(request, PreferencesForm(kinds, request.POST))


def _save(request: Request, form: PreferencesForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, status=400)
    told = form.cleaned_data
    prefer(
        user=request.user,
        keys_on=told["keys_on"],
        keys=form.own_keys,
        hidden_hints=form.hidden_hints,
        blur_pictures=told["blur_pictures"],
        is_dense=told["is_dense"],
        now=timezone.now(),
    )
    messages.success(request, "Inställningarna är sparade.")
    return redirect("preferences")


def _page(request: Request, form: PreferencesForm, status: int = 200) -> HttpResponse:
    return render(request, "moderation/preferences.html", {"form": form, "fixed": keys.FIXED}, status=status)


def _initial(chosen: Preferences) -> dict[str, object]:
    wanted = [kind for kind in hints.HintKind.values if kind not in chosen.hidden_hints]
    typed = {f"tangent-{name}": character for name, character in keys.mapping(chosen.keys).items()}
    plain = {name: getattr(chosen, name) for name in ("keys_on", "blur_pictures", "is_dense")}
    return {"hints": wanted, **plain, **typed}


def _as_typed(values: dict[str, object]) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, value in values.items():
        if isinstance(value, list):
            typed.setlist(name, value)
        elif value:
            typed[name] = str(value)
    return typed
