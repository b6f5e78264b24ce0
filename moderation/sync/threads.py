"""Which thread a node belongs to: found or made, and put right when what came with an export turns out to be Facebook's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from moderation.models import Item, Page, Thread
from moderation.models.storable import storable
from moderation.policy.terms import Direction, Kind, ThreadKind

# A thread's key to its kind and the id to read it by.
Wanted = Mapping[str, tuple[ThreadKind, str]]


def of(wanted: Wanted, page: Page) -> dict[str, Thread]:
    """The threads of these keys, each made where it was missing."""
    threads = _there(wanted)
    missing = [
        Thread(graph_key=key, page=page, kind=kind, graph_id=storable(node)[:200])
        for key, (kind, node) in wanted.items()
        if key not in threads
    ]
    if missing:
        Thread.objects.bulk_create(missing, ignore_conflicts=True)
        threads |= _there(wanted)
    return threads


def settle(recognised: Iterable[tuple[Item, str]], wanted: Wanted, page: Page) -> None:
    """Bring what came with an export into the threads (keys) where Facebook shows it. No empty thread is left behind.

    A post brings its thread along. What a citizen wrote in a conversation tells whose conversation it is; the same
    greeting may have been sent to several, so what the page wrote only goes where it belongs itself.
    """
    moving = [(item, key) for item, key in recognised if item.thread.graph_key != key]
    leading = {item.thread: key for item, key in moving if _leads(item)}
    there = _there(wanted)
    _rename({thread: key for thread, key in leading.items() if key not in there}, wanted)
    threads = of({key: wanted[key] for _, key in moving}, page)
    for old, key in leading.items():
        merge(old, threads[key])
    alone: dict[Thread, list[Item]] = defaultdict(list)
    for item, key in moving:
        if not _leads(item):
            alone[threads[key]].append(item)
    for thread, items in alone.items():
        Item.objects.filter(pk__in=[item.pk for item in items]).update(thread=thread)
    _forget_empty(item.thread_id for item, _ in moving)
    for item, key in moving:
        item.thread = threads[key]


def merge(old: Thread, into: Thread) -> None:
    if old.pk == into.pk:
        return
    old.items.update(thread=into)
    placed = Thread.objects.filter(pk=old.pk, verksamhet__isnull=False).values("verksamhet")
    if placed and into.verksamhet_id is None:
        Thread.objects.filter(pk=into.pk).update(verksamhet=placed[0]["verksamhet"])
    _forget_empty([old.pk])


def gather(homes: Mapping[str, str]) -> None:
    """Bring each of the export's threads into the one where it belongs, both by their keys."""
    there = _there([*homes, *homes.values()]) if homes else {}
    for old, key in homes.items():
        if old in there and key in there:
            merge(there[old], there[key])


def _leads(item: Item) -> bool:
    return item.kind == Kind.POST or (item.kind == Kind.MESSAGE and item.direction == Direction.INKOMMEN)


def _rename(threads: Mapping[Thread, str], wanted: Wanted) -> None:
    """One thread of an export for each; a second one is merged into it afterwards."""
    for key, thread in {key: thread for thread, key in threads.items()}.items():
        kind, node = wanted[key]
        thread.graph_key = key
        Thread.objects.filter(pk=thread.pk).update(graph_key=key, kind=kind, graph_id=storable(node)[:200])


def _there(keys: Iterable[str]) -> dict[str, Thread]:
    return {thread.graph_key: thread for thread in Thread.objects.filter(graph_key__in=list(keys))}


def _forget_empty(pks: Iterable[int]) -> None:
    Thread.objects.filter(pk__in=list(pks), graph_key__startswith="export:", items=None).delete()
