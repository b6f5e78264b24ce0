import json
from datetime import timedelta

import pytest

from moderation import audit
from moderation.graph.simulator import PAGE
from moderation.models import Attachment, AuditEntry, Item, ItemVersion, Page, SyncRun
from moderation.models.page import HELD
from moderation.policy.terms import Category, Direction, Event, Kind, Lane, Reason
from moderation.sync import changes, inbound
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)
# NUL, a lone surrogate, right-to-left override, zalgo, markup, a template, a formula, and 60,000 signs.
HOSTILE = [
    "före\x00efter",
    "ensam \ud83d surrogat",
    "\u202eabc",
    "Z̸̢͇a̵͓͝l̶̰̕g̷͍̈́o̶̝͊",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    '=HYPERLINK("http://exempel.se")',
    "å" * 60_000,
    "",
]


@pytest.fixture
def pull(world, graph, clock):
    return lambda: inbound.pull(graph, world.page_id, clock)


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera Exempel, kommunikatör", EARLIER)


def item_of(graph_id):
    return Item.objects.get(graph_id=graph_id)


def held_run(world):
    """As it is left by a reader that has died."""
    page = make.page(world.page_id)
    return SyncRun.objects.create(page=page, lane=Lane.SWEEP, started_at=make.NOW, held_until=make.NOW + HELD)


def test_a_comment_becomes_an_item_that_waits_with_a_deadline(world, post, pull):
    comment = world.add_comment(post, "Vägen är oframkomlig igen!", EARLIER, author="Kalle Exempel")
    run = pull()
    item = item_of(comment)
    assert (run.found, run.created, run.error) == (2, 2, "")
    assert (item.kind, item.direction, item.author_name) == (Kind.COMMENT, Direction.INKOMMEN, "Kalle Exempel")
    assert item.parent == item_of(post)
    assert (item.created_at, item.received_at) == (EARLIER, make.NOW)
    assert item.answer_by.isoformat() == "2026-11-23T16:00:00+00:00"
    assert list(Item.objects.waiting()) == [item]


def test_replies_stand_under_their_comment_and_the_municipalitys_own_do_not_wait(world, post, pull):
    comment = world.add_comment(post, "När plogas Storgatan?", EARLIER, author="Kalle Exempel")
    reply = world.add_comment(post, "I dag. / Vera", EARLIER, author=PAGE, parent=comment)
    pull()
    item = item_of(reply)
    assert (item.kind, item.parent, item.direction) == (Kind.REPLY, item_of(comment), Direction.UPPRATTAD)
    assert item.waiting_since is None
    assert item_of(post).direction == Direction.UPPRATTAD


def test_reading_the_page_twice_changes_nothing(world, post, pull):
    for number in range(30):
        world.add_comment(post, f"Kommentar {number}", EARLIER, author="Kalle Exempel", picture="snowy road")
    pull()
    before = (Item.objects.count(), ItemVersion.objects.count(), Attachment.objects.count(), audit.head())
    run = pull()
    assert (run.found, run.created, run.changed) == (31, 0, 0)
    assert before == (Item.objects.count(), ItemVersion.objects.count(), Attachment.objects.count(), audit.head())


def test_an_edit_is_a_new_version_and_the_old_text_stays(world, post, pull, clock):
    comment = world.add_comment(post, "Första", EARLIER, author="Kalle Exempel")
    pull()
    clock.go(minutes=5)
    world.edit(comment, "Andra")
    run = pull()
    item = item_of(comment)
    assert run.changed == 1
    assert item.text == "Andra"
    assert [version.text for version in item.versions.all()] == ["Första", "Andra"]
    assert AuditEntry.objects.about(item).filter(event=Event.CHANGED).count() == 1


def test_what_is_edited_after_it_was_judged_comes_back_to_the_queue(world, post, pull, clock):
    comment = world.add_comment(post, "Tack!", EARLIER, author="Kalle Exempel")
    pull()
    make.classification(item_of(comment))
    assert not Item.objects.waiting().exists()
    clock.go(minutes=5)
    world.edit(comment, "Era idioter, jag vet var ni bor.")
    pull()
    assert item_of(comment).waiting_since == clock()
    assert item_of(comment).current_classification.category == Category.RINGA_BETYDELSE


def test_hiding_and_showing_are_told_in_the_chain(world, post, pull, clock):
    comment = world.add_comment(post, "Reklam", EARLIER, author="Kalle Exempel")
    pull()
    world.hide(comment)
    pull()
    assert item_of(comment).hidden
    assert AuditEntry.objects.about(item_of(comment)).filter(event=Event.HIDDEN).exists()


def test_a_person_without_name_is_still_an_item(world, post, pull):
    comment = world.add_comment(post, "Anonym åsikt", EARLIER)
    pull()
    assert (item_of(comment).author_name, item_of(comment).direction) == ("", Direction.INKOMMEN)


