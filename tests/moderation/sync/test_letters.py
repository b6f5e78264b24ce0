"""Letters leave through a mail server, wait where there is none, and are tried again where it does not answer."""

import socketserver
import threading

import pytest
from django.core import mail as outbox

from moderation.models import Mail, Page
from moderation.policy.terms import OrderState, Role
from moderation.sync import letters
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return Mail.objects.create(
        key="nyckeln",
        recipient="david@kommun.example",
        subject="Ämne å",
        body="Hej!\n",
        ordered_at=make.NOW,
        not_before=make.NOW,
    )


@pytest.fixture
def mail_server(settings):
    """mail_server(reply): speaks SMTP, and answers each recipient with `reply`."""
    servers = []

    def start(reply):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.wfile.write(b"220 hej\r\n")
                for line in self.rfile:
                    verb = line.split(b":")[0].strip().upper()
                    self.wfile.write(reply if verb == b"RCPT TO" else b"250 ok\r\n")

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        servers.append(server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_CONFIGURED = True

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_letter_is_sent_once(letter, settings, clock):
    settings.EMAIL_CONFIGURED, settings.DEFAULT_FROM_EMAIL = True, "sm@kommun.example"
    assert [letters.deliver(clock), letters.deliver(clock)] == [1, 0]
    [sent] = outbox.outbox
    assert (sent.to, sent.from_email, sent.subject, sent.body) == (
        ["david@kommun.example"],
        "sm@kommun.example",
        "Ämne å",
        "Hej!\n",
    )


def test_what_it_is_time_to_tell_is_told(settings, clock):
    page = make.page()
    make.user("david", Role.ADMIN, email="david@kommun.example")
    settings.EMAIL_CONFIGURED, settings.FACEBOOK_PAGE_ID = True, page.graph_id
    Page.objects.update(fresh_at=clock())
    clock.go(minutes=29)
    assert letters.deliver(clock) == 0
    clock.go(minutes=2)
    assert [letters.deliver(clock), letters.deliver(clock)] == [1, 0]
    assert "inget nytt hämtas" in outbox.outbox[0].subject


def test_of_a_page_that_is_read_no_longer_nothing_is_told(settings, clock):
    make.user("david", Role.ADMIN, email="david@kommun.example")
    Page.objects.create(graph_id="4711", name="Gammal sida", token_dead_at=clock())
    settings.EMAIL_CONFIGURED, settings.FACEBOOK_PAGE_ID = True, make.page().graph_id
    assert letters.deliver(clock) == 0


def test_without_a_mail_server_letters_wait_and_no_attempt_is_spent(letter, settings, clock):
    settings.EMAIL_CONFIGURED = False
    assert letters.deliver(clock) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, outbox.outbox) == (OrderState.ORDERED, 0, [])


def test_a_server_that_does_not_answer_is_asked_again_later(letter, settings, clock):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_CONFIGURED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", 9
    assert letters.deliver(clock) == 0
    letter.refresh_from_db()
    assert letter.state == OrderState.ORDERED
    assert letter.not_before > clock.now
    assert letter.last_error == "E-postservern tog inte emot brevet. Det försöks igen av sig självt."


def test_an_address_that_the_server_refuses_is_given_up(letter, mail_server, clock):
    mail_server(b"550 no such user\r\n")
    assert letters.deliver(clock) == 0
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (
        OrderState.FAILED,
        "E-postservern tar inte emot brev till den adressen.",
    )


@pytest.mark.parametrize("code", [b"421", b"450"])
def test_an_address_that_is_refused_for_now_is_tried_again_and_not_logged(letter, mail_server, clock, caplog, code):
    mail_server(code + b" come back later, david@kommun.example\r\n")
    letters.deliver(clock)
    letter.refresh_from_db()
    assert letter.state == OrderState.ORDERED
    assert "was not sent: SMTPRecipientsRefused" in caplog.text
    assert "david" not in caplog.text
