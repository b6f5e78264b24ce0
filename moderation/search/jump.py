"""Straight to an item by what names it: a link, a number, a diarienummer; or by who wrote it."""

import base64
import binascii
import re
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from moderation.models import FollowUpStep
from moderation.search import query, snippet
from moderation.search.query import Query, Term

LONGEST = 500
# Of the newest that have the words anywhere, those are picked that have them in the author's name.
COMPARED = 500
_OWN_LINK = re.compile(r"/handling/(\d{1,18})\b")
# The most particular first: a link to an answer names its comment and its post too.
_LINKS = (
    re.compile(r"[?&]reply_comment_id=([\w%=-]+)"),
    re.compile(r"[?&]comment_id=([\w%=-]+)"),
    re.compile(r"[?&](?:story_fbid|fbid|v)=(\d+)"),
    re.compile(r"/(?:posts|videos|reel|permalink|photos/[\w.-]+)/(?:[\w%.-]*/)?(\d+)"),
)
_ID = re.compile(r"(?:\d+_)*(\d+)")
_NUMBER = re.compile(r"(?:#|nr\.? ?|handling )?(\d{1,18})", re.IGNORECASE)
_REFERENCE = re.compile(r"\d{1,6} ?[/:.-] ?\d{1,6}(?:[/-]\d{1,5})?")


def jump(text: str, visible: QuerySet[Any]) -> QuerySet[Any]:
    """The items that the text names, newest first; where it names none, those by an author with such a name."""
    named = exact(text, visible)
    return by_author(text, visible) if named is None else named


def exact(text: str, visible: QuerySet[Any]) -> QuerySet[Any] | None:
    """The items that the text is a name of, newest first. None where it does not look like one."""
    text = text.strip()[:LONGEST]
    named = _named(text)
    if named is None and (reference := _REFERENCE.search(text)):
        named = _registered(text, reference[0])
    return None if named is None else visible.filter(named).order_by("-dated_at", "-pk")


def by_author(text: str, visible: QuerySet[Any]) -> QuerySet[Any]:
    asked = query.read(text)
    if not asked:
        return visible.none()
    found = visible.filter(search_entry__document__finds=told(asked)).order_by("-search_entry__place")
    named = [
        pk
        for pk, name in found.values_list("pk", "author_name")[:COMPARED]
        if all(snippet.hits(name, Query((term,))) for term in asked.wanted)
    ]
    return visible.filter(pk__in=named).order_by("-dated_at", "-pk")


def told(asked: Query) -> str:
    """In the language of the database that is used."""
    return query.as_postgresql(asked) if connection.vendor == "postgresql" else query.as_sqlite(asked)


def _named(text: str) -> Q | None:
    if found := _OWN_LINK.search(text):
        return Q(pk=int(found[1]))
    if "facebook.com/" in text or "fb.com/" in text:
        found = next((found for link in _LINKS if (found := link.search(text))), None)
        return _of_graph(_plain(found[1])) if found else None
    if found := _NUMBER.fullmatch(text):
        return Q(pk=int(found[1])) | _of_graph(found[1])
    if found := _ID.fullmatch(text):
        return _of_graph(found[1])
    if text.startswith(("m_", "mid.")):
        return Q(graph_key=f"message:{text.removeprefix('m_')}")
    return None


def _of_graph(number: str) -> Q:
    return Q(graph_key__in=[f"comment:{number}", f"post:{number}"])


def _plain(identity: str) -> str:
    """Facebook wraps some: comment:1_2 in base64."""
    if identity.isdigit():
        return identity
    try:
        unwrapped = base64.b64decode(identity.replace("%3D", "="), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return identity
    return unwrapped.rpartition("_")[2] if unwrapped.startswith("comment:") else identity


def _registered(text: str, reference: str) -> Q | None:
    """Found in the index, where it may stand in any text, and then held to be a reference of one of the item's steps."""
    phrase = query.read(f'"{reference}"')
    parts = phrase.wanted[0].parts
    steps = FollowUpStep.objects.filter(classification__item=OuterRef("pk"))
    for part in parts:
        steps = steps.filter(reference__icontains=part)
    whole = Query((Term(parts, text, is_phrase=True),))
    return Q(Exists(steps), search_entry__document__finds=told(whole))
