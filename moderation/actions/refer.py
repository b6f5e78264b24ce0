"""Put a question to the responsible chef by a link that shows one thread, and take the answer in."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from moderation import audit, links
from moderation.actions import draft, pause, referral_letters
from moderation.actions.seen import Seen, refuse_other_change, refuse_other_judgement
from moderation.models import Item, Notice, Pause, Referral, User
from moderation.models.storable import storable
from moderation.policy import rules
from moderation.policy.terms import Category, Direction, Event, NoticeKind, PauseReason, ReferralState

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 8_000


class Closed(ValidationError):
    """The link does not open any longer."""


@sensitive_variables("secret")
@transaction.atomic
def refer(
    *,
    item: Item,
    chef_namn: str,
    chef_epost: str,
    question: str,
    secret: str,
    by: User,
    now: datetime,
    seen: Seen,
) -> Referral:
    """The clock stands still until the chef has answered. An earlier referral that ran out is taken back.

    Raises Stale where somebody has changed the item since.
    """
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    refuse_other_judgement(item, by, seen)
    refuse_other_change(item, seen)
    _refuse_unfit(item)
    question = _within(question, LONGEST_QUESTION, "Frågan är för lång. Den")
    if not question:
        raise ValidationError("Skriv vad chefen ska ta ställning till.")
    for former in _unclosed(item):
        if former.state(now) == ReferralState.OPEN:
            raise ValidationError(f"Handlingen är redan hänvisad till {former.chef_namn}. Dra tillbaka den först.")
        revoke(referral=former, by=by, now=now)
    made = Referral.objects.create(
        item=item,
        chef_namn=storable(chef_namn).strip(),
        chef_epost=chef_epost,
        question=question,
        secret_sha256=links.digest(secret),
        referred_at=now,
        referred_by=by,
        expires_at=now + rules.REFERRAL_HOLDS,
    )
    audit.record(Event.REFERRED, item, now=now, by=by, referral=made.pk, expires_at=made.expires_at.isoformat())
    _stop_clock(item, by, now)
    referral_letters.first(made, secret, now)
    return made


@transaction.atomic
def open_link(*, referral: Referral, now: datetime) -> Referral:
    """Remember the first time that the link was followed."""
    if referral.opened_at is None:
        referral = _locked(referral)
        if referral.opened_at is None and referral.state(now) == ReferralState.OPEN:
            _set(referral, opened_at=now)
            audit.record(Event.REFERRAL_OPENED, referral.item, now=now, referral=referral.pk)
    return referral


@transaction.atomic
def answer(*, referral: Referral, text: str, now: datetime) -> Referral:
    """The answer becomes the draft, the clock runs again, and whoever asked is told. Raises Closed.

    The same answer sent once more changes nothing.
    """
    referral, text = _locked(referral), _within(text, LONGEST_ANSWER, "Svaret är för långt. Det")
    if referral.answered_at is not None and referral.answer == text:
        return referral
    _refuse_closed(referral, now)
    if not text:
        raise ValidationError("Skriv ett svar.")
    _set(referral, answer=text, answered_at=now)
    digest = sha256(text.encode()).hexdigest()
    audit.record(Event.REFERRAL_ANSWERED, referral.item, now=now, referral=referral.pk, sha256=digest, length=len(text))
    draft.begin(referral=referral, now=now)
    _start_clock(referral.item, None, now)
    _tell(referral, NoticeKind.REFERRAL_ANSWERED, now)
    referral_letters.stop(referral, now)
    return referral


@transaction.atomic
def hand_over(*, referral: Referral, word: str, now: datetime) -> Referral:
    """The chef takes the question over: the clock stays stopped, and whoever asked is told. Raises Closed."""
    referral, word = _locked(referral), _within(word, LONGEST_ANSWER, "Texten är för lång. Den")
    if referral.handed_over_at is not None and referral.answer == word:
        return referral
    _refuse_closed(referral, now)
    _set(referral, answer=word, handed_over_at=now)
    audit.record(Event.REFERRAL_HANDED_OVER, referral.item, now=now, referral=referral.pk, length=len(word))
    _stop_clock(referral.item, referral.referred_by, now)
    _tell(referral, NoticeKind.REFERRAL_HANDED_OVER, now)
    referral_letters.stop(referral, now)
    return referral


@transaction.atomic
def revoke(*, referral: Referral, by: User, now: datetime) -> Referral:
    """The link dies at once. One that has run out may be taken back too."""
    referral = _locked(referral)
    if referral.state(now) not in (ReferralState.OPEN, ReferralState.EXPIRED):
        raise ValidationError(f"Hänvisningen är redan {referral.state(now).label.lower()}.")
    _set(referral, revoked_at=now, revoked_by=by)
    audit.record(Event.REFERRAL_REVOKED, referral.item, now=now, by=by, referral=referral.pk)
    _start_clock(referral.item, by, min(now, referral.expires_at), now)
    referral_letters.stop(referral, now)
    return referral


@transaction.atomic
def remind(*, referral: Referral, now: datetime) -> bool:
    """Write to the chef once more, where it is time. Returns whether it was."""
    referral = _locked(referral)
    due = rules.reminders_due(referral.referred_at, now, settings.OPENING_HOURS)
    if referral.state(now) != ReferralState.OPEN or due <= referral.reminded:
        return False
    _set(referral, reminded=due)
    audit.record(Event.REFERRAL_REMINDED, referral.item, now=now, referral=referral.pk, reminder=due)
    referral_letters.again(referral, now)
    return True


@transaction.atomic
def expire(*, referral: Referral, now: datetime) -> bool:
    """The link ran out unanswered: whoever asked is told once, and the clock runs again. Returns whether it stood still."""
    referral = _locked(referral)
    if referral.state(now) != ReferralState.EXPIRED or referral.expiry_told_at is not None:
        return False
    _set(referral, expiry_told_at=now)
    audit.record(Event.REFERRAL_EXPIRED, referral.item, now=now, referral=referral.pk)
    _tell(referral, NoticeKind.REFERRAL_EXPIRED, now)
    referral_letters.stop(referral, now)
    return _start_clock(referral.item, None, referral.expires_at, now)


def _locked(referral: Referral) -> Referral:
    # The item first, as everybody else does who changes both.
    Item.objects.select_for_update(no_key=True).get(pk=referral.item_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("item__thread__verksamhet", "referred_by")
    return rows.get(pk=referral.pk)


def _unclosed(item: Item) -> list[Referral]:
    return list(Referral.objects.filter(item=item, answered_at=None, handed_over_at=None, revoked_at=None))


def _set(referral: Referral, **facts: object) -> None:
    for name, value in facts.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(facts))


def _refuse_unfit(item: Item) -> None:
    current = item.current_classification
    if item.direction == Direction.UPPRATTAD:
        raise ValidationError("Kommunens egna inlägg och svar hänvisas inte.")
    if item.never_kept or (current is not None and current.category == Category.SEKRETESS):
        raise ValidationError("Det som är sekretess eller inte får visas kan inte hänvisas med en länk. Ring chefen.")
    if not settings.ADRESS:
        raise ValidationError("Ingen adress är inställd för länken (ADRESS). Säg till en administratör.")


def _refuse_closed(referral: Referral, now: datetime) -> None:
    state = referral.state(now)
    if state != ReferralState.OPEN:
        raise Closed(f"Länken är {state.label.lower()}. Det du skrev är inte skickat, men finns kvar här.")


def _within(text: str, longest: int, otherwise: str) -> str:
    text = storable(text).replace("\r\n", "\n").strip()
    if len(text) > longest:
        figure = f"{longest:,}".replace(",", " ")
        raise ValidationError(f"{otherwise} får ha högst {figure} tecken, men har {len(text)}.")
    return text


def _stop_clock(item: Item, by: User, now: datetime) -> None:
    """What is judged has no clock, and what stands still already stands still for a reason of its own."""
    if item.waiting_since is not None and pause.open_pause(item) is None:
        pause.pause(item=item, reason=PauseReason.HOS_CHEF, by=by, now=now)


def _start_clock(item: Item, by: User | None, ended_at: datetime, now: datetime | None = None) -> bool:
    standing: Pause | None = pause.open_pause(item)
    if standing is None or standing.reason != PauseReason.HOS_CHEF:
        return False
    pause.resume(item=item, by=by, now=now or ended_at, ended_at=ended_at)
    return True


def _tell(referral: Referral, kind: NoticeKind, now: datetime) -> None:
    if referral.referred_by.is_active:
        Notice.objects.create(to=referral.referred_by, kind=kind, item=referral.item, at=now)
