"""What every page shows: whose house this is, where the person may go, and whether the queue can be relied on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from moderation import access
from moderation.health.sign import page_read
from moderation.policy.terms import Right
from sociala_medier import health


def house(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"kommun": settings.KOMMUN}
    now = timezone.now()
    rights = access.rights(user, now)
    banner = health.banner(page_read(), now, Right.OPERATE in rights) if rights else None
    return {"kommun": settings.KOMMUN, "rights": rights, "banner": banner}
