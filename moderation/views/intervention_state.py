"""How far the newest thing ordered on Facebook has come, in words. Nothing is called done that is only ordered."""

from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from moderation.models import Intervention, Item, User
from moderation.policy.terms import InterventionKind, OrderState
from moderation.policy.workdays import STOCKHOLM

COMING: dict[str, str] = {
    InterventionKind.HIDE: "Döljs",
    InterventionKind.SHOW: "Visas igen",
    InterventionKind.REMOVE: "Tas bort",
}
DONE: dict[str, str] = {
    InterventionKind.HIDE: "Dolt på Facebook",
    InterventionKind.SHOW: "Visas igen på Facebook",
    InterventionKind.REMOVE: "Borttaget från Facebook",
}
ALREADY: dict[str, str] = {
    InterventionKind.HIDE: "Var redan dolt på Facebook",
    InterventionKind.SHOW: "Visades redan på Facebook",
    InterventionKind.REMOVE: "Var redan borta från Facebook",
}
FAILED: dict[str, str] = {
    InterventionKind.HIDE: "Gick inte att dölja på Facebook",
    InterventionKind.SHOW: "Gick inte att visa igen på Facebook",
    InterventionKind.REMOVE: "Gick inte att ta bort från Facebook",
}


@dataclass(frozen=True)
class State:
    """`at` is when Facebook showed that it is so, or when it was called off; `again` when it is tried next."""

    heading: str
    tone: str = ""
    icon: str = "clock"
    reason: str = ""
    at: datetime | None = None
    again: datetime | None = None
    moving: bool = True
    may_cancel: bool = False
    may_approve: bool = False
    may_retry: bool = False
    may_leave_gap: bool = False

    @property
    def mark(self) -> str:
        """The same as long as there is nothing new to tell."""
        return sha256(repr(astuple(self)).encode()).hexdigest()[:16]


def about(item: Item, user: User, now: datetime, may: bool, ko: str = "") -> dict[str, Any]:
    """For _intervention.html: one question, and none of what nobody has judged."""
    newest = _newest(item) if item.classifications.all() else None
    told = {"item": item, "order": newest, "state": state(newest, user, now, may) if newest else None, "ko": ko}
    return {"intervention": told | {"may": may}}


def state(order: Intervention, user: User, now: datetime, may: bool) -> State:
    """As the person may see it, with what they may do about it."""
    if order.state == OrderState.DONE:
        said = ALREADY if order.was_done_already else DONE
        return State(said[order.kind], "good", "done", at=order.done_at, moving=False)
    if order.state == OrderState.FAILED:
        return State(FAILED[order.kind], "bad", "warn", order.last_error, moving=False, may_retry=may)
    if order.state == OrderState.CANCELLED:
        return State("Ångrat, inget skickades till Facebook", "", "waived", at=order.done_at, moving=False)
    heading, again = _coming(order, now)
    return State(
        heading,
        reason=order.last_error,
        again=again,
        may_cancel=may and order.may_be_cancelled,
        may_approve=may and order.awaits_second and order.ordered_by_id != user.pk,
        may_leave_gap=may and order.gap_may_be_accepted(now),
    )


def _coming(order: Intervention, now: datetime) -> tuple[str, datetime | None]:
    """What it waits for, and when it is tried next where it has been tried."""
    again = order.not_before if order.last_error and order.state == OrderState.ORDERED else None
    if order.awaits_second:
        return "Väntar på att en kollega godkänner", None
    if order.sent_at is not None:
        return "Skickat, kontrolleras", again
    if order.state == OrderState.ORDERED and now < order.not_before and not order.last_error:
        return f"{COMING[order.kind]} {_clock(order.not_before)}", None
    if _lacks_its_copy(order):
        return "Väntar på att kopian blir klar", again
    return ("Försöker igen" if again else f"{COMING[order.kind]} strax"), again


def _lacks_its_copy(order: Intervention) -> bool:
    unsafe = order.preserved_at is None and order.gap_accepted_by_id is None
    return order.kind == InterventionKind.REMOVE and unsafe and not order.item.never_kept


def _newest(item: Item) -> Intervention | None:
    rows = Intervention.objects.select_related("ordered_by", "approved_by", "gap_accepted_by")
    newest = rows.filter(item=item.pk).order_by("-pk").first()
    if newest is not None:
        newest.item = item
    return newest


def _clock(moment: datetime) -> str:
    return f"kl. {moment.astimezone(STOCKHOLM):%H.%M.%S}"
