"""The start page says to each person what waits for just that person."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import SyncRun
from moderation.policy.terms import Category, Lane, OrderState, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db


def figures(response) -> dict[str, object]:
    return {name: response.context[name] for name in ("waiting", "late", "open_steps") if name in response.context}


def test_an_editor_sees_how_much_waits_is_late_and_remains_to_be_done(client):
    agda = make.agda()
    now = timezone.now()
    barn, teknik = make.thread(make.verksamhet(make.BARN)), make.thread(make.verksamhet(make.TEKNIK))
    make.item("Sen", thread=barn, answer_by=now - timedelta(hours=1))
    make.item("I tid", thread=barn, answer_by=now + timedelta(hours=1))
    make.item("Någon annans", thread=teknik)
    judged = make.item("Hot", thread=barn, author="Arg Anonym")
    make.classification(judged, Category.BROTTSLIGT, Reason.HOT, by=agda)
    make.classification(make.item(thread=teknik), Category.DIARIEFORS, Reason.KLAGOMAL)
    client.force_login(agda)
    response = client.get("/")
    assert figures(response) == {"waiting": 2, "late": 1, "open_steps": 4}
    assertContains(response, "Arg Anonym")
    assertContains(response, judged.get_absolute_url())


def test_the_archivist_sees_the_latest_printouts_and_no_steps(client):
    client.force_login(make.cecilia())
    make.printout(state=OrderState.FAILED, last_error="Lagret är fullt.")
    response = client.get("/")
    assertContains(response, "November 2026")
    assertContains(response, "Lagret är fullt.")
    assert "open_steps" not in figures(response)


def test_the_administrator_is_told_of_roles_that_soon_run_out(client):
    client.force_login(make.david())
    today = timezone.localdate()
    make.user("nils", Role.REGISTRATOR, last_day=today + timedelta(days=10))
    make.user("olga", Role.REGISTRATOR, last_day=today + timedelta(days=100))
    response = client.get("/")
    assertContains(response, "Nils")
    assertNotContains(response, "Olga")
    assert figures(response) == {}


def test_whoever_has_no_role_is_told_who_can_give_one(client):
    make.david()
    gone = make.user("frida", Role.ADMIN)
    gone.is_active = False
    gone.save()
    client.force_login(make.user("nils"))
    response = client.get("/")
    assertContains(response, "Du har ingen roll än")
    assertContains(response, "David, systemförvaltare")
    assertNotContains(response, "Frida")


def test_the_page_says_how_fresh_everything_is(client):
    client.force_login(make.agda())
    assertContains(client.get("/"), "Facebook har inte lästs än.")
    now, page = timezone.now(), make.page()
    page.fresh_at = now - timedelta(minutes=4)
    page.save()
    run = SyncRun.objects.create(page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now)
    assertContains(client.get("/"), "Facebook lästes senast för 4 minuter sedan.")
    run.error = "Facebook ber oss vänta."
    run.save()
    assertContains(client.get("/"), "Facebook ber oss vänta.")
