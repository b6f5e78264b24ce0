"""When something put aside may come back: the moments that are offered, in the words of somebody at work."""

from datetime import datetime, time, timedelta

from moderation.policy import wording, workdays
from moderation.policy.opening_hours import OpeningHours

AFTERNOON = time(13)
MORNING = time(8)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

# A name, the words, and the moment in UTC.
Offer = tuple[str, str, datetime]


def offers(now: datetime, hours: OpeningHours) -> list[Offer]:
    """Those of the moments that lie ahead, each day once."""
    today = workdays.local_date(now)
    tomorrow, opens = today + timedelta(days=1), hours.hours[0][0]
    workday = hours.next_workday(today)
    found = [
        ("eftermiddag", "I eftermiddag", workdays.local_moment(today, AFTERNOON)),
        ("imorgon", "I morgon", workdays.local_moment(tomorrow, MORNING)),
        ("arbetsdag", "Nästa arbetsdag", workdays.local_moment(workday, opens)),
        ("vecka", "Om en vecka", workdays.local_moment(today + timedelta(days=7), MORNING)),
    ]
    ahead = [offer for offer in found if offer[2] > now and not (offer[0] == "arbetsdag" and workday == tomorrow)]
    return [(name, f"{words}, {_said(moment, now)}", moment) for name, words, moment in ahead]


def _said(moment: datetime, now: datetime) -> str:
    """måndag 23 november kl. 8.00; only the time where it is today."""
    local = moment.astimezone(workdays.STOCKHOLM)
    clock = f"kl. {local.hour}.{local.minute:02}"
    if local.date() == workdays.local_date(now):
        return clock
    return f"{WEEKDAYS[local.weekday()]} {wording.day(moment, now)} {clock}"
