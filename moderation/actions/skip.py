"""Pass an item over. It stays in the queue; what many pass over is hard, and the policy may need better words."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moderation import audit
from moderation.actions import lease
from moderation.models import Item, Skip, User
from moderation.policy.terms import Event


@transaction.atomic
def skip(*, item: Item, by: User, now: datetime) -> Skip:
    """The person's hold on it ends, so that a colleague can take it at once."""
    # The item before its lease, as a judgement locks them: the other way round two people would wait for each other.
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.waiting_since is None:
        raise ValidationError("Handlingen väntar inte på bedömning, så det finns inget att hoppa över.")
    lease.release(item=item, by=by)
    number = Skip.objects.filter(item=item).count() + 1
    skipped = Skip.objects.create(item=item, by=by, at=now, number=number)
    audit.record(Event.SKIPPED, item, now=now, by=by)
    return skipped
