"""What the person did just now, on every page, so that it can be taken back from wherever they are."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from moderation.views import undo

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_deed(context: Context) -> dict[str, Any]:
    request, now = context["request"], timezone.now()
    # A list has asked when it was, among much else.
    if hasattr(request, "did_at") and not undo.is_fresh(request.did_at, now):
        return {}
    return undo.about(context["user"], now, request.session.get(undo.CLOSED, ""), context.get("just_judged"))
