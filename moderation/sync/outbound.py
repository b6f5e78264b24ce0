"""The lane out to Facebook: look, send once, and believe only what Facebook shows when looked at again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from moderation.actions import intervene
from moderation.graph.client import GraphClient
from moderation.graph.errors import AlreadyDone, Expired, Gone, GraphError, RateLimited, Refused, Retryable
from moderation.models import FollowUpStep, Intervention, Item, Page
from moderation.models.item import text_digest
from moderation.models.order import Impossible, Postponed
from moderation.policy import rules
from moderation.policy.terms import InterventionKind, Kind
from moderation.store import Store
from moderation.sync import absence, gate, write
from moderation.sync.manners import asked_at
from moderation.sync.sight import Sight, below, look

logger = logging.getLogger(__name__)

# How long to wait for the copy, by how long ago it was ordered: a sheet is made within seconds, a film takes minutes.
COPY_SOON, COPY_LATER, COPY_LATE = timedelta(seconds=4), timedelta(seconds=15), timedelta(minutes=1)
SOON, LATER = rules.UNDO_WINDOW + timedelta(seconds=30), timedelta(minutes=10)

EDITED = "Avsändaren ändrade texten innan det var gjort, så inget är gjort. Läs den nya texten och bedöm igen."
JUDGED_ANEW = (
    "Handlingen har bedömts om, och grunden stämmer inte längre. Inget är gjort. Beställ på nytt om det behövs."
)
GONE = "Den finns inte längre på Facebook."
NOT_LOOKED = "Facebook svarade ja men lät oss inte se efter. Systemet tittar igen av sig självt."
NOT_THIS_ONE = "Facebook låter oss inte göra det med just den här. Gör det direkt på Facebook."
MAYBE_DONE = "Det kan vara gjort ändå."
STILL: dict[str, str] = {
    InterventionKind.REMOVE: "Facebook svarade ja men visar den fortfarande. Systemet försöker igen av sig självt.",
    InterventionKind.HIDE: "Facebook svarade ja men visar den fortfarande. Systemet försöker igen av sig självt.",
    InterventionKind.SHOW: "Facebook svarade ja men den är fortfarande dold. Systemet försöker igen av sig självt.",
}
FORBIDDEN: dict[str, tuple[str, str]] = {
    InterventionKind.REMOVE: ("can_remove", "Facebook låter inte sidan ta bort den här. Dölj den i stället."),
    InterventionKind.HIDE: (
        "can_hide",
        "Facebook låter inte sidan dölja den här. Har den en grund för borttagning kan den tas bort i stället.",
    ),
}


def carry(client: GraphClient, page: Page, files: Store, clock: Callable[[], datetime], order: Intervention) -> None:
    """Carry out one claimed order. Done again from any point it changes nothing that was done already."""
    errand = Errand(client, page, files, clock, order)
    try:
        errand.run()
    except GraphError as error:
        raise errand.in_words(error) from error


@dataclass
class Errand:
    client: GraphClient
    page: Page
    files: Store
    clock: Callable[[], datetime]
    order: Intervention
    # Told Facebook, and not seen since how it stands.
    unsure: bool = field(init=False)

    def __post_init__(self) -> None:
        self.item = self.order.item
        self.unsure = self.order.sent_at is not None

    def run(self) -> None:
        told_before = self.unsure
        if not told_before and self.item.removed_at is None:
            self._refuse_unlawful(self.item)
            self._await_copy()
        # What may be done already is looked at whatever has been decided since.
        sight = self._look()
        if self._is_so(sight):
            # Nobody can tell a lost answer from somebody else's hand; where we asked for it we take it for ours.
            return self._settle(sight, was_done_already=not told_before)
        self._refuse_gone(sight)
        self.unsure = False
        self._refuse_other_than_seen(sight)
        self._take_in_all_below(sight)
        self._await_copy()
        self._note_sent()
        done_already = self._send()
        sight = self._look_back()
        if self._is_so(sight):
            return self._settle(sight, done_already)
        self._refuse_gone(sight)
        raise Impossible(NOT_THIS_ONE) if done_already else Postponed(STILL[self.order.kind])

    # --- Whether it may be done ---

    def _refuse_unlawful(self, item: Item) -> None:
        """It is judged as it was, and the text is the one that the person saw."""
        if item.latest_version.pk != self.order.version_id:
            raise Impossible(EDITED)
        if self.order.kind == InterventionKind.SHOW:
            return
        if said := intervene.refusal(item):
            raise Impossible(f"{said} Inget är gjort.")
        if self.order.ground not in intervene.grounds(item):
            raise Impossible(JUDGED_ANEW)

    def _await_copy(self) -> None:
        """However long it takes: that the copy is slow is no reason to give up what must go."""
        if self.order.kind != InterventionKind.REMOVE:
            return
        if lacking := gate.lacking(self.order, self.files):
            raise Postponed(" ".join(lacking), _patience(self.clock() - self.order.ordered_at), counts=False)

    def _refuse_other_than_seen(self, sight: Sight) -> None:
        write.store(sight.found, self.page, sight.at)
        if sight.own is None or text_digest(sight.own.remote.message) != self.order.version.sha256:
            raise Impossible(EDITED)
        name, said = FORBIDDEN.get(self.order.kind, ("", ""))
        if sight.node.get(name) is False:
            raise Impossible(said)

    @transaction.atomic
    def _note_sent(self) -> None:
        """Before Facebook is told. Whoever judges it at this moment comes before us, or after."""
        self._refuse_unlawful(Item.objects.select_for_update(no_key=True).get(pk=self.item.pk))
        now = self.clock()
        self.order.show_life(now, sent_at=self.order.sent_at or now)

    # --- Facebook ---

    def _look(self) -> Sight:
        seen = look(self.client, self.page, self.item, self.clock)
        self.order.show_life(self.clock())
        return seen

    def _look_back(self) -> Sight:
        """What may not be read just now may well be done."""
        try:
            return self._look()
        except Expired:
            raise
        except (Refused, Impossible) as error:
            raise Postponed(NOT_LOOKED) from error

    def _send(self) -> bool:
        """Returns whether Facebook said that somebody was before us."""
        self.unsure = True
        try:
            if self.order.kind == InterventionKind.REMOVE:
                self.client.remove(self.item.graph_id)
            else:
                self.client.hide(self.item.graph_id, self.order.kind == InterventionKind.HIDE)
        except (AlreadyDone, Gone):
            return True
        except Refused:
            self.unsure = False
            raise
        return False

    def _take_in_all_below(self, sight: Sight) -> None:
        """Answers that nobody has read yet would go unseen."""
        if self.order.kind != InterventionKind.REMOVE:
            return
        for found in below(self.client, self.item, sight):
            write.store(found, self.page, asked_at(self.client, self.clock))
            self.order.show_life(self.clock())

    # --- What came of it ---

    def _is_so(self, sight: Sight) -> bool:
        if self.order.kind == InterventionKind.REMOVE:
            return sight.own is None
        return sight.own is not None and sight.own.remote.hidden == (self.order.kind == InterventionKind.HIDE)

    def _refuse_gone(self, sight: Sight) -> None:
        """What is gone can be neither hidden nor shown; that it is gone is noted."""
        if sight.own is None:
            write.gone([self.item, *self._gone_along()], sight.at)
            raise Impossible(GONE)

    def _settle(self, sight: Sight, was_done_already: bool) -> None:
        along = self._gone_along() if sight.own is None else []
        with transaction.atomic():
            self._lock([self.item, *along])
            if sight.own is None:
                self._note_gone([self.item, *along], sight.at, by_page=not was_done_already)
            else:
                write.store([sight.own], self.page, sight.at)
            self._refuse_other_state()
            intervene.confirm(self.order, along, self.clock(), was_done_already)

    def _lock(self, items: list[Item]) -> None:
        """All that will be written, before anything is: whoever writes the chain holds all others up."""
        rows = Item.objects.filter(pk__in=[one.pk for one in items]).order_by("pk")
        steps = FollowUpStep.objects.open().filter(classification__item=self.item).order_by("pk")
        list(rows.select_for_update(no_key=True))
        list(steps.select_for_update(of=("self",)))

    def _note_gone(self, items: list[Item], at: datetime, by_page: bool) -> None:
        write.gone(items, at, by_page=by_page)
        if by_page:
            # Another reader may have missed it already, without knowing whose hand it was.
            missed = Item.objects.filter(pk__in=[item.pk for item in items], removed_at__isnull=False)
            missed.update(removed_by_page=True)

    def _refuse_other_state(self) -> None:
        """Somebody who asked later than we may have been shown something else."""
        item = Item.objects.get(pk=self.item.pk)
        is_gone, is_hidden = item.removed_at is not None, item.hidden
        wanted = {InterventionKind.REMOVE: is_gone, InterventionKind.HIDE: is_hidden}
        if not wanted.get(InterventionKind(self.order.kind), not is_hidden):
            raise Postponed(STILL[self.order.kind])

    def _gone_along(self) -> list[Item]:
        """A post takes everything below it along; of answers each is asked for. What is left the next sweep finds."""
        under = list(Item.objects.vanishing_with(self.item))
        if self.item.kind == Kind.POST:
            return under
        return [one for one in under[: absence.MOST] if self._is_gone(one)]

    def _is_gone(self, item: Item) -> bool:
        self.order.show_life(self.clock())
        return absence.is_gone(self.client, item)

    def in_words(self, error: GraphError) -> Postponed | Impossible:
        logger.warning("intervention %s: %s", self.order.pk, error)
        if isinstance(error, RateLimited):
            return Postponed(error.sentence, error.retry_after, counts=False)
        said = f"{error.sentence} {MAYBE_DONE}" if self.unsure else error.sentence
        return Postponed(said, error.retry_after) if isinstance(error, Retryable) else Impossible(said)


def _patience(age: timedelta) -> timedelta:
    if age < SOON:
        return COPY_SOON
    return COPY_LATER if age < LATER else COPY_LATE
