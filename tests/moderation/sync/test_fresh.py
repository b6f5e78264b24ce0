"""The newest, as often as the clock says: little where nothing has happened, and nothing missed where much has."""

from datetime import timedelta

import pytest

from moderation import audit
from moderation.graph.simulator import PAGE, Token
from moderation.models import AuditEntry, Item, Page, Standstill, SyncRun
from moderation.policy import pace
from moderation.policy.terms import Change, Direction, Event, Kind, Lane, ThreadKind
from moderation.sync import fresh, inbound, sweep
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)
LONG_AGO = make.NOW - timedelta(days=300)


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def pull(world, graph, our_page, clock):
    return lambda: fresh.pull(graph, our_page, clock)


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera Exempel, kommunikatör", EARLIER)


@pytest.fixture
def known(world, post, graph, our_page, clock):
    """A page that has been read from end to end, and a minute later."""
    for number in range(5):
        moment = EARLIER + timedelta(minutes=number)
        world.add_comment(post, f"Tidigare {number}", moment, author="Kalle Exempel")
    inbound.pull(graph, world.page_id, clock)
    fresh.pull(graph, our_page, clock)
    clock.go(minutes=1)
    world.calls.clear()
    return post


def item_of(graph_id):
    return Item.objects.get(graph_id=graph_id)


def texts():
    return set(Item.objects.values_list("text", flat=True))


def row():
    return Page.objects.get()


def calls(world):
    return sum(world.calls.values())


def burst(world, post, count, clock, **about):
    return [
        world.add_comment(post, f"Våg {number}", clock() - timedelta(seconds=count - number), **about)
        for number in range(count)
    ]


# --- Posts and comments -----------------------------------------------------------------------------------------


def test_looking_where_nothing_has_happened_costs_two_calls(world, known, pull):
    run = pull()
    assert calls(world) == 2
    assert (run.lane, run.calls, run.created, run.changed, run.error) == (Lane.FRESH, 2, 0, 0, "")


def test_looking_costs_the_same_below_a_hundred_posts_with_comments_and_ten_conversations(
    world, graph, our_page, clock, pull
):
    for number in range(110):
        one = world.add_post(f"Inlägg {number}", EARLIER - timedelta(hours=number))
        world.add_comment(one, "Tack!", EARLIER, author="Kalle Exempel")
    for number in range(10):
        world.add_message(f"Person {number}", "Hej!", EARLIER)
    inbound.pull(graph, world.page_id, clock)
    pull()
    world.calls.clear()
    clock.go(minutes=1)
    pull()
    assert calls(world) == 2


def test_a_new_comment_is_here_after_one_look(world, known, pull, clock):
    comment = world.add_comment(known, "Vägen är oframkomlig!", clock(), author="Kalle Exempel")
    run = pull()
    assert (run.created, calls(world)) == (1, 2)
    item = item_of(comment)
    assert (item.kind, item.direction, item.received_at) == (Kind.COMMENT, Direction.INKOMMEN, clock())
    assert item.parent == item_of(known)
    assert item.waiting_since == clock()


def test_a_new_comment_below_an_old_post_is_here_after_one_look(world, known, graph, our_page, clock, pull):
    old = world.add_post("Förra vintern", LONG_AGO)
    for number in range(60):
        world.add_post(f"Sedan dess {number}", LONG_AGO + timedelta(days=number + 1))
    inbound.pull(graph, world.page_id, clock)
    comment = world.add_comment(old, "Det här gäller än!", clock(), author="Amina Fiktiv")
    assert pull().created == 1
    assert item_of(comment).parent == item_of(old)


def test_a_burst_below_one_post_is_followed_down_to_what_is_known(world, known, pull, clock):
    burst(world, known, 30, clock, author="Kalle Exempel")
    run = pull()
    assert run.created == 30
    assert {f"Våg {number}" for number in range(30)} <= texts()
    # The newest, one further page below the post, and the conversations.
    assert calls(world) == 3
    assert row().sweep_wanted_at is None


def test_a_burst_of_hundreds_is_followed_page_after_page(world, known, pull, clock):
    burst(world, known, 350, clock, author="Kalle Exempel")
    assert pull().created == 350
    assert calls(world) == 6


def test_a_burst_of_replies_to_a_known_comment_is_followed_too(world, known, pull, clock):
    """The comment they answer comes along with each of them, and is no news."""
    comment = Item.objects.filter(kind=Kind.COMMENT).first()
    burst(world, known, 30, clock, author="Amina Fiktiv", parent=comment.graph_id)
    assert pull().created == 30
    assert Item.objects.filter(kind=Kind.REPLY, parent=comment).count() == 30


def test_a_new_post_with_a_burst_below_it_is_read_whole(world, known, pull, clock):
    post = world.add_post("Strömavbrott", clock() - timedelta(minutes=1))
    burst(world, post, 40, clock, author="Kalle Exempel")
    assert pull().created == 41


