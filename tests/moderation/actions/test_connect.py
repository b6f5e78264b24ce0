from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moderation import audit, vault
from moderation.actions.connect import connect
from moderation.models import AuditEntry, Page, Thread
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db

TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"
PAGE = "1036844829507460"


def test_the_token_is_kept_sealed_and_the_whole_page_is_asked_for():
    page = connect(page_id=PAGE, token=f"  {TOKEN}\n", by=make.david(), now=make.NOW)
    assert vault.unseal(page.token_sealed) == TOKEN
    assert page.sweep_wanted_at == make.NOW
    entry = AuditEntry.objects.about(page).get()
    assert (entry.event, entry.actor_name, entry.known_facts) == (Event.PAGE_CONNECTED, "David", {})
    assert list(audit.verify()) == []


def test_connecting_anew_forgets_what_was_wrong_and_keeps_everything_else():
    thread = make.thread()
    page = thread.page
    before = make.NOW - timedelta(days=3)
    Page.objects.filter(pk=page.pk).update(
        token_sealed=vault.seal("gammal"), token_dead_at=before, token_ends_at=before, token_error="Slut.",
        token_checked_at=before, resume_at=make.NOW + timedelta(hours=6), halvings=4, messages_error="Nej.", subscribed_at=before, fetched_at=before, fresh_at=before,
    )  # fmt: skip
    again = connect(page_id=page.graph_id, token=TOKEN, by=None, now=make.NOW)
    assert again.pk == page.pk
    assert (again.token_dead_at, again.token_error, again.resume_at, again.halvings) == (None, "", None, 0)
    assert (again.messages_error, again.subscribed_at) == ("", None)
    assert (again.token_ends_at, again.token_checked_at) == (None, None)
    assert (again.fetched_at, again.fresh_at) == (before, before)
    assert Thread.objects.get() == thread


@pytest.mark.parametrize("token", ["", "   ", "två ord", "EAAB\nresten", "EAAB\tresten", "nyckel\u00e5", "E" * 2001])
def test_what_cannot_be_a_token_is_refused_without_repeating_it(token):
    with pytest.raises(ValidationError) as caught:
        connect(page_id=PAGE, token=token, by=None, now=make.NOW)
    assert not token.strip() or token.strip() not in str(caught.value)
    assert not Page.objects.exists()


@pytest.mark.parametrize("page_id", ["", "me", "1/../2", "1" * 101])
def test_without_a_proper_id_no_page_is_made(page_id):
    with pytest.raises(ValidationError, match="FACEBOOK_PAGE_ID"):
        connect(page_id=page_id, token=TOKEN, by=None, now=make.NOW)
    assert not Page.objects.exists()
