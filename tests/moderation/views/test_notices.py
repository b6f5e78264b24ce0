from datetime import timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from moderation.models import Notice
from moderation.policy.terms import NoticeKind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.agda()
    client.force_login(person)
    return person


def tell(to, kind=NoticeKind.MENTIONED, item=None, by=None, **more):
    return Notice.objects.create(to=to, kind=kind, item=item or make.item(), by=by, at=make.NOW, **more)


def test_the_unread_stand_first_and_lead_to_their_items(client, agda):
    bo = make.user("bo")
    read = tell(agda, by=bo, kind=NoticeKind.TAKEN_OVER, read_at=make.NOW + timedelta(hours=1))
    old, new = tell(agda, by=bo), tell(agda, kind=NoticeKind.WOKEN)
    answer = client.get("/notiser/")
    assert [each.notice for each in answer.context["told"]] == [new, old, read]
    assertContains(answer, "Bo nämnde dig")
    assertContains(answer, "Bo tog över bedömningen från dig")
    assertContains(answer, "En parkerad handling är tillbaka i kön")
    for each in (read, old, new):
        assertContains(answer, f'href="/handling/{each.item_id}/"')


def test_the_header_says_how_many_are_unread(client, agda):
    tell(agda)
    tell(agda)
    tell(agda, read_at=make.NOW)
    assertContains(client.get("/losenord/"), 'id="notiser-antal">2<')


def test_all_are_read_at_once_and_nobody_elses(client, agda):
    tell(agda)
    others = tell(make.user("bo"))
    answer = client.post("/notiser/lasta/", follow=True)
    assertContains(answer, "1 notis är läst.")
    assertContains(answer, 'id="notiser-antal">0<')
    assert Notice.objects.get(read_at=None) == others
    assertContains(client.post("/notiser/lasta/", follow=True), "0 notiser är lästa.")


def test_of_items_that_one_may_no_longer_see_there_is_nothing_to_read_or_count(client, agda):
    tell(agda, item=make.item(thread=make.thread(make.verksamhet(make.TEKNIK))))
    answer = client.get("/notiser/")
    assertContains(answer, "Inga notiser")
    assertContains(answer, 'id="notiser-antal">0<')


def test_nothing_that_a_citizen_wrote_is_told(client, agda):
    tell(agda, item=make.item("En hemlig historia."))
    assertNotContains(client.get("/notiser/"), "hemlig")


def test_the_page_asks_no_more_for_many_than_for_few(client, agda, django_assert_max_num_queries):
    for _ in range(30):
        tell(agda, by=make.user())
    client.get("/notiser/")
    with django_assert_max_num_queries(11):
        client.get("/notiser/")
