"""One thing done to many: the preview says what will happen, and that is what happens."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.actions import lease
from moderation.models import Bulk, Classification, Deed, Item
from moderation.policy.terms import Category, Direction, Outcome, Role
from moderation.tasks import carry_out_bulk
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR, make.verksamhet(make.BARN))
    client.force_login(person)
    return person


def preview(client, items, verb="classify", **fields):
    return client.post("/ko/flera/", {"handling": [getattr(one, "pk", one) for one in items], "verb": verb, **fields})


def confirm(client, response, verb="classify", **fields):
    rows = re.findall(r'name="rad" value="([^"]*)"', response.content.decode())
    return client.post("/ko/flera/gor/", {"rad": rows, "verb": verb, **fields})


def told(response):
    """Of each item why it will not be done, "" where it will."""
    return {row["item"].pk: row["refusal"] for row in response.context["rows"]}


def test_the_preview_says_of_each_what_will_happen_or_why_not(client, agda):
    plain, judged, leased = make.item(), make.item(), make.item()
    own = make.item(direction=Direction.UPPRATTAD)
    make.classification(judged, Category.SEKRETESS)
    lease.take(item=leased, by=make.user("bo"), now=timezone.now())
    response = preview(client, [plain, judged, leased, own])
    assert told(response) == {
        plain.pk: "",
        judged.pk: "Redan bedömd som ”Sekretess”.",
        leased.pk: "Bo bedömer handlingen just nu.",
        own.pk: "Kommunens egna inlägg och svar ska inte bedömas.",
    }
    assertContains(response, "Görs: 1")
    assertContains(response, "Görs inte: 3")
    assertContains(response, "Bedöm 1 som ringa betydelse")


def test_others_items_are_as_if_they_were_not_there(client, agda):
    mine, theirs = make.item(), make.item("Teknikens hemlighet", thread=make.thread(make.verksamhet(make.TEKNIK)))
    response = preview(client, [mine, theirs, 999_999])
    assert set(told(response)) == {mine.pk}
    assertNotContains(response, "Teknikens hemlighet")
    client.post("/ko/flera/gor/", {"verb": "classify", "rad": [f"{mine.pk}::1:0", f"{theirs.pk}::1:0"]})
    assert [row.item for row in Bulk.objects.get().rows.all()] == [mine]


def test_the_preview_is_the_result_but_for_what_was_changed_in_between(client, agda):
    items, bo = [make.item(f"Nummer {number}") for number in range(60)], make.user("bo", Role.WEBBREDAKTOR)
    for item in items[:5]:
        make.classification(item, by=bo)
    response = preview(client, items)
    assert sum(not why for why in told(response).values()) == 55
    for item in items[10:20]:
        make.classification(item, Category.SEKRETESS, by=bo)
    for item in items[20:25]:
        make.version(item, "En ny text")
    for item in items[25:28]:
        lease.take(item=item, by=bo, now=timezone.now())
    confirm(client, response)
    carry_out_bulk()
    outcomes = {row.item_id: row.outcome for row in Bulk.objects.get().rows.all()}
    changed = {item.pk for item in items[10:28]}
    assert outcomes == {
        pk: Outcome.CONFLICT if pk in changed else Outcome.DONE for pk, why in told(response).items() if not why
    }
    assert Classification.objects.filter(decided_by=agda).count() == 55 - 18
    page = client.get(f"/ko/flera/{Bulk.objects.get().pk}/")
    assertContains(page, "Gjort för 37 av 55. 18 gick inte, se nedan.")
    assertContains(page, "Bo har redan bedömt", 10)


def test_the_preview_asks_as_little_of_many_as_of_few(client, agda):
    def asked(items):
        with CaptureQueriesContext(connection) as queries:
            preview(client, items)
        return len(queries)

    items = [make.item(thread=make.thread(agda.assignments.get().verksamhet)) for _ in range(40)]
    assert asked(items[:2]) == asked(items)


@pytest.mark.parametrize(
    ("handling", "said"),
    [([], "Markera minst en"), (["abc", "-1", "9" * 30], "Markera minst en"), (range(1, 502), "Markera högst 500")],
)
def test_none_at_all_and_too_many_are_refused_with_a_sentence(client, agda, handling, said):
    assertContains(preview(client, list(handling)), said, status_code=400)


def test_only_this_class_and_nothing_that_one_makes_up(client, agda):
    item = make.item()
    response = client.post("/ko/flera/gor/", {"rad": f"{item.pk}::1:0", "verb": "classify", "category": "sekretess"})
    assertRedirects(response, Bulk.objects.get().get_absolute_url())
    assert Bulk.objects.get().category == Category.RINGA_BETYDELSE
    for verb in ("note", "delete", ""):
        assertContains(
            client.post("/ko/flera/gor/", {"rad": f"{item.pk}::1:0", "verb": verb}), "Vad ska göras?", status_code=400
        )
    assert Bulk.objects.count() == 1


@pytest.mark.parametrize("row", ["", "abc", "1:2", "1::1:0;DROP", "1::-1:0", "٣::1:0", "1" * 40 + "::1:0"])
def test_a_row_that_no_preview_drew_is_nobodys(client, agda, row):
    make.item(pk=1)
    client.post("/ko/flera/gor/", {"rad": row, "verb": "classify"})
    assert not Bulk.objects.exists()


def test_a_note_that_is_too_long_is_kept_and_answered_with_a_sentence(client, agda):
    item = make.item()
    response = confirm(client, preview(client, [item]), note="å" * 100_000)
    assertContains(response, "högst 5 000 tecken", status_code=400)
    assertContains(response, "å" * 100_000, status_code=400)
    assert not Bulk.objects.exists()


def test_many_are_parked_until_a_time_that_lies_ahead(client, agda):
    items = [make.item(), make.item()]
    response = preview(client, items, "park")
    assertContains(response, "Parkera 2")
    assertContains(confirm(client, response, "park"), "Välj när handlingen ska komma tillbaka.", status_code=400)
    past = confirm(client, response, "park", when="egen", until="2001-01-01T08:00")
    assertContains(past, "framåt, inom ett år", status_code=400)
    assertContains(past, 'value="2001-01-01T08:00"', status_code=400)
    confirm(client, response, "park", when="vecka")
    carry_out_bulk()
    assert Item.objects.parked(timezone.now()).count() == 2


def test_many_are_given_to_somebody_who_may_judge_them_all(client, agda):
    shared, ours = make.item(), make.item(thread=make.thread(make.verksamhet(make.BARN)))
    bertil, birgit = make.bertil(), make.user("birgit", Role.WEBBREDAKTOR, make.verksamhet(make.BARN))
    offered = preview(client, [shared, ours], "assign").context["person"].fields["to"].queryset
    assert (bertil in offered, birgit in offered) == (False, True)
    Item.objects.filter(pk=shared.pk).update(assigned_to=birgit)
    response = preview(client, [shared, ours], "assign", to=birgit.pk)
    assert told(response) == {shared.pk: "Birgit har redan hand om handlingen.", ours.pk: ""}
    assertContains(response, "Ge 1 till Birgit")
    confirm(client, response, "assign", to=birgit.pk)
    carry_out_bulk()
    assert Item.objects.get(pk=ours.pk).assigned_to == birgit
    assertContains(preview(client, [shared], "assign", to=999_999), "får inte bedöma", status_code=400)


def test_the_whole_view_can_be_taken_as_it_was_chosen(client, agda):
    comment = make.item()
    make.item(kind="message")
    response = client.post("/ko/flera/", {"alla": "1", "ko": "slag=comment", "verb": "classify"})
    assert set(told(response)) == {comment.pk}


def test_what_the_hints_found_is_said_before_anybody_judges_many(client, agda):
    assertContains(preview(client, [make.item(hint_kinds="hot fraga")]), "Ledtråd: möjligt hot, fråga")


def test_how_it_goes_is_shown_to_whoever_ordered_it_and_nobody_else(client, agda):
    ordered = make.bulk([make.item() for _ in range(4)], by=agda)
    ordered.rows.filter(pk=ordered.rows.first().pk).update(outcome=Outcome.DONE)
    assertContains(client.get(ordered.get_absolute_url()), "1 av 4 (25 procent)")
    assertContains(client.get(ordered.get_absolute_url()), 'data-hx-trigger="every 1s"')
    client.force_login(make.user("bo", Role.WEBBREDAKTOR))
    assert client.get(ordered.get_absolute_url()).status_code == 404
    assert client.post(f"{ordered.get_absolute_url()}angra/").status_code == 404


def test_when_it_is_done_nothing_is_asked_for_any_more_and_that_is_said_once(client, agda):
    ordered = make.bulk([make.item()], by=agda, at=timezone.now())
    carry_out_bulk()
    answer = client.get(ordered.get_absolute_url(), headers={"HX-Request": "true"})
    assertNotContains(answer, "every 1s")
    assertContains(answer, "Klart. 1 av 1 gjorda.")
    assertNotContains(client.get(ordered.get_absolute_url()), "Klart. 1 av 1 gjorda.")


def test_all_are_taken_back_and_the_others_are_listed(client, agda):
    items = [make.item() for _ in range(3)]
    ordered = make.bulk(items, by=agda, at=timezone.now())
    carry_out_bulk()
    make.classification(Item.objects.get(pk=items[0].pk), Category.SEKRETESS, by=make.user("bo"))
    response = client.post(f"{ordered.get_absolute_url()}angra/")
    assertContains(response, "Ångrat för 2 handlingar.")
    assertContains(response, "Gick inte att ångra: 1")
    assertContains(response, "Bo har redan bedömt")
    assert Item.objects.waiting().count() == 2
    assert Deed.objects.filter(bulk=ordered, undone_at=None).count() == 1


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_carries_it_out_at_once(client, agda, worker):
    items = [make.item() for _ in range(20)]
    address = confirm(client, preview(client, items)).headers["Location"]
    give_up = timezone.now() + timedelta(seconds=30)
    while "Gjort för 20 av 20." not in client.get(address).content.decode():
        assert timezone.now() < give_up, "The worker did not carry it out"
    assert Classification.objects.count() == 20


def test_more_than_a_few_are_taken_back_by_the_worker_with_its_progress_on_the_same_page(client, agda):
    ordered = make.bulk([make.item() for _ in range(26)], by=agda, at=timezone.now())
    carry_out_bulk()
    response = client.post(f"{ordered.get_absolute_url()}angra/")
    assertRedirects(response, ordered.get_absolute_url())
    assert Deed.objects.filter(bulk=ordered, undone_at=None).count() == 26
    under_way = client.get(ordered.get_absolute_url())
    assertContains(under_way, "0 av 26 (0 procent)")
    assertContains(under_way, "Ångrar: 26 handlingar kvar.")
    assertNotContains(under_way, "Ångra alla")
    again = client.post(f"{ordered.get_absolute_url()}angra/", follow=True)
    assertContains(again, "Vänta tills alla är klara")
    carry_out_bulk()
    assert Item.objects.waiting().count() == 26
    page = client.get(ordered.get_absolute_url())
    assertContains(page, "Gjort för 26 av 26. Ångrat för 26.")
    assertContains(page, "Allt är ångrat.")
