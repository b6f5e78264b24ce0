"""Facebook's door: what is genuine is kept to the byte before it is answered, and looked into by others later."""

import logging
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from moderation.actions.take_delivery import refuse_delivery, take_delivery
from moderation.graph import webhook

logger = logging.getLogger(__name__)

MOST_BYTES = 1024 * 1024


@csrf_exempt
@login_not_required
# A failing database is answered here, and what is answered with 200 has been committed.
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def facebook(request: HttpRequest) -> HttpResponse:
    return _challenge(request) if request.method == "GET" else _delivery(request)


def _challenge(request: HttpRequest) -> HttpResponse:
    """Facebook asks once, when the address is entered, whether somebody here knows the word that was entered with it."""
    expected, asked = settings.FACEBOOK_VERIFY_TOKEN, request.GET
    known = constant_time_compare(asked.get("hub.verify_token", ""), expected) and expected != ""
    if not known or asked.get("hub.mode") != "subscribe" or "hub.challenge" not in asked:
        return _say(403, "Kontrollordet stämmer inte.")
    return _say(200, asked["hub.challenge"])


def _delivery(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH", "")
    if not re.fullmatch("[0-9]+", length):
        # In pieces, with nobody knowing how many will come.
        return _say(411, "Meddelandets längd saknas.")
    if len(length) > len(str(MOST_BYTES)) or int(length) > MOST_BYTES:
        return _say(413, "Meddelandet är för stort.")
    try:
        body = request.read(int(length))
    except OSError:
        body = b""
    if len(body) < int(length):
        return _say(400, "Meddelandet bröts.")
    genuine = webhook.is_genuine(settings.FACEBOOK_APP_SECRET, body, request.headers.get("X-Hub-Signature-256"))
    return _take(body) if genuine else _refuse()


def _take(body: bytes) -> HttpResponse:
    try:
        take_delivery(body=body, now=timezone.now())
    except Error as error:
        # Its text might quote what citizens wrote.
        logger.error("could not keep a delivery: %s", type(error).__name__)
        return _say(503, "Meddelandet kunde inte sparas. Skicka det igen.")
    return _say(200, "EVENT_RECEIVED")


def _refuse() -> HttpResponse:
    try:
        refuse_delivery(now=timezone.now())
    except Error as error:
        logger.error("could not count a refused delivery: %s", type(error).__name__)
    return _say(403, "Signaturen stämmer inte.")


def _say(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
