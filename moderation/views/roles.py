"""People and their roles: given for a verksamhet and a time, taken back, remembered."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import people
from moderation.actions import roles as assigning
from moderation.actions.add_verksamhet import add_verksamhet
from moderation.actions.change_chef import change_chef as changing_chef
from moderation.models import RoleAssignment, User, Verksamhet
from moderation.policy import rules, workdays
from moderation.policy.terms import Right, Role
from moderation.role_forms import ChefForm, GrantForm, PersonForm, VerksamhetForm
from moderation.views.request import Request

# The memory is long; the page shows its latest part.
FORMER = 100


@require_GET
def roles(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    return _page(request, now)


@require_POST
def grant_role(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    form = GrantForm(request.POST, within=_within(request.user, now))
    if not form.is_valid():
        return _page(request, now, granting=form, status=400)
    try:
        granted = assigning.grant(by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, now, granting=form, status=400)
    messages.success(request, f"{granted.user} är nu {_what(granted)}.")
    return redirect("roles")


@require_POST
def revoke_role(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    assignment = get_object_or_404(RoleAssignment.objects.select_related("user", "verksamhet"), pk=pk)
    _require_within(request.user, assignment.verksamhet, now)
    try:
        assigning.revoke(assignment=assignment, by=request.user, now=now)
        messages.success(request, _revoked(assignment))
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("roles")


@require_POST
def add_person(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, now, adding=form, status=400)
    try:
        added = people.add(by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        # What the row refuses is told field by field; what is left is what the password lacks.
        form.add_error(None if hasattr(error, "error_dict") else "password", error)
        return _page(request, now, adding=form, status=400)
    messages.success(request, f"{added} är tillagd och kan logga in. Ge nu en roll.")
    return redirect(_with_choice(person=added.pk))


@require_POST
def new_verksamhet(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    _require_within(request.user, None, now)
    form = VerksamhetForm(request.POST)
    if not form.is_valid():
        return _page(request, now, founding=form, status=400)
    try:
        added = add_verksamhet(by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, now, founding=form, status=400)
    messages.success(request, f"{added} är tillagd. Nu kan inlägg föras dit och roller ges för den.")
    return redirect("roles")


@require_POST
def change_chef(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    verksamhet = get_object_or_404(Verksamhet, pk=pk)
    _require_within(request.user, verksamhet, now)
    form = ChefForm(verksamhet, request.POST)
    if not form.is_valid():
        return _page(request, now, leading=form, status=400)
    try:
        changing_chef(verksamhet=verksamhet, by=request.user, now=now, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, now, leading=form, status=400)
    messages.success(request, f"Frågor om {verksamhet} går nu till {verksamhet.chef_namn or 'den som anges i frågan'}.")
    return redirect("roles")


@require_POST
def person_left(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.GRANT, now)
    _require_within(request.user, None, now)
    person = get_object_or_404(User, pk=pk, is_active=True)
    try:
        people.leave(user=person, by=request.user, now=now)
        messages.success(request, f"{person} har slutat: kan inte längre logga in och har inga roller.")
    except ValidationError as error:
        messages.error(request, error.message)
    return redirect("roles" if person != request.user else "login")


def _page(
    request: Request,
    now: datetime,
    granting: GrantForm | None = None,
    adding: PersonForm | None = None,
    founding: VerksamhetForm | None = None,
    leading: ChefForm | None = None,
    status: int = 200,
) -> HttpResponse:
    within = _within(request.user, now)
    in_force = RoleAssignment.objects.in_force(workdays.local_date(now)).select_related("verksamhet", "granted_by")
    active = User.objects.filter(is_active=True)
    context = {
        "now": now,
        "people": active.prefetch_related(Prefetch("assignments", in_force, to_attr="roles_in_force")),
        "former": _former(in_force),
        "left": User.objects.filter(is_active=False),
        "reaches": _reaches(within, in_force),
        "speaks_for_all": within is None,
        "granting": granting or GrantForm(initial=_choice(request), within=within),
        "adding": adding or PersonForm(),
        "founding": founding or VerksamhetForm(),
        "verksamheter": Verksamhet.objects.all(),
        "chefs": _chefs(Verksamhet.objects.all() if within is None else within, leading),
        "explained": _explained(),
    }
    return render(request, "moderation/roles.html", context, status=status)


def _chefs(verksamheter: QuerySet[Verksamhet], sent: ChefForm | None) -> list[ChefForm]:
    """A form for each verksamhet; the one that was sent in stays as it was filled in."""
    return [sent if sent and sent.verksamhet == each else ChefForm(each) for each in verksamheter]


def _within(user: User, now: datetime) -> QuerySet[Verksamhet] | None:
    """The verksamheter whose roles the administrator hands out; None is the whole municipality."""
    mine = access.assignments(user, Right.GRANT, now)
    if mine.filter(verksamhet=None).exists():
        return None
    return Verksamhet.objects.filter(pk__in=mine.values("verksamhet"))


def _require_within(user: User, verksamhet: Verksamhet | None, now: datetime) -> None:
    within = _within(user, now)
    if within is None:
        return
    if verksamhet is None or not within.filter(pk=verksamhet.pk).exists():
        raise PermissionDenied(f"Du är inte administratör för {verksamhet or 'hela kommunen'}.")


def _reaches(within: QuerySet[Verksamhet] | None, in_force: QuerySet[RoleAssignment]) -> set[int]:
    """The roles that the administrator may take back."""
    mine = in_force if within is None else in_force.filter(verksamhet__in=within)
    return set(mine.values_list("pk", flat=True))


def _former(in_force: QuerySet[RoleAssignment]) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.exclude(pk__in=in_force.values("pk"))
    return rows.select_related("user", "verksamhet", "granted_by", "revoked_by").order_by("-pk")[:FORMER]


def _choice(request: Request) -> dict[str, Any]:
    """What a link has chosen in advance in the form for granting."""
    return {
        "user": request.GET.get("person"),
        "role": request.GET.get("roll"),
        "verksamhet": request.GET.get("verksamhet"),
    }


def _with_choice(**chosen: object) -> str:
    return f"{reverse('roles')}?{urlencode({name: value for name, value in chosen.items() if value})}#ge"


def _revoked(assignment: RoleAssignment) -> SafeString:
    again = _with_choice(person=assignment.user_id, roll=assignment.role, verksamhet=assignment.verksamhet_id)
    sentence = '{} är inte längre {}. <a href="{}">Ge rollen åter</a>'
    return format_html(sentence, assignment.user, _what(assignment), again)


def _what(assignment: RoleAssignment) -> str:
    """webbredaktör för Teknik"""
    return f"{assignment.get_role_display().lower()} för {assignment.verksamhet or 'hela kommunen'}"


def _explained() -> list[tuple[str, str]]:
    """Each role with what it may do, read from the table of rights."""
    return [
        (role.label, _listed([Right(right).label for right, roles in rules.RIGHTS.items() if role in roles]))
        for role in Role
    ]


def _listed(labels: list[str]) -> str:
    """Kan läsa handlingar, bedöma handlingar och beställa utskrifter."""
    words = [label[0].lower() + label[1:] for label in labels]
    return f"Kan {', '.join(words[:-1])}{' och ' if words[1:] else ''}{words[-1]}."
