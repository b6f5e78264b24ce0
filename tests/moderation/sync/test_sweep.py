"""The whole our_page, in stretches that may end anywhere, and what has gone from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from moderation import audit
from moderation.graph import errors, payloads
from moderation.graph.simulator import PAGE, Token
from moderation.models import AuditEntry, Item, ItemVersion, Page, PageSnapshot, SyncRun, Thread, ThreadCount
from moderation.models.order import carry_out
from moderation.models.page import HELD
from moderation.policy import pace
from moderation.policy.terms import Category, Change, Event, Kind, Lane, OrderState, Phase, Source
from moderation.sync import absence, changes, fresh, inbound, media, nodes, snapshot, sweep, write
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)
AT_ONCE = timedelta(0)


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def stretch(graph, our_page, clock):
    """stretch(most): one stretch, a second after the last one."""

    def go(most=pace.STRETCH, **wishes):
        clock.go(seconds=1)
        return sweep.stretch(graph, our_page, clock, most=most, **wishes)

    return go


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera Exempel, kommunikatör", EARLIER)


@pytest.fixture
def comment(world, post):
    return world.add_comment(post, "Vägen är oframkomlig igen!", EARLIER, author="Kalle Exempel")


def item_of(graph_id):
    return Item.objects.get(graph_id=graph_id)


def row():
    return Page.objects.get()


def calls(world):
    return sum(world.calls.values())


def changes_of(graph_id):
    return [version.change for version in item_of(graph_id).versions.all()]


def add_posts(world, count):
    return [world.add_post(f"Inlägg {number}", EARLIER - timedelta(days=number + 1)) for number in range(count)]


def to_the_end(stretch, most=AT_ONCE):
    """Stretch after stretch. Returns each of them as it was."""
    runs = []
    while not runs or runs[-1].ended_at is None:
        runs.append(stretch(most))
        assert len(runs) < 50, "the sweep never ends"
    return runs


# --- Stretches --------------------------------------------------------------------------------------------------


def test_a_sweep_in_one_stretch_reads_everything_once(world, post, comment, stretch):
    reply = world.add_comment(post, "I dag. / Vera", EARLIER, author=PAGE, parent=comment)
    message = world.add_message("Kalle Exempel", "Hej!", EARLIER)
    run = stretch()
    assert (run.lane, run.created, run.error, run.remarks) == (Lane.SWEEP, 4, "", "")
    assert run.ended_at is not None
    assert item_of(reply).parent == item_of(comment)
    assert item_of(message).kind == Kind.MESSAGE
    assert row().fetched_at == run.started_at


def test_a_sweep_in_many_stretches_goes_on_where_it_stopped(world, stretch):
    posts = add_posts(world, 120)
    for post in posts:
        world.add_comment(post, "Tack!", EARLIER, author="Kalle Exempel")
    runs = to_the_end(stretch)
    assert len({run.pk for run in runs}) == 1
    reached = [run.reached for run in runs if run.phase == Phase.FEED]
    assert len(reached) >= 4
    assert reached == sorted(set(reached), reverse=True)
    assert Item.objects.count() == 240
    assert ItemVersion.objects.count() == 240
    # Every stretch asks again for the post it had come to, and not for those before.
    assert runs[-1].found <= 240 + 2 * len(runs)


def test_no_stretch_is_without_progress_where_many_posts_have_one_time(world, stretch):
    for number in range(70):
        world.add_post(f"Samtidigt {number}", EARLIER)
    world.add_post("Äldre", EARLIER - timedelta(days=1))
    to_the_end(stretch)
    assert Item.objects.count() == 71


def test_posts_of_the_second_at_which_it_stopped_are_not_passed_over(world, stretch):
    for number in range(24):
        world.add_post(f"Inlägg {number}", EARLIER - timedelta(minutes=number))
    for number in range(4):
        # Facebook tells whole seconds only.
        world.add_post(f"Samtidigt {number}", EARLIER - timedelta(hours=1) + timedelta(milliseconds=200 * number))
    assert stretch(AT_ONCE).ended_at is None
    to_the_end(stretch)
    assert Item.objects.filter(text__startswith="Samtidigt").count() == 4


def test_what_comes_while_the_sweep_goes_on_disturbs_it_not(world, stretch, clock):
    add_posts(world, 80)
    stretch(AT_ONCE)
    for number in range(40):
        world.add_post(f"Nytt {number}", clock())
    to_the_end(stretch)
    assert Item.objects.filter(text__startswith="Inlägg").count() == 80


def test_who_was_killed_between_stretches_is_followed_by_the_next(world, graph, our_page, stretch, clock):
    add_posts(world, 60)
    first = stretch(AT_ONCE)
    # As a process leaves it that died while it read.
    SyncRun.objects.filter(pk=first.pk).update(held_until=clock() + HELD)
    assert stretch() is None
    clock.go(seconds=HELD.total_seconds())
    run = stretch()
    assert (run.pk, run.error) == (first.pk, "")
    assert run.ended_at is not None
    assert Item.objects.count() == 60


def test_who_is_set_aside_stores_no_more_and_ends_nothing(world, graph, our_page, stretch, clock):
    add_posts(world, 60)

    class Slow:
        """A client in whose midst somebody else takes the sweep over."""

        def __getattr__(self, name):
            return getattr(graph, name)

        def posts(self, *about):
            for number, rows in enumerate(graph.posts(*about)):
                yield rows
                if number == 0:
                    assert stretch(AT_ONCE, take_over=True).ended_at is None

    assert sweep.stretch(Slow(), our_page, clock) is None
    run = SyncRun.objects.get()
    assert run.ended_at is None
    assert to_the_end(stretch)[-1].error == ""
    assert Item.objects.count() == ItemVersion.objects.count() == 60


def test_the_phases_come_in_their_order(world, post, stretch):
    world.add_message("Kalle Exempel", "Hej!", EARLIER)
    seen = []
    add_posts(world, 30)
    stretch()
    # Threads that no list brings any more.
    for old in list(world.feed.all())[:3]:
        world.remove(old.id)
    Page.objects.update(sweep_wanted_at=row().fetched_at + timedelta(seconds=1))
    for run in to_the_end(stretch):
        seen.append(run.phase)
    assert seen == sorted(seen, key=list(Phase.values).index)
    assert seen[0] == Phase.FEED
    assert Phase.UNSEEN in seen
    assert seen[-1] == Phase.MESSAGES


def test_an_error_in_the_middle_ends_the_stretch_and_not_the_sweep(world, stretch):
    add_posts(world, 80)
    first = stretch(AT_ONCE)
    world.fault("html_502", times=None)
    broken = stretch()
    assert broken.error.endswith(".")
    assert (broken.pk, broken.ended_at, broken.reached) == (first.pk, None, first.reached)
    assert row().fetched_at is None
    world.clear_faults()
    run = stretch()
    assert run.error == ""
    assert run.ended_at is not None
    assert Item.objects.count() == 80


@pytest.mark.parametrize("fault", ["code_1", "truncated", "reduce_data", "code_10"])
def test_a_post_that_facebook_fails_at_each_time_holds_up_no_other(world, post, stretch, fault):
    for number in range(130):
        world.add_comment(post, f"Kommentar {number}", EARLIER + timedelta(seconds=number), author="Kalle Exempel")
    older = add_posts(world, 3)
    world.fault(fault, times=None, path=f"{post}/comments")
    run = stretch()
    assert run.error == ""
    assert run.ended_at is not None
    assert run.remarks.startswith("Allt under ett inlägg kunde inte läsas: ")
    assert Item.objects.filter(graph_id__in=older).count() == 3
    # What is known not to be whole is neither counted nor looked through for what has gone.
    assert not ThreadCount.objects.filter(thread=item_of(post).thread).exists()
    world.clear_faults()
    assert stretch().remarks == ""
    assert ThreadCount.objects.get(thread=item_of(post).thread).stored == 130


def test_a_throttle_below_a_post_ends_the_stretch_at_once(world, post, stretch):
    for number in range(130):
        world.add_comment(post, f"Kommentar {number}", EARLIER + timedelta(seconds=number), author="Kalle Exempel")
    world.fault("code_4", times=None, path=f"{post}/comments")
    run = stretch()
    assert run.error == errors.RateLimited.meaning
    assert run.ended_at is None


def test_a_throttle_in_the_middle_waits_for_the_next_stretch(world, graph, our_page, stretch, clock):
    add_posts(world, 80)
    stretch(AT_ONCE)
    Page.objects.update(resume_at=clock() + timedelta(minutes=2))
    world.calls.clear()
    assert stretch() is None
    assert calls(world) == 0
    clock.go(minutes=2)
    assert stretch().ended_at is not None


@pytest.mark.parametrize(
    ("hours", "wanted"), [(0, False), (22, False), (23, True), (48, True)], ids=["now", "soon", "due", "late"]
)
def test_a_sweep_is_wanted_every_night(post, stretch, clock, hours, wanted):
    assert sweep.is_wanted(row(), clock())
    stretch()
    clock.now = row().fetched_at + timedelta(hours=hours)
    assert sweep.is_wanted(row(), clock()) is wanted


def test_a_sweep_is_wanted_when_one_is_open_or_somebody_asked(world, stretch, clock):
    add_posts(world, 60)
    stretch()
    assert not sweep.is_wanted(row(), clock())
    clock.go(minutes=1)
    Page.objects.update(sweep_wanted_at=clock())
    assert sweep.is_wanted(row(), clock())
    stretch(AT_ONCE)
    assert sweep.is_wanted(row(), clock())
    to_the_end(stretch)
    assert not sweep.is_wanted(row(), clock())


# --- Beside the feed --------------------------------------------------------------------------------------------


def test_a_reel_that_the_feed_leaves_out_is_found(world, post, stretch):
    world.reels_in_feed = False
    reel = world.add_post("Snöröjning på en minut", EARLIER, film="snöröjning", pictures=["snowy road"], reel=True)
    comment = world.add_comment(reel, "Snyggt!", EARLIER, author="Kalle Exempel")
    run = stretch()
    assert (run.error, run.remarks) == ("", "")
    assert item_of(comment).parent == item_of(reel)


def test_a_reel_that_the_feed_has_is_not_read_twice(world, post, stretch):
    reel = world.add_post("Snöröjning", EARLIER, film="snöröjning", reel=True)
    stretch()
    assert item_of(reel)
    assert not [call for call in world.calls if call.endswith(reel)]


def test_a_reel_that_has_just_gone_does_not_take_the_others_with_it(world, post, stretch):
    world.reels_in_feed = False
    reels = [world.add_post(f"Film {number}", EARLIER, film=f"film {number}", reel=True) for number in range(3)]
    world.fault("code_100_33", path=reels[1])
    run = stretch()
    assert {reels[0], reels[2]} <= set(Item.objects.values_list("graph_id", flat=True))
    assert run.remarks.startswith("En kort film (reel) kan inte läsas: ")


def test_a_post_of_another_that_mentions_the_page_is_found_outside_the_feed(world, post, stretch):
    tagged = world.add_post("Ljusnarsberg är fint", EARLIER, author="Kalle Exempel", tagged=True)
    comment = world.add_comment(tagged, "Håller med", EARLIER, author="Amina Fiktiv")
    world.feed.take(world.find_post(tagged))
    assert stretch().remarks == ""
    assert item_of(comment).parent == item_of(tagged)
    assert item_of(tagged).author_name == "Kalle Exempel"


@pytest.mark.parametrize(
    ("path", "remark"),
    [("tagged", "Inlägg av andra som nämner sidan"), ("video_reels", "Sidans korta filmer (reels)")],
)
def test_what_is_refused_beside_the_feed_is_a_remark_and_hinders_nothing(world, post, stretch, path, remark):
    message = world.add_message("Kalle Exempel", "Hej!", EARLIER)
    world.fault("code_10", times=None, path=path)
    run = stretch()
    assert run.error == ""
    assert run.ended_at is not None
    assert run.remarks == f"{remark} kan inte läsas: {errors.Denied.meaning}"
    assert item_of(message)


def test_messages_that_are_refused_are_a_remark(world, post, stretch):
    may_not = tuple(scope for scope in Token("").scopes if scope != "pages_messaging")
    world.tokens.add(Token("demo-token", scopes=may_not))
    run = stretch()
    assert run.ended_at is not None
    assert run.remarks.startswith("Privata meddelanden kan inte läsas: ")


def test_a_dead_key_is_no_remark(world, post, stretch):
    world.fault("code_190_463", times=None, path="tagged")
    run = stretch()
    assert run.error == errors.Expired.meaning
    assert (run.ended_at, run.remarks) == (None, "")


# --- Private conversations --------------------------------------------------------------------------------------


def test_conversations_are_read_to_their_beginning(world, post, stretch):
    for number in range(250):
        world.add_message("Kalle Exempel", f"Rad {number}", EARLIER + timedelta(seconds=number))
    for number in range(30):
        world.add_message(f"Person {number}", "Hej!", EARLIER)
    stretch()
    assert Item.objects.filter(kind=Kind.MESSAGE).count() == 280


def test_messages_that_are_missing_in_the_midst_of_a_conversation_are_found(world, post, stretch, clock):
    """As when a reader dies between the newest page of a burst and the page behind it."""
    sent = [
        world.add_message("Kalle Exempel", f"Rad {number}", EARLIER + timedelta(seconds=number)) for number in range(60)
    ]
    stretch()
    lost = Item.objects.filter(graph_id__in=sent[10:30])
    ItemVersion.objects.filter(item__in=lost).delete()
    lost.delete()
    stretch()
    assert Item.objects.filter(kind=Kind.MESSAGE).count() == 60


def test_a_message_taken_back_does_not_hide_that_another_is_missing(world, post, stretch, clock):
    first = world.add_message("Kalle Exempel", "Glöm det.", clock())
    stretch()
    for number in range(21):
        world.add_message("Kalle Exempel", f"Rad {number}", clock())
    world.unsend(first)
    clock.go(days=1)
    stretch()
    assert Item.objects.filter(kind=Kind.MESSAGE).count() == 22


def test_a_conversation_of_which_all_is_here_is_not_read_again(world, post, stretch):
    for number in range(60):
        world.add_message("Kalle Exempel", f"Rad {number}", EARLIER + timedelta(seconds=number))
    stretch()
    world.calls.clear()
    stretch()
    assert not [call for call in world.calls if call.endswith("/messages")]


# --- Gone, and back again ---------------------------------------------------------------------------------------


def test_a_removed_comment_is_noted_with_the_text_it_had(world, post, comment, stretch, clock):
    stretch()
    world.remove(comment)
    run = stretch()
    item = item_of(comment)
    assert run.ended_at is not None
    assert (item.removed_at, item.removed_by_page, item.text) == (clock(), False, "Vägen är oframkomlig igen!")
    assert [(version.change, version.text) for version in item.versions.all()] == [
        (Change.RECEIVED, item.text),
        (Change.REMOVED, item.text),
    ]
    assert AuditEntry.objects.about(item).filter(event=Event.REMOVED).count() == 1
    assert stretch().changed == 0
    assert item_of(comment).version_number == 2


def test_a_removed_comment_takes_its_replies_along_and_no_neighbour(world, post, comment, stretch):
    reply = world.add_comment(post, "Svar", EARLIER, author="Amina Fiktiv", parent=comment)
    neighbour = world.add_comment(post, "Granne", EARLIER, author="Amina Fiktiv")
    stretch()
    world.remove(comment)
    stretch()
    assert item_of(reply).removed_at == item_of(comment).removed_at is not None
    assert item_of(neighbour).removed_at is None
    assert item_of(post).removed_at is None


def test_a_removed_post_is_noted_with_all_below_it(world, post, comment, stretch):
    other = world.add_post("Annat", EARLIER)
    stretch()
    world.remove(post)
    stretch()
    assert item_of(post).removed_at is not None
    assert item_of(comment).removed_at is not None
    assert item_of(other).removed_at is None


def test_what_has_gone_is_believed_only_while_the_page_itself_answers(
    world, graph, our_page, post, comment, stretch, clock
):
    stretch()
    world.remove(comment)
    seen = {item_of(post).graph_key: {item_of(post).graph_key}}
    world.fault("code_100_33", times=None, path=f"/{world.page_id}$")
    with pytest.raises(errors.Gone):
        absence.look(graph, our_page, seen, clock())
    assert item_of(comment).removed_at is None
    world.clear_faults()
    assert absence.look(graph, our_page, seen, clock()) == 1
    assert item_of(comment).removed_at == clock()


def test_where_everything_but_the_list_of_posts_is_refused_nothing_is_noted(world, post, comment, stretch):
    stretch()
    world.vanish(post)
    world.fault("code_100_33", times=None, path=f"/{world.page_id}$", skip=1)
    run = stretch()
    assert run.error == errors.Gone.meaning
    assert run.ended_at is None
    assert not Item.objects.exclude(removed_at=None).exists()


def test_a_page_that_is_gone_itself_makes_nothing_gone(world, post, comment, stretch):
    stretch()
    world.fault("code_100_33", times=None)
    assert stretch().error == errors.Gone.meaning
    assert not Item.objects.exclude(removed_at=None).exists()


def test_what_only_the_list_passes_over_is_not_gone(world, post, comment, stretch):
    stretch()
    world.vanish(comment, readable=True)
    stretch()
    assert item_of(comment).removed_at is None


@pytest.mark.parametrize("refusal", ["code_10", "code_200"])
def test_what_may_not_be_read_is_not_gone_and_holds_up_no_sweep(world, post, comment, stretch, refusal):
    stretch()
    world.vanish(comment, readable=True)
    world.fault(refusal, times=None, path=comment)
    run = stretch()
    assert run.error == ""
    assert run.ended_at is not None
    assert item_of(comment).removed_at is None


def test_threads_that_no_list_brings_are_asked_for_one_by_one(world, stretch):
    posts = add_posts(world, 5)
    stretch()
    for post in posts[:3]:
        world.vanish(post, readable=True)
    comment = world.add_comment(posts[0], "Sent", EARLIER, author="Kalle Exempel")
    world.calls.clear()
    run = stretch()
    asked = {call.rpartition("/")[2] for call in world.calls} & set(posts)
    assert asked == set(posts[:3])
    assert item_of(comment).parent == item_of(posts[0])
    assert run.ended_at is not None
    assert not Item.objects.exclude(removed_at=None).exists()


def test_a_thread_that_may_not_be_read_is_a_remark_and_holds_up_no_sweep(world, stretch):
    posts = add_posts(world, 3)
    stretch()
    for post in posts:
        world.vanish(post, readable=True)
    world.fault("code_10", times=None, path=posts[0])
    run = stretch()
    assert run.error == ""
    assert run.ended_at is not None
    assert run.remarks == f"Ett inlägg som inte står i flödet kan inte läsas: {errors.Denied.meaning}"
    assert item_of(posts[0]).removed_at is None


def test_a_thread_known_to_be_gone_is_not_asked_for_again(world, post, comment, stretch):
    stretch()
    world.remove(post)
    stretch()
    world.calls.clear()
    stretch()
    assert not [call for call in world.calls if call.endswith(post)]


def test_what_comes_back_is_a_version_and_stands_where_it_stood(world, post, comment, stretch):
    stretch()
    world.remove(comment)
    stretch()
    world.restore(comment)
    stretch()
    item = item_of(comment)
    assert (item.removed_at, item.version_number) == (None, 3)
    assert changes_of(comment) == [Change.RECEIVED, Change.REMOVED, Change.RETURNED]
    assert AuditEntry.objects.about(item).filter(event=Event.RETURNED).exists()


def test_a_post_that_comes_back_brings_all_below_it(world, post, comment, stretch):
    stretch()
    world.remove(post)
    stretch()
    world.restore(post)
    stretch()
    assert changes_of(post) == changes_of(comment) == [Change.RECEIVED, Change.REMOVED, Change.RETURNED]


# --- Versions ---------------------------------------------------------------------------------------------------


def test_everything_that_happens_to_a_comment_is_a_version_in_its_order(world, post, comment, stretch):
    stretch()
    for happen in (
        lambda: world.edit(comment, "Vägen är fin."),
        lambda: world.hide(comment),
        lambda: world.hide(comment, hidden=False),
        lambda: world.remove(comment),
        lambda: world.restore(comment),
        lambda: world.edit(comment, "Vägen är oframkomlig igen!"),
    ):
        happen()
        stretch()
    versions = list(item_of(comment).versions.all())
    assert [version.number for version in versions] == [1, 2, 3, 4, 5, 6, 7]
    assert [version.change for version in versions] == [
        Change.RECEIVED,
        Change.EDITED,
        Change.HIDDEN,
        Change.SHOWN,
        Change.REMOVED,
        Change.RETURNED,
        Change.EDITED,
    ]
    assert [version.text for version in versions] == [
        "Vägen är oframkomlig igen!",
        *["Vägen är fin."] * 5,
        "Vägen är oframkomlig igen!",
    ]
    assert all(version.is_whole for version in versions)
    assert {version.source for version in versions} == {Source.FETCHED}
    assert [version.seen_at for version in versions] == sorted({version.seen_at for version in versions})
    assert item_of(comment).version_number == 7
    assert list(audit.verify()) == []


def test_what_was_edited_while_it_was_gone_is_two_versions(world, post, comment, stretch):
    stretch()
    world.remove(comment)
    stretch()
    world.restore(comment)
    world.edit(comment, "Nytt")
    world.hide(comment)
    stretch()
    assert changes_of(comment) == [Change.RECEIVED, Change.REMOVED, Change.EDITED, Change.RETURNED, Change.HIDDEN]


def test_only_a_new_text_brings_a_judged_item_back_to_the_queue(world, post, comment, stretch, clock):
    stretch()
    make.classification(item_of(comment), Category.RINGA_BETYDELSE)
    world.hide(comment)
    stretch()
    world.remove(comment)
    stretch()
    assert item_of(comment).waiting_since is None
    world.restore(comment)
    world.edit(comment, "Era idioter, jag vet var ni bor.")
    stretch()
    assert item_of(comment).waiting_since == clock()


def test_an_older_answer_never_overwrites_a_newer_one(world, our_page, post, comment, stretch, clock):
    stretch()
    below = nodes.post({"id": post})

    def store(text, at, hidden=False):
        raw = {"id": comment, "message": text, "is_hidden": hidden, "created_time": EARLIER.isoformat()}
        remote = payloads.comment(raw, below.remote)
        return write.store([write.Found(remote, below.thread, below.node, below.key)], our_page, at)

    newer = clock() + timedelta(minutes=5)
    assert store("Nyare", newer).changed == 1
    assert store("Äldre", newer - timedelta(seconds=1), hidden=True).changed == 1
    item = item_of(comment)
    assert (item.text, item.hidden, item.changed_at) == ("Nyare", False, newer)
    # Nobody else was given the older text, so it is kept, before the one that came first.
    assert [version.text for version in item.texts][1:] == ["Äldre", "Nyare"]
    assert write.gone([item], newer - timedelta(seconds=1)) == 0
    assert item_of(comment).removed_at is None
    assert write.gone([item], newer) == 1
    assert store("Nyare", newer - timedelta(seconds=1)).changed == 0
    assert item_of(comment).removed_at == newer


def test_what_a_slow_reader_stores_below_a_post_that_is_known_to_be_gone_is_found_gone_too(
    world, our_page, post, comment, stretch
):
    stretch()
    below = nodes.post({"id": post})
    world.remove(post)
    stretch()
    raw = {"id": f"{post.partition('_')[2]}_17", "message": "Sen", "created_time": EARLIER.isoformat()}
    write.store(nodes.comments([raw], below), our_page, EARLIER)
    assert Item.objects.filter(removed_at=None).count() == 1
    stretch()
    assert not Item.objects.filter(removed_at=None).exists()


def test_nothing_that_was_here_after_the_page_was_asked_is_taken_for_gone(
    graph, our_page, world, post, comment, stretch, clock
):
    stretch()
    key = item_of(post).graph_key
    world.remove(comment)
    before = item_of(comment).changed_at - timedelta(seconds=1)
    world.calls.clear()
    assert absence.look(graph, our_page, {key: {key}}, before) == 0
    assert calls(world) == 0


def test_a_version_is_not_written_onto_another_than_it_was_compared_with(post, comment, stretch, clock):
    stretch()
    mine, theirs = item_of(comment), item_of(comment)
    below = nodes.post({"id": post}).remote
    answer = payloads.comment({"id": comment, "message": "Andra"}, below)
    with transaction.atomic():
        assert changes.note(theirs, answer, clock(), Source.FETCHED, [])
    other = payloads.comment({"id": comment, "message": "Tredje"}, below)
    with pytest.raises(IntegrityError), transaction.atomic():
        changes.note(mine, other, clock(), Source.FETCHED, [])
    assert item_of(comment).text == "Andra"
    assert [version.number for version in item_of(comment).versions.all()] == [1, 2]


# --- Is all of it here? -----------------------------------------------------------------------------------------


def count_of(graph_id):
    return ThreadCount.objects.filter(thread=item_of(graph_id).thread).first()


def test_each_thread_is_counted_each_time_it_is_read_to_its_end(world, post, comment, stretch):
    world.add_comment(post, "Svar", EARLIER, author="Amina Fiktiv", parent=comment)
    empty = world.add_post("Ingen har sagt något", EARLIER)
    run = stretch()
    counted = count_of(post)
    assert (counted.run, counted.told, counted.stored, counted.hidden, counted.remainder) == (run, 2, 2, 0, 0)
    assert (count_of(empty).told, count_of(empty).stored) == (0, 0)
    stretch()
    assert ThreadCount.objects.count() == 4


def test_what_facebook_counts_and_does_not_show_is_the_remainder(world, post, comment, stretch):
    withheld = [world.add_comment(post, f"Dolt {number}", EARLIER, author="Kalle Exempel") for number in range(2)]
    for one in withheld:
        world.withhold(one)
    stretch()
    counted = count_of(post)
    assert (counted.told, counted.stored, counted.remainder) == (3, 1, 2)


def test_hidden_and_removed_are_counted_by_themselves(world, our_page, post, comment, stretch, clock):
    hidden, by_author, by_page = (
        world.add_comment(post, f"Kommentar {number}", EARLIER, author="Kalle Exempel") for number in range(3)
    )
    world.hide(by_author)
    stretch()
    world.hide(hidden)
    world.remove(by_author)
    world.remove(by_page)
    write.gone([item_of(by_page)], clock(), Source.WEBHOOK, by_page=True)
    stretch()
    counted = count_of(post)
    assert (counted.told, counted.stored, counted.hidden) == (2, 2, 1)
    assert (counted.removed_by_others, counted.removed_by_page, counted.remainder) == (1, 1, 0)


def test_a_long_thread_is_counted_when_all_of_it_is_read(world, post, stretch):
    for number in range(230):
        world.add_comment(post, f"Kommentar {number}", EARLIER + timedelta(seconds=number), author="Kalle Exempel")
    stretch()
    assert (count_of(post).told, count_of(post).stored) == (230, 230)


def test_a_thread_knows_when_it_was_last_read_whole(world, post, comment, graph, our_page, stretch, clock):
    fresh.pull(graph, our_page, clock)
    assert Thread.objects.get().read_at is None
    stretch()
    assert Thread.objects.get().read_at == clock()


# --- The page's own texts ---------------------------------------------------------------------------------------


def test_what_the_page_says_of_itself_is_kept_anew_each_time_it_has_changed(world, post, stretch, clock):
    world.set_page(about="Bergslagens pärla", cover="lake")
    stretch()
    stretch()
    world.set_page(about="Bergslagens hjärta")
    stretch()
    first, second = PageSnapshot.objects.all()
    assert [(one.number, one.about) for one in (first, second)] == [(1, "Bergslagens pärla"), (2, "Bergslagens hjärta")]
    assert first.ordered_at < second.ordered_at
    assert AuditEntry.objects.filter(event=Event.PAGE_TEXTS).count() == 2
    assert list(audit.verify()) == []


def test_a_new_name_of_the_page_is_taken_on(world, post, stretch):
    world.set_page(name="Ljusnarsbergs nya kommun")
    stretch()
    assert row().name == "Ljusnarsbergs nya kommun"
    assert PageSnapshot.objects.get().name == "Ljusnarsbergs nya kommun"


def test_a_cover_whose_address_is_signed_anew_is_the_same_cover(our_page, clock):
    node = {"name": "Ljusnarsberg", "cover": {"id": "5", "source": "https://scontent.xx.fbcdn.net/a.jpg?oe=1"}}
    assert snapshot.take(node, our_page, clock())
    node["cover"]["source"] = "https://scontent.xx.fbcdn.net/a.jpg?oe=2"
    assert not snapshot.take(node, our_page, clock())
    node["cover"]["id"] = "6"
    assert snapshot.take(node, our_page, clock())


def test_the_bytes_of_the_cover_are_kept(world, graph, store, post, stretch, clock):
    world.set_page(cover="lake")
    stretch()
    ordered = PageSnapshot.objects.get()
    assert ordered.state == OrderState.ORDERED
    carry_out(PageSnapshot.objects.all(), lambda one: media.fetch_cover(graph, store, clock, one), clock)
    kept = PageSnapshot.objects.get()
    assert (kept.state, kept.last_error) == (OrderState.DONE, "")
    content = store.path(kept.cover_sha256).read_bytes()
    assert (len(content), media.sniff(content)) == (kept.cover_size, kept.cover_mime)
    assert kept.cover_mime.startswith("image/")
    assert list(audit.verify()) == []


def test_a_page_without_a_cover_orders_nothing(post, stretch):
    stretch()
    assert PageSnapshot.objects.get().state == OrderState.DONE


@pytest.mark.parametrize(
    "node",
    [
        {},
        {"name": 5, "about": ["x"], "cover": "lake"},
        {"name": "\x00\ud83d" * 400, "about": "\x00", "cover": {"source": "\ud83d"}},
        {"cover": {"id": {}, "source": None}},
    ],
    ids=range(4),
)
def test_no_page_is_too_odd_to_be_kept(our_page, clock, node):
    assert snapshot.take(node, our_page, clock())
    assert not snapshot.take(node, our_page, clock())


# --- All at once ------------------------------------------------------------------------------------------------


def test_inbound_reads_to_the_end_whatever_the_length_of_a_stretch(world, graph, clock):
    add_posts(world, 120)
    run = inbound.pull(graph, world.page_id, clock)
    assert run.ended_at is not None
    assert Item.objects.count() == 120
