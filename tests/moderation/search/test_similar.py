"""Earlier judged items that are like one."""

from datetime import timedelta

import pytest

from moderation.models import Item
from moderation.policy.terms import Category, Reason
from moderation.search.find import Reach
from moderation.search.jump import jump
from moderation.search.similar import similar
from moderation.search.vocabulary import gather
from tests import make

pytestmark = pytest.mark.django_db

ALL = Item.objects.all()
EVERYTHING = Reach(ALL, ALL)
WITHOUT_SECRETS = Reach(ALL, Item.objects.none())


def judged(text: str, **fields: str) -> Item:
    item = make.item(text, at=make.NOW - timedelta(days=10))
    make.classification(item, **fields)
    return item


def like(item: Item, reach: Reach = EVERYTHING) -> list[int]:
    gather()
    return [each.item.pk for each in similar(item, reach)]


def test_the_most_like_stands_first_with_its_judgement():
    close = judged("Gatlyset på Storgatan är trasigt", category=Category.DIARIEFORS, reason=Reason.KLAGOMAL)
    far = judged("Gatlyset lyser fint vid torget i juletid och barnen sjunger")
    judged("Tack för en trevlig dag på badet")
    item = make.item("Nu är gatlyset trasigt på Storgatan igen!")
    gather()
    found = similar(item, EVERYTHING)
    assert found[0].item.pk == close.pk
    assert (found[0].item.category, found[0].item.reason) == (Category.DIARIEFORS, Reason.KLAGOMAL)
    assert far.pk not in [each.item.pk for each in found[:1]]


def test_only_what_is_judged_and_not_the_item_itself():
    make.item("Gatlyset på Storgatan är trasigt")
    item = judged("Gatlyset på Storgatan är trasigt")
    assert like(item) == []


def test_no_more_than_three():
    for n in range(5):
        judged(f"Gatlyset på Storgatan är trasigt {n}")
    assert len(like(make.item("Gatlyset på Storgatan är trasigt"))) == 3


def test_secrets_are_like_nothing_for_who_may_not_read_them():
    secret = judged("Gatlyset på Storgatan är trasigt", category=Category.SEKRETESS)
    item = make.item("Gatlyset på Storgatan är trasigt!")
    assert like(item) == [secret.pk]
    assert like(item, WITHOUT_SECRETS) == []
    assert like(secret, WITHOUT_SECRETS) == []


def test_what_nobody_may_see_is_like_nothing():
    judged("Gatlyset på Storgatan är trasigt", category=Category.BROTTSLIGT, reason=Reason.BARNPORNOGRAFI)
    assert like(make.item("Gatlyset på Storgatan är trasigt!")) == []


@pytest.mark.parametrize("text", ["", "😀", "12345", "x" * 100_000, "ord " * 10_000])
def test_a_text_that_tells_nothing_is_like_nothing(text):
    judged("Gatlyset på Storgatan är trasigt")
    assert like(make.item(text)) == []


def test_one_finds_the_way_by_the_authors_name():
    item = make.item("Hej", author="Åsa Öhrnäs-Bergström")
    make.item("Öhrnäs skrev detta inte", author="Bo Ek")
    assert [found.pk for found in jump("ohrnäs berg", ALL)] == [item.pk]
    assert list(jump("😀", ALL)) == list(jump("", ALL)) == []


def test_words_are_gathered_once_and_the_rest_the_next_time():
    for n in range(5):
        make.item(f"Gatlyset nummer {n}")
    assert [gather(most=3), gather(most=3), gather(most=3)] == [3, 2, 0]
