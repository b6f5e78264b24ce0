from datetime import timedelta

import pytest

from moderation import vault
from moderation.actions import warn
from moderation.models import Mail, Page, SyncRun
from moderation.policy.terms import Lane, Role
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.NOW
DAYS = timedelta(days=1)


@pytest.fixture
def david():
    return make.user("david", Role.ADMIN, email="David@kommun.example")


@pytest.fixture
def page():
    page = make.page()
    page.fresh_at = NOW
    page.save()
    return page


def test_the_death_of_the_key_is_told_once_each_time(david, page):
    page.token_dead_at, page.token_error = NOW, "Nyckelns tid är ute."
    assert [warn.look(page, NOW + hours * timedelta(hours=1)) for hours in (0, 1, 47, 48, 167, 168)] == [
        1,
        0,
        0,
        1,
        0,
        1,
    ]
    letter = Mail.objects.first()
    assert letter.recipient == "david@kommun.example"
    assert letter.subject == "Ljusnarsbergs kommun: anslutningen till Facebook har slutat fungera"
    for said in (
        "Nyckelns tid är ute.",
        "inget som skrivits efter 20 november 2026 kl. 13.00",
        "1. Logga in",
        "/drift/",
    ):
        assert said in letter.body


def test_a_key_that_runs_out_is_told_of_with_its_last_day(david, page):
    page.token_ends_at = NOW + timedelta(days=14)
    page.fresh_at = NOW + timedelta(days=20)
    assert [warn.look(page, NOW + days * DAYS) for days in (0, 1, 7, 11, 13)] == [1, 0, 1, 1, 1]
    assert "gäller till 4 december 2026 kl. 13.00" in Mail.objects.first().body
    assert "inom 1 dag" in Mail.objects.last().subject


def test_silence_is_told_with_its_reason_unless_the_key_is_known_to_be_dead(david, page):
    run = {"page": page, "lane": Lane.FRESH, "started_at": NOW, "held_until": NOW, "ended_at": NOW}
    SyncRun.objects.create(**run, error="Facebook går inte att nå just nu.")
    assert warn.look(page, NOW + timedelta(minutes=29)) == 0
    assert warn.look(page, NOW + timedelta(minutes=31)) == 1
    assert "på 31 minuter. Facebook går inte att nå just nu." in Mail.objects.get().body
    page.token_dead_at = NOW + timedelta(minutes=32)
    assert warn.look(page, NOW + timedelta(days=3)) == 1
    assert "anslutningen till Facebook har slutat" in Mail.objects.last().subject


def test_silence_because_of_another_secret_key_is_told_as_that(david, page, settings):
    page.token_sealed = vault.seal("hemligt")
    settings.SECRET_KEY = "n" * 50
    assert warn.look(page, NOW + timedelta(hours=1)) == 1
    assert "SECRET_KEY är en annan" in Mail.objects.get().body


def test_a_page_that_was_never_read_is_not_silent(david):
    assert warn.look(make.page(), NOW) == 0


def test_another_version_is_told_once(david, page, settings):
    settings.GRAPH_VERSION = "v26.0"
    page.served_version = "v26.0"
    assert warn.look(page, NOW) == 0
    page.served_version = "v27.0"
    assert [warn.look(page, NOW), warn.look(page, NOW)] == [1, 0]
    assert "version v26.0" in Mail.objects.get().body
    assert "v27.0 svarar" in Mail.objects.get().body


def test_only_administrators_in_force_with_an_address_are_written_to(david, page):
    make.user("nils", Role.ADMIN)
    make.user("agda", Role.WEBBREDAKTOR, email="agda@kommun.example")
    make.user("olga", Role.ADMIN, last_day=NOW.date(), email="olga@kommun.example")
    gone = make.user("frida", Role.ADMIN, email="frida@kommun.example")
    gone.is_active = False
    gone.save()
    assert warn.recipients(NOW) == ["david@kommun.example", "olga@kommun.example"]
    assert warn.recipients(NOW + DAYS) == ["david@kommun.example"]


def test_who_gives_an_address_later_is_told_what_still_holds(page):
    page.token_dead_at = NOW
    assert warn.look(page, NOW) == 0
    make.user("david", Role.ADMIN, email="david@kommun.example")
    assert warn.look(page, NOW) == 1


def test_a_name_with_line_breaks_makes_no_header(david, page):
    page.name, page.token_dead_at = "Sidan\r\nBcc: alla@example.org", NOW
    warn.look(page, NOW)
    assert "\n" not in Mail.objects.get().subject
    assert len(Mail.objects.get().subject) <= 200


def test_a_lost_subscription_is_told(david, page):
    Page.objects.filter(pk=page.pk).update(subscription_error="Appen prenumererar inte på sidan.")
    page.refresh_from_db()
    assert warn.of_lost_subscription(page, NOW) == 1
    assert "Appen prenumererar inte på sidan." in Mail.objects.get().body
