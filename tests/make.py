"""Rows for tests: plain functions with good defaults. The cast is the same everywhere.

Agda edits for Barn och utbildning, Bertil for Teknik, Rut registers, Cecilia is the archivist, David administers,
and Erik has left.
"""

import itertools
import json
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from arkiv.models import Evidence, Printout
from moderation import access
from moderation.actions import bulk as ordering
from moderation.actions import classify as classifying
from moderation.actions import note as noting
from moderation.actions import opinion as asking
from moderation.actions import people, roles
from moderation.actions.seen import Seen
from moderation.graph.payloads import RemoteItem, RemoteMedia
from moderation.models import (
    Attachment,
    Bulk,
    Classification,
    HistoryImport,
    Item,
    ItemVersion,
    Note,
    Opinion,
    Page,
    SyncRun,
    Thread,
    User,
    Verksamhet,
)
from moderation.models.item import text_digest
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Category, Change, Direction, Kind, Lane, OrderState, Role, ThreadKind, Verb

# A Friday, 13.00 Swedish time.
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "ett-ganska-langt-losenord"
BARN, TEKNIK = "Barn och utbildning", "Teknik"

_numbers = itertools.count(1)


def user(
    username: str = "", role: str = "", verksamhet: Verksamhet | None = None, last_day: date | None = None, **about: Any
) -> User:
    username = username or f"person{next(_numbers)}"
    about = {"first_name": username.capitalize(), "titel": "webbredaktör"} | about
    added = people.add(username=username, password=PASSWORD, by=None, now=NOW, **about)
    if role:
        roles.grant(user=added, role=role, verksamhet=verksamhet, last_day=last_day, by=None, now=NOW)
    return added


def verksamhet(namn: str = TEKNIK) -> Verksamhet:
    return Verksamhet.objects.get_or_create(namn=namn)[0]


def agda() -> User:
    return user("agda", Role.WEBBREDAKTOR, verksamhet(BARN))


def bertil() -> User:
    return user("bertil", Role.WEBBREDAKTOR, verksamhet(TEKNIK))


def rut() -> User:
    return user("rut", Role.REGISTRATOR, titel="registrator")


def cecilia() -> User:
    return user("cecilia", Role.ARKIVARIE, titel="arkivarie")


def david() -> User:
    return user("david", Role.ADMIN, titel="systemförvaltare")


def erik() -> User:
    gone = user("erik", Role.WEBBREDAKTOR, verksamhet(TEKNIK))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    return gone


def page(graph_id: str = "1036844829507460") -> Page:
    return Page.objects.get_or_create(graph_id=graph_id, defaults={"name": "Ljusnarsbergs kommun"})[0]


def thread(verksamhet: Verksamhet | None = None) -> Thread:
    return Thread.objects.create(
        page=page(), graph_key=f"post:{next(_numbers)}", kind=ThreadKind.POST, verksamhet=verksamhet
    )


def item(
    text: str = "Vägen är oframkomlig igen, andra veckan!",
    *,
    kind: str = Kind.COMMENT,
    thread: Thread | None = None,
    author: str = "Kalle Exempel",
    at: datetime = NOW,
    **fields: Any,
) -> Item:
    """An item with its first version. It waits for judgement unless it is the municipality's own."""
    own = fields.get("direction") == Direction.UPPRATTAD
    number = next(_numbers)
    values: dict[str, Any] = {
        "thread": thread or globals()["thread"](),
        "kind": kind,
        "direction": Direction.INKOMMEN,
        "graph_key": f"{kind}:{number}",
        "graph_id": f"1_{number}",
        "author_name": author,
        "text": storable(text),
        "text_sha256": text_digest(text),
        "changed_at": at,
        "created_at": at,
        "received_at": at,
        "dated_at": at,
        "answer_by": None if own else rules.answer_by(at, settings.OPENING_HOURS),
        "waiting_since": None if own else at,
    }
    made = Item.objects.create(**(values | fields))
    _version(made, 1, text, at)
    return made


def version(item: Item, text: str, at: datetime = NOW) -> ItemVersion:
    """The item's next version, which is from now on its text."""
    number = item.versions.count() + 1
    changed = {"text": storable(text), "text_sha256": text_digest(text), "version_number": number, "changed_at": at}
    Item.objects.filter(pk=item.pk).update(**changed)
    return _version(item, number, text, at)


