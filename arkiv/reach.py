"""Which printouts and evidence sheets a person may reach: the only way from a request to either."""

import json
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Left
from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from arkiv.models import Evidence, Printout
from arkiv.models.printout import PrintoutQuerySet
from moderation import access
from moderation.models import Classification, User
from moderation.policy import rules
from moderation.policy.terms import OrderState, Right

BEGINNING = 300


class Request(HttpRequest):
    """Asked by somebody logged in, and perhaps by htmx, as the middleware sees to."""

    user: User
    htmx: HtmxDetails


def everywhere(user: User, right: Right, now: datetime) -> bool:
    """Whether the right holds for the whole municipality: on the paper of a period stands what all of it was sent."""
    return access.assignments(user, right, now).filter(verksamhet=None).exists()


def readable(user: User, now: datetime) -> PrintoutQuerySet:
    """The printouts the person may read, without their documents, which are large, and with how their items begin."""
    items = access.visible_to(user, now, Right.READ_PRINTOUTS)
    rows = Printout.objects.readable(items, everywhere(user, Right.READ_PERIODS, now))
    sealed = Exists(forbidden().filter(item=OuterRef("item")))
    return (
        rows.select_related("page", "ordered_by", "item")
        .defer("document", "item__text", "item__notes")
        .annotate(
            withheld=sealed,
            beginning=Case(When(sealed, then=Value("")), default=Left("item__text", BEGINNING)),
        )
    )


def printout_for(user: User, pk: int, now: datetime) -> Printout:
    access.require(user, Right.READ_PRINTOUTS, now)
    found = readable(user, now).filter(pk=pk).first()
    if found is None:
        raise Http404("Utskriften finns inte, eller gäller något som du inte har behörighet till.")
    return found


def require_order(user: User, now: datetime) -> None:
    access.require(user, Right.ORDER_PRINTOUTS, now)
    if not everywhere(user, Right.ORDER_PRINTOUTS, now):
        raise PermissionDenied("En period gäller hela kommunen. Din behörighet gäller bara en verksamhet.")


def is_sealed(printout: Printout) -> bool:
    """Whether something on the paper was later judged to be what nobody may keep or show (BrB 16:10 a)."""
    sealed = set(forbidden().values_list("item", flat=True))
    if not sealed or not printout.document:
        return False
    # What is there only as context has no row of its own; the frozen document tells of everything on the paper.
    sections = json.loads(printout.document)["sections"]
    return any(entry["item_id"] in sealed for section in sections for entry in section["entries"])


def evidence_for(user: User, pk: int, now: datetime) -> Evidence:
    """The finished sheet. What is secret on it is only for those who may read secrets, whatever their right to the item."""
    evidence = Evidence.objects.select_related("item__thread").filter(pk=pk).first()
    if evidence is None:
        raise Http404("Bevisbladet finns inte, eller gäller något som du inte har behörighet till.")
    item = access.item_for(user, evidence.item_id, now)
    if item.never_kept or evidence.is_sealed:
        raise PermissionDenied("På bevisbladet står något som enligt lag inte får visas.")
    if evidence.state != OrderState.DONE:
        raise Http404("Bevisbladet har ingen fil, för det är inte klart.")
    if evidence.is_secret and not access.may_on(user, item, Right.READ_SECRET, now):
        raise PermissionDenied(f"Du behöver behörigheten ”{Right.READ_SECRET.label}” för det här bevisbladet.")
    return evidence


def forbidden() -> QuerySet[Classification]:
    return Classification.objects.filter(superseded_at=None, reason__in=rules.NEVER_KEPT)