def test_a_burst_deeper_than_it_goes_is_left_to_a_sweep(world, known, graph, our_page, pull, clock):
    burst(world, known, 1100, clock, author="Kalle Exempel")
    assert pull().created < 1100
    assert calls(world) == 2 + fresh.DEEPEST
    assert row().sweep_wanted_at == clock()
    assert sweep.is_wanted(row(), clock())
    clock.go(minutes=1)
    sweep.stretch(graph, our_page, clock)
    assert {f"Våg {number}" for number in range(1100)} <= texts()


def test_before_the_first_sweep_only_the_newest_of_each_post_is_read(world, post, pull, clock):
    burst(world, post, 30, clock, author="Kalle Exempel")
    run = pull()
    assert (run.created, calls(world)) == (4, 2)


def test_a_reply_arrives_with_the_comment_that_nobody_has_seen(world, known, pull, clock):
    parent = world.add_comment(known, "När plogas Storgatan?", clock() - timedelta(minutes=1), author="Kalle Exempel")
    replies = [
        world.add_comment(known, f"Svar {number}", clock(), author="Amina Fiktiv", parent=parent) for number in range(3)
    ]
    pull()
    assert item_of(parent).kind == Kind.COMMENT
    assert {item_of(reply).parent for reply in replies} == {item_of(parent)}


def test_a_reply_to_a_reply_hangs_where_it_was_written(world, known, pull, clock):
    comment = world.add_comment(known, "Första", clock() - timedelta(seconds=9), author="Kalle Exempel")
    reply = world.add_comment(known, "Andra", clock() - timedelta(seconds=8), author="Amina Fiktiv", parent=comment)
    deeper = world.add_comment(known, "Tredje", clock(), author="Kalle Exempel", parent=reply)
    pull()
    assert item_of(deeper).parent == item_of(reply)
    assert item_of(reply).parent == item_of(comment)


def test_what_is_edited_or_hidden_among_the_newest_is_a_version(world, known, pull, clock):
    comment = world.add_comment(known, "Första", clock(), author="Kalle Exempel")
    pull()
    clock.go(minutes=1)
    world.edit(comment, "Andra")
    world.hide(comment)
    run = pull()
    item = item_of(comment)
    assert run.changed == 1
    assert (item.text, item.hidden) == ("Andra", True)
    assert [version.change for version in item.versions.all()] == [Change.RECEIVED, Change.EDITED, Change.HIDDEN]


def test_a_visitors_post_and_one_that_mentions_the_page_are_here_after_one_look(world, known, pull, clock):
    visitor = world.add_post("Tack för hjälpen!", clock(), author="Kalle Exempel")
    tagged = world.add_post("Ljusnarsberg är fint", clock(), author="Amina Fiktiv", tagged=True)
    pull()
    assert {item_of(visitor).direction, item_of(tagged).direction} == {Direction.INKOMMEN}


def test_the_municipalitys_own_reply_does_not_wait(world, known, pull, clock):
    reply = world.add_comment(known, "I dag. / Vera", clock(), author=PAGE)
    pull()
    assert (item_of(reply).direction, item_of(reply).waiting_since) == (Direction.UPPRATTAD, None)


# --- Both lanes at once -----------------------------------------------------------------------------------------


def test_a_new_comment_is_here_after_one_look_while_the_sweep_is_far_back_in_time(
    world, post, graph, our_page, clock, pull
):
    for number in range(120):
        old = world.add_post(f"Inlägg {number}", LONG_AGO - timedelta(days=number))
        world.add_comment(old, "Gammalt", LONG_AGO, author="Kalle Exempel")
    open_run = sweep.stretch(graph, our_page, clock, most=timedelta(0))
    assert open_run.ended_at is None
    clock.go(minutes=1)
    comment = world.add_comment(post, "Nytt!", clock(), author="Kalle Exempel")
    run = pull()
    assert run.pk != open_run.pk
    assert item_of(comment).received_at == clock()
    open_run.refresh_from_db()
    assert open_run.ended_at is None


def test_two_who_look_at_once_do_not_both_read(world, known, graph, our_page, clock):
    SyncRun.objects.create(
        page=our_page, lane=Lane.FRESH, started_at=clock(), held_until=clock() + timedelta(minutes=5)
    )
    assert fresh.pull(graph, our_page, clock) is None
    assert calls(world) == 0
    clock.go(minutes=5)
    assert fresh.pull(graph, our_page, clock).error == ""


def test_a_reader_that_was_killed_can_be_set_aside(world, known, graph, our_page, clock):
    killed = SyncRun.objects.create(
        page=our_page, lane=Lane.FRESH, started_at=clock(), held_until=clock() + timedelta(minutes=5)
    )
    run = fresh.pull(graph, our_page, clock, take_over=True)
    assert (run.pk, run.error) == (killed.pk, "")