def _version(item: Item, number: int, text: str, at: datetime) -> ItemVersion:
    return ItemVersion.objects.create(
        item=item,
        number=number,
        change=Change.EDITED if number > 1 else Change.RECEIVED,
        text=storable(text),
        raw=json.dumps({"id": item.graph_id, "message": text, "from": {"name": item.author_name}}),
        sha256=text_digest(text),
        seen_at=at,
    )


def attachment(item: Item, **fields: Any) -> Attachment:
    values = {
        "source_key": f"{next(_numbers)}",
        "kind": "photo",
        "url": "https://scontent.fbcdn.net/bild.jpg",
        "state": OrderState.ORDERED,
        "ordered_at": NOW,
        "not_before": NOW,
    }
    return Attachment.objects.create(item=item, **(values | fields))


def classification(
    item: Item, category: str = Category.RINGA_BETYDELSE, reason: str = "", by: User | None = None, at: datetime = NOW
) -> Classification:
    """Judged through the front door, so that steps, queue and audit chain are as they would be."""
    current = item.current_classification
    return classifying.classify(
        item=item,
        category=category,
        reason=reason,
        by=by or user(role=Role.WEBBREDAKTOR),
        now=at,
        seen=current.pk if current else None,
    )


def note(item: Item, by: User, text: str = "Samma person som i går.", at: datetime = NOW) -> Note:
    return noting.write(item=item, text=text, by=by, colleagues=access.readers(item, at), now=at)


def opinion(item: Item, of: User, by: User | None = None, question: str = "Hot eller inte?") -> Opinion:
    """A question that nobody has answered."""
    return asking.ask(item=item, of=of, question=question, by=by or user(role=Role.WEBBREDAKTOR), now=NOW)


def bulk(items: list[Item], by: User, verb: str = Verb.CLASSIFY, at: datetime = NOW, **what: Any) -> Bulk:
    """The same thing ordered for all of them, as they now stand. Nobody has begun with it."""
    what = what or {"category": Category.RINGA_BETYDELSE}
    return ordering.order_bulk(verb=verb, rows=[(one, Seen.of(one)) for one in items], by=by, now=at, **what)


def printout(item: Item | None = None, **fields: Any) -> Printout:
    period = {} if item else {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 30)}
    values = {"page": item.thread.page if item else page(), "item": item, "ordered_at": NOW, "not_before": NOW}
    return Printout.objects.create(**(values | period | fields))


def evidence(item: Item, **fields: Any) -> Evidence:
    """A sheet of the text as it now stands, ordered and not begun."""
    values = {"version": item.latest_version, "classification": item.current_classification}
    return Evidence.objects.create(item=item, **(values | {"ordered_at": NOW, "not_before": NOW} | fields))


def history_import(**fields: Any) -> HistoryImport:
    number = next(_numbers)
    values = {"file_name": "sidan.zip", "path": "/inkommet/sidan.zip", "sha256": f"{number:064}", "size": 9}
    return HistoryImport.objects.create(**(values | {"ordered_at": NOW, "not_before": NOW} | fields))


def remote(
    text: str = "Hej!", *, kind: str = "comment", media: tuple[RemoteMedia, ...] = (), **fields: Any
) -> RemoteItem:
    """A node as it comes out of the payloads."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "key": f"{kind}:{number}",
        "graph_id": f"1_{number}",
        "kind": kind,
        "parent_graph_id": "",
        "author_id": "24266381753005180",
        "author_name": "Kalle Exempel",
        "message": text,
        "created_at": NOW,
        "permalink_url": "",
        "hidden": False,
        "media": media,
        "notes": (),
        "raw": json.dumps({"id": f"1_{number}", "message": text}),
    }
    return RemoteItem(**(values | fields))


def run(page: Page, at: datetime = NOW, lane: str = Lane.SWEEP, **fields: Any) -> SyncRun:
    """A reading of the page that has ended."""
    values: dict[str, Any] = {"lane": lane, "started_at": at, "held_until": at, "ended_at": at}
    return SyncRun.objects.create(page=page, **(values | fields))
