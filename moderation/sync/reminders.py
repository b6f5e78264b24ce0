"""The chefs who have not answered: remind them on working days, and let the clock run again when a link runs out."""

from collections.abc import Callable
from datetime import datetime

from moderation.actions import refer
from moderation.models import Referral


def remind(clock: Callable[[], datetime]) -> int:
    """Returns how many were reminded. To look again is free."""
    now = clock()
    unclosed = Referral.objects.filter(answered_at=None, handed_over_at=None, revoked_at=None)
    for referral in unclosed.filter(expires_at__lte=now, expiry_told_at=None):
        refer.expire(referral=referral, now=now)
    return sum(refer.remind(referral=referral, now=now) for referral in Referral.objects.open(now))
