"""How reading the page goes: what is new, the whole of it, and private messages."""

from datetime import datetime, timedelta

from django.conf import settings

from moderation.health.sign import Sign, State
from moderation.models import Page, SyncRun
from moderation.policy import rules, token_warnings, wording
from moderation.policy.terms import Lane

FRESH, SWEEP, MESSAGES = "Nya inlägg och kommentarer", "Hela sidan", "Privata meddelanden"
CONNECT = "Anslut sidan under Anslutning. Det gör en administratör."
WATCH = "Bevaka sidan på Facebook så länge."
WAIT = "Vänta; det försöks igen av sig självt. " + WATCH
MACHINE = "Säg till den som sköter driften. " + WATCH

# The whole page is read every night. Later than this it is late, and later than that it is wrong.
LATE, TOO_LATE = timedelta(hours=36), timedelta(hours=72)
# A sweep is held by one worker after the other; nobody has taken it up for so long.
DROPPED = timedelta(minutes=15)


def silent_after() -> timedelta:
    """How long nothing may come in before it is said everywhere: at least two intervals of reading."""
    return max(rules.SILENT_AFTER, 2 * timedelta(seconds=settings.PULL_SECONDS))


def is_silent(page: Page, now: datetime) -> bool:
    return page.fresh_at is not None and now - page.fresh_at > silent_after()


def fresh(page: Page | None, now: datetime) -> Sign:
    if page is None:
        return Sign(FRESH, State.FAIL, "Ingen sida på Facebook är ansluten, så inget hämtas.", advice=CONNECT)
    run = _last(page, Lane.FRESH)
    if page.fresh_at is None:
        state = State.FAIL if _key_is_over(page, now) else State.WARN
        return Sign(FRESH, state, f"Inget har hämtats än. {_why(page, run, now)}".strip(), advice=_help(page, now))
    when = wording.at(page.fresh_at, now)
    if is_silent(page, now):
        why = _why(page, run, now) or "Ingen har försökt sedan dess."
        return Sign(FRESH, State.FAIL, f"Inget nytt har hämtats sedan {when}. {why}", page.fresh_at, _help(page, now))
    if why := _why(page, run, now):
        state = State.FAIL if _key_is_over(page, now) else State.WARN
        return Sign(FRESH, state, f"Det senaste hämtades {when}. {why}", page.fresh_at, _help(page, now))
    if run is not None and run.failed:
        return Sign(FRESH, State.WARN, f"Det senaste hämtades {when}. {_unsaved(run)}", page.fresh_at, MACHINE)
    return Sign(FRESH, State.OK, f"Nya inlägg och kommentarer hämtades {when}.", page.fresh_at)


def sweep(page: Page | None, now: datetime) -> Sign:
    if page is None:
        return Sign(SWEEP, State.OFF, "Ingen sida är ansluten, så inget gås igenom.")
    if run := SyncRun.objects.running().filter(page=page, lane=Lane.SWEEP).first():
        return _under_way(run, now)
    run = _last(page, Lane.SWEEP)
    if run is None or page.fetched_at is None:
        told = f"Hela sidan har inte gåtts igenom än. {run.error if run else ''}".strip()
        return Sign(SWEEP, State.WARN, told, advice="Den gås igenom av sig själv. Hur långt den har kommit står här.")
    told = f"Hela sidan gicks igenom {wording.at(page.fetched_at, now)}: {_amount(run)}."
    age = now - page.fetched_at
    if age > LATE:
        state = State.FAIL if age > TOO_LATE else State.WARN
        return Sign(SWEEP, state, f"{told} Det skulle ha skett igen. {run.error}".strip(), page.fetched_at, MACHINE)
    if run.error or run.failed:
        return Sign(SWEEP, State.WARN, f"{told} {run.error or _unsaved(run)}", page.fetched_at, MACHINE)
    if remarks := run.remarks.splitlines():
        return Sign(SWEEP, State.OK, f"{told} {' '.join(remarks[:3])}", page.fetched_at)
    return Sign(SWEEP, State.OK, told, page.fetched_at)


def messages(page: Page | None, now: datetime) -> Sign:
    if page is None or page.messages_tried_at is None:
        return Sign(MESSAGES, State.OFF, "Privata meddelanden har inte hämtats än.")
    if page.messages_error:
        # Where it has worked once, something was taken away; where it never has, nobody may have asked for it.
        state = State.FAIL if page.messages_at else State.OFF
        advice = "Ska de hämtas behöver nyckeln behörigheten pages_messaging. Annars kan du lämna det så."
        return Sign(MESSAGES, state, f"Privata meddelanden hämtas inte. {page.messages_error}", advice=advice)
    told, at = f"Privata meddelanden hämtades {wording.at(page.messages_tried_at, now)}.", page.messages_tried_at
    if now - at > silent_after():
        return Sign(MESSAGES, State.FAIL, f"{told} Sedan dess har de inte kunnat hämtas.", at, _help(page, now))
    return Sign(MESSAGES, State.OK, told, at)


def _under_way(run: SyncRun, now: datetime) -> Sign:
    back = f", nått tillbaka till {wording.month(run.reached)}" if run.reached else ""
    told = f"Hela sidan gås igenom sedan {wording.at(run.started_at, now)}{back}: {_amount(run)}."
    if now - run.held_until > DROPPED:
        return Sign(SWEEP, State.FAIL, f"{told} Ingen arbetar med det just nu.", run.held_until, MACHINE)
    if run.error:
        return Sign(SWEEP, State.WARN, f"{told} {run.error}", run.started_at, WAIT)
    return Sign(SWEEP, State.OK, told, run.started_at)


def _last(page: Page, lane: Lane) -> SyncRun | None:
    return SyncRun.objects.filter(page=page, lane=lane, ended_at__isnull=False).first()


def _why(page: Page, run: SyncRun | None, now: datetime) -> str:
    """Why nothing comes in at this moment; empty where nothing speaks against it."""
    if _key_is_over(page, now):
        return "Nyckeln till sidan gäller inte längre."
    if page.resume_at is not None and page.resume_at > now:
        return f"Facebook har bett oss vänta till {wording.at(page.resume_at, now)}."
    failed_later = run is not None and (page.fresh_at is None or run.started_at > page.fresh_at)
    return run.error if run is not None and failed_later else ""


def _help(page: Page, now: datetime) -> str:
    return f"{CONNECT} {WATCH}" if _key_is_over(page, now) else f"{WAIT} Går det inte över, säg till driften."


def _key_is_over(page: Page, now: datetime) -> bool:
    return token_warnings.ended(page.token_ends_at, page.token_dead_at, now) is not None


def _amount(run: SyncRun) -> str:
    return f"{wording.count(run.found, 'handling', 'handlingar')}, {wording.count(run.calls, 'anrop', 'anrop')}"


def _unsaved(run: SyncRun) -> str:
    return f"{wording.count(run.failed, 'handling', 'handlingar')} gick inte att spara."
