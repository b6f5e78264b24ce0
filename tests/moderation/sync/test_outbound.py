"""What leaves Facebook: never before its copy is safe, never on the strength of a text that nobody saw, and only once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import requests

from moderation import audit, tasks
from moderation.actions import intervene
from moderation.actions.seen import Seen
from moderation.graph.client import GraphClient
from moderation.graph.simulator import SimulatorAdapter, serve
from moderation.models import AuditEntry, FollowUpStep, Intervention, Item
from moderation.models.order import MAX_ATTEMPTS, carry_out
from moderation.policy.terms import (
    Category,
    Change,
    Event,
    Ground,
    InterventionKind,
    Kind,
    OrderState,
    Reason,
    Role,
    StepKind,
    StepState,
)
from moderation.sync import inbound, media, outbound
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)
HIDE, SHOW, REMOVE = InterventionKind.HIDE, InterventionKind.SHOW, InterventionKind.REMOVE


class Door(SimulatorAdapter):
    """Facebook's door, at which every write is noted, and what is wanted is looked at the moment it arrives."""

    def __init__(self, world) -> None:
        super().__init__(world)
        self.writes: list[str] = []
        self.calls = 0
        self.look: Callable[[], None] = lambda: None

    def send(self, request, *args, **kwargs):
        self.calls += 1
        if request.method != "GET":
            self.writes.append(request.method)
            self.look()
        return super().send(request, *args, **kwargs)


@pytest.fixture
def door(world):
    return Door(world)


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def facebook(door, our_page, clock):
    session = requests.Session()
    session.mount("https://graph.facebook.com", door)
    manners = SharedManners(our_page, clock)
    return GraphClient(
        base_url="https://graph.facebook.com",
        version="v26.0",
        token="demo-token",
        session=session,
        sleep=lambda seconds: None,
        manners=manners,
    )


@pytest.fixture
def agda():
    return make.agda()


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera Exempel, kommunikatör", EARLIER)


@pytest.fixture
def comment(world, post):
    return world.add_comment(post, "Jag vet var ni bor.", EARLIER, author="Kalle Exempel")


@pytest.fixture
def pull(facebook, world, clock):
    def go():
        clock.go(seconds=1)
        return inbound.pull(facebook, world.page_id, clock)

    return go


@pytest.fixture
def threat(comment, pull):
    """Taken in and judged as a threat."""
    pull()
    item = item_of(comment)
    make.classification(item, Category.BROTTSLIGT, Reason.HOT)
    return item_of(comment)


@pytest.fixture
def order(agda, clock):
    def place(item, kind=REMOVE, ground=Ground.BROTT):
        ground = "" if kind == SHOW else ground
        return intervene.order(item=item, kind=kind, ground=ground, by=agda, now=clock(), seen=Seen.of(item))

    return place


@pytest.fixture
def save(store, clock):
    """The archive makes its sheet and says so."""

    def make_sheet(order):
        sheet = store.put(b"ett bevisblad")
        intervene.preserved(item=order.item, version=order.version_id, evidence=sheet, now=clock())
        return sheet

    return make_sheet


@pytest.fixture
def carry(facebook, our_page, store, clock):
    """carry(): what is due now. carry(20): what is due after so many seconds."""

    def go(seconds=0):
        clock.go(seconds=seconds)
        work = partial(outbound.carry, facebook, our_page, store, clock)
        carried = carry_out(Intervention.objects.all(), work, clock)
        assert list(audit.verify()) == []
        return carried

    return go


def item_of(graph_id):
    return Item.objects.get(graph_id=graph_id)


def now_of(order):
    return Intervention.objects.get(pk=order.pk)


def step_of(item):
    return FollowUpStep.objects.get(classification__item=item, kind=StepKind.TA_BORT)


def changes_of(item):
    return [version.change for version in item.versions.all()]


# --- It goes well -----------------------------------------------------------------------------------------------


def test_a_threat_whose_copy_is_safe_is_removed_and_only_then_noted_as_removed(
    threat, order, save, carry, door, world, agda
):
    ordered = order(threat)
    save(ordered)
    assert carry(16) == 1
    item, done = item_of(threat.graph_id), now_of(ordered)
    assert item.graph_id.rpartition("_")[2] not in world.comments
    assert (done.state, done.was_done_already, done.last_error) == (OrderState.DONE, False, "")
    assert (item.removed_by_page, item.removed_at is None) == (True, False)
    assert changes_of(item) == [Change.RECEIVED, Change.REMOVED]
    assert (step_of(item).state, step_of(item).closed_by) == (StepState.DONE, agda)
    assert AuditEntry.objects.about(item).filter(event=Event.INTERVENTION_CONFIRMED).count() == 1
    assert door.writes == ["DELETE"]


