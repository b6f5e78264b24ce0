"""What Facebook told at our door: a hint where to look. The node is read for truth, and what is gone is kept as it was told."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from moderation.graph import webhook
from moderation.graph.client import GraphClient
from moderation.graph.errors import Denied, Expired, Gone, GraphError, Refused, Retryable
from moderation.graph.fields import COMMENTS_AT_A_TIME
from moderation.graph.webhook import Change
from moderation.models import Item, Page, Thread, WebhookDelivery
from moderation.models.item import text_digest
from moderation.models.order import Postponed
from moderation.policy.terms import Source
from moderation.sync import absence, hearsay, nodes
from moderation.sync.hearsay import key_of
from moderation.sync.manners import asked_at
from moderation.sync.write import Found, fitting, store

Rows = list[dict[str, Any]]

# What was asked for at a moment may be answered so much later, with what stood there by then.
AN_ANSWER = timedelta(seconds=30)
ANOTHER_PAGE = "En händelse gällde en annan sida."
NOT_LOOKED_FOR = "Facebook berättade om något som tagits bort, men lät oss inte se efter om det är så."


def take(client: GraphClient, page: Page, clock: Callable[[], datetime], delivery: WebhookDelivery) -> None:
    """Look at everything one delivery speaks of. Doing it twice changes nothing."""
    notice = webhook.read(bytes(delivery.body))
    ours = [change for change in notice.changes if change.page_id in ("", page.graph_id)]
    looking = Looking(client, page, clock, ours)
    try:
        for change in ours:
            looking.at(change)
            delivery.show_life(clock())
    except GraphError as error:
        wait = error.retry_after if isinstance(error, Retryable) else None
        raise Postponed(error.sentence, wait) from error
    strangers = [ANOTHER_PAGE] if len(ours) < len(notice.changes) else []
    remarks = dict.fromkeys([*notice.remarks, *strangers, *looking.remarks])
    delivery.finish(clock(), remarks="\n".join(remarks))


@contextmanager
def _unless_refused() -> Iterator[None]:
    """What Facebook refuses now it will refuse again, so the rest goes on; only without a key nothing does."""
    try:
        yield
    except Expired:
        raise
    except Refused:
        pass


class Looking:
    """At Facebook, for the changes of one delivery. Nothing is looked at twice, since all was told before we looked."""

    def __init__(
        self, client: GraphClient, page: Page, clock: Callable[[], datetime], changes: Sequence[Change]
    ) -> None:
        self.client, self.page, self.clock = client, page, clock
        self.remarks: list[str] = []
        self.seen: set[str] = set()
        # Conversations by the other party's id, where they could be read.
        self.conversations: dict[str, str] = {}
        self.may_read_messages = True
        # Below which post, and in whose conversation, what is to be looked for.
        self.below: dict[str, set[str]] = defaultdict(set)
        self.within: dict[str, set[str]] = defaultdict(set)
        # The texts told of each item, in their order.
        self.worded: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            if change.text is not None:
                self.worded[key_of(change)].append(change)
        items = Item.objects.in_bulk({key_of(change) for change in changes}, field_name="graph_key")
        for change in changes:
            item = items.get(key_of(change))
            if change.verb != "remove" and not (item and _as_told(item, change)):
                self._look_for(change)

    def _look_for(self, change: Change) -> None:
        if change.kind == "comment":
            self.below[self._post_id(change)].add(key_of(change))
        elif change.kind == "message":
            self.within[change.person_id].add(key_of(change))

    def at(self, change: Change) -> None:
        ways = {"post": self._post, "comment": self._comment, "message": self._message}
        if change.kind not in ways or key_of(change) in self.seen:
            return
        item = _item(change)
        if change.verb == "remove":
            self._removed(item, change)
        elif item is None or not _as_told(item, change):
            ways[change.kind](change)

    def _removed(self, item: Item | None, change: Change) -> None:
        """What we never had cannot be missed; the delivery itself is kept."""
        at = self.clock()
        if item is None or item.removed_at is not None:
            return
        try:
            there = self.client.exists(item.graph_id)
        except Expired:
            raise
        except Refused:
            self.remarks.append(NOT_LOOKED_FOR)
            return
        if not there:
            gone = item.thread.items.filter(removed_at=None) if change.kind == "post" else [item]
            by_page = change.author_id == self.page.graph_id != item.author_id
            absence.believe(self.client, self.page, gone, at, Source.WEBHOOK, by_page)
        self.seen.add(key_of(change))

    def _post(self, change: Change) -> None:
        self._or_as_told(change, lambda: self._read_post(change.object_id))

    def _read_post(self, post_id: str) -> list[Found]:
        raw = self.client.post(post_id)
        post = nodes.post(raw)
        return [post, *nodes.comments(nodes.listed(raw), post)]

    def _comment(self, change: Change) -> None:
        """With its neighbours below the post, most of which will be told of too; then the comment by itself."""
        post_id = self._post_id(change)
        below = nodes.post({"id": post_id})
        if wanted := self.below.pop(post_id, set()):
            with _unless_refused():
                if not Thread.objects.filter(graph_key=fitting(below.key)).exists():
                    self._take_in(lambda: self._read_post(post_id))
                read = lambda rows: list(nodes.comments(rows, below, with_parents=True))  # noqa: E731
                self._search(self.client.latest_comments(post_id), read, wanted)
        if key_of(change) not in self.seen:
            one = lambda: list(nodes.comments([self.client.comment(change.object_id)], below, True))  # noqa: E731
            self._or_as_told(change, one, below)

    def _message(self, change: Change) -> None:
        """With the rest of the conversation, since nobody can read a message by itself."""
        if wanted := self.within.pop(change.person_id, set()):
            self._read_conversation(change.person_id, wanted)
        if key_of(change) in self.seen or _item(change) is not None:
            return
        if not change.object_id and change.person_id in self.conversations:
            # It has an id there, and was read with the others.
            return
        at, gone = self.clock(), False
        if change.object_id and self.may_read_messages:
            with _unless_refused():
                gone = not self.client.exists(change.object_id)
        self._keep_as_told(change, at, gone)

    def _read_conversation(self, person_id: str, wanted: set[str]) -> None:
        if not person_id or not self.may_read_messages:
            return
        try:
            for row in self.client.conversation_with(self.page.graph_id, person_id):
                self.conversations[person_id] = str(row.get("id", ""))
                read = lambda rows, row=row: list(nodes.messages(rows, row))  # noqa: E731
                self._search(self.client.messages(row), read, wanted)
        except Denied:
            self.may_read_messages = False
        except Refused as error:
            if isinstance(error, Expired):
                raise

    def _search(self, pages: Iterator[Rows], read: Callable[[Rows], list[Found]], wanted: set[str]) -> None:
        """Page after page back in time until all that is wanted is found, or as far as it may reasonably lie."""
        for _ in range(2 + 2 * len(wanted) // COMMENTS_AT_A_TIME):
            if wanted <= self.seen or not self._take_in(lambda: read(next(pages, []))):
                return

    def _take_in(self, read: Callable[[], list[Found]]) -> list[Found]:
        found = read()
        at = asked_at(self.client, self.clock)
        self._keep_wordings(found)
        store(found, self.page, at)
        self.seen.update(one.key for one in found)
        return found

    def _keep_wordings(self, found: list[Found]) -> None:
        """Texts that were told of and have been replaced again came in all the same: versions before the one read.

        Deliveries come late and in any order: only what was surely written after all we know can be put in its place.
        """
        told = [(one, change, change.at) for one in found for change in self.worded[one.key] if change.at]
        for one, change, written_at in sorted(told, key=lambda passed: passed[2]):
            item = Item.objects.filter(graph_key=one.key, removed_at=None).first()
            if item is None or change.text == one.remote.message or written_at < item.changed_at + AN_ANSWER:
                continue
            if not item.versions.filter(sha256=text_digest(change.text or "")).exists():
                store([hearsay.wording(change, one, item.hidden)], self.page, written_at, Source.WEBHOOK)

    def _or_as_told(self, change: Change, read: Callable[[], list[Found]], below: Found | None = None) -> None:
        at = self.clock()
        try:
            self._take_in(read)
        except Expired:
            raise
        except Refused as error:
            gone = isinstance(error, Gone)
            if (item := _item(change)) is None:
                self._keep_as_told(change, at, gone, below)
            elif gone:
                absence.believe(self.client, self.page, [item], at, Source.WEBHOOK)
        self.seen.add(key_of(change))

    def _keep_as_told(self, change: Change, at: datetime, gone: bool, below: Found | None = None) -> None:
        """What we would otherwise have nothing of. A change that tells no words tells nothing of what it changed."""
        if change.verb != "add" and change.text is None:
            return
        told = hearsay.told(change, gone, below, self.conversations.get(change.person_id, ""))
        store([told], self.page, at, Source.WEBHOOK)
        if gone:
            absence.believe(self.client, self.page, Item.objects.filter(graph_key=told.key), at, Source.WEBHOOK)
        self.seen.add(key_of(change))

    def _post_id(self, change: Change) -> str:
        return change.post_id or f"{self.page.graph_id}_{change.object_id.partition('_')[0]}"


def _item(change: Change) -> Item | None:
    return Item.objects.filter(graph_key=key_of(change)).first()


def _as_told(item: Item, change: Change) -> bool:
    """What we have agrees with what is told, so that there is nothing to look at."""
    if item.removed_at is not None:
        # What was said before it went is no sign that it has come back.
        return change.at is not None and change.at <= item.removed_at
    if change.verb in ("hide", "show"):
        return item.hidden == (change.verb == "hide")
    same = change.text is None or text_digest(change.text) == item.text_sha256
    return same and (change.verb == "add" or change.text is not None)
