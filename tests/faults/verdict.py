"""What was told against what is kept: nothing lost, nothing twice, nothing out of order, and nobody still at work."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from arkiv import verify
from moderation import store
from moderation.graph import webhook
from moderation.graph.simulator import World
from moderation.models import Attachment, Item, ItemVersion, PageSnapshot, SyncRun, WebhookDelivery
from moderation.models.item import text_digest
from moderation.policy.terms import Change, OrderState
from tests.faults.churn import Churn
from tests.faults.ledger import Ledger, short

# What was read so shortly before a kill and never again cannot be kept by anybody. It is counted, and must be rare.
SECONDS_BEFORE = 3.0
MOST_EXCUSED = 0.01
# Those who read Facebook; that web or clock dies excuses nothing.
READERS = ("worker child", "worker")
OPPOSITES = {Change.HIDDEN: Change.SHOWN, Change.REMOVED: Change.RETURNED}


@dataclass
class Verdict:
    """A list of sentences for each promise; all but `excused` must be empty."""

    lost: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    rude: list[str] = field(default_factory=list)

    def broken(self) -> list[str]:
        return [f"{name}: {one}" for name, found in vars(self).items() if name != "excused" for one in found]


class Judge:
    def __init__(self, world: World, churn: Churn, ledger: Ledger, kills: list[tuple[float, str]]) -> None:
        self.world, self.churn, self.ledger, self.kills = world, churn, ledger, kills
        self.items: dict[str, list[Item]] = {}
        for item in Item.objects.all():
            self.items.setdefault(short(item.graph_id), []).append(item)
        self.versions: dict[int, list[ItemVersion]] = {}
        for version in ItemVersion.objects.order_by("item", "seen_at", "number"):
            self.versions.setdefault(version.item_id, []).append(version)

    def judge(self) -> Verdict:
        verdict = Verdict()
        for sentence, is_excused in self._lost():
            (verdict.excused if is_excused else verdict.lost).append(sentence)
        if len(verdict.excused) > MOST_EXCUSED * len(self.ledger.served):
            verdict.lost += [f"too many excused: {len(verdict.excused)} of {len(self.ledger.served)}"]
        verdict.lost += self._lost_deliveries()
        verdict.doubled += self._doubled()
        verdict.disordered += self._disordered()
        verdict.differing += self._differing()
        verdict.unfinished += _unfinished()
        verdict.altered += verify.faults(store.files())
        return verdict

    def _lost(self) -> Iterator[tuple[str, bool]]:
        for (node, text), last in self.ledger.served.items():
            if text_digest(text) not in {version.sha256 for version in self._versions_of(node)}:
                excused = any(0 <= at - last <= SECONDS_BEFORE for at, who in self.kills if who in READERS)
                had = "another text of it is kept" if node in self.items else "nothing of it is kept"
                yield f"{node} {text!r}, served last at {last:.2f}; {had}", excused

    def _lost_deliveries(self) -> Iterator[str]:
        kept = set(WebhookDelivery.objects.values_list("sha256", flat=True))
        for body in self.ledger.accepted:
            if hashlib.sha256(body).hexdigest() not in kept:
                yield f"a delivery that was answered with 200: {body[:200]!r}"
            for change in webhook.read(body).changes:
                told = change.kind in ("post", "comment", "message") and change.verb in ("add", "edit") and change.text
                if told and short(change.object_id) not in self.items:
                    yield f"{change.kind} {change.object_id}, told of by a delivery: {change.text!r}"

    def _doubled(self) -> Iterator[str]:
        yield from (f"{node} is {len(items)} items" for node, items in self.items.items() if len(items) > 1)
        for item_id, versions in self.versions.items():
            texts = [version.sha256 for version in versions if version.brings_text]
            if len(set(texts)) < len(texts):
                yield f"item {item_id} has one text twice: {[version.text for version in versions]}"
            for one, other in OPPOSITES.items():
                turns = [version.change for version in versions if version.change in (one, other)]
                if any(turn == after for turn, after in pairwise(turns)):
                    yield f"item {item_id}: {turns}"

    def _disordered(self) -> Iterator[str]:
        for node, items in self.items.items():
            history = {text_digest(text): place for place, text in enumerate(self.churn.history.get(node, []))}
            versions = [version for item in items for version in self.versions[item.pk]]
            places = [history.get(version.sha256, -1) for version in versions if version.brings_text]
            if -1 in places:
                yield f"{node} has a text that it never had: {[version.text for version in versions]}"
            if places != sorted(places):
                yield f"{node} has its texts in the order {places}"

    def _differing(self) -> Iterator[str]:
        """After a clean reading of the whole page the rows say what the page says."""
        now, rows = self.world.clock(), {**self.world.posts, **self.world.comments, **self.world.inbox.messages}
        for name, row in rows.items():
            item = next(iter(self.items.get(short(name), [])), None)
            if not row.delivered:
                continue
            if item is None:
                yield f"{name} is on the page, and not here"
            elif (item.removed_at, item.text, item.hidden) != (None, row.text(now), row.hidden):
                yield f"{name}: {item.removed_at}, {item.text!r}, {item.hidden}; really {row.text(now)!r}, {row.hidden}"
        for node, items in self.items.items():
            if node not in rows and not node.startswith("m_") and items[0].removed_at is None:
                yield f"{node} is gone, and not known to be"

    def _versions_of(self, node: str) -> list[ItemVersion]:
        return [version for item in self.items.get(node, []) for version in self.versions[item.pk]]


def _unfinished() -> Iterator[str]:
    yield from (f"{run} in lane {run.lane} is open since {run.started_at}" for run in SyncRun.objects.running())
    for kind in (WebhookDelivery, Attachment, PageSnapshot):
        # A file whose link has died waits for a new link, which Facebook gives when it finds it right.
        waits = () if kind is WebhookDelivery else (OrderState.FAILED,)
        for row in kind.objects.exclude(state__in=(OrderState.DONE, OrderState.CANCELLED, *waits)):
            yield f"{kind.__name__} {row.pk} is {row.state} after {row.attempts} attempts: {row.last_error}"
