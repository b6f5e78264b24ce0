"""What Facebook says of the key and of the subscription, and what comes of it."""

import json
from datetime import timedelta

import pytest

from moderation import audit
from moderation.models import AuditEntry, Mail
from moderation.policy.terms import Event, Kind, Role
from moderation.sync import token_watch
from tests import make
from tests.moderation.graph.answers import always, client

pytestmark = pytest.mark.django_db

NOW = make.NOW
SCOPES = [
    *("pages_read_engagement", "pages_read_user_content", "pages_manage_metadata", "pages_messaging"),
    "pages_manage_engagement",
]
GOOD = {
    "is_valid": True,
    "expires_at": 0,
    "data_access_expires_at": 0,
    "scopes": SCOPES,
    "profile_id": "1036844829507460",
}


@pytest.fixture(autouse=True)
def known_app(settings):
    settings.FACEBOOK_APP_ID, settings.FACEBOOK_APP_SECRET = "77", "apphemlighet"
    settings.FACEBOOK_VERIFY_TOKEN = "ord"


@pytest.fixture
def page():
    make.user("david", Role.ADMIN, email="david@kommun.example")
    return make.page()


def told(data, status=200):
    """A client to which Facebook says this of the key."""
    body = json.dumps({"data": data})
    return client(always([{"code": status, "body": body}]), app_secret="apphemlighet")


def subscribed(*apps):
    return client(always({"data": list(apps)}))


def refusing(code, **more):
    return client(always({"error": {"code": code, "message": "nej", **more}}, 400), app_secret="apphemlighet")


def test_a_good_key_is_noted_as_good(page, clock):
    token_watch.check(told(GOOD), page, clock)
    page.refresh_from_db()
    assert (page.token_checked_at, page.token_ends_at, page.token_dead_at, page.token_error) == (NOW, None, None, "")
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "ends", [{"expires_at": 1}, {"data_access_expires_at": 1}, {"expires_at": 1, "data_access_expires_at": 9}]
)
def test_the_first_of_its_two_ends_counts_and_is_warned_of(page, clock, ends):
    days = {name: int((NOW + timedelta(days=days)).timestamp()) for name, days in ends.items()}
    token_watch.check(told(GOOD | days), page, clock)
    page.refresh_from_db()
    assert page.token_ends_at == NOW + timedelta(days=1)
    assert "inom 1 dag" in Mail.objects.get().subject


@pytest.mark.parametrize("odd", ["snart", None, True, -5, 10**30, [1]])
def test_a_time_that_is_no_time_tells_nothing(page, clock, odd):
    token_watch.check(told(GOOD | {"expires_at": odd}), page, clock)
    assert page.token_ends_at is None


def test_missing_permissions_are_named_in_swedish(page, clock, settings):
    token_watch.check(told(GOOD | {"scopes": ["pages_read_engagement"]}), page, clock)
    assert page.token_error == (
        "Nyckeln saknar behörighet att läsa vad andra skriver på sidan (pages_read_user_content), "
        "få veta genast när något händer på sidan (pages_manage_metadata), "
        "dölja och ta bort kommentarer (pages_manage_engagement)."
    )
    settings.FACEBOOK_VERIFY_TOKEN = ""
    token_watch.check(told(GOOD | {"scopes": SCOPES[:2] + SCOPES[3:]}), page, clock)
    assert page.token_error == ""


def test_that_nothing_can_be_hidden_or_removed_is_known_before_anybody_tries(page, clock):
    token_watch.check(told(GOOD), page, clock)
    page.refresh_from_db()
    assert page.why_no_intervention(Kind.COMMENT) == page.why_no_intervention(Kind.REPLY) == ""
    # That visitors' posts cannot be removed is said there, and is no fault of the key's.
    assert "pages_manage_posts" in page.why_no_intervention(Kind.POST)
    assert page.token_error == ""
    token_watch.check(told(GOOD | {"scopes": SCOPES[:-1]}), page, clock)
    page.refresh_from_db()
    assert "pages_manage_engagement" in page.why_no_intervention(Kind.COMMENT)
    token_watch.check(told(GOOD | {"scopes": [*SCOPES, "pages_manage_posts"]}), page, clock)
    page.refresh_from_db()
    assert {page.why_no_intervention(kind) for kind in Kind} == {""}


