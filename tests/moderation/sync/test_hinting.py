"""Hints come in with a text, change with it, and are found anew when the rules for them have changed."""

import pytest

from moderation import hints
from moderation.models import Item
from moderation.policy.terms import Direction
from moderation.sync import hinting, write
from moderation.sync.write import Found
from moderation.tasks import renew_hints
from tests import make

pytestmark = pytest.mark.django_db
BEFORE = {"hint_kinds": "", "hint_version": 0, "urgency": 1}


def taken(remote, at=make.NOW) -> Item:
    write.store([Found(remote, "post:1", "")], make.page(), at)
    return Item.objects.get(graph_key=remote.key)


def test_a_text_comes_in_with_its_hints():
    item = taken(make.remote("Mitt personnummer är 850709-9805, kan ni ringa?"))
    assert item.hint_kinds.split()[0] == "personnummer"
    assert (item.hint_version, item.urgency) == (hinting.version(), 0)


def test_a_harmless_text_waits_its_turn():
    item = taken(make.remote("Tack för ett snabbt jobb!"))
    assert (item.hint_kinds, item.hint_version, item.urgency) == ("", hinting.version(), 1)


def test_a_changed_text_has_new_hints():
    remote = make.remote("Mitt personnummer är 850709-9805.")
    taken(remote)
    changed = make.remote("När öppnar badet?", key=remote.key, graph_id=remote.graph_id)
    item = taken(changed, make.NOW.replace(hour=13))
    assert (item.hint_kinds, item.urgency) == ("fraga", 1)


def test_the_diary_numbers_are_those_of_the_own_boards(settings):
    settings.NAMNDER = ("XYZ",)
    item = taken(make.remote("Hur går det med XYZ 2026/123?"))
    assert "pagaende_arende" in item.hint_kinds.split()


def test_what_waits_with_the_hints_of_older_rules_is_looked_at_anew():
    waits = make.item("Mitt personnummer är 850709-9805.", **BEFORE)
    over = make.item("Mitt personnummer är 850709-9805.", waiting_since=None, **BEFORE)
    own = make.item("Ring 850709-9805.", direction=Direction.UPPRATTAD, **BEFORE)
    renew_hints()
    found = {item.pk: (item.hint_kinds, item.urgency) for item in Item.objects.all()}
    assert found == {waits.pk: ("personnummer", 0), over.pk: ("", 1), own.pk: ("", 1)}


def test_it_is_done_some_at_a_time_until_none_is_left():
    for number in range(5):
        make.item(f"Nummer {number}?", **BEFORE)
    assert [hinting.renew(most=2) for _ in range(4)] == [True, True, False, False]
    assert set(Item.objects.values_list("hint_kinds", flat=True)) == {"fraga"}


def test_where_nothing_is_old_one_question_is_enough(django_assert_num_queries):
    make.item("Text?", hint_version=hinting.version())
    with django_assert_num_queries(1):
        assert not hinting.renew()


def test_all_the_kinds_at_once_fit_into_the_row():
    assert len(" ".join(hints.HintKind.values)) <= Item._meta.get_field("hint_kinds").max_length


def test_other_boards_in_the_settings_make_the_hints_of_what_waits_be_found_anew(settings):
    item = make.item("Vad händer med XYZ 2026/112?", **hinting.fields("Vad händer med XYZ 2026/112?"))
    assert (hinting.renew(), Item.objects.get(pk=item.pk).hint_version) == (False, item.hint_version)
    settings.NAMNDER = ("XYZ",)
    hinting.renew()
    assert Item.objects.get(pk=item.pk).hint_version == hinting.version() != item.hint_version
    assert Item.objects.get(pk=item.pk).hint_kinds != item.hint_kinds
