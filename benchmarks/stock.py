"""A database with as many items as one wants, of which so many wait: written in bulk, past the actions.

What waits is the newest, all of it younger than twenty days. Every text has a version with its raw JSON, an entry in the
chain and one in the search index; whatever does not wait is judged (by the rules: one in ten registered, with a diary
number), with a deed. The entries of the chain have no true hashes: nothing that is measured reads them. Of the oldest
forty thousand that are made one by one, the database itself makes as many older copies as it takes.
"""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from benchmarks import words
from moderation.actions import roles
from moderation.models import (
    Attachment,
    AuditEntry,
    AuditHead,
    Classification,
    Deed,
    FollowUpStep,
    Item,
    ItemVersion,
    Lease,
    Page,
    Presence,
    Skip,
    SyncRun,
    Thread,
    User,
    Verksamhet,
)
from moderation.policy.terms import (
    Category,
    Change,
    Direction,
    Event,
    Kind,
    Lane,
    OrderState,
    Reason,
    Role,
    StepKind,
    StepState,
    ThreadKind,
    Verb,
)
from moderation.search import triggers, triggers_postgresql, triggers_sqlite

# So many of them are the municipality's own: every post, and one comment in fifty.
OWN = 0.045
# How many stand in each thread, post included; then it begins anew. One post has had a storm.
SIZES = (4, 12, 30, 8, 60, 2, 25, 240, 6, 13)
ROUND = sum(SIZES)
PLACES = [(index, place) for index, size in enumerate(SIZES) for place in range(size)]
STORM = 10_000
# So many are copied at a time: a hundred rounds of threads.
BLOCK = 100 * ROUND
PEOPLE = 50
PORTION = 20_000
YEARS, FRESH_DAYS = 5, 20
FILLED = (Thread, Item, ItemVersion, Classification, FollowUpStep, Attachment, AuditEntry, Deed, Skip)
Rows = dict[type[models.Model], list[dict[str, Any]]]


