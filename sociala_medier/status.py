"""The status page: whether one can rely on the queue, and what to do where one cannot."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arkiv.reach import Request
from moderation import access
from moderation.health import complete
from moderation.health.sign import Sign, State, page_read
from moderation.models import Attachment, HistoryImport, User
from moderation.policy.terms import OrderState
from sociala_medier import health

FAILED, IMPORTS = 10, 5


@require_safe
def status(request: Request) -> HttpResponse:
    now = timezone.now()
    if not access.rights(request.user, now):
        raise PermissionDenied("Du behöver en roll för att läsa om driften. En administratör kan ge dig den.")
    groups = health.groups(now)
    signs = [sign for group in groups for sign in group.signs]
    context = {
        "now": now,
        "groups": groups,
        "summary": _summary(signs),
        "standstills": complete.standstills(page_read()),
        "imports": HistoryImport.objects.all()[:IMPORTS],
        "failed": _failed(request.user, now),
    }
    return render(request, "sociala_medier/status.html", context)


def _summary(signs: list[Sign]) -> str:
    """Allt fungerar. / Två saker fungerar inte och en behöver ses till."""
    wrong = sum(sign.state == State.FAIL for sign in signs)
    doubtful = sum(sign.state == State.WARN for sign in signs)
    if not wrong and not doubtful:
        return "Allt fungerar"
    told = [f"{_number(wrong)} fungerar inte"] if wrong else []
    told += [f"{_number(doubtful)} behöver ses till"] if doubtful else []
    text = " och ".join(told)
    return text[0].upper() + text[1:]


def _number(count: int) -> str:
    return "en sak" if count == 1 else f"{count} saker"


def _failed(user: User, now: datetime) -> QuerySet[Attachment]:
    """Attachments that could not be fetched, of what the person may see; the latest first."""
    rows = Attachment.objects.filter(state=OrderState.FAILED, item__in=access.visible_to(user, now))
    return rows.select_related("item").defer("item__text").order_by("-done_at", "-pk")[:FAILED]
