"""Rows to what stands on a sheet: each item an entry, in the order one reads a thread."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby

from django.db.models import Prefetch

from arkiv.paper.document import Entry, Picture, Section, Version
from moderation.models import Attachment, Classification, FollowUpStep, Item
from moderation.models.item import ItemQuerySet
from moderation.policy import workdays
from moderation.policy.terms import Category, Direction, Kind, OrderState, StepKind, StepState

# A post's first words name its section on the paper.
TITLE_LENGTH = 70
LEVELS = {Kind.POST: 0, Kind.COMMENT: 1, Kind.REPLY: 2, Kind.MESSAGE: 0}


def whole(items: ItemQuerySet) -> ItemQuerySet:
    """With everything about them that stands on a sheet."""
    judgements = Classification.objects.select_related("decided_by").prefetch_related(
        Prefetch("steps", FollowUpStep.objects.order_by("position"))
    )
    return items.select_related("thread", "parent").prefetch_related(
        "versions", Prefetch("classifications", judgements), Prefetch("attachments", Attachment.objects.order_by("pk"))
    )


def in_order(items: Iterable[Item]) -> list[Item]:
    """By thread, the oldest post first; within it each comment with its replies under it."""
    items = list(items)
    first: dict[int, datetime] = {}
    for item in items:
        first[item.thread_id] = min(item.dated_at, first.get(item.thread_id, item.dated_at))
    return sorted(items, key=lambda item: (first[item.thread_id], item.thread_id, *_place(item)))


def _place(item: Item) -> tuple[int, datetime, int, int, datetime, int]:
    """Post, then comment by comment; a reply stands after the comment it answers."""
    head = item.parent if item.kind == Kind.REPLY and item.parent is not None else item
    return (LEVELS[Kind(item.kind)] > 0, head.dated_at, head.pk, item.kind == Kind.REPLY, item.dated_at, item.pk)


def sections(
    items: list[Item], numbers: dict[int, int], context: set[int], in_full: Collection[int] = ()
) -> Iterator[Section]:
    """`in_full`: keys of the items that stand there to the letter even where they are secret."""
    for _, group in groupby(in_order(items), key=lambda item: item.thread_id):
        together = list(group)
        post = next((item for item in together if item.kind == Kind.POST), None)
        entries = tuple(_entry(item, numbers[item.pk], item.pk in context, in_full) for item in together)
        hidden = post is not None and _withheld(post, in_full) != ""
        title = _section_title(post, together[0].kind, hidden)
        yield Section(title, post.permalink_url if post and not hidden else "", entries)


def _section_title(post: Item | None, kind: str, hidden: bool) -> str:
    if post is None:
        return "Privat konversation" if kind == Kind.MESSAGE else "Inlägg som inte finns i arkivet"
    if hidden:
        return "Inlägg med sekretess"
    words = " ".join(post.text.split())
    return words if len(words) <= TITLE_LENGTH else f"{words[:TITLE_LENGTH].rsplit(' ', 1)[0]} …"


def _entry(item: Item, number: int, is_context: bool, in_full: Collection[int]) -> Entry:
    judged, withheld = item.current_classification, _withheld(item, in_full)
    return Entry(
        number=number,
        item_id=item.pk,
        graph_id=item.graph_id,
        kind=item.get_kind_display(),
        level=LEVELS[Kind(item.kind)],
        author="" if withheld else item.author_name,
        created_at=utc(item.created_at) if item.created_at else "",
        received_at=utc(item.received_at),
        permalink_url="" if withheld else item.permalink_url,
        versions=() if withheld else tuple(_versions(item)),
        pictures=() if withheld else tuple(_picture(attachment) for attachment in item.attachments.all()),
        category=judged.get_category_display() if judged else _unjudged(item),
        reason=judged.get_reason_display() if judged and judged.reason else "",
        decided_by=f"{judged.decided_by}, {utc(judged.decided_at)[:10]}" if judged else "",
        diarienummer=_diarienummer(judged),
        steps=tuple(_steps(judged)),
        facebook_state=_facebook_state(item),
        # The digest of a short secret could be guessed.
        sha256="" if withheld else item.latest_version.sha256,
        withheld=withheld,
        notes=() if withheld else tuple(item.note_lines),
        is_context=is_context,
        author_id=item.author_id if item.pk in in_full else "",
    )


def _withheld(item: Item, in_full: Collection[int]) -> str:
    judged = item.current_classification
    if judged is None or judged.category != Category.SEKRETESS or item.pk in in_full:
        return ""
    number = _diarienummer(judged)
    return f"Sekretess, se diarienummer {number}." if number else "Sekretess. Diarienummer är ännu inte antecknat."


def _unjudged(item: Item) -> str:
    return "Inte bedömd ännu" if item.direction == Direction.INKOMMEN else "Kommunens egen"


def _versions(item: Item) -> Iterator[Version]:
    for number, version in enumerate(item.texts, start=1):
        yield Version(number, version.exact_text, utc(version.seen_at), version.sha256)


def _picture(attachment: Attachment) -> Picture:
    called = attachment.description or attachment.title or "Bild utan beskrivning"
    if attachment.is_picture:
        return Picture(attachment.sha256, attachment.mime, called)
    if attachment.sha256:
        note = f"Fil som inte kan visas på papper: {attachment.mime}, {attachment.size} byte."
        return Picture("", attachment.mime, called, f"{note} SHA-256 {attachment.sha256}.")
    if attachment.link and attachment.state == OrderState.DONE:
        return Picture("", "", called, f"Länk: {attachment.link}")
    why = attachment.last_error or OrderState(attachment.state).label
    return Picture("", "", called, f"Bilagan är inte hämtad. {why}")


def _steps(judged: Classification | None) -> Iterator[str]:
    for step in judged.steps.all() if judged else ():
        when = f" {step.done_on}" if step.done_on else ""
        more = step.reference or step.waived_because
        yield f"{step.get_kind_display()}: {step.get_state_display().lower()}{when}{f', {more}' if more else ''}"


def _diarienummer(judged: Classification | None) -> str:
    steps = judged.steps.all() if judged else ()
    return next((s.reference for s in steps if s.kind == StepKind.REGISTRERA and s.state == StepState.DONE), "")


def _facebook_state(item: Item) -> str:
    if item.removed_at:
        whose = "Borttagen av sidan" if item.removed_by_page else "Borta från Facebook"
        return f"{whose} sedan {utc(item.removed_at)[:10]}"
    return "Dold på Facebook" if item.hidden else "Synlig"


def counts(items: list[Item], context: int, of_period: bool) -> Iterator[tuple[str, int]]:
    """In a period the noughts say something too; on the sheet of one item they are noise."""
    return (count for count in _all_counts(items, context) if of_period or count[1])


def _all_counts(items: list[Item], context: int) -> Iterator[tuple[str, int]]:
    shown = [item for item in items if not item.never_kept]
    for kind in Kind:
        if number := sum(item.kind == kind for item in shown):
            yield KIND_PLURALS[kind], number
    judged = [item.current_classification for item in shown]
    for category in Category:
        yield f"Bedömning: {category.label}", sum(c is not None and c.category == category for c in judged)
    yield (
        "Bedömning: ingen ännu",
        sum(item.direction == Direction.INKOMMEN and c is None for item, c in zip(shown, judged, strict=True)),
    )
    yield "Tidigare versioner av texter", sum(len(item.texts) - 1 for item in shown)
    yield "Bilagor", sum(len(item.attachments.all()) for item in shown)
    yield "Återgivna bara som sammanhang", context
    if left_out := len(items) - len(shown):
        yield LEFT_OUT, left_out


LEFT_OUT = "Utelämnade, får inte återges (BrB 16:10 a)"
KIND_PLURALS = {
    Kind.POST: "Inlägg",
    Kind.COMMENT: "Kommentarer",
    Kind.REPLY: "Svar på kommentarer",
    Kind.MESSAGE: "Meddelanden",
}


def day(item: Item | None) -> date | str:
    """The Swedish day it is dated, or "" where there is none."""
    return workdays.local_date(item.dated_at) if item else ""


def utc(moment: datetime) -> str:
    """As a Document writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
