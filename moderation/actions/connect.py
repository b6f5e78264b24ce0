"""Connect the page on Facebook with a token, for the first time or anew."""

import re
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from moderation import audit, vault
from moderation.models import Page, User
from moderation.policy.terms import Event

LONGEST = 2000


@sensitive_variables("token")
def connect(*, page_id: str, token: str, by: User | None, now: datetime) -> Page:
    """Keep the token sealed, forget what was wrong with the one before, and ask for the whole page anew.

    Everything taken in before stays as it is, and what was missed meanwhile comes with the reading that is asked for.
    """
    if not re.fullmatch(r"[0-9]{1,100}", page_id):
        raise ValidationError("Sidans id på Facebook består bara av siffror. Driften anger det i FACEBOOK_PAGE_ID.")
    # From here on nothing that an error could show has the token itself.
    return _keep(page_id, vault.seal(_checked(token)), by, now)


@transaction.atomic
def _keep(page_id: str, sealed: str, by: User | None, now: datetime) -> Page:
    page, _ = Page.objects.get_or_create(graph_id=page_id, defaults={"name": settings.KOMMUN})
    # Only these columns: a reading of the page may be writing in the others at this moment.
    Page.objects.filter(pk=page.pk).update(
        token_sealed=sealed,
        token_checked_at=None,
        token_ends_at=None,
        token_dead_at=None,
        token_error="",
        resume_at=None,
        halvings=0,
        # What the former key might not do, the new one may.
        messages_error="",
        subscribed_at=None,
        sweep_wanted_at=now,
    )
    audit.record(Event.PAGE_CONNECTED, page, now=now, by=by)
    page.refresh_from_db()
    return page


@sensitive_variables("token")
def _checked(token: str) -> str:
    """The token without what a copy leaves at its ends. The sentences repeat nothing of it."""
    token = token.strip()
    if not token:
        raise ValidationError("Klistra in en nyckel.")
    if re.search(r"\s", token):
        raise ValidationError("Nyckeln har blanksteg eller radbrytningar inuti. Kopiera den igen, i ett enda stycke.")
    if not re.fullmatch(r"[!-~]+", token) or len(token) > LONGEST:
        raise ValidationError("Det där är ingen nyckel från Facebook. Kopiera den igen, och bara den.")
    return token
