"""One answer for whoever watches the service: what works, and whether people can work."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from redis import Redis, RedisError

from arkiv import health as arkiv_health
from moderation import health as moderation_health

logger = logging.getLogger(__name__)


def report(now: datetime) -> tuple[bool, dict[str, str]]:
    """Whether the service can be used at all, and a word for each part. What waits on Facebook never makes it unusable."""
    vital = {"databas": _checked(_database), "ko": _checked(_broker), "lager": _checked(arkiv_health.store)}
    if vital["databas"] != "ok":
        return False, vital
    more = {
        "facebook": _checked(lambda: moderation_health.facebook(now)),
        "utskrifter": _checked(lambda: arkiv_health.printouts(now)),
    }
    return all(word == "ok" for word in vital.values()), vital | more


def _checked(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("health: %s", type(error).__name__)
        return "fel"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as broker:
        broker.ping()
    return "ok"
