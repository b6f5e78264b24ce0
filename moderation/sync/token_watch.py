"""Watches over the key to the page and over the subscription to what happens on it."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from moderation import audit
from moderation.actions import warn
from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, GraphError, Retryable
from moderation.models import Page
from moderation.policy import rules
from moderation.policy.terms import Event

logger = logging.getLogger(__name__)

OFTEN = timedelta(days=1)
# https://developers.facebook.com/docs/graph-api/guides/error-handling: subcodes of 190.
WHY: dict[int, str] = {
    458: "Appen är borttagen från det konto som skapade nyckeln.",
    459: "Facebook vill att den som skapade nyckeln loggar in och bekräftar vem det är.",
    460: "Den som skapade nyckeln har bytt lösenord på Facebook.",
    463: "Nyckelns tid är ute.",
    464: "Facebook vill att den som skapade nyckeln bekräftar sitt konto.",
    467: "Nyckeln är återkallad på Facebook.",
}
UNKNOWN = "Facebook säger inte varför."
# What a webhook is for. `messages` needs a permission that not every municipality has.
FIELDS = frozenset({"feed"})


def is_due(page: Page, now: datetime) -> bool:
    """Not looked at since it was connected, or for a day."""
    return _old(page.token_checked_at, now) or (_hears() and _old(page.subscribed_at, now))


def watch(client: GraphClient, page: Page, clock: Callable[[], datetime]) -> None:
    """Both checks; what Facebook did not answer is asked the next time."""
    check(client, page, clock)
    check_subscription(client, page, clock)


def check(client: GraphClient, page: Page, clock: Callable[[], datetime]) -> None:
    """Ask Facebook about the key itself: whether it holds, how long, and what it may."""
    if not (settings.FACEBOOK_APP_ID and settings.FACEBOOK_APP_SECRET):
        return
    try:
        told = client.debug_token(settings.FACEBOOK_APP_ID)
    except Retryable as error:
        logger.warning("the key of page %s was not checked: %s", page.pk, error)
        return
    except GraphError as error:
        logger.warning("the key of page %s could not be checked: %s", page.pk, error)
        why = "Nyckeln kunde inte kontrolleras: stämmer FACEBOOK_APP_ID och FACEBOOK_APP_SECRET?"
        _note(page, token_checked_at=clock(), token_error=why)
        return
    if told.get("is_valid") is False:
        _note(page, token_checked_at=clock())
        died(page, _why(told), clock())
    else:
        ends_at = min(
            filter(None, map(_moment, (told.get("expires_at"), told.get("data_access_expires_at")))), default=None
        )
        found = {"token_error": _lacks(page, told), "token_lacks": " ".join(_lacking(told))}
        _note(page, token_checked_at=clock(), token_ends_at=ends_at, token_dead_at=None, **found)
        warn.look(page, clock())


@transaction.atomic
def died(page: Page, sentence: str, now: datetime) -> None:
    """Facebook has refused the key. Noted once, whoever hears it first, and told the administrators at once."""
    if Page.objects.filter(pk=page.pk, token_dead_at=None).update(token_dead_at=now, token_error=sentence):
        audit.record(Event.TOKEN_DIED, page, now=now)
    page.refresh_from_db()
    warn.look(page, now)


def check_subscription(client: GraphClient, page: Page, clock: Callable[[], datetime]) -> None:
    """Ask whether Facebook still sends what happens; it stops by itself when our door has been shut for an hour."""
    if not _hears():
        return
    try:
        wrong = _subscription_fault(client.subscriptions(page.graph_id))
    except Expired as error:
        died(page, error.sentence, clock())
        return
    except Retryable as error:
        logger.warning("the subscription of page %s was not checked: %s", page.pk, error)
        return
    except GraphError as error:
        logger.warning("the subscription of page %s could not be checked: %s", page.pk, error)
        wrong = f"Prenumerationen kunde inte kontrolleras. {error.sentence}"
    with transaction.atomic():
        news = wrong and Page.objects.filter(pk=page.pk, subscription_error="").exists()
        _note(page, subscribed_at=clock(), subscription_error=wrong)
        if news:
            warn.of_lost_subscription(page, clock())


def _hears() -> bool:
    return bool(settings.FACEBOOK_VERIFY_TOKEN)


def _old(checked_at: datetime | None, now: datetime) -> bool:
    return checked_at is None or now - checked_at >= OFTEN


def _note(page: Page, **facts: Any) -> None:
    """Only these columns: a reading of the page may be writing in the others at this moment."""
    Page.objects.filter(pk=page.pk).update(**facts)
    for name, value in facts.items():
        setattr(page, name, value)


def _why(told: dict[str, Any]) -> str:
    error = told.get("error")
    subcode = error.get("subcode") if isinstance(error, dict) else None
    return WHY.get(subcode, UNKNOWN) if isinstance(subcode, int) else UNKNOWN


def _moment(seconds: object) -> datetime | None:
    """A time as Facebook gives it; 0 is never, and what is no time at all tells nothing."""
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _lacks(page: Page, told: dict[str, Any]) -> str:
    """What is wrong with a key that holds: it is for another page, or may not do all we need."""
    belongs = told.get("profile_id")
    if belongs is not None and str(belongs) != page.graph_id:
        return "Nyckeln gäller en annan sida på Facebook än den som programmet ska läsa."
    missing = [f"{words} ({scope})" for scope, words in _missing(told).items()]
    return f"Nyckeln saknar behörighet att {', '.join(missing)}." if missing else ""


def _missing(told: dict[str, Any]) -> dict[str, str]:
    """What it should be allowed and is not: Facebook's name for it, and ours."""
    lacking = _lacking(told)
    wanted = {scope: words for scope, words in rules.TOKEN_SCOPES.items() if scope in lacking}
    return {scope: words for scope, words in wanted.items() if scope != "pages_manage_metadata" or _hears()}


def _lacking(told: dict[str, Any]) -> list[str]:
    """By Facebook's names, all that the program has any use for."""
    scopes = told.get("scopes")
    if not isinstance(scopes, list):
        return []
    return [
        scope
        for scope in {**rules.TOKEN_SCOPES, **dict.fromkeys(rules.SCOPES_TO_INTERVENE.values())}
        if scope not in scopes
    ]


def _subscription_fault(apps: list[dict[str, Any]]) -> str:
    ours = [app for app in apps if not settings.FACEBOOK_APP_ID or str(app.get("id")) == settings.FACEBOOK_APP_ID]
    if not ours:
        return "Appen prenumererar inte på sidan."
    heard = {field for app in ours for field in app.get("subscribed_fields") or () if isinstance(field, str)}
    missing = FIELDS - heard
    return f"Prenumerationen saknar fältet {', '.join(sorted(missing))}." if missing else ""