def test_hiding_is_seen_on_facebook_before_it_is_told_and_removes_nothing(threat, order, carry, door, world):
    ordered = order(threat, HIDE)
    assert carry(16) == 1
    item = item_of(threat.graph_id)
    assert (now_of(ordered).state, item.hidden, item.removed_at) == (OrderState.DONE, True, None)
    assert changes_of(item) == [Change.RECEIVED, Change.HIDDEN]
    assert world.find_comment(item.graph_id).hidden
    assert step_of(item).state == StepState.OPEN
    assert door.writes == ["POST"]


def test_what_is_hidden_is_shown_again_without_being_raised(threat, order, carry, world):
    order(threat, HIDE)
    carry(16)
    ordered = order(item_of(threat.graph_id), SHOW)
    assert carry(16) == 1
    item = item_of(threat.graph_id)
    assert (now_of(ordered).state, item.hidden, item.waiting_since) == (OrderState.DONE, False, None)
    assert changes_of(item) == [Change.RECEIVED, Change.HIDDEN, Change.SHOWN]
    assert not world.find_comment(item.graph_id).hidden


def test_nothing_is_sent_before_the_time_to_take_it_back_is_over(threat, order, save, carry, door):
    save(order(threat))
    before = door.calls
    assert carry(14) == 0
    assert door.calls == before
    assert carry(1) == 1


def test_what_is_taken_back_is_never_sent(threat, order, save, carry, door, agda, clock):
    ordered = order(threat)
    save(ordered)
    intervene.cancel(intervention=ordered, by=agda, now=clock())
    assert carry(60) == 0
    assert door.writes == []


def test_what_needs_somebody_elses_word_waits_for_it(comment, pull, agda, carry, door, clock, save):
    pull()
    make.classification(item_of(comment))
    item = item_of(comment)
    ordered = intervene.order(
        item=item,
        kind=REMOVE,
        ground=Ground.SIDREGLER,
        rule="Skriv om ämnet.",
        by=agda,
        now=clock(),
        seen=Seen.of(item),
    )
    save(ordered)
    assert carry(600) == 0
    intervene.approve(intervention=ordered, by=make.user("bertil", Role.WEBBREDAKTOR), now=clock())
    assert carry(14) == 0
    assert carry(1) == 1
    assert door.writes == ["DELETE"]


def test_the_evidence_lies_in_the_store_at_the_very_moment_facebook_is_told(threat, order, save, carry, door, store):
    ordered = order(threat)
    save(ordered)
    seen = []
    door.look = lambda: seen.append((store.check(now_of(ordered).evidence_sha256), now_of(ordered).sent_at is not None))
    carry(16)
    assert seen == [(True, True)]


def test_a_visitors_post_goes_with_all_that_stands_below_it(world, pull, order, save, carry):
    post = world.add_post("Köp billiga klockor!", EARLIER, author="Kalle Exempel")
    below = [world.add_comment(post, f"Kommentar {n}", EARLIER, author="Amina Fiktiv") for n in range(3)]
    pull()
    make.classification(item_of(post))
    save(order(item_of(post), ground=Ground.REKLAM))
    assert carry(16) == 1
    assert Item.objects.filter(graph_id__in=[post, *below], removed_at=None).count() == 0


# --- What goes with it ------------------------------------------------------------------------------------------


def test_answers_vanish_with_it_and_are_noted_too(world, post, comment, pull, order, save, carry):
    reply = world.add_comment(post, "Håller med", EARLIER, author="Amina Fiktiv", parent=comment)
    deeper = world.add_comment(post, "Jag med", EARLIER, author="Nils Påhittad", parent=reply)
    beside = world.add_comment(post, "Tack!", EARLIER, author="Lena Låtsas")
    pull()
    make.classification(item_of(comment), Category.BROTTSLIGT, Reason.HOT)
    save(order(item_of(comment)))
    carry(16)
    gone = Item.objects.filter(removed_at__isnull=False, removed_by_page=True)
    assert {item.graph_id for item in gone} == {comment, reply, deeper}
    assert item_of(beside).removed_at is None
    told = AuditEntry.objects.get(event=Event.INTERVENTION_CONFIRMED)
    assert str(item_of(reply).pk) in told.facts


