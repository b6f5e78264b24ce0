"""What is written to a chef. Never what a citizen wrote, nor who, nor the question itself: e-mail is read by many."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from moderation import links
from moderation.models import Mail, Referral
from moderation.policy import wording
from moderation.policy.terms import OrderState

REVOKED = "Länken gäller inte längre, så brevet sänds inte."


@sensitive_variables()
def first(referral: Referral, secret: str, now: datetime) -> Mail:
    """The only place where the link stands."""
    link = f"{settings.ADRESS}{reverse('referral', args=[links.token(secret)])}"
    subject = f"{referral.referred_by} vill ha ditt svar på en fråga från Facebook"
    return _order(referral, _key(referral), subject, _asked(referral), link, now)


@sensitive_variables()
def again(referral: Referral, now: datetime) -> Mail:
    subject = f"Påminnelse: {referral.referred_by} väntar på ditt svar på en fråga från Facebook"
    said = f"Du fick ett brev {wording.exactly(referral.referred_at)} och har inte svarat än."
    key = f"{_key(referral)} påminnelse {referral.reminded}"
    return _order(referral, key, subject, f"{said} {_asked(referral)}", _link(referral), now)


def stop(referral: Referral, now: datetime) -> None:
    """What has not gone yet need not go."""
    its = Q(key=_key(referral)) | Q(key__startswith=f"{_key(referral)} ")
    waiting = Mail.objects.filter(its, state=OrderState.ORDERED)
    waiting.update(state=OrderState.CANCELLED, done_at=now, last_error=REVOKED)


def _key(referral: Referral) -> str:
    return f"hänvisning {referral.pk} brev"


@sensitive_variables()
def _link(referral: Referral) -> str:
    """As it stood in the first letter, which is the only one that knows it."""
    sent = Mail.objects.filter(key=_key(referral)).values_list("body", flat=True).first() or ""
    return next((line for line in sent.splitlines() if line.startswith(("http://", "https://"))), "")


def _asked(referral: Referral) -> str:
    kind = {"post": "ett inlägg", "message": "ett privat meddelande"}.get(referral.item.kind, "en kommentar")
    place = referral.item.thread.verksamhet
    where = f" som hör till {place}" if place else ""
    return f"{referral.referred_by} ber dig ta ställning till {kind} på kommunens Facebook-sida{where}."


@sensitive_variables()
def _order(referral: Referral, key: str, subject: str, asked: str, link: str, now: datetime) -> Mail:
    by = referral.referred_by
    whom = f"{by} ({by.email})" if by.email else f"{by}"
    parts = (
        f"Hej {referral.chef_namn}!",
        asked,
        "Öppna länken, läs frågan och svara direkt på sidan. Du behöver inget konto." if link
        else "Länken till frågan står i det första brevet.",
        link,
        f"Länken gäller till {wording.exactly(referral.expires_at)}, och den är bara till för dig. Skicka den inte "
        "vidare: den som har länken kan läsa tråden och svara.",
        f"Är du osäker på om brevet är äkta, eller är frågan inte din? Hör av dig till {whom}.",
        f"Det här brevet skrevs av programmet Sociala medier, {settings.KOMMUN}, {wording.exactly(now)}.",
    )  # fmt: skip
    return Mail.objects.create(
        key=key,
        recipient=referral.chef_epost,
        # A line break in a name would begin another header.
        subject=" ".join(subject.split())[:200],
        body="\n\n".join(part for part in parts if part) + "\n",
        ordered_at=now,
        not_before=now,
    )