def test_a_key_to_another_page_is_found_out(page, clock):
    token_watch.check(told(GOOD | {"profile_id": "4711"}), page, clock)
    assert "en annan sida" in page.token_error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        ({"code": 190, "subcode": 460}, "Den som skapade nyckeln har bytt lösenord på Facebook."),
        ({"code": 190, "subcode": 463}, "Nyckelns tid är ute."),
        ({"code": 190}, "Facebook säger inte varför."),
        ("trasigt", "Facebook säger inte varför."),
    ],
)
def test_a_key_that_is_no_longer_valid_has_died(page, clock, error, why):
    token_watch.check(told({"is_valid": False, "error": error}), page, clock)
    page.refresh_from_db()
    assert (page.token_dead_at, page.token_error) == (NOW, why)
    assert why in Mail.objects.get().body


def test_a_death_is_noted_and_told_once_whoever_hears_of_it(page, clock):
    token_watch.died(page, "Facebook godtar inte vår nyckel.", NOW)
    clock.go(hours=1)
    token_watch.died(page, "Något annat.", clock())
    page.refresh_from_db()
    assert (page.token_dead_at, page.token_error) == (NOW, "Facebook godtar inte vår nyckel.")
    assert AuditEntry.objects.filter(event=Event.TOKEN_DIED).count() == 1
    assert Mail.objects.count() == 1
    assert list(audit.verify()) == []


def test_a_key_that_facebook_takes_again_lives_again(page, clock):
    token_watch.died(page, "Facebook vill att den som skapade nyckeln loggar in.", NOW)
    token_watch.check(told(GOOD), page, clock)
    page.refresh_from_db()
    assert (page.token_dead_at, page.token_error) == (None, "")


@pytest.mark.parametrize("answer", [b"<html>", {"error": {"code": 2, "is_transient": True}}, []])
def test_an_answer_that_tells_nothing_changes_nothing(page, clock, answer):
    token_watch.check(client(always(answer), app_secret="apphemlighet"), page, clock)
    page.refresh_from_db()
    assert page.token_checked_at is None


def test_a_wrong_secret_of_the_app_is_said_and_is_not_the_keys_death(page, clock):
    token_watch.check(refusing(190), page, clock)
    page.refresh_from_db()
    assert page.token_dead_at is None
    assert "stämmer FACEBOOK_APP_ID och FACEBOOK_APP_SECRET?" in page.token_error


def test_without_the_apps_id_nothing_is_asked(page, clock, settings):
    settings.FACEBOOK_APP_ID = ""
    token_watch.check(client(always({}, 500)), page, clock)
    assert page.token_checked_at is None


@pytest.mark.parametrize(
    ("apps", "fault"),
    [
        ([{"id": "77", "subscribed_fields": ["feed", "messages"]}], ""),
        ([{"id": "77", "subscribed_fields": ["messages"]}], "Prenumerationen saknar fältet feed."),
        ([{"id": "78", "subscribed_fields": ["feed"]}], "Appen prenumererar inte på sidan."),
        ([{"id": "77"}], "Prenumerationen saknar fältet feed."),
        ([], "Appen prenumererar inte på sidan."),
    ],
)
def test_the_subscription_is_looked_at(page, clock, apps, fault):
    token_watch.check_subscription(subscribed(*apps), page, clock)
    page.refresh_from_db()
    assert (page.subscribed_at, page.subscription_error) == (NOW, fault)
    assert Mail.objects.count() == bool(fault)


def test_a_lost_subscription_is_told_once_until_it_has_been_there_again(page, clock):
    lost, there = subscribed(), subscribed({"id": "77", "subscribed_fields": ["feed"]})
    for heard in (lost, lost, there, lost):
        clock.go(days=1)
        token_watch.check_subscription(heard, page, clock)
    assert Mail.objects.count() == 2


def test_a_dead_key_is_noticed_also_here(page, clock):
    token_watch.check_subscription(refusing(190), page, clock)
    page.refresh_from_db()
    assert page.token_dead_at == NOW


def test_a_missing_permission_is_said(page, clock):
    token_watch.check_subscription(refusing(200), page, clock)
    assert page.subscription_error.startswith("Prenumerationen kunde inte kontrolleras. Systemet saknar behörighet")


def test_without_webhooks_nothing_is_asked(page, clock, settings):
    settings.FACEBOOK_VERIFY_TOKEN = ""
    token_watch.check_subscription(client(always({}, 500)), page, clock)
    assert page.subscribed_at is None


def test_it_is_time_once_a_day_and_at_once_after_connecting(page, clock):
    assert token_watch.is_due(page, NOW)
    page.token_checked_at = page.subscribed_at = NOW
    assert not token_watch.is_due(page, NOW + timedelta(hours=23))
    assert token_watch.is_due(page, NOW + timedelta(days=1))