@dataclass(frozen=True)
class Plan:
    """`open` of `items` wait. Times are told from `now`."""

    items: int
    open: int
    now: datetime

    @property
    def first_open(self) -> int:
        """Own posts and comments among the newest do not wait, so it takes some more of them."""
        return max(1, self.items - round(self.open / (1 - OWN)) + 1)

    @property
    def copies(self) -> int:
        return max(0, (self.first_open - 1 - BLOCK) // BLOCK)

    @property
    def apart(self) -> float:
        """Seconds between two of those that do not wait."""
        return YEARS * 365 * 86_400 / self.first_open

    def dated(self, number: int) -> datetime:
        if number >= self.first_open:
            share = (number - self.first_open) / (self.items - self.first_open + 1)
            return self.now - timedelta(days=FRESH_DAYS) * (1 - share)
        return self.now - timedelta(days=FRESH_DAYS, seconds=self.apart * (self.first_open - number))


def fill(items: int, open: int) -> None:
    """Into a database that has been migrated and is empty."""
    plan = Plan(items, open, datetime.now(UTC).replace(microsecond=0))
    people = _few_rows(plan.now)
    _indexes("remove_index")
    _hurry()
    for portion in _portions(plan, people):
        with transaction.atomic():
            for model, rows in portion.items():
                _write(model, rows)
    for number in range(1, plan.copies + 1):
        _copy(plan, number)
    if plan.copies > 2:
        _storm()
    AuditHead.objects.update_or_create(pk=1, defaults={"seq": 2 * items, "hash": "f" * 64})
    _indexes("add_index")
    _search()
    _around_the_front(people, plan.now)
    _settle()


def editor() -> User:
    """Somebody who may judge everything, and whom nothing in the stock was given to."""
    return User.objects.get(username="redaktor0")


def _few_rows(now: datetime) -> list[int]:
    page = Page.objects.create(
        graph_id="104500000000001", name="Ljusnarsbergs kommun", fresh_at=now + timedelta(days=9)
    )
    SyncRun.objects.create(page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now)
    Verksamhet.objects.bulk_create(Verksamhet(namn=namn) for namn in words.VERKSAMHETER)
    people = [
        User(username=f"redaktor{number}", first_name=words.FIRST[number % 40], last_name=words.LAST[number % 37])
        for number in range(PEOPLE)
    ]
    User.objects.bulk_create(people)
    for person in people:
        roles.grant(user=person, role=Role.WEBBREDAKTOR, verksamhet=None, last_day=None, by=None, now=now)
    # The chain is filled anew, from its beginning.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM moderation_auditentry")
    return [person.pk for person in people]


def open_all() -> None:
    """Everything that others wrote waits."""
    waiting = [index for index in Item._meta.indexes if index.name.startswith("item_waiting")]
    with connection.schema_editor(atomic=False) as editor:
        for index in waiting:
            editor.remove_index(Item, index)
    Item.objects.filter(direction=Direction.INKOMMEN).update(waiting_since=models.F("dated_at"))
    with connection.schema_editor(atomic=False) as editor:
        for index in waiting:
            editor.add_index(Item, index)
    _settle()


def _portions(plan: Plan, people: list[int]) -> Iterator[Rows]:
    """Those that are made one by one."""
    places = list(Verksamhet.objects.values_list("pk", flat=True))
    page, portion, chance = Page.objects.get().pk, defaultdict(list), random.Random(7)
    first = plan.copies * BLOCK + 1
    for number in range(first, plan.items + 1):
        index, place = PLACES[(number - 1) % ROUND]
        thread = (number - 1) // ROUND * len(SIZES) + index + 1
        if place == 0:
            portion[Thread].append(_thread(thread, page, places))
        _item(portion, plan, number, thread, place, people, chance)
        if number % PORTION == 0:
            yield portion
            portion = defaultdict(list)
    yield portion


def _thread(thread: int, page: int, places: list[int]) -> dict[str, Any]:
    """One in three is shared by all."""
    about = {"page_id": page, "graph_key": f"post:{thread}", "graph_id": f"1_{thread}", "kind": ThreadKind.POST}
    return {"id": thread, **about, "verksamhet_id": places[thread % len(places)] if thread % 3 else None}


def _item(
    portion: Rows, plan: Plan, number: int, thread: int, place: int, people: list[int], chance: random.Random
) -> None:
    own = place == 0 or number % 50 == 0
    waits = not own and number >= plan.first_open
    at = plan.dated(number)
    stamp, text = _stamp(at), words.text(number, chance)
    # More than a page of them, however few there are of everything.
    if number % max(1, plan.items // 30) == 0:
        text += f" {words.RARE}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    kind = Kind.POST if place == 0 else Kind.REPLY if place % 3 == 2 else Kind.COMMENT
    # The busiest of them have written some hundreds.
    author = int(plan.items ** chance.random())
    row = {
        "id": number,
        "thread_id": thread,
        "parent_id": None if place == 0 else number - 1 if kind == Kind.REPLY else number - place,
        "kind": kind,
        "direction": Direction.UPPRATTAD if own else Direction.INKOMMEN,
        "graph_key": f"{kind}:{number}",
        "graph_id": f"{thread}_{number}",
        "permalink_url": f"https://www.facebook.com/1/posts/{thread}?comment_id={number}",
        "author_name": f"{words.FIRST[author % 40]} {words.LAST[author % 37]}",
        "author_id": f"24{author:014}",
        "text": text,
        "text_sha256": digest,
        "changed_at": stamp,
        "created_at": stamp,
        "received_at": stamp,
        "dated_at": stamp,
        "answer_by": None if own else _stamp(at + timedelta(days=1)),
        "waiting_since": stamp if waits else None,
        "parked_until": _stamp(plan.now + timedelta(days=3)) if waits and number % 20 == 1 else None,
        "assigned_to_id": chance.choice(people[1:]) if waits and number % 10 == 3 else None,
        "hint_kinds": "hot fraga" if number % 40 == 5 else ("", "", "", "", "fraga", "telefon lank")[number % 6],
        "urgency": 0 if number % 40 == 5 else 1,
        "hidden": number % 90 == 0,
    }
    raw = json.dumps({"id": row["graph_id"], "message": text, "from": {"name": row["author_name"]}, "like_count": 3})
    version = {"id": number, "item_id": number, "number": 1, "change": Change.RECEIVED, "text": text, "raw": raw}
    portion[Item].append(row)
    portion[ItemVersion].append({**version, "sha256": digest, "seen_at": stamp})
    _entry(portion, plan, number, Event.RECEIVED, at, {"version": 1, "sha256": digest})
    if number % 12 == 0:
        _attachment(portion, number, stamp)
    if number % 40 == 0:
        portion[Skip].append({"id": number, "item_id": number, "by_id": people[number % PEOPLE], "at": stamp})
    if not own and not waits:
        _judgement(portion, plan, number, at + timedelta(hours=3), people[number % PEOPLE])


def _judgement(portion: Rows, plan: Plan, number: int, at: datetime, by: int) -> None:
    category, reason = _JUDGED[number % len(_JUDGED)]
    portion[Classification].append(
        {
            "id": number,
            "item_id": number,
            "version_id": number,
            "category": category,
            "reason": reason,
            "decided_at": _stamp(at),
            "decided_by_id": by,
        }
    )
    if category == Category.DIARIEFORS:
        done = {"state": StepState.DONE, "closed_at": _stamp(at), "closed_by_id": by, "done_on": _stamp(at)[:10]}
        step = {"id": number, "classification_id": number, "kind": StepKind.REGISTRERA, "position": 1}
        step["due_at"] = _stamp(at + timedelta(days=1))
        portion[FollowUpStep].append({**step, **done, "reference": f"KS {at.year}/{number % 5000}"})
    portion[Deed].append(
        {"id": number, "by_id": by, "at": _stamp(at), "verb": Verb.CLASSIFY, "item_id": number, "subject": number}
    )
    _entry(portion, plan, number, Event.CLASSIFIED, at, {"category": category, "reason": reason, "version": 1})


# One in ten is registered, one in a hundred each may be a crime or is secret.
_JUDGED = [(Category.RINGA_BETYDELSE, "")] * 88 + [(Category.DIARIEFORS, Reason.KLAGOMAL)] * 10
_JUDGED += [(Category.BROTTSLIGT, Reason.HOT), (Category.SEKRETESS, "")]


def _attachment(portion: Rows, number: int, stamp: str) -> None:
    portion[Attachment].append(
        {
            "id": number,
            "item_id": number,
            "source_key": f"{number}",
            "kind": "photo",
            "mime": "image/jpeg",
            "size": 80_000,
            "sha256": f"{number:064x}",
            "state": OrderState.DONE,
            "ordered_at": stamp,
            "not_before": stamp,
            "done_at": stamp,
        }
    )


def _entry(portion: Rows, plan: Plan, number: int, event: Event, at: datetime, facts: dict[str, Any]) -> None:
    seq = number if event == Event.RECEIVED else plan.items + number
    portion[AuditEntry].append(
        {
            "id": seq,
            "seq": seq,
            "at": at.isoformat(),
            "event": event,
            "subject": f"moderation.item:{number}",
            "facts": json.dumps(facts),
            "previous_hash": f"{seq - 1:064x}",
            "hash": f"{seq:064x}",
        }
    )


def _stamp(at: datetime) -> str:
    """As both databases take it for a time in UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


# --- Into the tables --------------------------------------------------------------------------------------------


def _write(model: type[models.Model], rows: list[dict[str, Any]]) -> None:
    """What the rows do not say is as the model has it."""
    told = list(rows[0])
    others = [field for field in model._meta.concrete_fields if field.column not in rows[0]]
    names = [*told, *(field.column for field in others)]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    values = (tuple(map(_plain, row.values())) + defaults for row in rows)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join("?" * len(names))
            cursor.connection.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)


# What a copy has else than what it was made of; everything else is the same.
KEYS = "id", "item_id", "version_id", "classification_id", "subject", "parent_id", "seq"
TIMES = "changed_at", "created_at", "received_at", "dated_at", "answer_by", "seen_at", "decided_at"


def _copy(plan: Plan, number: int) -> None:
    """The first block that was made, so many blocks and as much time earlier."""
    first, back = plan.copies * BLOCK + 1, number * BLOCK
    for model in FILLED:
        columns = [field.column for field in model._meta.concrete_fields]
        values = [_copied(model, column, back, round(back * plan.apart)) for column in columns]
        last = first + BLOCK - 1
        of = f"id BETWEEN {first} AND {last}"
        if model is AuditEntry:
            of += f" OR id BETWEEN {first + plan.items} AND {last + plan.items}"
        if model is Thread:
            of = f"id BETWEEN {_threads(first - 1) + 1} AND {_threads(last)}"
        table = model._meta.db_table
        _execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {of}")


def _copied(model: type[models.Model], column: str, back: int, seconds: int) -> str:
    if column == "thread_id" or (model is Thread and column == "id"):
        return f"{column} - {_threads(back)}"
    if column == "graph_key":
        return f"'{model._meta.model_name}:' || (id - {_threads(back) if model is Thread else back})"
    if column == "subject" and model is AuditEntry:
        return f"'moderation.item:' || (CAST(substr(subject, 17) AS integer) - {back})"
    if column in KEYS:
        return f"{column} - {back}"
    if column in TIMES:
        postgresql = connection.vendor == "postgresql"
        return f"{column} - interval '{seconds} seconds'" if postgresql else f"datetime({column}, '-{seconds} seconds')"
    return f'"{column}"'


def _threads(items: int) -> int:
    return items // ROUND * len(SIZES)


def _storm() -> None:
    """All that came after one post, for some days."""
    first = BLOCK + 1
    Item.objects.filter(pk__range=(first, first + STORM - 1)).update(thread=_threads(BLOCK) + 1)


def _indexes(verb: str) -> None:
    with connection.schema_editor(atomic=False) as editor:
        for model in FILLED:
            for index in model._meta.indexes:
                getattr(editor, verb)(model, index)


def _plain(value: Any) -> Any:
    return value if type(value) in (str, int) or not isinstance(value, models.Choices) else value.value


def _hurry() -> None:
    """Nothing has to outlive a failure, and no trigger nor foreign key is asked."""
    if connection.vendor == "postgresql":
        return _execute("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'")
    _execute("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -800000")
    names = triggers_sqlite.drop()
    _execute(*names)


def _search() -> None:
    """The index, all at once."""
    if connection.vendor == "postgresql":
        drop = "DROP INDEX searchentry_document"
        return _execute(drop, "ANALYZE", triggers_postgresql.FILL, triggers_postgresql.INDEX)
    with connection.schema_editor(atomic=False) as editor:
        _execute(triggers.named(triggers_sqlite.FILL))
        triggers.install(None, editor)


def _settle() -> None:
    """As a database is that has been in use for long. Whoever uses SQLite has never asked it to ANALYZE."""
    if connection.vendor == "postgresql":
        for model in FILLED:
            _execute(
                f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), "
                f"(SELECT max(id) FROM {model._meta.db_table}))"
            )
        _execute("VACUUM ANALYZE")
    else:
        _execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _around_the_front(people: list[int], now: datetime) -> None:
    """Colleagues at the first items of the queue, for as long as it takes to measure."""
    first = list(Item.objects.in_queue(now).in_queue_order().values_list("pk", flat=True)[:20])
    later = now + timedelta(days=9)
    about = {"since": now, "seen_at": later}
    Presence.objects.bulk_create(Presence(item_id=pk, user_id=people[1 + pk % 9], **about) for pk in first)
    Lease.objects.bulk_create(
        Lease(item_id=pk, user_id=people[1 + pk % 9], taken_at=now, until=later) for pk in first[::4]
    )
