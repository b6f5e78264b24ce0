"""What Facebook told at our door: a hint where to look. The node is read for truth, and what is gone is kept as it was told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from moderation.graph import payloads, webhook
from moderation.graph.client import GraphClient
from moderation.graph.errors import Expired, Gone, GraphError, Refused, Retryable
from moderation.graph.webhook import Change
from moderation.models import Item, Page, Thread, WebhookDelivery
from moderation.models.item import text_digest
from moderation.models.order import Postponed
from moderation.policy.terms import Source, ThreadKind
from moderation.sync import absence, nodes
from moderation.sync.write import Found, fitting, store

ONLY_TOLD = "Känd genom Facebooks meddelande till oss. Den var borta innan den hann läsas, så mer än så finns inte."
NOT_READABLE = "Känd genom Facebooks meddelande till oss. Facebook lät oss inte läsa den själv."
ANOTHER_PAGE = "En händelse gällde en annan sida."


def take(client: GraphClient, page: Page, clock: Callable[[], datetime], delivery: WebhookDelivery) -> None:
    """Look at everything one delivery speaks of. Doing it twice changes nothing."""
    notice = webhook.read(bytes(delivery.body))
    remarks = list(notice.remarks)
    looking = Looking(client, page, clock)
    try:
        for change in notice.changes:
            if change.page_id and change.page_id != page.graph_id:
                remarks.append(ANOTHER_PAGE)
            else:
                looking.at(change)
            delivery.show_life(clock())
    except GraphError as error:
        wait = error.retry_after if isinstance(error, Retryable) else None
        raise Postponed(error.sentence, wait) from error
    delivery.finish(clock(), remarks="\n".join(dict.fromkeys(remarks)))


class Looking:
    """At Facebook, for the changes of one delivery."""

    def __init__(self, client: GraphClient, page: Page, clock: Callable[[], datetime]) -> None:
        self.client, self.page, self.clock = client, page, clock

    def at(self, change: Change) -> None:
        ways = {"post": self._post, "comment": self._comment, "message": self._message}
        if change.kind in ways and change.object_id:
            item = Item.objects.filter(graph_key=_key(change)).first()
            if change.verb == "remove":
                self._removed(item, change)
            elif item is None or not _as_told(item, change):
                ways[change.kind](change)

    def _removed(self, item: Item | None, change: Change) -> None:
        """What we never had cannot be missed; the delivery itself is kept."""
        at = self.clock()
        if item is not None and item.removed_at is None and not self.client.exists(item.graph_id):
            gone = item.thread.items.filter(removed_at=None) if change.kind == "post" else [item]
            by_page = change.author_id == self.page.graph_id != item.author_id
            absence.believe(self.client, self.page, gone, at, Source.WEBHOOK, by_page)

    def _post(self, change: Change) -> None:
        self._or_as_told(change, lambda: self._read_post(change.object_id))

    def _read_post(self, post_id: str) -> list[Found]:
        raw = self.client.post(post_id)
        post = nodes.post(raw)
        return [post, *nodes.comments(nodes.listed(raw), post)]

    def _comment(self, change: Change) -> None:
        """The newest below the post first, since its neighbours will be told of too; then the comment by itself."""
        post_id = change.post_id or f"{self.page.graph_id}_{change.object_id.partition('_')[0]}"
        below = nodes.post({"id": post_id})
        if not Thread.objects.filter(graph_key=fitting(below.key)).exists():
            self._unless_refused(partial(self._read_post, post_id))
        if not Item.objects.filter(graph_key=_key(change)).exists():
            self._unless_refused(lambda: list(nodes.comments(self.client.latest_comments(post_id), below, True)))
        item = Item.objects.filter(graph_key=_key(change)).first()
        if item is None or not _as_told(item, change):
            one = lambda: list(nodes.comments([self.client.comment(change.object_id)], below, True))  # noqa: E731
            self._or_as_told(change, one, below)

    def _message(self, change: Change) -> None:
        def conversation() -> list[Found]:
            found = self.client.conversation_with(self.page.graph_id, change.person_id)
            return [one for row in found for one in nodes.messages(nodes.listed(row, "messages"), row)]

        if change.person_id:
            self._unless_refused(conversation)
        item = Item.objects.filter(graph_key=_key(change)).first()
        if item is None:
            self._keep_as_told(change, NOT_READABLE)

    def _unless_refused(self, read: Callable[[], list[Found]]) -> Refused | None:
        at = self.clock()
        try:
            store(read(), self.page, at)
        except Refused as error:
            if isinstance(error, Expired):
                raise
            return error
        return None

    def _or_as_told(self, change: Change, read: Callable[[], list[Found]], below: Found | None = None) -> None:
        at = self.clock()
        refused = self._unless_refused(read)
        if refused is None or Item.objects.filter(graph_key=_key(change)).exists():
            return
        self._keep_as_told(change, ONLY_TOLD if isinstance(refused, Gone) else NOT_READABLE, below)
        if isinstance(refused, Gone):
            kept = Item.objects.filter(graph_key=_key(change))
            absence.believe(self.client, self.page, kept, at, Source.WEBHOOK)

    def _keep_as_told(self, change: Change, why: str, below: Found | None = None) -> None:
        if change.text is None and not _attached(change):
            return
        store([_told(change, why, below)], self.page, self.clock(), Source.WEBHOOK)


def _key(change: Change) -> str:
    if change.kind == "comment":
        return fitting(payloads.comment_key(change.object_id))
    return fitting((payloads.post if change.kind == "post" else payloads.message)({"id": change.object_id}).key)


def _as_told(item: Item, change: Change) -> bool:
    """What we have agrees with what is told, so that there is nothing to look at."""
    if change.verb in ("hide", "show"):
        return item.hidden == (change.verb == "hide")
    same = change.text is None or text_digest(change.text) == item.text_sha256
    return same and item.removed_at is None and (change.verb == "add" or change.text is not None)


def _told(change: Change, why: str, below: Found | None) -> Found:
    """An item out of the delivery alone, in the form of a node."""
    node: dict[str, Any] = {"id": change.object_id, "message": change.text or "", **_attached(change)}
    if change.author_id or change.author_name:
        node["from"] = {"id": change.author_id, "name": change.author_name}
    if change.at:
        node["created_time"] = change.at.isoformat()
    if change.kind == "message":
        remote = replace(payloads.message(node), notes=(why,))
        key = f"conversation:{change.person_id}"
        return Found(remote, key, "", kind=ThreadKind.CONVERSATION)
    if change.kind == "post" or below is None:
        remote = replace(payloads.post(node), notes=(why,))
        return Found(remote, remote.key, remote.graph_id)
    is_reply = change.parent_id not in ("", change.post_id, below.remote.graph_id)
    if is_reply:
        node["parent"] = {"id": change.parent_id}
    remote = replace(payloads.comment(node, below.remote), notes=(why,))
    parent = payloads.comment_key(change.parent_id) if is_reply else below.remote.key
    return Found(remote, below.thread, below.node, parent)


def _attached(change: Change) -> dict[str, Any]:
    """A picture or film that the delivery has the address of."""
    value = change.raw.get("value")
    told = value if isinstance(value, dict) else change.raw
    address = next((told[name] for name in ("photo", "video", "link") if isinstance(told.get(name), str)), "")
    return {"attachment": {"type": "photo", "media": {"image": {"src": address}}}} if address else {}
