"""Which rows a list has, and in which order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moderation.graph.simulator.conversations import refuse_without_right
from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import bad_parameter, known_error
from moderation.graph.simulator.inbox import Thread
from moderation.graph.simulator.pages import Page
from moderation.graph.simulator.posts import Video
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import Comment, Post, Row, Shelf

# Bytes hidden in a cursor: those of posts are much longer than those of replies.
POST_CURSOR, REPLY_CURSOR = 590, 80
ORDERS = {"ranked", "chronological", "reverse_chronological"}
OF_OTHERS = {"tagged", "visitor_posts"}


def _itself(row: Any) -> Any:
    return row


@dataclass(frozen=True)
class Rows:
    """The rows of a list in the order they are delivered. Those with positions have cursors that say where, not what."""

    rows: Sequence[Any]
    order: str
    positional: bool = False
    cursor_size: int = REPLY_CURSOR
    total: int | None = None
    as_node: Callable[[Any], Any] = _itself


def rows_of(reading: Reading, owner: Any, asked: Field) -> Rows:
    if isinstance(owner, Video):
        owner = owner.post
    if asked.name in ("likes", "reactions"):
        # Facebook tells how many; who they are does not interest a municipality and is not played here.
        return Rows((), "chronological", total=owner.likes if isinstance(owner, Row) else 0)
    if isinstance(owner, Thread):
        return Rows(owner.messages.seen(reading.now, backwards=True), "reverse_chronological")
    if asked.name == "conversations":
        return _conversations(reading, asked)
    if isinstance(owner, Page):
        return _posts(reading, asked)
    if reading.token.kind == "USER":
        return Rows((), "chronological")
    return _comments(reading, owner, asked)


def _conversations(reading: Reading, asked: Field) -> Rows:
    """Bounded by the time of the latest message; `since` and `until` mean nothing here."""
    refuse_without_right(reading)
    inbox, options = reading.world.inbox, asked.options
    rows = inbox.newest_first(reading.now)
    after, before = _milliseconds(options, "updated_after_ms"), _milliseconds(options, "updated_before_ms")
    if after is not None:
        rows = [(updated, thread) for updated, thread in rows if updated > after]
    if before is not None:
        rows = [(updated, thread) for updated, thread in rows if updated < before]
    if options.get("user_id"):
        rows = [row for row in rows if reading.world.person_id(row[1].person) == options["user_id"]]
    if options.get("platform", "messenger").lower() != "messenger":
        rows = []
    return Rows([thread for _, thread in rows], "reverse_chronological")


def _milliseconds(options: Mapping[str, str], name: str) -> datetime | None:
    if not options.get(name):
        return None
    try:
        return datetime.fromtimestamp(int(options[name]) / 1000, UTC)
    except (ValueError, OverflowError) as error:
        raise bad_parameter(f"Param {name} must be an integer") from error


def _posts(reading: Reading, asked: Field) -> Rows:
    if asked.name in OF_OTHERS and not reading.may("pages_read_user_content"):
        raise known_error("code_10")
    if not reading.may("pages_read_engagement"):
        raise known_error("code_10")
    world = reading.world
    shelf = {
        "feed": world.feed,
        "visitor_posts": world.visitor_posts,
        "tagged": world.tagged_posts,
        "video_reels": world.reels,
    }.get(asked.name, world.own_posts)
    since, until = moment(asked.options, "since"), moment(asked.options, "until")
    rows: Sequence[Post] = shelf.seen(reading.now, since, until, backwards=True)
    if asked.name == "video_reels":
        return Rows(rows, "reverse_chronological", as_node=Video)
    if not world.reels_in_feed:
        rows = [post for post in rows if not post.reel]
    return Rows(rows, "reverse_chronological", cursor_size=POST_CURSOR)


def _comments(reading: Reading, owner: Post | Comment, asked: Field) -> Rows:
    order = choice(asked.options, "order", ORDERS, "ranked" if isinstance(owner, Post) else "chronological")
    which = choice(asked.options, "filter", {"toplevel", "stream"}, "toplevel")
    since = moment(asked.options, "since")
    shelf = _shelf(owner, which)
    rows: Sequence[Comment]
    if order == "ranked":
        ranked = shelf.ranked(reading.now)
        rows = [row for row in ranked if row.created_at >= since] if since else ranked
    else:
        rows = shelf.seen(reading.now, since, backwards=order == "reverse_chronological")
    return Rows(rows, order if rows else "chronological", positional=isinstance(owner, Post))


def _shelf(owner: Post | Comment, which: str) -> Shelf[Comment]:
    if isinstance(owner, Comment):
        return owner.replies
    return owner.stream if which == "stream" else owner.comments


def choice(options: Mapping[str, str], name: str, allowed: set[str], default: str) -> str:
    value = options.get(name, default)
    if value not in allowed:
        raise bad_parameter(f"Param {name} must be one of {{{', '.join(sorted(allowed))}}}")
    return value


def moment(options: Mapping[str, str], name: str) -> datetime | None:
    """Unix seconds, or a date as text."""
    value = options.get(name, "")
    if not value:
        return None
    try:
        moment = datetime.fromtimestamp(int(value), UTC) if value.isdigit() else datetime.fromisoformat(value)
    except (ValueError, OverflowError) as error:
        raise bad_parameter(f"Param {name} is not a time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
