"""How the work goes that waits in rows: attachments, letters, history; and whether anybody is at work."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q

from moderation.health.sign import Sign, State
from moderation.models import Attachment, Heartbeat, HistoryImport, Mail
from moderation.models.people import RoleAssignment
from moderation.policy import rules, wording, workdays
from moderation.policy.terms import OrderState, Right

MEDIA, LETTERS, HISTORY, CLOCK = "Bilagor", "E-post", "Historik", "Klockan"
WORKERS = {
    "fresh": "Arbetare för det nya",
    "sweep": "Arbetare för hela sidan",
    "media": "Arbetare för bilagor",
    "arkiv": "Arbetare för utskrifter",
}
# Those at work, and the clock, show life every ten seconds.
SILENT = timedelta(seconds=45)
# An attachment is fetched within minutes, since its link dies.
WAITING = timedelta(hours=1)
RECENT = timedelta(days=1)
OPERATIONS = "Säg till den som sköter driften."


def media(now: datetime) -> Sign:
    waiting, failed = Q(state__in=(OrderState.ORDERED, OrderState.WORKING)), Q(state=OrderState.FAILED)
    found = Attachment.objects.filter(waiting | failed).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("ordered_at", filter=waiting),
        failed=Count("pk", filter=failed),
        recent=Count("pk", filter=failed & Q(done_at__gte=now - RECENT)),
    )
    told = f"{wording.count(found['waiting'], 'bilaga', 'bilagor')} väntar på att hämtas."
    if found["failed"]:
        told += f" {wording.count(found['failed'], 'bilaga', 'bilagor')} har inte gått att hämta."
    if found["oldest"] is not None and now - found["oldest"] > WAITING:
        return Sign(MEDIA, State.FAIL, f"{told} De väntar för länge.", found["oldest"], OPERATIONS)
    if found["recent"]:
        advice = "Varför står vid handlingen. Behövs bilden, spara den för hand från Facebook."
        return Sign(MEDIA, State.WARN, told, advice=advice)
    return Sign(MEDIA, State.OK, told if found["waiting"] or found["failed"] else "Alla bilagor är hämtade.")


def letters(now: datetime) -> Sign:
    if not settings.EMAIL_CONFIGURED:
        waiting = Mail.objects.on_the_way().count()
        told = f"E-post är inte inställd. {wording.count(waiting, 'brev', 'brev')} väntar." if waiting else ""
        return Sign(LETTERS, State.WARN, told or "E-post är inte inställd.", advice="Be driften ange EMAIL_URL.")
    in_force = RoleAssignment.objects.in_force(workdays.local_date(now)).filter(role__in=rules.RIGHTS[Right.OPERATE])
    if not in_force.filter(user__is_active=True).exclude(user__email="").exists():
        told = "Ingen administratör har angett någon e-postadress, så ingen får veta när något går sönder."
        return Sign(LETTERS, State.WARN, told, advice="Ange din adress under Anslutning.")
    if stuck := Mail.objects.stuck(now).filter(ordered_at__gte=now - 7 * RECENT).order_by("-pk").first():
        return Sign(LETTERS, State.FAIL, f"Brev kommer inte fram. {stuck.last_error}", stuck.ordered_at, OPERATIONS)
    last = Mail.objects.filter(state=OrderState.DONE).order_by("-done_at").first()
    if last is None or last.done_at is None:
        return Sign(LETTERS, State.OK, "Inget brev har behövt skickas än.")
    return Sign(LETTERS, State.OK, f"Det senaste brevet skickades {wording.at(last.done_at, now)}.", last.done_at)


def history(now: datetime) -> Sign:
    """What is read in from the page's own export."""
    last = HistoryImport.objects.first()
    if last is None:
        return Sign(HISTORY, State.OFF, "Ingen historik har lästs in ur sidans egen export.")
    handled = wording.count(last.handled, "post", "poster")
    if last.state == OrderState.FAILED:
        told = f"Den senaste inläsningen stannade efter {handled}. {last.last_error}"
        return Sign(
            HISTORY, State.WARN, told, last.done_at, "Läs in filen igen. Det som redan är inläst blir inte dubbelt."
        )
    if last.state == OrderState.DONE and last.done_at is not None:
        told = f"Den senaste inläsningen blev klar {wording.at(last.done_at, now)}: {handled}."
        return Sign(HISTORY, State.OK, told, last.done_at)
    if last.state == OrderState.CANCELLED:
        return Sign(HISTORY, State.OFF, f"Den senaste inläsningen avbröts efter {handled}.")
    of_all = f" av {wording.count(last.total, 'post', 'poster')}" if last.total else ""
    told = f"En inläsning pågår: {wording.count(last.handled, '', '').strip()}{of_all or ' poster'}."
    return Sign(
        HISTORY, State.WARN if last.last_error else State.OK, f"{told} {last.last_error}".strip(), last.ordered_at
    )


def workers(now: datetime) -> list[Sign]:
    seen = dict(Heartbeat.objects.values_list("name", "seen_at"))
    return [_worker(queue, seen.get(queue), now) for queue in queues()]


def clock(now: datetime) -> Sign:
    """What wakes the others when their time comes."""
    last = Heartbeat.objects.filter(name="klockan").values_list("seen_at", flat=True).first()
    if last is not None and now - last <= SILENT:
        return Sign(CLOCK, State.OK, f"Klockan går och väcker de andra, senast {wording.at(last, now)}.", last)
    since = f"sedan {wording.at(last, now)}" if last else "än"
    told = f"Klockan har inte hörts {since}, så ingen väcks till nytt arbete."
    return Sign(CLOCK, State.FAIL, told, last, f"{OPERATIONS} Beat behöver startas om.")


def queues() -> list[str]:
    return sorted({str(route["queue"]) for route in settings.CELERY_TASK_ROUTES.values()})


def _worker(queue: str, seen_at: datetime | None, now: datetime) -> Sign:
    name = WORKERS.get(queue, f"Arbetare för {queue}")
    if seen_at is None:
        told = "Ingen har visat livstecken än."
        return Sign(name, State.FAIL, told, advice=f"{OPERATIONS} Ingen worker lyssnar på kön {queue}.")
    if now - seen_at > SILENT:
        told = f"Ingen har visat livstecken sedan {wording.at(seen_at, now)}."
        return Sign(name, State.FAIL, told, seen_at, f"{OPERATIONS} Ingen worker lyssnar på kön {queue}.")
    return Sign(name, State.OK, f"Visade livstecken {wording.at(seen_at, now)}.", seen_at)
