"""Who may see and do what: the only way from a request to a row."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from moderation import links
from moderation.models import (
    Attachment,
    Bulk,
    Deed,
    FollowUpStep,
    Intervention,
    Item,
    Note,
    Opinion,
    Referral,
    RoleAssignment,
    User,
)
from moderation.models.item import ItemQuerySet
from moderation.policy import rules, workdays
from moderation.policy.terms import Category, ReferralState, Right, Verb


def assignments(user: User, right: Right, now: datetime) -> QuerySet[RoleAssignment]:
    """The person's roles in force that carry the right. None for somebody who has left."""
    if not user.is_active:
        return RoleAssignment.objects.none()
    mine = RoleAssignment.objects.in_force(workdays.local_date(now)).filter(user=user)
    return mine.filter(role__in=rules.RIGHTS[right])


def rights(user: User, now: datetime) -> set[Right]:
    """Every right the person has anywhere at all."""
    return {right for right, mine in reach(user, now).items() if mine}


def require(user: User, right: Right, now: datetime) -> None:
    if right not in rights(user, now):
        raise PermissionDenied(f"Du behöver behörigheten ”{right.label}”. En administratör kan ge dig den.")


def reach(user: User, now: datetime) -> dict[Right, set[int | None]]:
    """Of each right the keys of the verksamheter where the person has it. None is the whole municipality.

    A page asks a dozen times for one person and one moment, so the answer is kept with the person for that moment.
    """
    asked, known = getattr(user, "reach_at", (None, {}))
    if asked == now:
        return known
    today = workdays.local_date(now)
    rows = RoleAssignment.objects.in_force(today).filter(user=user).order_by().values_list("role", "verksamhet")
    held: list[tuple[str, int | None]] = list(rows) if user.is_active else []
    known = {right: {mine for role, mine in held if role in rules.RIGHTS[right]} for right in Right}
    user.reach_at = now, known
    return known


def covers(mine: set[int | None], verksamhet: int | None) -> bool:
    """Whether a right that is held in these verksamheter is held there too: what is shared, everybody has it on."""
    return bool(mine) and (verksamhet is None or None in mine or verksamhet in mine)


def visible_to(user: User, now: datetime, right: Right = Right.SEE) -> ItemQuerySet:
    """The items on which the person has the right: the shared ones, and those of the own verksamheter."""
    return items_within(reach(user, now)[right])


def items_within(mine: set[int | None]) -> ItemQuerySet:
    """The items of these verksamheter, as `reach` gives them."""
    if not mine:
        return Item.objects.none()
    if None in mine:
        return Item.objects.all()
    return Item.objects.filter(Q(thread__verksamhet__in=mine) | Q(thread__verksamhet=None))


def item_for(user: User, pk: int, now: datetime, right: Right = Right.SEE) -> Item:
    """The item, or 404 where its existence is none of the person's business, or 403 where only the right is missing."""
    item = visible_to(user, now).with_its_own().filter(pk=pk).first()
    if item is None:
        raise Http404("Handlingen finns inte, eller hör till en verksamhet som du inte har behörighet till.")
    if right != Right.SEE and not may_on(user, item, right, now):
        raise PermissionDenied(f"Du behöver behörigheten ”{right.label}” för den här handlingen.")
    return item


def may_on(user: User, item: Item, right: Right, now: datetime) -> bool:
    return covers(reach(user, now)[right], item.thread.verksamhet_id)


def may_follow_up(user: User, item: Item, now: datetime) -> bool:
    return may_on(user, item, Right.FOLLOW_UP, now)


def may_judge(user: User, item: Item, now: datetime) -> bool:
    return may_on(user, item, Right.JUDGE, now)


def judges(verksamheter: set[int | None], now: datetime) -> QuerySet[User]:
    """Everybody who may judge the items of all these verksamheter; None is what all share."""
    return _people(Right.JUDGE, verksamheter, now)


def followers(now: datetime) -> QuerySet[User]:
    """Everybody who may follow up anything at all."""
    return _people(Right.FOLLOW_UP, set(), now)


def readers(item: Item, now: datetime) -> QuerySet[User]:
    """Everybody who may read the item."""
    return _people(Right.SEE, {item.thread.verksamhet_id}, now)


