"""What the person did just now, on every page, so that it can be taken back from wherever they are."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from moderation.views import undo

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_deed(context: Context) -> dict[str, Any]:
    return undo.about(context["user"], timezone.now(), context["request"].session.get(undo.CLOSED, ""))
