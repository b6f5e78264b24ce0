"""Manners kept in the page's row: what one process hears, all of them obey."""

from datetime import timedelta

import pytest

from moderation.graph import errors
from moderation.graph.client import GraphClient
from moderation.graph.simulator import serve
from moderation.graph.usage import Usage
from moderation.models import AuditEntry, Page
from moderation.policy import pace
from moderation.policy.terms import Event
from moderation.sync import fresh, sweep
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def process(world, clock):
    """process(): the client of one more process, with a page row it has read itself."""
    server = serve(world)

    def start():
        row = Page.objects.get(graph_id=world.page_id)
        manners = SharedManners(row, clock)
        return GraphClient(server.url, "v26.0", "demo-token", manners=manners, sleep=lambda seconds: None)

    yield start
    server.close()


def row():
    return Page.objects.get()


def manners_of(page, clock):
    return SharedManners(Page.objects.get(pk=page.pk), clock)


def throttled(wait):
    error = errors.RateLimited(code=4)
    error.retry_after = wait
    return error


# --- A throttle -------------------------------------------------------------------------------------------------


def test_what_throttles_one_process_stops_the_other_at_once(world, our_page, process, clock):
    one, other = process(), process()
    other.page(our_page.graph_id)
    world.fault("code_4")
    with pytest.raises(errors.RateLimited):
        one.page(our_page.graph_id)
    calls = sum(world.calls.values())
    with pytest.raises(errors.RateLimited) as caught:
        other.page(our_page.graph_id)
    assert sum(world.calls.values()) == calls
    assert caught.value.retry_after == pace.THROTTLED
    clock.go(seconds=pace.THROTTLED.total_seconds())
    assert other.page(our_page.graph_id)["id"] == our_page.graph_id


def test_facebooks_own_figure_is_obeyed(world, our_page, process, clock):
    world.usage.allow(1, minutes=7)
    one = process()
    one.page(our_page.graph_id)
    with pytest.raises(errors.RateLimited):
        one.page(our_page.graph_id)
    assert row().resume_at >= clock() + 7 * MINUTE


def test_a_wait_is_never_shortened(our_page, clock):
    one, other = manners_of(our_page, clock), manners_of(our_page, clock)
    one.after(None, "", throttled(60 * MINUTE))
    other.after(None, "", throttled(5 * MINUTE))
    assert row().resume_at == clock() + 60 * MINUTE
    other.after(None, "", throttled(90 * MINUTE))
    assert row().resume_at == clock() + 90 * MINUTE
    clock.go(minutes=100)
    other.after(None, "", throttled(5 * MINUTE))
    assert row().resume_at == clock() + 5 * MINUTE


def test_during_a_minutes_block_at_most_two_calls_are_made(world, our_page, process, clock):
    """Two processes that look every second, in both lanes."""
    world.add_post("Nu plogas det.", make.NOW - timedelta(hours=2))
    readers = [process(), process()]
    world.usage.allow(0, minutes=1)
    before = sum(world.calls.values())
    for _ in range(60):
        for reader in readers:
            fresh.pull(reader, row(), clock)
            sweep.stretch(reader, row(), clock)
        clock.go(seconds=1)
    assert 1 <= sum(world.calls.values()) - before <= 2
    world.usage.allow(1000)
    clock.go(minutes=pace.THROTTLED / MINUTE)
    assert fresh.pull(readers[0], row(), clock).error == ""


def test_other_errors_ask_nobody_to_wait(world, our_page, process):
    for kind in ("code_10", "code_100_33", "code_2"):
        world.fault(kind, times=4)
        with pytest.raises(errors.GraphError):
            process().page(our_page.graph_id)
        world.clear_faults()
    assert row().resume_at is None


# --- Usage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("used", "stops"), [(0, False), (75, False), (90, False), (91, True), (208, True)])
def test_above_ninety_per_cent_nothing_is_read_for_a_while(our_page, clock, used, stops):
    manners_of(our_page, clock).after(Usage(call_count=used), "v26.0", None)
    assert (row().usage, row().usage_at) == (used, clock())
    assert row().resume_at == (clock() + pace.PAUSE if stops else None)
    assert row().may_be_read(clock()) is not stops


def test_the_worst_of_facebooks_figures_counts(our_page, clock):
    manners_of(our_page, clock).after(Usage(call_count=5, total_time=93), "v26.0", None)
    assert row().usage == 93
    assert row().resume_at is not None


def test_the_pause_comes_after_what_facebook_itself_asks_for(our_page, clock):
    manners_of(our_page, clock).after(Usage(call_count=100, regain_minutes=12), "v26.0", None)
    assert row().resume_at == clock() + 12 * MINUTE + pace.PAUSE