def test_an_answer_nobody_had_read_is_taken_in_first_and_its_picture_is_waited_for(
    world, post, threat, order, save, carry, door, facebook, store, clock
):
    save(order(threat))
    world.add_comment(post, "Titta!", EARLIER, author="Amina Fiktiv", parent=threat.graph_id, picture="snowy road")
    assert carry(16) == 0
    reply = Item.objects.get(text="Titta!")
    assert door.writes == []
    assert Intervention.objects.get().last_error == "En bilaga hämtas fortfarande."
    fetch = partial(media.fetch, facebook, store, clock)
    carry_out(type(reply.attachments.get()).objects.all(), fetch, clock)
    assert carry(16) == 1
    assert door.writes == ["DELETE"]
    assert item_of(reply.graph_id).removed_at is not None


# --- The gate ---------------------------------------------------------------------------------------------------


def test_without_evidence_nothing_is_sent_ever_and_it_never_fails_for_that(threat, order, carry, door):
    ordered = order(threat)
    before = door.calls
    for _ in range(3 * MAX_ATTEMPTS):
        assert carry(61) == 0
    waiting = now_of(ordered)
    assert door.calls == before
    assert (waiting.state, waiting.last_error) == (OrderState.ORDERED, "Bevisbladet är inte klart än.")


def test_it_goes_within_seconds_of_the_copy_being_safe(threat, order, save, carry):
    ordered = order(threat)
    assert carry(15) == 0
    save(ordered)
    assert carry(4) == 1


@pytest.mark.parametrize("spoil", ["broken", "lost"])
def test_where_the_sheet_in_the_store_is_not_as_it_was_nothing_is_sent(threat, order, save, carry, door, store, spoil):
    sheet = save(order(threat))
    store.path(sheet).chmod(0o600)
    store.path(sheet).unlink() if spoil == "lost" else store.path(sheet).write_bytes(b"ett bevisbled")
    assert carry(60) == 0
    assert door.writes == []
    assert Intervention.objects.get().last_error == "Bevisbladet i lagret är inte längre som det var."


@pytest.mark.parametrize("whose", ["own", "reply", "post"])
def test_a_file_in_the_store_that_is_not_as_it_was_stops_it(
    threat, order, save, carry, door, store, world, post, whose
):
    item = threat
    if whose == "reply":
        item = make.item("Svar", thread=threat.thread, parent=threat, kind=Kind.REPLY)
    elif whose == "post":
        item = item_of(post)
    digest = store.put(b"en bild")
    make.attachment(item, state=OrderState.DONE, sha256=digest, size=7)
    save(order(threat))
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"en bidl")
    assert carry(60) == 0
    assert door.writes == []
    assert Intervention.objects.get().last_error == "En bilaga i lagret är inte längre som den var."


def test_a_text_that_is_not_as_it_came_stops_it_whatever_anybody_decides(threat, order, save, carry, door, agda, clock):
    ordered = order(threat)
    clock.go(seconds=30)
    intervene.accept_gap(intervention=ordered, gap="Inget bevisblad.", by=agda, now=clock())
    threat.versions.update(raw=threat.latest_version.raw.replace("bor", "sov"), text="Jag vet var ni sov.")
    assert carry(60) == 0
    assert door.writes == []
    assert now_of(ordered).last_error == "En text hos oss är inte längre som den kom."


def test_a_picture_that_never_came_is_waited_for_until_somebody_decides(threat, order, save, carry, door, agda, clock):
    make.attachment(threat, state=OrderState.FAILED, last_error="Länken har dött.")
    ordered = order(threat)
    save(ordered)
    assert carry(60) == 0
    assert now_of(ordered).last_error == "En bilaga gick inte att hämta."
    intervene.accept_gap(intervention=now_of(ordered), gap="Bilden gick inte att hämta.", by=agda, now=clock())
    assert carry() == 1
    assert door.writes == ["DELETE"]


def test_a_link_and_what_could_be_given_up_with_a_reason_hinder_nothing(threat, order, save, carry, post):
    make.attachment(threat, state=OrderState.DONE, url="", link="https://exempel.se")
    make.attachment(threat, state=OrderState.CANCELLED, url="", last_error="Facebook lämnade ingen länk till filen.")
    # The post stays where it is, with its picture.
    make.attachment(item_of(post), state=OrderState.FAILED, last_error="Länken har dött.")
    save(order(threat))
    assert carry(16) == 1


