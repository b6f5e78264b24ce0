"""The index is true however a row is written."""

from datetime import timedelta

import pytest
from django.db import connection

from moderation.models import Classification, FollowUpStep, Item, Note, SearchEntry
from moderation.policy.terms import Category, Reason, StepKind
from moderation.search import query
from moderation.search.conditions import WATCHED
from tests import make

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    """The numbers of the items with these words in the index, newest first."""
    asked = query.read(text)
    told = query.as_postgresql(asked) if connection.vendor == "postgresql" else query.as_sqlite(asked)
    return list(SearchEntry.objects.filter(document__finds=told).order_by("-place").values_list("item_id", flat=True))


def judged(item: Item, note: str = "", **fields: str) -> Classification:
    made = make.classification(item, **fields)
    Classification.objects.filter(pk=made.pk).update(note=note)
    return made


def note(item: Item, text: str) -> Note:
    return Note.objects.create(item=item, by=make.user(), at=make.NOW, text=text)


def test_every_item_has_an_entry_in_the_order_of_time():
    late = make.item("Sent")
    early = make.item("Tidigt", at=make.NOW - timedelta(days=400))
    entries = SearchEntry.objects.order_by("place")
    assert [entry.item_id for entry in entries] == [early.pk, late.pk]


def test_items_written_in_bulk_are_found():
    first = make.item("Den första")
    fields = {
        field.attname: getattr(first, field.attname) for field in Item._meta.concrete_fields if not field.primary_key
    }
    Item.objects.bulk_create(
        [Item(**fields | {"graph_key": f"comment:b{n}", "text": f"Klump{n} ord"}) for n in range(3)]
    )
    assert len(found("klump1")) == 1
    assert SearchEntry.objects.count() == Item.objects.count() == 4


def test_a_changed_text_is_found_and_the_former_one_is_not():
    item = make.item("Snöröjningen uteblev")
    make.version(item, "Gatlyset är trasigt")
    assert found("gatlyset") == [item.pk]
    assert found("snöröjning") == []


def test_a_bulk_update_of_texts_is_seen():
    items = [make.item("före"), make.item("före")]
    Item.objects.update(text="efteråt")
    assert set(found("efteråt")) == {item.pk for item in items}
    assert found("före") == []


def test_an_item_that_moves_in_time_moves_in_the_index():
    moved, other = make.item("ett"), make.item("två")
    Item.objects.filter(pk=moved.pk).update(dated_at=make.NOW + timedelta(days=1))
    assert list(SearchEntry.objects.order_by("-place").values_list("item_id", flat=True)) == [moved.pk, other.pk]


def test_an_item_is_found_by_its_author():
    item = make.item("Hej", author="Åsa Öhrnäs")
    assert found("ohrnas") == found("Öhrnäs") == [item.pk]


def test_an_item_is_found_by_the_note_of_its_judgement_also_a_former_one():
    item = make.item()
    judged(item, "Fråga Lennart på gatukontoret")
    judged(item, "Ändrade mig")
    assert found("gatukontoret") == found("ändrade") == [item.pk]


def test_an_item_is_found_by_diarienummer_of_current_and_former_steps():
    item = make.item()
    made = judged(item, category=Category.DIARIEFORS, reason=Reason.KLAGOMAL)
    FollowUpStep.objects.filter(classification=made, kind=StepKind.REGISTRERA).update(reference="KS 2026/417")
    judged(item)
    assert found("2026/417") == [item.pk]
    FollowUpStep.objects.update(reference="KS 2026/418")
    assert found("2026/417") == []
    assert found("KS 2026/418") == [item.pk]


def test_a_colleagues_note_is_found_until_it_is_taken_back():
    item = make.item()
    written = note(item, "Ring tillbaka om brunnslocket")
    assert found("brunnslock") == [item.pk]
    Note.objects.filter(pk=written.pk).update(withdrawn_at=make.NOW)
    assert found("brunnslock") == []
    Note.objects.filter(pk=written.pk).update(withdrawn_at=None, text="Nu om staketet")
    assert found("staketet") == [item.pk]


def test_a_secret_item_is_marked_as_long_as_it_is_judged_so():
    item = make.item()
    judged(item, category=Category.SEKRETESS)
    assert SearchEntry.objects.get(item=item).secret
    judged(item)
    assert not SearchEntry.objects.get(item=item).secret


def test_what_nobody_may_see_has_neither_text_nor_notes_in_the_index():
    item = make.item("Ohyggligheter", author="Bo Bock")
    note(item, "Kollegans iakttagelse")
    judged(item, "Redaktörens ord", category=Category.BROTTSLIGT, reason=Reason.BARNPORNOGRAFI)
    assert found("ohyggligheter") == found("iakttagelse") == found("redaktörens") == []
    assert found("bock") == [item.pk]
    if connection.vendor == "sqlite":
        assert "Ohyggligheter" not in SearchEntry.objects.get(item=item).document
    judged(item)
    assert found("ohyggligheter") == found("iakttagelse") == [item.pk]


def test_an_item_that_is_deleted_leaves_the_index():
    item = make.item("Borttaget")
    item.versions.all().delete()
    item.delete()
    assert found("borttaget") == []
    assert not SearchEntry.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["x" * 200_000, "ett ord till " * 20_000, "😀" * 3000, "a\u0308o\u030a", "\u202eomvänt", "'; DROP TABLE --", " ".join(
        f"{chr(0x10000 + n)}{chr(0x10400 + n % 40)}" for n in range(60_000))],
    ids=["one long word", "many words", "emoji", "loose dots", "turned", "sql", "many rare letters"],
)  # fmt: skip
def test_no_text_can_hinder_an_item_from_coming_in(text):
    item = make.item(text)
    note(item, text)
    assert SearchEntry.objects.filter(item=item).exists()


def test_dots_that_stand_loose_are_the_same_as_others():
    item = make.item("Va\u0308gen")
    assert found("vägen") == found("vagen") == [item.pk]


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_no_time_is_too_strange(year):
    item = make.item("tidlös", at=make.NOW.replace(year=year))
    assert found("tidlös") == [item.pk]


def test_every_trigger_is_there_after_all_migrations():
    """A migration that makes a table anew in SQLite loses them, unless it installs them again."""
    if connection.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    else:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}
    assert {name for _, name, _, _ in WATCHED} | {"search_received", "search_forgotten"} <= there