# --- Private messages -------------------------------------------------------------------------------------------


def test_a_new_message_is_here_after_one_look(world, known, pull, clock):
    message = world.add_message("Kalle Exempel", "Får jag ställa en fråga?", clock())
    run = pull()
    item = item_of(message)
    assert (run.created, calls(world)) == (1, 2)
    assert (item.kind, item.author_name, item.text) == (Kind.MESSAGE, "Kalle Exempel", "Får jag ställa en fråga?")
    assert (item.direction, item.waiting_since) == (Direction.INKOMMEN, clock())
    assert item.thread.kind == ThreadKind.CONVERSATION


def test_the_pages_own_message_does_not_wait_and_stands_in_the_same_thread(world, known, pull, clock):
    asked = world.add_message("Kalle Exempel", "När öppnar ni?", clock() - timedelta(seconds=5))
    answered = world.add_message("Kalle Exempel", "Klockan nio.", clock(), from_page=True)
    pull()
    assert (item_of(answered).direction, item_of(answered).waiting_since) == (Direction.UPPRATTAD, None)
    assert item_of(answered).thread == item_of(asked).thread


def test_messages_of_two_people_are_two_threads(world, known, pull, clock):
    one = world.add_message("Kalle Exempel", "Hej", clock())
    other = world.add_message("Amina Fiktiv", "Hej", clock())
    pull()
    assert item_of(one).thread != item_of(other).thread


def test_a_burst_of_messages_is_followed_to_what_is_known(world, known, pull, clock):
    world.add_message("Kalle Exempel", "Känt", clock())
    pull()
    clock.go(minutes=30)
    for number in range(50):
        world.add_message("Kalle Exempel", f"Rad {number}", clock() - timedelta(seconds=50 - number))
    assert pull().created == 50
    assert {f"Rad {number}" for number in range(50)} <= texts()


def test_only_conversations_that_have_changed_are_asked_for(world, known, pull, clock):
    for number in range(60):
        world.add_message(f"Person {number}", "Hej", clock() - timedelta(days=1, minutes=number))
    world.add_message("Kalle Exempel", "Hej", clock())
    pull()
    assert row().messages_at == clock()
    clock.go(hours=1)
    new = world.add_message("Person 7", "Hej igen", clock())
    world.calls.clear()
    run = pull()
    # A post, its three newest comments, the message that was the latest, and the two of the one that has changed.
    assert (run.found, run.created, calls(world)) == (1 + 3 + 1 + 2, 1, 2)
    assert item_of(new).text == "Hej igen"


def test_a_message_of_the_same_second_as_the_last_one_seen_is_not_passed_over(world, known, pull, clock):
    world.add_message("Kalle Exempel", "Första", clock())
    pull()
    world.add_message("Amina Fiktiv", "Andra", clock())
    assert pull().created == 1


def test_files_of_a_message_are_ordered_and_one_withheld_within_the_eu_is_said_so(world, known, pull, clock):
    shown = world.add_message("Kalle Exempel", "Se här", clock(), pictures=["snowy road"])
    blocked = world.add_message("Amina Fiktiv", "Se här", clock(), pictures=["snowy road"], blocked_in_eu=True)
    pull()
    assert item_of(shown).attachments.get().url
    withheld = item_of(blocked).attachments.get()
    assert (withheld.url, withheld.last_error) == ("", "Facebook lämnade ingen länk till filen.")


def test_messages_that_may_not_be_read_are_noted_once_an_hour_and_hinder_nothing(world, known, graph, pull, clock):
    may_not = tuple(scope for scope in Token("").scopes if scope != "pages_messaging")
    world.tokens.add(Token("demo-token", scopes=may_not))
    comment = world.add_comment(known, "Nytt!", clock(), author="Kalle Exempel")
    run = pull()
    assert (run.error, run.created) == ("", 1)
    assert item_of(comment)
    assert row().messages_error.endswith(".")
    assert row().fresh_at == clock()
    asked = [call for call in world.calls if call.endswith("/conversations")]
    assert len(asked) == 1
    world.calls.clear()
    for _ in range(59):
        clock.go(minutes=1)
        pull()
    assert calls(world) == 59
    clock.go(minutes=1)
    world.tokens.add(Token("demo-token"))
    message = world.add_message("Kalle Exempel", "Nu då?", clock())
    pull()
    assert row().messages_error == ""
    assert item_of(message)


# --- When Facebook does not answer ------------------------------------------------------------------------------


