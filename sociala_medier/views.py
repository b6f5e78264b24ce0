"""Pages that concern the whole house: start, help, health."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arkiv import reach
from arkiv.reach import Request
from moderation import access
from moderation.models import FollowUpStep, RoleAssignment, SyncRun, User
from moderation.policy import rules, workdays
from moderation.policy.terms import Lane, Right
from sociala_medier import handbook
from sociala_medier import health as house_health

STEPS, PRINTOUTS = 8, 5
# An administrator is told of roles that run out within so many days.
SOON = timedelta(days=30)


@require_safe
def start(request: Request) -> HttpResponse:
    now = timezone.now()
    rights = access.rights(request.user, now)
    context: dict[str, Any] = {
        "now": now,
        "run": SyncRun.objects.filter(lane=Lane.FRESH).exclude(ended_at=None).select_related("page").first(),
    }
    if not rights:
        context["administrators"] = _administrators(now)
    if Right.SEE in rights:
        visible = access.visible_to(request.user, now)
        context |= {"waiting": visible.in_queue(now).count(), "late": visible.overdue(now).count()}
    if Right.FOLLOW_UP in rights:
        steps = _steps(request.user, now)
        context |= {"steps": steps[:STEPS], "open_steps": steps.count()}
    if Right.READ_PRINTOUTS in rights:
        context["printouts"] = reach.readable(request.user, now).order_by("-pk")[:PRINTOUTS]
    if Right.GRANT in rights:
        context["ending"] = _ending(now)
    return render(request, "sociala_medier/start.html", context)


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    usable, parts = house_health.report(timezone.now())
    return JsonResponse({"ok": usable, **parts}, status=200 if usable else 503)


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that lag (2018:1937) om tillgänglighet till digital offentlig service 13 § asks for."""
    return render(request, "sociala_medier/accessibility.html", {"contact": settings.KONTAKT})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    path = settings.BASE_DIR / "docs" / "handbok.md"
    try:
        chapter = handbook.read(path, path.stat().st_mtime_ns)
    except OSError:
        raise Http404("Handboken följde inte med den här installationen. Den finns i projektets mapp docs.") from None
    return render(request, "sociala_medier/help.html", {"handbook": chapter})


def _steps(user: User, now: datetime) -> QuerySet[FollowUpStep]:
    """What remains to be done about what was judged, what must be done first, first."""
    mine = access.visible_to(user, now, Right.FOLLOW_UP)
    steps = FollowUpStep.objects.open().filter(classification__superseded_at=None, classification__item__in=mine)
    return steps.select_related("classification__item").defer("classification__item__text").by_due()


def _administrators(now: datetime) -> QuerySet[User]:
    in_force = RoleAssignment.objects.in_force(workdays.local_date(now))
    return User.objects.filter(
        is_active=True, assignments__in=in_force.filter(role__in=rules.RIGHTS[Right.GRANT])
    ).distinct()


def _ending(now: datetime) -> QuerySet[RoleAssignment]:
    """Roles that run out soon, the nearest first."""
    today = workdays.local_date(now)
    rows = RoleAssignment.objects.in_force(today).filter(last_day__lte=today + SOON, user__is_active=True)
    return rows.select_related("user", "verksamhet").order_by("last_day", "pk")
