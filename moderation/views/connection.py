"""The connection to Facebook: by whom and when, what was missed meanwhile, and a new key."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from moderation import access
from moderation.actions import people
from moderation.actions.connect import connect
from moderation.connection_forms import AddressForm, TokenForm
from moderation.models import AuditEntry, Page, Standstill, User
from moderation.policy.terms import Event, Right
from moderation.views.request import Request

GAPS = 3


@require_GET
def connection(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    return _page(request, now)


@require_POST
@sensitive_post_parameters("token")
@sensitive_variables("form")
def connect_page(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, now, token=form, status=400)
    try:
        page = connect(page_id=settings.FACEBOOK_PAGE_ID, token=form.cleaned_data["token"], by=request.user, now=now)
    except ValidationError as error:
        form.add_error("token", error)
        return _page(request, now, token=form, status=400)
    messages.success(
        request, f"{page} är ansluten. Hela sidan läses om, och om några minuter står det på Drift hur det gick."
    )
    return redirect("connection")


@require_POST
def set_address(request: Request) -> HttpResponse:
    now = timezone.now()
    access.require(request.user, Right.OPERATE, now)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, now, address=form, status=400)
    # A row of its own, so that what is refused does not stand in the page's header.
    person = people.set_email(user=User.objects.get(pk=request.user.pk), email=form.cleaned_data["email"])
    where = f"Varningar skickas till {person.email}." if person.email else "Inga varningar skickas till dig."
    messages.success(request, where)
    return redirect("connection")


def _page(
    request: Request,
    now: datetime,
    token: TokenForm | None = None,
    address: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = Page.objects.filter(graph_id=settings.FACEBOOK_PAGE_ID).first() or Page.objects.first()
    context: dict[str, Any] = {
        "now": now,
        "page": page,
        "page_id": settings.FACEBOOK_PAGE_ID,
        "connected": _connected(page),
        "gaps": Standstill.objects.filter(page=page)[:GAPS],
        "token_form": token or TokenForm(),
        "address_form": address or AddressForm(initial={"email": request.user.email}),
        "from_settings": bool(settings.FACEBOOK_PAGE_TOKEN) and not (page and page.token_sealed),
    }
    return render(request, "moderation/connection.html", context, status=status)


def _connected(page: Page | None) -> AuditEntry | None:
    """Who connected the page last."""
    if page is None:
        return None
    return AuditEntry.objects.about(page).filter(event=Event.PAGE_CONNECTED).order_by("-seq").first()
