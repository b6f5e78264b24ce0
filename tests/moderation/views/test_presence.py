import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.actions import lease, presence
from moderation.actions.classify import classify
from moderation.models import AuditEntry, Lease, Notice, Presence
from moderation.policy.terms import Category, Direction, Doing, Event, NoticeKind, Role
from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
FAR_AWAY = 9_999_999


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def bo():
    return make.user("bo", Role.WEBBREDAKTOR)


@pytest.fixture
def anna(client):
    person = make.user("anna", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def here(client, item, **data):
    return client.post(f"/handling/{item.pk}/har/", data, headers=HTMX)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_each_is_told_of_the_others_and_not_of_oneself(client, anna, bo, now):
    item = make.item()
    presence.say(item=item, by=bo, doing=Doing.VIEWING, now=now)
    told = words(here(client, item))
    assert "Bo tittar sedan kl. " in told
    assert "Anna" not in told
    assert Presence.objects.get(user=anna).doing == Doing.VIEWING


def test_whoever_fell_silent_is_not_said_to_be_there(client, anna, bo, now):
    item = make.item()
    presence.say(item=item, by=bo, doing=Doing.VIEWING, now=now - timedelta(minutes=1))
    assert "Bo" not in words(here(client, item))


def test_whoever_goes_on_typing_is_told_that_somebody_has_judged_meanwhile(client, anna, bo, now):
    item = make.item()
    assert "Du bedömer. Kollegorna ser det." in words(here(client, item, doing=Doing.JUDGING))
    lease.release(item=item, by=anna)
    classify(item=item, category=Category.RINGA_BETYDELSE, by=bo, now=now)
    assert "Handlingen är redan bedömd. Du bedömer om den" in words(here(client, item, doing=Doing.JUDGING))


def test_the_first_key_takes_the_item_and_looking_on_does_not_hold_it_longer(client, anna, now):
    item = make.item()
    assertContains(here(client, item, doing="judging"), "Du bedömer")
    until = Lease.objects.get().until
    assertContains(here(client, item, doing="viewing"), "Du bedömer")
    assert Lease.objects.get().until == until
    assert Presence.objects.get().doing == Doing.JUDGING


def test_whoever_begins_second_hears_at_once_that_somebody_is_judging(client, anna, bo, now):
    item = make.item()
    lease.take(item=item, by=bo, now=now)
    answer = here(client, item, doing="judging")
    assert re.search(r"Bo bedömer , 2\.5\d kvar Ta över", words(answer))
    assert Lease.objects.get().user == bo
    assert Presence.objects.get(user=anna).doing == Doing.VIEWING


def test_whoever_may_only_read_holds_nothing_and_takes_nothing_over(client, bo, now):
    client.force_login(make.cecilia())
    item = make.item()
    here(client, item, doing="judging")
    assert not Lease.objects.exists()
    lease.take(item=item, by=bo, now=now)
    told = words(here(client, item))
    assert "Bo bedömer" in told
    assert "Ta över" not in told


def test_nobody_holds_what_is_not_to_be_judged(client, anna):
    here(client, make.item(direction=Direction.UPPRATTAD), doing="judging")
    assert not Lease.objects.exists()


@pytest.mark.parametrize("door", ["har", "lamnar", "ta-over"])
def test_of_an_item_of_another_verksamhet_one_learns_nothing_and_leaves_no_trace(client, bo, door, now):
    item = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    presence.say(item=item, by=bo, doing=Doing.VIEWING, now=now)
    client.force_login(make.agda())
    answers = [client.post(f"/handling/{pk}/{door}/", headers=HTMX) for pk in (item.pk, FAR_AWAY)]
    assert [each.status_code for each in answers] == [404, 404]
    assertNotContains(answers[0], "tittar", status_code=404)
    assert Presence.objects.get().user == bo


def test_whoever_leaves_lets_go_and_may_leave_twice(client, anna, now):
    item = make.item()
    here(client, item, doing="judging")
    for _ in range(2):
        assert client.post(f"/handling/{item.pk}/lamnar/").status_code == 200
    assert not Presence.objects.exists()
    assert not Lease.objects.exists()


def test_leaving_lets_go_of_nothing_that_is_somebody_elses(client, anna, bo, now):
    item = make.item()
    lease.take(item=item, by=bo, now=now)
    client.post(f"/handling/{item.pk}/lamnar/")
    assert Lease.objects.get().user == bo


def test_taking_over_is_logged_and_the_other_is_told_where_they_are(client, anna, bo, now):
    item = make.item()
    lease.take(item=item, by=bo, now=now)
    presence.say(item=item, by=bo, doing=Doing.JUDGING, now=now)
    assertContains(client.post(f"/handling/{item.pk}/ta-over/", headers=HTMX), "Du bedömer")
    assert AuditEntry.objects.about(item).get(event=Event.TAKEN_OVER).known_facts == {"from_user": bo.pk}
    client.force_login(bo)
    told = words(here(client, item))
    assert "Anna tog över bedömningen från dig kl. " in told
    assert "1 olästa" in told
    assert re.search(r"Anna bedömer , 2\.5\d kvar", told)


def test_without_javascript_one_takes_over_and_comes_back_beside_the_same_queue(client, anna, bo, now):
    item = make.item()
    lease.take(item=item, by=bo, now=now)
    answer = client.post(f"/handling/{item.pk}/ta-over/", {"ko": "slag=comment&nonsens=1"})
    assert answer.headers["Location"] == f"/handling/{item.pk}/?slag=comment"
    assert Lease.objects.get().user == anna


def test_whoever_opens_the_item_has_read_what_they_should_be_told_of_it_and_no_more(client, anna, bo, now):
    item, other = make.item(), make.item()
    for each in (item, other):
        Notice.objects.create(to=anna, kind=NoticeKind.ASSIGNED, item=each, by=bo, at=now)
    told = words(here(client, item))
    assert "Bo gav dig en handling" in told
    assert "1 olästa" in told
    assert Notice.objects.get(read_at=None).item == other


def test_no_notice_of_an_item_that_one_may_no_longer_see_is_counted(client, bo, now):
    agda = make.agda()
    client.force_login(agda)
    elsewhere = make.item(thread=make.thread(make.verksamhet(make.TEKNIK)))
    Notice.objects.create(to=agda, kind=NoticeKind.ASSIGNED, item=elsewhere, by=bo, at=now)
    assert "0 olästa" in words(here(client, make.item()))


def test_hostile_names_are_only_text(client, anna, now):
    item = make.item()
    evil = make.user("evil", Role.WEBBREDAKTOR, first_name='<img src=x onerror="1">')
    lease.take(item=item, by=evil, now=now)
    presence.say(item=item, by=make.user("ut", first_name="<b>"), doing=Doing.VIEWING, now=now)
    answer = here(client, item)
    assertNotContains(answer, "<img")
    assertNotContains(answer, "<b>")


def test_of_many_the_first_four_are_named(client, anna, now):
    item = make.item()
    for number in range(6):
        presence.say(item=item, by=make.user(f"p{number}"), doing=Doing.VIEWING, now=now + timedelta(seconds=number))
    told = words(here(client, item))
    assert "P3 tittar" in told
    assert "P4" not in told
    assert "2 till tittar" in told


@pytest.mark.parametrize("people", [1, 50])
def test_it_costs_five_questions_beside_the_login_however_many_are_there(
    client, anna, now, people, django_assert_num_queries
):
    item = make.item()
    for number in range(people):
        presence.say(item=item, by=make.user(f"p{number}"), doing=Doing.VIEWING, now=now)
    here(client, item)
    with django_assert_num_queries(5 + 2):
        here(client, item)
