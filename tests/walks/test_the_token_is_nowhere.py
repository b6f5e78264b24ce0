"""After everything that can happen to a key, it lies nowhere in the open: no log, row, letter, page, queue or error."""

import base64
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core import mail as outbox
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from django.views.debug import ExceptionReporter
from redis import Redis

from moderation import tasks, vault
from moderation.actions import intervene
from moderation.actions.seen import Seen
from moderation.graph.simulator import World, serve
from moderation.models import AuditEntry, Intervention, Item, Page
from moderation.policy.terms import Event, Ground, InterventionKind, Kind, OrderState, Role
from tests import make

pytestmark = pytest.mark.django_db

PAGE_ID = "1036844829507460"
TOKEN = "EAABsbCS1iHgBO7ZB4+hemlig/nyckel=="
SECRET = "appens+hemlighet/som=ingen/far+se"


def forms(secret: str) -> list[str]:
    """As it is, in an address, and as bytes are written in text."""
    raw = secret.encode()
    encoded = (base64.b64encode(raw), base64.urlsafe_b64encode(raw), raw.hex().encode())
    return [secret, quote(secret, safe=""), *(one.decode().rstrip("=") for one in encoded)]


def leaks(text: str) -> list[str]:
    return [form for secret in (TOKEN, SECRET) for form in forms(secret) if form in text]


def in_the_database() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)


def in_the_queue() -> Iterator[str]:
    with Redis.from_url(django_settings.REDIS_URL) as broker:
        for key in broker.scan_iter():
            yield repr(broker.dump(key))


@pytest.fixture
def world(clock) -> World:
    world = World(PAGE_ID, "Ljusnarsbergs kommun", timezone.now, token=TOKEN, app_secret=SECRET)
    post = world.add_post("Vi plogar.", timezone.now())
    world.add_comment(post, "Tack!", timezone.now())
    return world


@pytest.fixture
def facebook(world, settings) -> Iterator[World]:
    server = serve(world)
    settings.GRAPH_URL, settings.FACEBOOK_PAGE_ID = server.url, PAGE_ID
    settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET = world.tokens.app_id, SECRET
    settings.FACEBOOK_VERIFY_TOKEN, settings.EMAIL_CONFIGURED = "kontrollord", True
    yield world
    server.close()


@pytest.fixture
def every_word(caplog) -> Iterator[pytest.LogCaptureFixture]:
    """Every logger at its most talkative, also those that the settings keep quiet."""
    names = [
        "urllib3",
        "urllib3.connectionpool",
        "requests",
        "django",
        "django.request",
        "django.db.backends",
        "celery",
    ]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    yield caplog
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def work() -> None:
    """Everything the clock wakes that speaks with Facebook or writes to people."""
    reading = (tasks.pull_fresh, tasks.sweep_page, tasks.fetch_media, tasks.take_deliveries, tasks.watch_token)
    for task in (*reading, tasks.intervene):
        task()
    tasks.send_letters()


def to_be_hidden() -> Intervention:
    item = Item.objects.get(kind=Kind.COMMENT)
    make.classification(item)
    at, item = timezone.now() - timedelta(minutes=1), Item.objects.get(pk=item.pk)
    ground, kind = Ground.INTEGRITET, InterventionKind.HIDE
    return intervene.order(item=item, kind=kind, ground=ground, by=make.agda(), now=at, seen=Seen.of(item))


def test_the_key_lies_nowhere_in_the_open(facebook, every_word, client):
    make.user("david", Role.ADMIN, email="david@kommun.example")
    client.login(username="david", password=make.PASSWORD)
    shown = [client.post("/anslutning/nyckel/", {"token": f"{TOKEN}\n{TOKEN}"}).content.decode()]
    shown += [client.post("/anslutning/nyckel/", {"token": TOKEN}, follow=True).content.decode()]
    assert vault.unseal(Page.objects.get().token_sealed) == TOKEN
    work()
    assert facebook.calls, "nobody asked Facebook anything"
    hiding = to_be_hidden()
    work()
    hiding.refresh_from_db()
    assert hiding.state == OrderState.DONE
    facebook.tokens.spoil(TOKEN, "code_190_460")
    Page.objects.update(token_checked_at=None, subscribed_at=None, tried_at=None)
    work()
    assert Page.objects.get().token_dead_at is not None
    for address in ("/", "/drift/", "/anslutning/", "/roller/", "/hjalp/", "/halsa"):
        shown.append(client.get(address).content.decode())

    letters = [f"{letter.message()}\n{letter.body}" for letter in outbox.outbox]
    assert letters, "nobody was written to"
    assert AuditEntry.objects.filter(event=Event.TOKEN_DIED).exists()
    logged = [every_word.text, *(repr(record.args) for record in every_word.records)]
    places = {
        "pages": shown,
        "letters": letters,
        "log": logged,
        "database": list(in_the_database()),
        "queue": list(in_the_queue()),
    }
    found = {name: [leak for text in texts for leak in leaks(text)] for name, texts in places.items()}
    assert {name: found_there for name, found_there in found.items() if found_there} == {}


def test_an_error_while_connecting_shows_the_key_to_nobody(settings, every_word):
    """A fault in the midst of it, as Django would write it to the log or to whoever develops."""
    make.david()
    client = Client(raise_request_exception=False)
    client.login(username="david", password=make.PASSWORD)
    settings.FACEBOOK_PAGE_ID, settings.SECRET_KEY_FALLBACKS = PAGE_ID, [None]  # No key can be made of that.
    reports: list[str] = []

    def note(request, **_: object) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend([reporter.get_traceback_text(), reporter.get_traceback_html()])

    got_request_exception.connect(note)
    try:
        answer = client.post("/anslutning/nyckel/", {"token": TOKEN})
    finally:
        got_request_exception.disconnect(note)
    assert answer.status_code == 500
    assert len(reports) == 2
    assert [leaks(text) for text in (*reports, answer.content.decode(), every_word.text)] == [[], [], [], []]


def test_the_search_finds_what_it_searches_for():
    """A search that finds nothing must be able to find."""
    for secret in (TOKEN, SECRET):
        for form in forms(secret):
            assert leaks(f"före {form} efter"), form
    page = make.page()
    Page.objects.filter(pk=page.pk).update(token_error=f"OAuth {TOKEN}")
    assert any(leaks(text) for text in in_the_database())
    request = RequestFactory().post("/", {"token": TOKEN})
    assert leaks(ExceptionReporter(request, *_fault()).get_traceback_html())


def _fault():
    try:
        raise ValueError(TOKEN)
    except ValueError:
        return sys.exc_info()
