"""Remember what a person did, so that it can be taken back."""

from datetime import datetime

from moderation.models import Bulk, Deed, Item, User
from moderation.policy.terms import Verb


def remember(
    verb: Verb,
    item: Item,
    *,
    by: User,
    now: datetime,
    subject: int | None = None,
    before: str = "",
    bulk: Bulk | None = None,
) -> Deed:
    """In the caller's own transaction. The audit entry is the caller's: a deed is only the handle to undo it by."""
    return Deed.objects.create(by=by, at=now, verb=verb, item=item, subject=subject, before=before, bulk=bulk)
