import pytest
from django.core.exceptions import ValidationError

from moderation.actions.assign import assign, release
from moderation.actions.seen import Seen, Stale
from moderation.models import AuditEntry, Deed, Item, Notice
from moderation.policy.terms import Direction, Event, NoticeKind
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda():
    return make.agda()


@pytest.fixture
def bertil():
    return make.bertil()


def give(item, to, by, seen=None):
    return assign(item=item, to=to, by=by, now=make.NOW, seen=seen or Seen.of(item))


def test_whoever_is_given_an_item_is_told_by_whom(agda, bertil):
    item = give(make.item(), bertil, agda)
    assert Item.objects.get().assigned_to == bertil
    notice = Notice.objects.get()
    assert (notice.to, notice.by, notice.kind) == (bertil, agda, NoticeKind.ASSIGNED)
    assert AuditEntry.objects.about(item).get(event=Event.ASSIGNED).known_facts == {"to": bertil.pk, "former": None}


def test_whoever_takes_it_need_not_be_told(agda):
    give(make.item(), agda, agda)
    assert not Notice.objects.exists()


def test_of_two_who_take_it_the_second_is_told_and_changes_nothing(agda, bertil):
    item = make.item()
    seen = Seen.of(item)
    give(item, agda, agda, seen)
    with pytest.raises(Stale, match="ändrat vem som har hand om den"):
        give(item, bertil, bertil, seen)
    assert Item.objects.get().assigned_to == agda


def test_the_same_form_twice_gives_it_once(agda, bertil):
    item = make.item()
    seen = Seen.of(item)
    for _ in range(2):
        give(item, bertil, agda, seen)
    assert (Notice.objects.count(), Deed.objects.count()) == (1, 1)


def test_what_one_already_has_cannot_be_taken_again(agda):
    item = give(make.item(), agda, agda)
    with pytest.raises(ValidationError, match="Du har redan hand om"):
        give(item, agda, agda, Seen.of(Item.objects.get()))


def test_the_municipalitys_own_words_need_nobody(agda):
    with pytest.raises(ValidationError, match="egna"):
        give(make.item(direction=Direction.UPPRATTAD), agda, agda)


def test_it_can_be_let_go(agda):
    item = give(make.item(), agda, agda)
    release(item=item, by=agda, now=make.NOW, seen=Seen.of(Item.objects.get()))
    assert Item.objects.get().assigned_to is None
    assert AuditEntry.objects.filter(event=Event.RELEASED).count() == 1
    with pytest.raises(ValidationError, match="Ingen har hand om"):
        release(item=item, by=agda, now=make.NOW, seen=Seen.of(Item.objects.get()))