def test_an_answer_without_figures_changes_none(our_page, clock):
    shared = manners_of(our_page, clock)
    shared.after(Usage(call_count=60), "v26.0", None)
    clock.go(minutes=1)
    shared.after(None, "v26.0", None)
    assert (row().usage, row().usage_at) == (60, make.NOW)


def test_a_figure_that_stays_the_same_is_known_to_be_new(our_page, clock):
    """Otherwise it would be forgotten while Facebook still says the same."""
    shared = manners_of(our_page, clock)
    shared.after(Usage(call_count=80), "v26.0", None)
    for _ in range(20):
        clock.go(minutes=1)
        shared.after(Usage(call_count=80), "v26.0", None)
    assert row().is_pressed(clock())


def test_the_row_is_not_written_for_each_of_many_equal_answers(our_page, clock, django_assert_num_queries):
    shared = manners_of(our_page, clock)
    shared.after(Usage(call_count=5), "v26.0", None)
    with django_assert_num_queries(0):
        for _ in range(50):
            clock.go(seconds=0.1)
            shared.after(Usage(call_count=5), "v26.0", None)


def test_the_version_that_answers_is_noted(world, our_page, process):
    process().page(our_page.graph_id)
    assert row().served_version == "v26.0"


def test_an_endless_version_fits_its_column(our_page, clock):
    manners_of(our_page, clock).after(None, "v" * 500, None)
    assert row().served_version == "v" * 20


# --- The key ----------------------------------------------------------------------------------------------------


def test_a_dead_key_is_noted_once_whoever_hears_it(world, our_page, process, clock):
    world.tokens.spoil("demo-token", "code_190_460")
    one, other = process(), process()
    for reader in (one, other, one):
        with pytest.raises(errors.Expired):
            reader.page(our_page.graph_id)
        clock.go(minutes=1)
    assert row().token_dead_at == make.NOW
    assert row().token_error == errors.Expired.meaning
    assert AuditEntry.objects.filter(event=Event.TOKEN_DIED).count() == 1
    assert not AuditEntry.objects.filter(facts__contains="demo-token").exists()


# --- Less at a time ---------------------------------------------------------------------------------------------


def test_what_was_too_much_for_one_is_too_much_for_all_that_come_after(world, our_page, process):
    world.add_post("Nu plogas det.", make.NOW - timedelta(hours=2))
    world.fault("reduce_data", times=2)
    list(process().posts(our_page.graph_id))
    assert row().halvings == 2
    assert process().manners.halvings == 2


def test_two_that_find_the_same_too_much_at_once_do_not_add_up(our_page, clock):
    one, other = manners_of(our_page, clock), manners_of(our_page, clock)
    one.too_much()
    other.too_much()
    assert row().halvings == 1
    one.too_much()
    assert (row().halvings, other.halvings) == (2, 1)


def test_smaller_answers_are_asked_for_only_as_long_as_they_are_needed(world, our_page, process, clock):
    world.add_post("Nu plogas det.", make.NOW - timedelta(hours=2))
    Page.objects.update(halvings=2)
    for left in (1, 0, 0):
        assert sweep.stretch(process(), row(), clock).ended_at is not None
        assert row().halvings == left


# --- What the row says ------------------------------------------------------------------------------------------


def test_a_page_may_be_read_when_nobody_waits_and_its_key_lives(clock):
    assert Page().may_be_read(clock())
    assert not Page(resume_at=clock() + MINUTE).may_be_read(clock())
    assert Page(resume_at=clock()).may_be_read(clock())


def test_a_dead_key_is_tried_every_five_minutes(clock):
    dead = Page(
        token_dead_at=clock() - timedelta(days=1), tried_at=clock() - pace.DEAD_KEY_TRIED + timedelta(seconds=1)
    )
    assert not dead.may_be_read(clock())
    clock.go(seconds=1)
    assert dead.may_be_read(clock())
    assert Page(token_dead_at=clock()).may_be_read(clock())
    assert not Page(token_dead_at=clock(), resume_at=clock() + MINUTE).may_be_read(clock())


@pytest.mark.parametrize(("used", "pressed"), [(0, False), (75, False), (76, True), (100, True)])
def test_a_page_is_pressed_above_three_quarters_for_as_long_as_the_figure_is_believed(clock, used, pressed):
    page = Page(usage=used, usage_at=clock())
    assert page.is_pressed(clock()) is pressed
    clock.go(seconds=pace.USAGE_LASTS.total_seconds() - 1)
    assert page.is_pressed(clock()) is pressed
    clock.go(seconds=1)
    assert not page.is_pressed(clock())


def test_a_page_nobody_has_asked_about_is_not_pressed(clock):
    assert not Page(usage=99).is_pressed(clock())
