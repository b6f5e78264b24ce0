"""What is said of one part: how it is, in a sentence, and what helps."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import TextChoices

from moderation.models import Page


class State(TextChoices):
    OK = "ok", "Fungerar"
    WARN = "varning", "Varning"
    FAIL = "fel", "Fel"
    OFF = "av", "Av"


@dataclass(frozen=True)
class Sign:
    """`since` is when it last went well, or began to be as it is. Personal data never belongs here."""

    name: str
    state: State
    sentence: str
    since: datetime | None = None
    advice: str = ""


def page_read() -> Page | None:
    return Page.objects.named(settings.FACEBOOK_PAGE_ID).first()


def worst(*signs: Sign) -> State:
    order = (State.FAIL, State.WARN, State.OK, State.OFF)
    return min((sign.state for sign in signs), key=order.index)
