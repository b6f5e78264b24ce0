"""The items that a choice stands for, in their order, and the one that follows another."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, cast

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple
from django.db.models.functions import Concat

from moderation import access
from moderation.hints import WHY
from moderation.models import Item, Lease, Skip, User
from moderation.models.item import QUEUE_ORDER, Behind, ItemQuerySet, UpTo
from moderation.policy import rules, workdays
from moderation.policy.terms import Direction
from moderation.views.choice import SHARED, Assigned, Choice, State


def chosen(visible: ItemQuerySet, choice: Choice, user: User, now: datetime) -> QuerySet[Any]:
    """All of them, whatever page the choice is at, in no order. Those judged have `current`, their judgement."""
    return _narrowed(_of_state(visible, choice.state, user, now), choice, user, now)


def ordered(items: QuerySet[Any], choice: Choice) -> QuerySet[Any]:
    if choice.state == State.JUDGED:
        return items.order_by("-current__pk")
    if choice.state == State.HISTORY:
        return items.order_by("-dated_at", "-pk")
    return items.order_by(*_order(choice))


def behind(items: QuerySet[Any], choice: Choice, place: Item | str) -> QuerySet[Any]:
    """Those after the place, in the order of the choice: a judgement's key among the judged, an item in the rest."""
    if isinstance(place, str):
        return items.filter(current__pk__lt=int(place))
    if choice.state == State.HISTORY:
        return items.filter(Q(dated_at__lt=place.dated_at) | Q(dated_at=place.dated_at, pk__lt=place.pk))
    return items.filter(Behind(Tuple(*_order(choice)), _values(place, choice)))


def up_to(items: QuerySet[Any], choice: Choice, place: Item) -> QuerySet[Any]:
    """Those of what waits that stand before the place, and the place itself."""
    return items.filter(UpTo(Tuple(*_order(choice)), _values(place, choice)))


def has_place(item: Item, choice: Choice) -> bool:
    """Whether it can be said where among what waits it stands, or stood: what nobody must answer stands nowhere."""
    return None not in _values(item, choice)


def place_of(token: str, choice: Choice) -> Item | str | None:
    """Where a page begins: a row is found also when somebody has judged it meanwhile."""
    if not token or choice.state == State.JUDGED:
        return token or None
    there = {f"{name}__isnull": False for name in ("answer_by", *_order(choice))}
    return Item.objects.filter(pk=token, **there).only(*QUEUE_ORDER, "parked_until").first()


def _order(choice: Choice) -> tuple[str, ...]:
    """What is put aside stands by when it comes back."""
    return ("parked_until", "pk") if choice.state == State.PARKED else QUEUE_ORDER


def _values(place: Item, choice: Choice) -> tuple[Any, ...]:
    return tuple(getattr(place, name) for name in _order(choice))


def following(user: User, choice: Choice, found: Item, now: datetime) -> Item | None:
    """What to do after `found`."""
    return next(iter(upcoming(user, choice, found, now, most=1)), None)


def upcoming(user: User, choice: Choice, found: Item, now: datetime, most: int) -> list[Item]:
    """What to do after `found`, and then: those of the choice that nobody else is judging, from the first again after the last.

    Where the choice shows what is over and done with, the plain queue is meant.
    """
    choice = choice if choice.shows_waiting else replace(choice.cleared(), state=State.WAITING)
    taken = Lease.objects.held(now).exclude(user=user).values("item")
    free = chosen(access.visible_to(user, now), choice, user, now).exclude(pk=found.pk).exclude(pk__in=taken)
    items = ordered(cast(ItemQuerySet, free).with_its_own(), choice)
    after = list(behind(items, choice, found)[:most]) if has_place(found, choice) else []
    if len(after) == most:
        return after
    return after + [each for each in items[:most] if each not in after][: most - len(after)]


def _of_state(visible: ItemQuerySet, state: State, user: User, now: datetime) -> QuerySet[Any]:
    match state:
        case State.MINE:
            return visible.in_queue(now).filter(assigned_to=user)
        case State.PARKED:
            return visible.parked(now)
        case State.HARD:
            return visible.waiting().filter(pk__in=hard())
        case State.JUDGED:
            return _with_judgement(visible).filter(current__pk__isnull=False)
        case State.HISTORY:
            # What others wrote and only an export tells of: nobody waits for an answer any more.
            old = visible.filter(direction=Direction.INKOMMEN, waiting_since=None)
            return _with_judgement(old).filter(current__pk=None)
    return visible.in_queue(now)


def hard() -> QuerySet[Any]:
    """The keys of what has been passed over so often that the policy may need better words."""
    return Skip.objects.filter(number=rules.HARD_AFTER_SKIPS).values("item")


def _with_judgement(items: ItemQuerySet) -> QuerySet[Any]:
    return items.alias(current=FilteredRelation("classifications", condition=Q(classifications__superseded_at=None)))


def _narrowed(items: QuerySet[Any], choice: Choice, user: User, now: datetime) -> QuerySet[Any]:
    if choice.kind:
        items = items.filter(kind=choice.kind)
    if choice.verksamhet:
        items = items.filter(thread__verksamhet=None if choice.verksamhet == SHARED else choice.verksamhet)
    if choice.category and choice.state == State.JUDGED:
        items = items.filter(current__category=choice.category)
    if choice.hint:
        # What stands first stands together, and need not be looked for among all the rest.
        items = items.filter(urgency=0) if choice.hint in WHY else items
        words = Concat(Value(" "), F("hint_kinds"), Value(" "))
        items = items.alias(hints=words).filter(hints__contains=f" {choice.hint} ")
    if choice.late:
        items = items.filter(answer_by__lte=now, waiting_since__isnull=False)
    if choice.thread:
        items = items.filter(thread=choice.thread)
    return _of_days(_of_person(items, choice.assigned, user), choice)


def _of_person(items: QuerySet[Any], assigned: str, user: User) -> QuerySet[Any]:
    match assigned:
        case Assigned.ME:
            return items.filter(assigned_to=user)
        case Assigned.NOBODY:
            return items.filter(assigned_to=None)
        case Assigned.OTHERS:
            return items.exclude(assigned_to=None).exclude(assigned_to=user)
    return items


def _of_days(items: QuerySet[Any], choice: Choice) -> QuerySet[Any]:
    """By when they were written, both days included, as days are in Stockholm."""
    if choice.first_day:
        items = items.filter(dated_at__gte=workdays.local_moment(choice.first_day, time.min))
    if choice.last_day:
        items = items.filter(dated_at__lt=workdays.local_moment(choice.last_day + timedelta(days=1), time.min))
    return items
