"""Letters on their way out, through the municipality's own mail server."""

import logging
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from moderation.actions import warn
from moderation.models import Mail, Page
from moderation.models.order import Impossible, Postponed, carry_out

logger = logging.getLogger(__name__)


def deliver(clock: Callable[[], datetime]) -> int:
    """Order what it is time to tell, and send what waits. Returns how many letters went.

    Where no mail server is set, they wait without an attempt being spent.
    """
    for page in Page.objects.filter(graph_id=settings.FACEBOOK_PAGE_ID):
        warn.look(page, clock())
    if not settings.EMAIL_CONFIGURED:
        return 0
    return carry_out(Mail.objects.all(), lambda mail: send(clock, mail), clock)


def send(clock: Callable[[], datetime], mail: Mail) -> None:
    """Dying between the two lines sends the letter twice, which is better than never."""
    message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.recipient])
    try:
        message.send()
    except (SMTPException, OSError) as error:
        if isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _ in error.recipients.values()):
            raise Impossible("E-postservern tar inte emot brev till den adressen.") from None
        # What the server answered may repeat the address or the password.
        logger.warning("letter %s was not sent: %s", mail.pk, type(error).__name__)
        raise Postponed("E-postservern tog inte emot brevet. Det försöks igen av sig självt.") from None
    mail.finish(clock())
