"""What every page shows: whose house this is, and where the person may go."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from moderation import access


def house(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"kommun": settings.KOMMUN}
    return {"kommun": settings.KOMMUN, "rights": access.rights(user, timezone.now())}
