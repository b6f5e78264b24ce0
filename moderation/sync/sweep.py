"""The whole page, stretch by stretch: every post and conversation, what has gone, and whether all of it is here."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q

from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, Gone, GraphError, RateLimited, Refused
from moderation.graph.values import moment, number
from moderation.models import Item, Page, SyncRun, Thread
from moderation.policy import pace
from moderation.policy.terms import Lane, Phase, ThreadKind
from moderation.sync import absence, completeness, nodes, runs, snapshot, standstills
from moderation.sync.manners import asked_at
from moderation.sync.runs import Clock, TakenOver
from moderation.sync.write import Found, Tally, fitting, store

logger = logging.getLogger(__name__)


def is_wanted(page: Page, now: datetime) -> bool:
    """It was interrupted, somebody asked for it, or the last one began long ago."""
    if SyncRun.objects.running().filter(page=page, lane=Lane.SWEEP).exists() or page.fetched_at is None:
        return True
    asked = page.sweep_wanted_at is not None and page.sweep_wanted_at > page.fetched_at
    return asked or now - page.fetched_at >= pace.SWEEP_EVERY


def stretch(
    client: GraphClient, page: Page, clock: Clock, take_over: bool = False, most: timedelta = pace.STRETCH
) -> SyncRun | None:
    """Go on with the sweep, or begin one, for about `most`. Returns the run, which may go on later (`ended_at` is None).

    None where somebody else is at it or Facebook asked us to wait. An error from Facebook ends the stretch, not the
    sweep: the next one begins where this one came to.
    """
    page.refresh_from_db()
    if page.resume_at is not None and clock() < page.resume_at:
        return None
    run = runs.hold(page, Lane.SWEEP, clock(), take_over)
    if run is None:
        return None
    sweep = Sweep(client, page, run, clock, clock() + most)
    try:
        if sweep.go_on():
            _end(page, run, clock())
        else:
            runs.release(run, clock())
    except TakenOver:
        return None
    except GraphError as error:
        runs.release(run, clock(), error.sentence)
        logger.warning("sweep of page %s: %s code=%s trace=%s", page.pk, error, error.code, error.trace_id)
    run.refresh_from_db()
    return run


def _end(page: Page, run: SyncRun, now: datetime) -> None:
    if runs.end(run, now):
        # Smaller answers are asked for only as long as they are needed.
        Page.objects.filter(pk=page.pk).update(fetched_at=run.started_at, halvings=max(0, page.halvings - 1))
        standstills.note_filled(page, run.started_at, now)


class Sweep:
    """One stretch of a run. Each phase says whether it came to its end."""

    def __init__(self, client: GraphClient, page: Page, run: SyncRun, clock: Clock, deadline: datetime) -> None:
        self.client, self.page, self.run, self.clock, self.deadline = client, page, run, clock, deadline
        self.counted_calls = client.calls

    def go_on(self) -> bool:
        phases = {
            Phase.FEED: self._feed,
            Phase.BESIDE: self._beside,
            Phase.UNSEEN: self._unseen,
            Phase.MESSAGES: self._messages,
        }
        for phase in list(phases)[list(phases).index(Phase(self.run.phase)) :]:
            runs.remember(self.run, phase=phase)
            if not phases[phase]():
                return False
        return True

    def _feed(self) -> bool:
        """Newest first. Where it was interrupted it goes on from the time it had come to: cursors do not keep."""
        snapshot.take(self.client.page(self.page.graph_id), self.page, self.clock())
        reached = self.run.reached
        for rows in self.client.posts(self.page.graph_id, reached + timedelta(seconds=1) if reached else None):
            self._store(rows)
            oldest = min((at for row in rows if (at := moment(row.get("created_time")))), default=None)
            if oldest is None or (reached is not None and oldest >= reached):
                continue
            reached = oldest
            runs.remember(self.run, reached=reached)
            if self._is_late():
                return False
        return True

    def _beside(self) -> bool:
        """What may be missing from the feed: others' posts that mention the page, and short films."""
        with Allowed(self.run, "Inlägg av andra som nämner sidan"):
            for rows in self.client.tagged(self.page.graph_id):
                self._store(rows)
        with Allowed(self.run, "Sidans korta filmer (reels)"):
            for post_id in self.client.reels(self.page.graph_id):
                self._reel(post_id)
        return True

    def _reel(self, post_id: str) -> None:
        key = nodes.post({"id": post_id}).key
        if not Thread.objects.filter(graph_key=fitting(key), read_at__gte=self.run.started_at).exists():
            with Allowed(self.run, "En kort film (reel)"):
                self._store([self.client.post(post_id)])

    def _unseen(self) -> bool:
        """Threads that no list brought: gone, or too old for the lists. Asked for one by one."""
        # Below a post that is known to be gone there may be what a slow reader stored after that was noted.
        here = Exists(Item.objects.filter(thread=OuterRef("pk"), removed_at=None))
        threads = Thread.objects.filter(here, page=self.page, kind=ThreadKind.POST).exclude(graph_id="")
        unseen = threads.filter(Q(read_at=None) | Q(read_at__lt=self.run.started_at)).order_by("pk")
        while (thread := unseen.first()) is not None:
            self._ask_for(thread)
            if self._is_late():
                return False
        return True

    def _ask_for(self, thread: Thread) -> None:
        at = self.clock()
        try:
            self._store([self.client.post(thread.graph_id)])
        except Gone:
            absence.believe(self.client, self.page, thread.items.filter(removed_at=None), at)
        except Refused as error:
            if isinstance(error, Expired):
                raise
            runs.remark(self.run, f"Ett inlägg som inte står i flödet kan inte läsas: {error.sentence}")
        Thread.objects.filter(pk=thread.pk).update(read_at=at)

    def _messages(self) -> bool:
        with Allowed(self.run, "Privata meddelanden"):
            for rows in self.client.conversations(self.page.graph_id):
                at = asked_at(self.client, self.clock)
                for row in rows:
                    self._conversation(row, at)
        return True

    def _conversation(self, row: dict[str, Any], at: datetime) -> None:
        """The newest messages, and all the others where we have fewer than Facebook counts or something is new.

        The count alone would not do: who has taken a message back is often not told of, and hides that another is missing.
        """
        newest = list(nodes.messages(nodes.listed(row, "messages"), row))
        self._write(newest, at)
        told = number(row.get("message_count"))
        here = Item.objects.filter(thread__graph_key__in={fitting(one.thread) for one in newest}, removed_at=None)
        if told is None or here.count() < told or self._is_new(row):
            self._further(self.client.messages(row), lambda rows: list(nodes.messages(rows, row)))

    def _is_new(self, conversation: dict[str, Any]) -> bool:
        """It has changed since the last sweep that came to its end."""
        changed, read = moment(conversation.get("updated_time")), self.page.fetched_at
        return changed is None or read is None or changed >= read - pace.OVERLAP

    def _store(self, rows: Iterable[dict[str, Any]]) -> None:
        """Posts with all that stands below them, and then what no longer does."""
        at = asked_at(self.client, self.clock)
        read = [(raw, nodes.post(raw)) for raw in rows]
        seen = {post.key: {post.key} for _, post in read}
        found: list[Found] = []
        for raw, post in read:
            found += [post, *self._kept(nodes.comments(nodes.listed(raw), post), seen[post.key])]
        self._write(found, at)
        whole = [(raw, post) for raw, post in read if self._below(raw, post, seen[post.key])]
        absence.look(self.client, self.page, {post.key: seen[post.key] for _, post in whole}, at)
        completeness.count(self.run, {post.key: nodes.told(raw) for raw, post in whole}, at)

    def _below(self, raw: dict[str, Any], post: Found, seen: set[str]) -> bool:
        """Whether all of it could be read. A post that Facebook fails at each time holds up none of the others."""
        try:
            self._further(self.client.comments(raw), partial(self._comments, post, seen))
        except (RateLimited, Expired):
            raise
        except GraphError as error:
            runs.remark(self.run, f"Allt under ett inlägg kunde inte läsas: {error.sentence}")
            return False
        return True

    def _comments(self, post: Found, seen: set[str], rows: list[Any]) -> list[Found]:
        return self._kept(nodes.comments(rows, post), seen)

    def _further(self, pages: Iterator[list[Any]], read: Callable[[list[Any]], list[Found]]) -> None:
        """All pages but the first, which came with what they are below."""
        next(pages, None)
        while True:
            rows = next(pages, None)
            if rows is None:
                return
            self._write(read(rows), asked_at(self.client, self.clock))

    def _kept(self, found: Iterable[Found], seen: set[str]) -> list[Found]:
        kept = list(found)
        seen.update(one.key for one in kept)
        return kept

    def _write(self, found: list[Found], at: datetime) -> None:
        tally = store(found, self.page, at) if found else Tally()
        calls, self.counted_calls = self.client.calls - self.counted_calls, self.client.calls
        runs.go_on(self.run, self.clock(), tally, calls)

    def _is_late(self) -> bool:
        return self.clock() >= self.deadline


class Allowed:
    """What Facebook does not let us read is said in the run, and hinders nothing else."""

    def __init__(self, run: SyncRun, what: str) -> None:
        self.run, self.what = run, what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Refused) or isinstance(error, Expired):
            return False
        runs.remark(self.run, f"{self.what} kan inte läsas: {error.sentence}")
        return True
