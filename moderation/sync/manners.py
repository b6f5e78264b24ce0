"""Our manners towards Facebook, kept in the page's row so that all processes on all machines share them."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, GraphError, RateLimited
from moderation.graph.manners import Manners
from moderation.graph.usage import Usage
from moderation.models import Page
from moderation.policy import pace
from moderation.sync import token_watch

logger = logging.getLogger(__name__)


def asked_at(client: GraphClient, clock: Callable[[], datetime]) -> datetime:
    """When the answer just read was asked for: however long it took to come, it tells what was there then."""
    return client.manners.asked_at or clock()


class SharedManners(Manners):
    """Before each call the row is asked whether Facebook wants to be left alone; after it the row is told what came."""

    def __init__(self, page: Page, clock: Callable[[], datetime]) -> None:
        self.page = page
        self.clock = clock
        self.halvings = page.halvings
        self._noted: tuple[object, ...] = ()

    def before(self) -> None:
        self.asked_at = now = self.clock()
        resume_at = Page.objects.filter(pk=self.page.pk).values_list("resume_at", flat=True).first()
        if resume_at is not None and now < resume_at:
            error = RateLimited(detail="we are waiting")
            error.retry_after = resume_at - now
            raise error

    def after(self, usage: Usage | None, version: str, error: GraphError | None) -> None:
        now = self.clock()
        if isinstance(error, RateLimited):
            self._wait(now + (error.retry_after or pace.THROTTLED))
        elif isinstance(error, Expired):
            token_watch.died(self.page, error.sentence, now)
        elif error is None:
            self._note(usage, version, now)

    def too_much(self) -> None:
        self.halvings += 1
        Page.objects.filter(pk=self.page.pk).update(halvings=Greatest(F("halvings"), self.halvings))

    def _wait(self, until: datetime) -> None:
        """Never shorter than somebody else was told."""
        waiting = Page.objects.filter(pk=self.page.pk).exclude(resume_at__gt=until)
        if waiting.update(resume_at=until):
            logger.warning("page %s is left alone until %s", self.page.pk, until.isoformat())

    def _note(self, usage: Usage | None, version: str, now: datetime) -> None:
        """The row is written where something is news and once a minute: an answer comes many times a second."""
        used = usage.worst if usage else None
        if used is not None and used > pace.STOP_ABOVE:
            self._wait(now + timedelta(minutes=usage.regain_minutes if usage else 0) + pace.PAUSE)
        news = (used, version, now.replace(second=0, microsecond=0))
        if news != self._noted:
            self._noted = news
            told = {"served_version": version[:20]} if version else {}
            if used is not None:
                told |= {"usage": used, "usage_at": now}  # type: ignore[dict-item]
            if told:
                Page.objects.filter(pk=self.page.pk).update(**told)
