"""Tell the administrators, by letters that are ordered here and sent by somebody else. Nobody is told the same twice."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from moderation import vault
from moderation.actions import letters
from moderation.actions.letters import Letter
from moderation.models import Mail, Page, SyncRun, User
from moderation.models.people import RoleAssignment
from moderation.policy import rules, token_warnings, workdays
from moderation.policy.terms import Lane, Right


def look(page: Page, now: datetime) -> int:
    """Order every letter about the page whose time has come. Returns how many are new; to look again is free."""
    return sum(_order(key, letter, now) for key, letter in _due(page, now))


def of_lost_subscription(page: Page, now: datetime) -> int:
    letter = letters.unsubscribed(page.name, page.subscription_error, now)
    return _order(f"prenumerationen {now:%Y-%m-%dT%H:%M:%SZ}", letter, now)


def recipients(now: datetime) -> list[str]:
    """The addresses of the administrators in force who have given one."""
    in_force = RoleAssignment.objects.in_force(workdays.local_date(now)).filter(role__in=rules.RIGHTS[Right.OPERATE])
    people = User.objects.filter(is_active=True, assignments__in=in_force).exclude(email="")
    return sorted({email.lower() for email in people.values_list("email", flat=True)})


def _due(page: Page, now: datetime) -> Iterator[tuple[str, Letter]]:
    over = token_warnings.ended(page.token_ends_at, page.token_dead_at, now)
    if occasion := token_warnings.due(page.token_ends_at, page.token_dead_at, now):
        if over is not None:
            yield occasion.key, letters.dead(page.name, over, _fetched(page), page.token_error, now)
        elif page.token_ends_at is not None:
            yield occasion.key, letters.running_out(page.name, page.token_ends_at, occasion.days, now)
    last = _fetched(page)
    # Whoever knows that the key is dead need not be told that nothing comes in.
    if over is None and last is not None:
        occasion = token_warnings.again("tystnaden", last, rules.TOLD_OF_SILENCE, now)
        if occasion is not None:
            yield occasion.key, letters.silent(page.name, last, _why(page), now)
    if page.served_version not in ("", settings.GRAPH_VERSION):
        asked, served = settings.GRAPH_VERSION, page.served_version
        yield f"versionen {asked} {served}", letters.other_version(page.name, asked, served, now)


def _fetched(page: Page) -> datetime | None:
    return max((moment for moment in (page.fresh_at, page.fetched_at) if moment is not None), default=None)


def _why(page: Page) -> str:
    if page.token_sealed:
        try:
            vault.unseal(page.token_sealed)
        except vault.Unreadable as error:
            return error.sentence
    last = SyncRun.objects.filter(page=page, lane=Lane.FRESH, ended_at__isnull=False).first()
    return last.error if last is not None and last.error else "Programmet vet inte varför."


def _order(key: str, letter: Letter, now: datetime) -> int:
    wanted = {"subject": letter.subject, "body": letter.body, "ordered_at": now, "not_before": now}
    told = set(Mail.objects.filter(key=key).values_list("recipient", flat=True))
    new = [Mail(key=key, recipient=one, **wanted) for one in recipients(now) if one not in told]
    # Two that look at the same moment: the table lets only one of each stand.
    Mail.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