def test_an_error_is_one_sentence_and_the_next_look_finds_what_came_meanwhile(world, known, pull, clock):
    comment = world.add_comment(known, "Nytt!", clock(), author="Kalle Exempel")
    world.fault("html_502", times=None)
    run = pull()
    assert run.ended_at == clock()
    assert run.error.endswith(".")
    assert row().tried_at == clock()
    assert row().fresh_at < clock()
    world.clear_faults()
    clock.go(minutes=1)
    assert pull().error == ""
    assert item_of(comment)


def test_an_error_in_the_midst_keeps_what_came_before_it(world, known, pull, clock):
    comment = world.add_comment(known, "Nytt!", clock(), author="Kalle Exempel")
    world.fault("html_502", times=None, path="conversations")
    assert pull().error
    assert item_of(comment)
    assert row().messages_error == ""


def test_a_hiccup_is_not_even_noticed(world, known, pull):
    world.fault("code_2", times=3)
    assert pull().error == ""


def test_a_dead_key_ends_the_look_and_a_living_one_mends_the_page(world, known, graph, our_page, clock, pull):
    graph.manners = SharedManners(our_page, clock)
    world.tokens.spoil("demo-token", "code_190_463")
    run = pull()
    assert run.error == row().token_error
    assert row().token_dead_at == clock()
    assert calls(world) == 1
    assert not row().may_be_read(clock())
    clock.go(minutes=5)
    assert row().may_be_read(clock())
    world.tokens.add(Token("demo-token"))
    assert pull().error == ""
    assert (row().token_dead_at, row().token_error) == (None, "")
    assert AuditEntry.objects.filter(event=Event.TOKEN_DIED).count() == 1


def test_what_else_is_wrong_with_a_living_key_stays_said(world, known, pull):
    Page.objects.update(token_error="Nyckeln saknar behörighet.")
    pull()
    assert row().token_error == "Nyckeln saknar behörighet."


def test_a_throttle_ends_the_look_and_nobody_calls_until_it_is_over(world, known, graph, our_page, clock, pull):
    graph.manners = SharedManners(our_page, clock)
    world.fault("code_4", path="conversations")
    assert pull().error
    before = calls(world)
    assert pull() is None
    clock.go(seconds=pace.THROTTLED.total_seconds() - 1)
    assert pull() is None
    assert calls(world) == before
    clock.go(seconds=1)
    assert pull().error == ""


# --- Standstills ------------------------------------------------------------------------------------------------


def test_a_standstill_begins_at_the_last_look_that_went_well_and_is_filled_by_the_sweep(
    world, known, graph, our_page, clock, pull
):
    pull()
    well = clock()
    world.fault("html_502", times=None)
    for _ in range(14):
        clock.go(minutes=1)
        pull()
    assert not Standstill.objects.exists()
    for _ in range(10):
        clock.go(minutes=1)
        pull()
    gap = Standstill.objects.get()
    assert (gap.began_at, gap.ended_at, gap.reason) == (well, None, SyncRun.objects.first().error)
    world.clear_faults()
    assert not sweep.is_wanted(row(), clock())
    clock.go(minutes=1)
    pull()
    gap.refresh_from_db()
    assert (gap.ended_at, gap.filled_at) == (clock(), None)
    assert sweep.is_wanted(row(), clock())
    clock.go(minutes=1)
    sweep.stretch(graph, our_page, clock)
    gap.refresh_from_db()
    assert gap.filled_at == clock()
    assert not sweep.is_wanted(row(), clock())
    assert Standstill.objects.count() == 1


def test_a_sweep_that_began_before_the_gap_ended_does_not_fill_it(world, known, graph, our_page, clock, pull):
    for number in range(60):
        world.add_post(f"Inlägg {number}", LONG_AGO - timedelta(days=number))
    pull()
    Page.objects.update(sweep_wanted_at=clock())
    sweep.stretch(graph, our_page, clock, most=timedelta(0))
    clock.go(hours=1)
    pull()
    gap = Standstill.objects.get()
    assert gap.ended_at == clock()
    sweep.stretch(graph, our_page, clock)
    gap.refresh_from_db()
    assert gap.filled_at is None
    assert sweep.is_wanted(row(), clock())


def test_when_nobody_was_running_the_gap_is_seen_afterwards(world, known, pull, clock):
    pull()
    well = clock()
    clock.go(hours=3)
    pull()
    gap = Standstill.objects.get()
    assert (gap.began_at, gap.ended_at) == (well, clock())
    assert gap.reason == "Systemet läste inte sidan under den tiden."
    assert row().sweep_wanted_at == clock()


def test_the_first_look_of_all_is_no_standstill(post, pull, clock):
    pull()
    assert not Standstill.objects.exists()
    assert row().fresh_at == clock()


def test_after_everything_the_audit_chain_is_whole(world, known, pull, clock):
    burst(world, known, 30, clock, author="Kalle Exempel")
    world.add_message("Kalle Exempel", "Hej", clock())
    pull()
    assert list(audit.verify()) == []