def test_one_comment_under_two_spellings_of_its_id_is_one_item(world, post, pull):
    node = {"message": "Samma", "created_time": "2026-11-20T10:00:00+0000"}
    world.add_raw_comment(post, {**node, "id": "111_5550001"})
    world.add_raw_comment(post, {**node, "id": "222_5550001"})
    pull()
    assert Item.objects.filter(text="Samma").count() == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_stored_exactly_and_takes_no_neighbour_with_it(world, post, pull, text):
    neighbours = [world.add_comment(post, f"Granne {n}", EARLIER, author="Kalle Exempel") for n in range(3)]
    world.add_raw_comment(
        post, {"id": "1_777", "message": text, "from": {"id": "9", "name": text[:50]}, "created_time": "i går"}
    )
    run = pull()
    version = ItemVersion.objects.get(item__graph_id="1_777")
    assert version.exact_text == text
    assert version.is_whole
    assert version.exact_author == text[:50]
    assert run.failed == 0
    assert Item.objects.filter(graph_id__in=neighbours).count() == 3


@pytest.mark.parametrize(
    "node",
    [
        {"message": "utan id"},
        {"id": "1_2", "message": 17, "created_time": "9999-99-99T00:00:00+0000", "is_hidden": "kanske"},
        {"id": "1_3", "message": {"text": "i fel form"}, "from": "Kalle", "attachment": [1, 2]},
        {"id": "x" * 5000, "message": "långt id"},
        {"id": "1_4\x00", "message": "id med NUL"},
        {"id": "1_5", "message": "okänt fält", "framtid": {"ny": True}},
        {"id": "1_6", "message": "framtiden", "created_time": "2999-01-01T00:00:00+0000"},
    ],
    ids=range(7),
)
def test_a_malformed_node_is_stored_raw_and_can_be_judged(world, post, pull, node):
    world.add_raw_comment(post, node)
    run = pull()
    item = Item.objects.exclude(kind=Kind.POST).get()
    assert run.failed == 0
    assert item.latest_version.node == node
    assert item.dated_at <= make.NOW + changes.AHEAD
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    assert pull().created == 0


def test_an_error_from_facebook_is_one_sentence_and_what_came_before_it_stays(world, post, pull, clock):
    world.add_comment(post, "Tack!", EARLIER, author="Kalle Exempel")
    pull()
    world.fault("code_190_463", times=None)
    run = pull()
    assert run.error.endswith(".")
    assert "demo-token" not in run.error
    assert Item.objects.count() == 2
    assert Page.objects.get().fetched_at == make.NOW
    world.clear_faults()
    clock.go(minutes=1)
    assert pull().error == ""


def test_while_facebook_asks_us_to_wait_nobody_calls(world, post, graph, pull, clock):
    graph.manners = SharedManners(make.page(world.page_id), clock)
    world.fault("code_80001", times=1)
    assert pull().error
    wait = Page.objects.get().resume_at - make.NOW
    assert wait > timedelta()
    calls = sum(world.calls.values())
    assert pull() is None
    assert sum(world.calls.values()) == calls
    clock.go(seconds=wait.total_seconds())
    assert pull().error == ""


def test_only_one_reads_the_page_at_a_time_and_a_dead_reader_is_replaced(world, post, pull, clock):
    dead = held_run(world)
    assert pull() is None
    clock.go(seconds=HELD.total_seconds() - 1)
    assert pull() is None
    clock.go(seconds=1)
    run = pull()
    # The run is the dead reader's, gone on with.
    assert (run.pk, run.error, run.started_at, run.ended_at) == (dead.pk, "", make.NOW, clock())


def test_the_raw_answer_is_kept_in_ascii_without_what_hung_below_it(world, post, pull):
    comment = world.add_comment(post, "Åäö 🚜", EARLIER, author="Kalle Exempel")
    world.add_comment(post, "Svar", EARLIER, author="Amina Fiktiv", parent=comment)
    pull()
    raw = item_of(comment).latest_version.raw
    assert raw.isascii()
    assert json.loads(raw)["message"] == "Åäö 🚜"
    assert "comments" not in json.loads(raw)


def test_after_everything_the_audit_chain_is_whole(world, post, pull):
    for number in range(5):
        world.add_comment(post, f"Kommentar {number}", EARLIER, author="Kalle Exempel")
    pull()
    assert list(audit.verify()) == []
    assert AuditEntry.objects.filter(event=Event.RECEIVED).count() == 6


def test_who_reads_now_takes_over_from_a_reader_that_was_killed(world, post, graph, clock):
    killed = held_run(world)
    run = inbound.pull(graph, world.page_id, clock, take_over=True)
    assert (run.pk, run.error, run.ended_at) == (killed.pk, "", make.NOW)


class Meanwhile:
    """The client of a reader in whose midst somebody else reads the whole page."""

    def __init__(self, graph, clock, other):
        self.graph, self.clock, self.other = graph, clock, other

    def __getattr__(self, name):
        return getattr(self.graph, name)

    def comments(self, node):
        yield from self.graph.comments(node)
        other, self.other = self.other, lambda: None
        self.clock.go(seconds=1)
        other()


def test_two_readers_at_once_store_everything_once_and_the_first_one_stops(world, post, pull, graph, clock):
    for number in range(3):
        world.add_comment(post, f"Kommentar {number}", EARLIER, author="Kalle Exempel")
    others = []
    slow = Meanwhile(graph, clock, lambda: others.append(inbound.pull(graph, world.page_id, clock, take_over=True)))
    assert inbound.pull(slow, world.page_id, clock) is None
    assert (others[0].created, others[0].failed) == (4, 0)
    assert Item.objects.count() == ItemVersion.objects.count() == 4
    assert list(audit.verify()) == []