def test_of_what_may_not_be_possessed_nothing_is_kept_and_nothing_is_waited_for(comment, pull, order, carry, door):
    pull()
    make.attachment(item_of(comment))
    make.classification(item_of(comment), Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    item_of(comment).attachments.update(state=OrderState.FAILED, last_error="")
    order(item_of(comment))
    assert carry(16) == 1
    assert door.writes == ["DELETE"]


def test_what_is_hidden_needs_no_copy(threat, order, carry):
    make.attachment(threat)
    order(threat, HIDE)
    assert carry(16) == 1


# --- Somebody was there before us -------------------------------------------------------------------------------


def test_a_text_edited_since_is_kept_and_not_removed(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.edit(threat.graph_id, "Förlåt, jag menade inte så.")
    assert carry(16) == 0
    item, refused = item_of(threat.graph_id), now_of(ordered)
    assert door.writes == []
    assert refused.state == OrderState.FAILED
    assert refused.last_error.startswith("Avsändaren ändrade texten")
    assert [version.text for version in item.versions.all()] == ["Jag vet var ni bor.", "Förlåt, jag menade inte så."]
    assert item.waiting_since is not None


def test_what_another_reader_saw_edited_is_not_removed_and_facebook_is_not_even_asked(
    threat, order, save, carry, door, world, pull
):
    save(order(threat))
    world.edit(threat.graph_id, "Förlåt.")
    pull()
    before = door.calls
    assert carry(16) == 0
    assert (Intervention.objects.get().state, door.calls) == (OrderState.FAILED, before)


@pytest.mark.parametrize(
    ("category", "reason"), [(Category.RINGA_BETYDELSE, ""), (Category.DIARIEFORS, Reason.KLAGOMAL)]
)
def test_what_has_been_judged_anew_is_not_removed(threat, order, save, carry, door, category, reason):
    ordered = order(threat)
    save(ordered)
    make.classification(threat, category, reason)
    before = door.calls
    assert carry(16) == 0
    assert door.calls == before
    assert (now_of(ordered).state, now_of(ordered).last_error.endswith(".")) == (OrderState.FAILED, True)


def test_what_is_judged_anew_while_we_look_is_not_removed(threat, order, save, carry, door):
    """The last look at the judgement is taken with the row locked, after the last look at Facebook."""
    save(order(threat))
    looked = door.send

    def send(request, *args, **kwargs):
        answer = looked(request, *args, **kwargs)
        if threat.current_classification.category == Category.BROTTSLIGT:
            make.classification(item_of(threat.graph_id), Category.DIARIEFORS, Reason.KLAGOMAL)
        return answer

    door.send = send
    assert carry(16) == 0
    assert door.writes == []


def test_what_somebody_else_removed_first_is_the_goal_reached_and_not_our_doing(
    threat, order, save, carry, door, world
):
    ordered = order(threat)
    save(ordered)
    world.remove(threat.graph_id)
    assert carry(16) == 1
    item, done = item_of(threat.graph_id), now_of(ordered)
    assert (done.state, done.was_done_already, done.sent_at) == (OrderState.DONE, True, None)
    assert (item.removed_at is None, item.removed_by_page) == (False, False)
    assert step_of(item).state == StepState.DONE
    assert door.writes == []


def test_what_a_reading_missed_first_is_the_goal_reached_too(threat, order, carry, door, world, pull):
    ordered = order(threat)
    world.remove(threat.graph_id)
    pull()
    assert carry(16) == 1
    assert (now_of(ordered).state, now_of(ordered).was_done_already) == (OrderState.DONE, True)
    assert door.writes == []


def test_gone_is_not_believed_where_the_page_does_not_answer_either(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.fault("code_100_33", times=None)
    assert carry(16) == 0
    assert item_of(threat.graph_id).removed_at is None
    assert (now_of(ordered).state, door.writes) == (OrderState.FAILED, [])


def test_what_is_gone_cannot_be_hidden(threat, order, carry, door, world):
    ordered = order(threat, HIDE)
    world.remove(threat.graph_id)
    assert carry(16) == 0
    assert (now_of(ordered).state, now_of(ordered).last_error) == (
        OrderState.FAILED,
        "Den finns inte längre på Facebook.",
    )
    assert item_of(threat.graph_id).removed_at is not None
    assert door.writes == []


def test_what_somebody_else_has_hidden_is_hidden(threat, order, carry, door, world):
    ordered = order(threat, HIDE)
    world.hide(threat.graph_id)
    assert carry(16) == 1
    assert (now_of(ordered).was_done_already, item_of(threat.graph_id).hidden, door.writes) == (True, True, [])


def test_what_somebody_hides_between_our_look_and_our_word_is_hidden(threat, order, carry, door, world):
    ordered = order(threat, HIDE)
    door.look = lambda: world.hide(threat.graph_id)
    assert carry(16) == 1
    assert (now_of(ordered).state, now_of(ordered).was_done_already) == (OrderState.DONE, True)


def test_two_things_are_never_on_their_way_at_once(threat, order, save, carry, door):
    order(threat, HIDE)
    with pytest.raises(intervene.ValidationError):
        order(threat, REMOVE)
    assert carry(16) == 1
    assert door.writes == ["POST"]


def test_two_workers_send_it_once(threat, order, save, carry, door):
    save(order(threat))
    # Another worker wakes up in the midst of the first one's call.
    door.look = lambda: carry() and None
    assert carry(16) == 1
    assert door.writes == ["DELETE"]


# --- It goes wrong ----------------------------------------------------------------------------------------------


def test_where_the_answer_was_lost_the_next_try_looks_first(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.fault("cut_after", method="DELETE")
    assert carry(16) == 0
    lost = now_of(ordered)
    assert (lost.state, lost.sent_at is None, item_of(threat.graph_id).removed_at) == (OrderState.ORDERED, False, None)
    assert "Det kan vara gjort ändå." in lost.last_error
    assert carry(61) == 1
    item, done = item_of(threat.graph_id), now_of(ordered)
    assert door.writes == ["DELETE"]
    assert (done.state, done.was_done_already, item.removed_by_page) == (OrderState.DONE, False, True)


def test_where_the_answer_was_lost_and_a_reading_missed_it_before_the_next_try(
    threat, order, save, carry, door, world, pull
):
    ordered = order(threat)
    save(ordered)
    world.fault("cut_after", method="DELETE")
    carry(16)
    pull()
    assert item_of(threat.graph_id).removed_at is not None
    assert carry(61) == 1
    assert (now_of(ordered).state, item_of(threat.graph_id).removed_by_page) == (OrderState.DONE, True)
    assert step_of(threat).state == StepState.DONE
    assert door.writes == ["DELETE"]


@pytest.mark.parametrize(("fault", "is_gone"), [("cut_after", True), ("cut", False)])
def test_what_is_judged_anew_after_the_answer_was_lost_is_told_as_it_is(
    threat, order, save, carry, door, world, fault, is_gone
):
    ordered = order(threat)
    save(ordered)
    world.fault(fault, method="DELETE")
    carry(16)
    make.classification(item_of(threat.graph_id), Category.DIARIEFORS, Reason.KLAGOMAL)
    carry(61)
    assert door.writes == ["DELETE"]
    assert now_of(ordered).state == (OrderState.DONE if is_gone else OrderState.FAILED)
    assert (item_of(threat.graph_id).removed_at is not None) == is_gone


def test_where_facebook_never_heard_it_it_is_said_again(threat, order, save, carry, door, world):
    save(order(threat))
    world.fault("cut", method="DELETE")
    assert carry(16) == 0
    assert carry(61) == 1
    assert door.writes == ["DELETE", "DELETE"]


def test_a_worker_that_died_after_it_was_sent_is_taken_over_by_one_that_looks(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)

    class Killed(BaseException):
        pass

    def die():
        world.remove(threat.graph_id)
        raise Killed

    door.look = die
    with pytest.raises(Killed):
        carry(16)
    door.look = lambda: None
    assert (now_of(ordered).state, now_of(ordered).sent_at is None) == (OrderState.WORKING, False)
    assert carry(181) == 1
    assert (now_of(ordered).state, door.writes) == (OrderState.DONE, ["DELETE"])


def test_where_facebook_says_yes_and_still_shows_it_it_is_not_done(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.fault("empty_promise")
    assert carry(16) == 0
    assert now_of(ordered).last_error.startswith("Facebook svarade ja men visar den fortfarande.")
    assert (item_of(threat.graph_id).removed_at, step_of(threat).state) == (None, StepState.OPEN)
    assert carry(61) == 1
    assert door.writes == ["DELETE", "DELETE"]


def test_where_we_may_not_look_back_it_may_be_done_and_is_looked_at_again(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.fault("code_200", method="GET", skip=1, path=threat.graph_id)
    assert carry(16) == 0
    assert now_of(ordered).state == OrderState.ORDERED
    assert carry(61) == 1
    assert door.writes == ["DELETE"]


def test_a_no_that_comes_as_a_good_answer_is_a_no(threat, order, save, carry, door, world):
    ordered = order(threat)
    save(ordered)
    world.fault("success_false")
    assert carry(16) == 0
    assert (now_of(ordered).state, item_of(threat.graph_id).removed_at) == (OrderState.FAILED, None)
    assert "Det kan vara gjort ändå." not in now_of(ordered).last_error
    assert carry(600) == 0
    assert door.writes == ["DELETE"]


def test_without_the_permission_it_is_refused_in_words_and_can_be_tried_again_later(
    threat, order, save, carry, door, world, agda, clock
):
    ordered = order(threat)
    save(ordered)
    world.fault("code_200", method="DELETE")
    assert carry(16) == 0
    refused = now_of(ordered)
    assert refused.state == OrderState.FAILED
    assert refused.last_error.startswith("Systemet saknar behörighet på Facebook")
    intervene.retry(intervention=refused, by=agda, now=clock())
    assert carry() == 1


def test_with_a_dead_key_it_says_so(threat, order, save, carry, world, our_page):
    ordered = order(threat)
    save(ordered)
    world.tokens.spoil("demo-token", "code_190_460")
    assert carry(16) == 0
    our_page.refresh_from_db()
    assert (now_of(ordered).state, our_page.token_dead_at is None) == (OrderState.FAILED, False)
    assert our_page.why_no_intervention(Kind.COMMENT).startswith("Facebook godtar inte vår nyckel")


def test_while_facebook_wants_to_be_left_alone_it_waits_and_never_fails_for_that(
    threat, order, save, carry, door, world, our_page
):
    ordered = order(threat)
    save(ordered)
    world.fault("code_80001", times=None)
    for _ in range(2 * MAX_ATTEMPTS):
        carry(3601)
    waiting = now_of(ordered)
    assert (waiting.state, waiting.attempts) == (OrderState.ORDERED, 0)
    assert "pausat våra anrop" in waiting.last_error
    world.clear_faults()
    assert carry(7200) == 1


def test_where_facebook_does_not_let_the_page_hide_it_it_is_not_even_tried(threat, order, carry, door, world):
    ordered = order(threat, HIDE)
    node = {"id": threat.graph_id, "message": "Jag vet var ni bor.", "can_hide": False, "can_remove": False}
    world.find_comment(threat.graph_id).raw = node
    assert carry(16) == 0
    assert now_of(ordered).last_error.startswith("Facebook låter inte sidan dölja den här.")
    assert door.writes == []


def test_the_clock_finds_what_is_due_by_itself(threat, order, world, settings):
    ordered = order(threat, HIDE)
    server = serve(world)
    settings.GRAPH_URL, settings.FACEBOOK_PAGE_ID = server.url, world.page_id
    settings.FACEBOOK_PAGE_TOKEN = "demo-token"
    tasks.intervene()
    server.close()
    assert (now_of(ordered).state, item_of(threat.graph_id).hidden) == (OrderState.DONE, True)
    assert settings.CELERY_BEAT_SCHEDULE["intervene"]["schedule"] == 5.0


# --- Undone by others -------------------------------------------------------------------------------------------


def test_what_we_removed_and_comes_back_is_raised(threat, order, save, carry, world, pull):
    save(order(threat))
    carry(16)
    assert item_of(threat.graph_id).waiting_since is None
    world.restore(threat.graph_id)
    pull()
    item = item_of(threat.graph_id)
    assert (item.removed_at, item.waiting_since is None) == (None, False)
    assert changes_of(item)[-1] == Change.RETURNED
    assert list(audit.verify()) == []


def test_what_we_hid_and_somebody_shows_again_is_raised(threat, order, carry, world, pull):
    order(threat, HIDE)
    carry(16)
    pull()
    assert item_of(threat.graph_id).waiting_since is None
    world.hide(threat.graph_id, False)
    pull()
    assert item_of(threat.graph_id).waiting_since is not None


def test_what_its_author_removed_and_brings_back_is_not_raised(threat, world, pull):
    world.remove(threat.graph_id)
    pull()
    world.restore(threat.graph_id)
    pull()
    item = item_of(threat.graph_id)
    assert (item.removed_at, item.waiting_since) == (None, None)
