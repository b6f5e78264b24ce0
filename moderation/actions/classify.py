"""Decide what an item is. Opens the steps that must follow."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from moderation import audit
from moderation.actions import policy_words
from moderation.actions.lease import refuse_leased
from moderation.actions.remember import remember
from moderation.actions.seen import Seen, refuse_other_judgement
from moderation.models import Attachment, Bulk, Classification, FollowUpStep, Item, ItemVersion, Lease, User
from moderation.policy import rules
from moderation.policy.terms import Direction, Event, OrderState, Reason, StepKind, StepState, Verb


@transaction.atomic
def classify(
    *,
    item: Item,
    category: str,
    reason: str = "",
    note: str = "",
    by: User,
    now: datetime,
    seen: int | None = None,
    seen_version: int | None = None,
    bulk: Bulk | None = None,
) -> Classification:
    """Judge the item; a new judgement supersedes the old one.

    `seen` is the key of the judgement that the person saw, None where there was none; `seen_version` the number of
    the newest text. Raises Stale where either has changed since, Leased while somebody else is judging it, and
    ValidationError where the rules say no. One and the same form sent once more, as when the answer to the first was
    lost on its way, gives the judgement that it already made.
    """
    item = _locked(item)
    if item.direction == Direction.UPPRATTAD:
        raise ValidationError("Kommunens egna inlägg och svar ska inte bedömas.")
    if not rules.belongs(reason, category):
        raise ValidationError("Välj ett av klassens skäl." if reason else "Välj ett skäl för klassen.")
    current = item.current_classification
    if current is not None and _is_this(current, category, reason, note, by, seen, seen_version):
        return current
    refuse_other_judgement(item, by, Seen(seen, seen_version))
    refuse_leased(item, by, now)
    former = current or next(iter(item.classifications.all()), None)
    if current is not None:
        supersede(current, by, now)
    judged = Classification.objects.create(
        item_id=item.pk,
        version=item.latest_version,
        category=category,
        reason=reason,
        note=note,
        decided_at=now,
        decided_by=by,
        policy=policy_words.in_force(now),
    )
    open_steps(judged, former)
    Item.objects.filter(pk=item.pk).update(waiting_since=None, parked_until=None)
    Lease.objects.filter(item=item).delete()
    _stop_clock(item, by, now)
    if reason in rules.NEVER_KEPT:
        _stop_fetching(item)
    audit.record(
        Event.CLASSIFIED,
        item,
        now=now,
        by=by,
        category=category,
        reason=reason,
        version=judged.version.number,
        classification=judged.pk,
        supersedes=current.pk if current else None,
        policy=judged.policy.number if judged.policy else None,
    )
    remember(Verb.CLASSIFY, item, by=by, now=now, subject=judged.pk, bulk=bulk)
    return judged


def _locked(item: Item) -> Item:
    """With its judgements and texts, each read once for all that is asked about them."""
    texts = Prefetch("versions", ItemVersion.objects.defer("raw"))
    return Item.objects.select_for_update(no_key=True).prefetch_related("classifications", texts).get(pk=item.pk)


def _is_this(
    current: Classification, category: str, reason: str, note: str, by: User, seen: int | None, seen_version: int | None
) -> bool:
    """The judgement in force came of this very form: by the same person, the same choices, after what they saw."""
    same = (current.category, current.reason, current.note, current.decided_by_id) == (category, reason, note, by.pk)
    return (
        same
        and current.withdrawn_at is None
        and (seen is None or current.pk > seen)
        and (seen_version is None or current.version.number == seen_version)
    )


def supersede(current: Classification, by: User, now: datetime) -> None:
    Classification.objects.filter(pk=current.pk).update(superseded_at=now)
    current.steps.open().update(state=StepState.SUPERSEDED, closed_at=now, closed_by=by)


def open_steps(judged: Classification, before: Classification | None) -> None:
    """The steps of the table. What was done under the former judgement is not asked for again."""
    done = {step.kind: step for step in before.steps.filter(state=StepState.DONE)} if before else {}
    # The saved copy is of the judged text and says how it was judged, so each judgement saves anew.
    done.pop(StepKind.SPARA, None)
    if before is not None and before.version_id != judged.version_id:
        # The picture was taken of a text that no longer stands there.
        done.pop(StepKind.SKARMDUMP, None)
    for position, kind in enumerate(rules.steps(judged.category, judged.reason), start=1):
        step = FollowUpStep(classification=judged, kind=kind, position=position)
        step.due_at = rules.step_due(kind, judged.reason, judged.decided_at, settings.OPENING_HOURS)
        if kind not in rules.DONE_BY_THE_ARCHIVE | rules.STEPS_OF_THE_REGISTRATOR:
            step.owner = judged.decided_by
        if kind in done:
            for name in ("state", "closed_at", "closed_by", "done_on", "reference"):
                setattr(step, name, getattr(done[kind], name))
        step.save(force_insert=True)


def _stop_clock(item: Item, by: User, now: datetime) -> None:
    """What is judged is not waited for any longer, so its clock does not stand still either."""
    if item.pauses.filter(ended_at=None).update(ended_at=now):
        audit.record(Event.CLOCK_RESUMED, item, now=now, by=by, answer_by=item.answer_by)


def _stop_fetching(item: Item) -> None:
    unfetched = [OrderState.ORDERED, OrderState.WORKING, OrderState.FAILED]
    stopped = Attachment.objects.filter(item=item, state__in=unfetched)
    stopped.update(state=OrderState.CANCELLED, last_error=f"Hämtas inte: {Reason.BARNPORNOGRAFI.label} (BrB 16:10 a).")
