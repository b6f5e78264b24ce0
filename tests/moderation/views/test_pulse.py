"""What has happened to a list since it was drawn is told without moving anything in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import Item, Lease, Presence
from moderation.policy import rules
from moderation.policy.terms import Category, Role
from moderation.views.listing import ROWS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def drawn(client, query: str = "") -> str:
    """The address that a list asks, as it was drawn now."""
    return f"/ko/puls/?{client.get(f'/ko/?{query}').context['listing']['pulse']}"


def signs(response) -> dict[int, tuple[str, bool]]:
    return {sign.pk: (sign.text, sign.is_done) for sign in response.context["signs"]}


def test_nothing_new_is_told_as_nothing(client, agda):
    make.item()
    assertContains(client.get(drawn(client)), '<span id="nya" data-hx-swap-oob="innerHTML"></span>')


def test_what_came_in_meanwhile_is_counted_and_offered(client, agda):
    make.item("Redan här")
    address = drawn(client)
    make.item("Ny")
    assertContains(client.get(address), "1 ny – visa")
    make.item("En till")
    response = client.get(address)
    assertContains(response, "2 nya – visa")
    assertContains(response, 'id="antal-att-bedoma" data-hx-swap-oob="true">3<')


def test_the_new_are_those_of_the_choice_only(client, agda):
    address = drawn(client, "slag=message")
    make.item("Kommentar")
    assertNotContains(client.get(address), "visa</span>")
    make.item("Meddelande", kind="message")
    assertContains(client.get(address), "1 ny – visa")


def test_what_comes_back_is_new_too_whatever_its_age(client, agda):
    parked = make.item("Parkerad", parked_until=timezone.now() + timedelta(days=1))
    judged = make.item("Bedömd")
    make.classification(judged, by=agda)
    address = drawn(client)
    Item.objects.filter(pk=parked.pk).update(parked_until=None)
    Item.objects.filter(pk=judged.pk).update(waiting_since=timezone.now())
    assertContains(client.get(address), "2 nya – visa")


def test_what_stands_further_down_is_not_new_when_others_work_the_page_off(client, agda):
    items = [make.item(f"Nummer {number}") for number in range(ROWS + 5)]
    address = drawn(client)
    make.classification(items[0], by=agda)
    assertNotContains(client.get(address), "visa</span>")
    make.item("Hot", urgency=0)
    assertContains(client.get(address), "1 ny – visa")


def test_among_the_parked_the_last_of_the_page_may_be_judged_meanwhile(client, agda):
    later = timezone.now() + timedelta(days=1)
    items = [make.item(f"Nummer {number}", parked_until=later) for number in range(ROWS + 5)]
    address = drawn(client, "visa=parkerade")
    make.classification(items[ROWS - 1], by=agda)
    assertNotContains(client.get(address), "visa</span>")
    make.item("Ny", parked_until=later - timedelta(hours=1))
    assertContains(client.get(address), "1 ny – visa")


def test_on_a_later_page_and_among_the_judged_nothing_is_offered(client, agda):
    items = [make.item(f"Nummer {number}") for number in range(ROWS + 5)]
    later, judged = drawn(client, f"efter={items[ROWS - 1].pk}"), drawn(client, "visa=bedomda")
    make.item("Ny")
    for address in (later, judged):
        assertNotContains(client.get(address), "visa</span>")


def test_a_row_that_somebody_has_judged_says_who_and_what(client, agda):
    bertil = make.user("bertil", Role.WEBBREDAKTOR)
    his, mine, left = make.item("Hans"), make.item("Min"), make.item("Kvar")
    address = drawn(client)
    make.classification(his, Category.SEKRETESS, by=bertil)
    make.classification(mine, by=agda)
    assert signs(client.get(address)) == {
        his.pk: ("Sekretess · bedömd av Bertil", True),
        mine.pk: ("Ringa betydelse · bedömd av dig", True),
        left.pk: ("", False),
    }


def test_a_row_that_is_put_aside_or_given_away_or_moved_out_of_sight_says_so(client):
    agda, bertil = make.agda(), make.user("bertil", Role.WEBBREDAKTOR)
    client.force_login(agda)
    parked, given, moved = (make.item(text, assigned_to=agda) for text in ("Parkerad", "Given", "Flyttad"))
    address = drawn(client, "visa=mina")
    Item.objects.filter(pk=parked.pk).update(parked_until=timezone.now() + timedelta(days=1))
    Item.objects.filter(pk=given.pk).update(assigned_to=bertil)
    moved.thread.verksamhet = make.verksamhet(make.TEKNIK)
    moved.thread.save()
    found = signs(client.get(address))
    assert found[parked.pk][0].startswith("Parkerad till")
    assert found[given.pk] == ("Hos Bertil", True)
    assert found[moved.pk] == ("Hör inte längre hit", True)


def test_who_is_there_is_told_for_each_row(client, agda):
    bertil, rut, now = make.bertil(), make.rut(), timezone.now()
    seen, held = make.item("Ses"), make.item("Bedöms")
    address = drawn(client)
    Presence.objects.create(item=seen, user=bertil, since=now, seen_at=now)
    Presence.objects.create(item=seen, user=rut, since=now + timedelta(seconds=1), seen_at=now)
    Presence.objects.create(item=held, user=agda, since=now, seen_at=now)
    Lease.objects.create(item=held, user=bertil, taken_at=now, until=now + rules.LEASE_HOLDS)
    response = client.get(address)
    assert signs(response) == {seen.pk: ("Bertil med flera tittar", False), held.pk: ("Bertil bedömer", False)}
    assertContains(
        response, f'<span class="row__here" id="lage-{seen.pk}" data-hx-swap-oob="true">Bertil med flera tittar'
    )


def test_a_pulse_asks_four_questions_beside_the_two_of_the_login_however_many_rows(client, agda):
    def questions() -> int:
        address = drawn(client)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    for _ in range(5):
        make.item()
    few = questions()
    for _ in range(115):
        make.item()
    assert questions() == few == 6


@pytest.mark.parametrize("rows", ["", "x", "1.2.x", "9" * 40, ".".join("7" * 200)])
def test_nonsense_in_the_address_is_ignored(client, agda, rows):
    assert client.get(f"/ko/puls/?rader={rows}&mer=1").status_code == 200


def test_hostile_names_stay_words(client, agda):
    bad, now = make.user("bad", Role.WEBBREDAKTOR, first_name="<b>Fet</b>"), timezone.now()
    item = make.item()
    address = drawn(client)
    Presence.objects.create(item=item, user=bad, since=now, seen_at=now)
    assertNotContains(client.get(address), "<b>Fet")
