"""Pages that concern the whole house: start, help, health."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sociala_medier import health as house_health


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    usable, parts = house_health.report(timezone.now())
    return JsonResponse({"ok": usable, **parts}, status=200 if usable else 503)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
