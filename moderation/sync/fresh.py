"""The newest: one call for posts and comments, one for private messages, and more only where all of it was news."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, GraphError, Refused
from moderation.graph.values import moment
from moderation.models import Page, SyncRun
from moderation.policy import pace
from moderation.policy.terms import Lane
from moderation.sync import nodes, runs, standstills
from moderation.sync.manners import asked_at
from moderation.sync.runs import Clock, TakenOver
from moderation.sync.write import Found, store, unknown

logger = logging.getLogger(__name__)

# So many further pages at most below one post; what lies deeper is left for the sweep.
DEEPEST = 10


def pull(client: GraphClient, page: Page, clock: Clock, take_over: bool = False) -> SyncRun | None:
    """Read what is new. Returns how it went, or None where somebody else reads it or Facebook asked us to wait.

    An error from Facebook ends the run with its sentence; what was stored before stays, the rest comes next time.
    """
    page.refresh_from_db()
    if page.resume_at is not None and clock() < page.resume_at:
        return None
    run = runs.hold(page, Lane.FRESH, clock(), take_over)
    if run is None:
        return None
    started, error = clock(), ""
    Page.objects.filter(pk=page.pk).update(tried_at=started)
    try:
        _read(client, page, run, clock)
        standstills.note_success(page, started)
    except TakenOver:
        return None
    except GraphError as failure:
        error = failure.sentence
        standstills.note_failure(page, error, clock())
        logger.warning("the newest of page %s: %s code=%s trace=%s", page.pk, failure, failure.code, failure.trace_id)
    runs.end(run, clock(), error)
    run.refresh_from_db()
    return run


def _read(client: GraphClient, page: Page, run: SyncRun, clock: Clock) -> None:
    posts = [(raw, nodes.post(raw)) for raw in client.newest(page.graph_id)]
    at = asked_at(client, clock)
    below = {post.key: list(nodes.comments(nodes.listed(raw), post, with_parents=True)) for raw, post in posts}
    found = [one for _, post in posts for one in (post, *below[post.key])]
    new = unknown(found)
    runs.go_on(run, clock(), store(found, page, at), 1)
    for raw, post in posts:
        # All news means that there may be more. Before the first sweep has ended everything is new, and it reads all.
        if (post.key not in new or page.fetched_at is not None) and _all_news(below[post.key], new):
            _deeper(client, page, run, clock, client.newest_comments(raw), partial(_comments, post))
    read_messages(client, page, run, clock)


def _all_news(found: list[Found], new: set[str]) -> bool:
    rows = [one for one in found if not one.is_beside]
    return bool(rows) and all(one.key in new for one in rows)


def _comments(post: Found, rows: list[Any]) -> list[Found]:
    return list(nodes.comments(rows, post, with_parents=True))


def _deeper(
    client: GraphClient,
    page: Page,
    run: SyncRun,
    clock: Clock,
    pages: Iterator[list[Any]],
    read: Callable[[list[Any]], list[Found]],
) -> None:
    """Page after page back in time, until one holds something that was here before. The first is stored already."""
    next(pages, None)
    for _ in range(DEEPEST):
        found = read(next(pages, []))
        at = asked_at(client, clock)
        new = unknown(found)
        if found:
            runs.go_on(run, clock(), store(found, page, at), 1)
        if not _all_news(found, new):
            return
    Page.objects.filter(pk=page.pk).update(sweep_wanted_at=clock())


def read_messages(client: GraphClient, page: Page, run: SyncRun, clock: Clock) -> None:
    """Conversations that have changed since the last time. That they are refused hinders nothing else."""
    at, tried = clock(), page.messages_tried_at
    if page.messages_error and tried is not None and at - tried < pace.REFUSED_FOR:
        return
    latest = page.messages_at
    since = latest - pace.OVERLAP if latest else None
    try:
        for rows in client.conversations(page.graph_id, since):
            store_conversations(client, page, run, clock, rows)
            moments = [changed for row in rows if (changed := moment(row.get("updated_time")))]
            latest = max([*moments, *([latest] if latest else [])], default=None)
            if since is None:
                break  # The sweep reads the older ones.
    except Refused as error:
        if isinstance(error, Expired):
            raise
        Page.objects.filter(pk=page.pk).update(messages_error=error.sentence, messages_tried_at=at)
        return
    Page.objects.filter(pk=page.pk).update(messages_at=latest, messages_error="", messages_tried_at=at)


def store_conversations(
    client: GraphClient, page: Page, run: SyncRun, clock: Clock, rows: list[dict[str, Any]]
) -> None:
    at = asked_at(client, clock)
    inside = [(row, list(nodes.messages(nodes.listed(row, "messages"), row))) for row in rows]
    found = [one for _, messages in inside for one in messages]
    new = unknown(found)
    runs.go_on(run, clock(), store(found, page, at), 1)
    for row, messages in inside:
        if _all_news(messages, new):
            _deeper(client, page, run, clock, client.messages(row), partial(_messages, row))


def _messages(conversation: dict[str, Any], rows: list[Any]) -> list[Found]:
    return list(nodes.messages(rows, conversation))
