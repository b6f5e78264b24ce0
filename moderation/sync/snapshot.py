"""What the page says about itself: kept anew each time it has changed, with the bytes of its cover picture."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from moderation import audit
from moderation.graph.values import raw_json, text, thing
from moderation.models import Page, PageSnapshot
from moderation.models.storable import storable
from moderation.policy.terms import Event, OrderState


@transaction.atomic
def take(node: dict[str, Any], page: Page, at: datetime) -> bool:
    """Returns whether something was different from the last time."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    last = page.snapshots.order_by("-number").first()
    digest = _digest(node)
    if name := text(node.get("name")):
        Page.objects.filter(pk=page.pk).update(name=storable(name)[:300])
    if last is not None and last.sha256 == digest:
        return False
    raw, url = raw_json(node, []), text(thing(node.get("cover")).get("source"))
    kept = PageSnapshot.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        name=storable(text(node.get("name"))),
        about=storable(text(node.get("about"))),
        description=storable(text(node.get("description"))),
        raw=raw,
        sha256=digest,
        url=storable(url),
        state=OrderState.ORDERED if url else OrderState.DONE,
        ordered_at=at,
        not_before=at,
    )
    raw_sha256 = hashlib.sha256(raw.encode()).hexdigest()
    audit.record(Event.PAGE_TEXTS, page, now=at, number=kept.number, sha256=digest, raw_sha256=raw_sha256)
    return True


def _digest(node: dict[str, Any]) -> str:
    """Of the texts, and of which cover it is: its address is signed anew each time."""
    cover = thing(node.get("cover"))
    lasting = text(cover.get("id")) or text(cover.get("source")).partition("?")[0]
    told = [text(node.get(field)) for field in ("name", "username", "about", "description", "bio", "link")]
    return hashlib.sha256(raw_json([*told, lasting, node.get("is_published")], []).encode()).hexdigest()