def _people(right: Right, verksamheter: set[int | None], now: datetime) -> QuerySet[User]:
    carriers = RoleAssignment.objects.in_force(workdays.local_date(now)).filter(role__in=rules.RIGHTS[right])
    people = User.objects.filter(is_active=True, pk__in=carriers.values("user"))
    for verksamhet in verksamheter - {None}:
        here = carriers.filter(Q(verksamhet=None) | Q(verksamhet=verksamhet))
        people = people.filter(pk__in=here.values("user"))
    return people.order_by("first_name", "last_name", "pk")


def deed_for(user: User, pk: int, now: datetime) -> Deed:
    """What the person did, while they still may do such things to that item."""
    deed = Deed.objects.select_related("item").filter(pk=pk, by=user).first()
    if deed is None:
        raise Http404("Det finns inget sådant att ångra bland det du har gjort.")
    item_for(user, deed.item_id, now, Right.SEE if deed.verb == Verb.NOTE else Right.JUDGE)
    return deed


def bulk_for(user: User, pk: int) -> Bulk:
    """Only for whoever ordered it."""
    bulk = Bulk.objects.filter(pk=pk, ordered_by=user).first()
    if bulk is None:
        raise Http404("Den behandlingen finns inte, eller är någon annans.")
    return bulk


def own_note_for(user: User, pk: int, now: datetime) -> Note:
    """A note that the person wrote, on an item they still may read."""
    note = Note.objects.filter(pk=pk, by=user).first()
    if note is None:
        raise Http404("Anteckningen finns inte, eller är någon annans.")
    note.item = item_for(user, note.item_id, now)
    return note


def opinion_for(user: User, pk: int, now: datetime) -> Opinion:
    """A question put to the person, about an item they still may judge."""
    opinion = Opinion.objects.select_related("asked_by").filter(pk=pk, asked_of=user).first()
    if opinion is None:
        raise Http404("Frågan finns inte, eller är ställd till någon annan.")
    opinion.item = item_for(user, opinion.item_id, now, Right.JUDGE)
    return opinion


def step_for(user: User, pk: int, now: datetime) -> FollowUpStep:
    step = FollowUpStep.objects.select_related("classification__item").filter(pk=pk).first()
    if step is None:
        raise Http404("Åtgärden finns inte.")
    item_for(user, step.classification.item_id, now, Right.FOLLOW_UP)
    return step


def intervention_for(user: User, item: int, pk: int, now: datetime) -> Intervention:
    """What was ordered for the item, while the person may order such things there."""
    found = item_for(user, item, now, Right.INTERVENE)
    ordered = Intervention.objects.filter(pk=pk, item=found).first()
    if ordered is None:
        raise Http404("Åtgärden finns inte.")
    ordered.item = found
    return ordered


def attachment_for(user: User, pk: int, now: datetime) -> Attachment:
    """The attachment, unless nobody may look at it (BrB 16:10 a), it is secret to the person, or its bytes are not here."""
    attachment = Attachment.objects.select_related("item").filter(pk=pk).exclude(sha256="").first()
    if attachment is None or _is_kept_from(user, item_for(user, attachment.item_id, now), now):
        raise Http404("Bilagan finns inte eller får inte visas.")
    return attachment


def _is_kept_from(user: User, item: Item, now: datetime) -> bool:
    current = item.current_classification
    secret = current is not None and current.category == Category.SEKRETESS
    return item.never_kept or (secret and not may_on(user, item, Right.READ_SECRET, now))


def referral_at(token: str) -> Referral | None:
    """The question that the link in a chef's letter leads to, open or not; None where nobody made such a link."""
    digest = links.digest_of(token)
    rows = Referral.objects.select_related("item__thread__verksamhet", "referred_by")
    return rows.filter(secret_sha256=digest).first() if digest else None


def attachment_at(token: str, pk: int, now: datetime) -> Attachment:
    """An attachment of the thread that the link shows, as long as it shows it."""
    referral = referral_at(token)
    if referral is None or referral.state(now) != ReferralState.OPEN:
        raise Http404("Bilagan finns inte eller får inte visas.")
    within = Attachment.objects.select_related("item").filter(item__thread=referral.item.thread_id)
    attachment = within.filter(pk=pk).exclude(sha256="").first()
    current = attachment.item.current_classification if attachment else None
    secret = current is not None and (current.reason in rules.NEVER_KEPT or current.category == Category.SEKRETESS)
    if attachment is None or secret:
        raise Http404("Bilagan finns inte eller får inte visas.")
    return attachment
