"""What Facebook told at the door is looked for at Facebook: once, in any order, and nothing that was told is lost."""

import json
import random
from datetime import timedelta
from functools import partial

import pytest

from moderation import audit
from moderation.actions.take_delivery import take_delivery
from moderation.graph import payloads, webhook
from moderation.graph.simulator import PAGE, Token, changes
from moderation.graph.simulator.webhooks import signed
from moderation.models import Attachment, Item, ItemVersion, WebhookDelivery
from moderation.models.order import MAX_ATTEMPTS, LostClaim, carry_out
from moderation.policy.terms import Change, Direction, Kind, OrderState, Source, ThreadKind
from moderation.sync import deliveries, hearsay, inbound
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)
KALLE, AMINA = "Kalle Exempel", "Amina Fiktiv"
SLOW = timedelta(milliseconds=1)


class Ticking:
    """Goes on a little each time somebody looks at it, as clocks do."""

    def __init__(self):
        self.now = make.NOW

    def __call__(self):
        self.now += SLOW
        return self.now

    def go(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Ticking()


@pytest.fixture
def page(world):
    return make.page(world.page_id)


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera Exempel, kommunikatör", EARLIER)


@pytest.fixture
def pull(world, graph, clock):
    return lambda: inbound.pull(graph, world.page_id, clock)


@pytest.fixture
def work(graph, page, clock):
    """work(): what the worker does when it wakes. Returns how many deliveries were done."""
    take = partial(deliveries.take, graph, page, clock)
    return lambda: carry_out(WebhookDelivery.objects.all(), take, clock)


@pytest.fixture
def tell(world, clock, work):
    """tell(change, …): in one body, kept and worked off. Returns the delivery."""

    def tell(*told, page_id=world.page_id):
        body, _ = signed(page_id, told, "hemlig", clock())
        return told_in(body, clock, work)

    return tell


def told_in(body, clock, work):
    take_delivery(body=body, now=clock())
    delivery = WebhookDelivery.objects.order_by("pk").last()
    work()
    delivery.refresh_from_db()
    return delivery


@pytest.fixture
def told(world, clock):
    """told(id, verb): what Facebook says when this happens to the post, comment or message of that id."""

    def told(row_id, verb="add"):
        if row_id.startswith("m_"):
            message = world.inbox.messages[row_id]
            if verb == "add":
                return changes.of_message(world, message)
            return changes.of_unsent_message(world, message, clock())
        return changes.of_row(world, world._row(row_id), verb, clock())

    return told


def item_of(graph_id):
    return Item.objects.get(graph_id=graph_id)


def happened(item):
    return [Change(change) for change in item.versions.values_list("change", flat=True)]


def calls(world):
    return sum(world.calls.values())


def everything():
    return (
        list(Item.objects.order_by("pk").values()),
        list(ItemVersion.objects.order_by("pk").values()),
        list(Attachment.objects.order_by("pk").values()),
        audit.head(),
    )


# --- What happens to posts, comments, replies and messages ------------------------------------------------------


def test_a_comment_is_read_with_its_post_and_waits(world, post, told, tell):
    comment = world.add_comment(post, "Vägen är oframkomlig igen!", EARLIER, author=KALLE, picture="snowy road")
    delivery = tell(told(comment))
    item = item_of(comment)
    assert (delivery.state, delivery.remarks, delivery.last_error) == (OrderState.DONE, "", "")
    assert (item.text, item.author_name, item.parent) == ("Vägen är oframkomlig igen!", KALLE, item_of(post))
    assert list(Item.objects.waiting()) == [item]
    assert item.attachments.count() == 1
    assert item.versions.get().source == Source.FETCHED
    assert list(audit.verify()) == []


def test_a_reply_stands_under_what_it_answers(world, post, told, tell):
    comment = world.add_comment(post, "När plogas Storgatan?", EARLIER, author=KALLE)
    reply = world.add_comment(post, "I morgon tror jag", EARLIER, author=AMINA, parent=comment)
    tell(told(reply))
    assert (item_of(reply).kind, item_of(reply).parent) == (Kind.REPLY, item_of(comment))


@pytest.mark.parametrize("author", [None, KALLE])
def test_a_post_is_read_with_all_below_it(world, told, tell, author):
    post = world.add_post("Vems är katten?", EARLIER, author=author)
    comment = world.add_comment(post, "Min!", EARLIER, author=AMINA)
    tell(told(post))
    assert item_of(post).direction == (Direction.INKOMMEN if author else Direction.UPPRATTAD)
    assert item_of(comment).parent == item_of(post)


def test_a_message_is_read_with_its_conversation(world, told, tell):
    first = world.add_message(KALLE, "Hej, när öppnar simhallen?", EARLIER)
    second = world.add_message(KALLE, "Hallå?", EARLIER + timedelta(minutes=1))
    tell(told(second))
    assert item_of(first).thread == item_of(second).thread
    assert item_of(second).thread.kind == ThreadKind.CONVERSATION
    assert item_of(second).thread.graph_id.startswith("t_")
    assert Item.objects.waiting().count() == 2


def test_what_the_page_itself_writes_is_kept_and_waits_for_nobody(world, post, told, tell):
    comment = world.add_comment(post, "När?", EARLIER, author=KALLE)
    reply = world.add_comment(post, "Nu. / Vera", EARLIER, author=PAGE, parent=comment)
    asked = world.add_message(KALLE, "Hej?", EARLIER)
    echo = world.add_message(KALLE, "Hej Kalle! / Vera", EARLIER + timedelta(minutes=1), from_page=True)
    tell(told(reply), told(echo))
    for mine in (reply, echo):
        assert (item_of(mine).direction, item_of(mine).waiting_since) == (Direction.UPPRATTAD, None)
    assert {item.graph_id for item in Item.objects.waiting()} == {comment, asked}


def test_an_edit_is_a_new_version(world, post, told, tell):
    comment = world.add_comment(post, "Före", EARLIER, author=KALLE)
    tell(told(comment), told(post))
    world.edit(post, "Nu saltas det.")
    world.edit(comment, "Efter")
    tell(told(comment, "edited"), told(post, "edited"))
    assert (item_of(comment).text, item_of(post).text) == ("Efter", "Nu saltas det.")
    assert happened(item_of(comment)) == happened(item_of(post)) == [Change.RECEIVED, Change.EDITED]


def test_a_text_that_was_replaced_before_it_could_be_read_is_a_version_too(world, post, told, tell, clock):
    comment = world.add_comment(post, "Första", clock(), author="Kalle Exempel")
    tell(told(comment, "add"))
    clock.go(minutes=1)
    world.edit(comment, "Andra", clock())
    passing = told(comment, "edited")
    clock.go(seconds=2)
    world.edit(comment, "Tredje", clock())
    tell(passing)
    assert [version.text for version in item_of(comment).texts] == ["Första", "Andra", "Tredje"]
    tell(passing)
    assert item_of(comment).versions.count() == 3


def test_a_text_that_is_told_of_late_is_put_after_none_that_followed_it(world, post, told, tell, pull, clock):
    comment = world.add_comment(post, "Första", clock(), author=KALLE)
    late = told(comment, "add")
    clock.go(minutes=1)
    world.edit(comment, "Andra", clock())
    pull()
    clock.go(minutes=10)
    world.edit(comment, "Tredje", clock())
    tell(late)
    assert [version.text for version in item_of(comment).texts] == ["Andra", "Tredje"]


def test_hiding_and_showing_are_versions(world, post, told, tell):
    comment = world.add_comment(post, "Åt skogen!", EARLIER, author=KALLE)
    tell(told(comment))
    world.hide(comment)
    tell(told(comment, "hide"))
    assert item_of(comment).hidden
    world.hide(comment, hidden=False)
    tell(told(comment, "unhide"))
    assert happened(item_of(comment)) == [Change.RECEIVED, Change.HIDDEN, Change.SHOWN]
    assert not item_of(comment).hidden


def test_what_is_removed_stays_here(world, post, told, tell):
    comment = world.add_comment(post, "Ångrar mig", EARLIER, author=KALLE)
    tell(told(comment))
    gone = told(comment, "remove")
    world.remove(comment)
    tell(gone)
    item = item_of(comment)
    assert (item.text, item.removed_by_page) == ("Ångrar mig", False)
    assert item.removed_at is not None
    assert item.versions.last().source == Source.WEBHOOK


def test_a_removed_post_takes_all_below_it_along(world, post, told, tell):
    comment = world.add_comment(post, "Tack!", EARLIER, author=KALLE)
    tell(told(comment))
    gone = told(post, "remove")
    world.remove(post)
    tell(gone)
    assert Item.objects.filter(removed_at=None).count() == 0
    assert item_of(comment).text == "Tack!"


def test_a_removal_that_is_not_true_is_not_believed(world, post, told, tell):
    comment = world.add_comment(post, "Här är jag", EARLIER, author=KALLE)
    tell(told(comment))
    tell(told(comment, "remove"))
    assert item_of(comment).removed_at is None


def test_a_removal_is_not_believed_when_the_page_itself_does_not_answer(world, post, told, tell):
    comment = world.add_comment(post, "Här är jag", EARLIER, author=KALLE)
    tell(told(comment))
    world.fault("code_100_33", times=None)
    assert tell(told(comment, "remove")).state == OrderState.ORDERED
    assert item_of(comment).removed_at is None


def test_an_unsent_message_stays_here(world, told, tell):
    message = world.add_message(KALLE, "Oj, fel person", EARLIER)
    tell(told(message))
    gone = told(message, "remove")
    world.unsend(message)
    tell(gone)
    assert (item_of(message).text, item_of(message).removed_at is None) == ("Oj, fel person", False)


def test_what_comes_back_comes_back(world, post, told, tell, clock):
    comment = world.add_comment(post, "Hej då", EARLIER, author=KALLE)
    tell(told(comment))
    gone = told(comment, "remove")
    world.remove(comment)
    tell(gone)
    world.restore(comment)
    clock.go(minutes=1)
    tell(told(comment, "unhide"))
    assert item_of(comment).removed_at is None
    assert happened(item_of(comment)) == [Change.RECEIVED, Change.REMOVED, Change.RETURNED]


# --- In disorder ------------------------------------------------------------------------------------------------


def test_twice_the_same_words_change_nothing(world, post, told, tell, clock, work):
    comment = world.add_comment(post, "En gång", EARLIER, author=KALLE)
    message = world.add_message(KALLE, "En gång till", EARLIER)
    delivery = tell(told(comment), told(message), told(comment))
    before = everything()
    assert not take_delivery(body=bytes(delivery.body), now=clock())
    WebhookDelivery.objects.update(state=OrderState.ORDERED, not_before=clock())
    asked = calls(world)
    assert work() == 1
    tell(told(comment))
    assert everything() == before
    # What we have agrees with what is told, so Facebook is not asked either.
    assert calls(world) == asked


def test_a_removal_before_its_comment(world, post, told, tell):
    comment = world.add_comment(post, "Kom och gick", EARLIER, author=KALLE)
    came, went = told(comment), told(comment, "remove")
    world.remove(comment)
    assert tell(went).state == OrderState.DONE
    assert not Item.objects.exists()
    tell(came)
    assert (item_of(comment).text, happened(item_of(comment))) == ("Kom och gick", [Change.RECEIVED, Change.REMOVED])


def test_an_edit_before_its_comment(world, post, told, tell):
    comment = world.add_comment(post, "Före", EARLIER, author=KALLE)
    came = told(comment)
    world.edit(comment, "Efter")
    tell(told(comment, "edited"))
    tell(came)
    assert (item_of(comment).text, happened(item_of(comment))) == ("Efter", [Change.RECEIVED])


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_it_is_told_what_stands_here_is_what_stands_there(world, post, told, tell, seed):
    kept = [world.add_comment(post, f"Kommentar {number}", EARLIER, author=KALLE) for number in range(6)]
    kept += [world.add_message(AMINA, f"Meddelande {number}", EARLIER) for number in range(3)]
    said = [told(row) for row in kept] + [told(post)]
    for row in kept[:2]:
        world.edit(row, f"{row} ändrad")
        said.append(told(row, "edited"))
    world.hide(kept[2])
    said.append(told(kept[2], "hide"))
    for row in kept[3:5]:
        said.append(told(row, "remove"))
        world.remove(row)
    said.append(told(kept[-1], "remove"))
    world.unsend(kept[-1])
    chance = random.Random(seed)
    chance.shuffle(said)
    while said:
        tell(*[said.pop() for _ in range(min(len(said), chance.randrange(1, 6)))])
    assert Item.objects.count() == len(kept) + 1
    assert {item.graph_id for item in Item.objects.exclude(removed_at=None)} == {kept[3], kept[4], kept[-1]}
    assert [item_of(row).text for row in kept[:2]] == [f"{row} ändrad" for row in kept[:2]]
    assert [item.graph_id for item in Item.objects.filter(hidden=True)] == [kept[2]]
    assert [item_of(row).text for row in kept[3:5]] == ["Kommentar 3", "Kommentar 4"]
    assert not WebhookDelivery.objects.exclude(state=OrderState.DONE).exists()
    assert list(audit.verify()) == []


# --- Many at once -----------------------------------------------------------------------------------------------


def test_a_thousand_comments_in_one_body_are_read_together(world, post, told, tell):
    rows = [
        world.add_comment(post, f"Kommentar {n}", EARLIER + timedelta(seconds=n), author=KALLE) for n in range(1000)
    ]
    delivery = tell(*map(told, rows))
    assert (delivery.state, delivery.remarks) == (OrderState.DONE, "")
    assert Item.objects.filter(kind=Kind.COMMENT).count() == 1000
    assert calls(world) <= 24
    before = calls(world)
    for row in rows:
        world.edit(row, "Ändrad")
    tell(*[told(row, "edited") for row in rows])
    assert Item.objects.filter(text="Ändrad").count() == 1000
    assert calls(world) - before <= 24


def test_a_thousand_messages_of_one_person_are_read_together(world, told, tell):
    rows = [world.add_message(KALLE, f"Rad {n}", EARLIER + timedelta(seconds=n)) for n in range(1000)]
    tell(*map(told, rows))
    assert Item.objects.count() == 1000
    assert calls(world) <= 24


def test_whatever_is_told_of_one_comment_in_one_body_it_is_read_once(world, post, told, tell):
    comment = world.add_comment(post, "Ett", EARLIER, author=KALLE)
    tell(told(comment))
    said = []
    for number in range(20):
        world.edit(comment, f"Rad {number}")
        said += [told(comment, "edited"), told(comment, "hide"), told(comment, "unhide")]
    before = calls(world)
    tell(*said)
    assert item_of(comment).text == "Rad 19"
    assert calls(world) - before <= 2


def test_below_a_post_that_is_gone_nobody_searches_for_each_comment(world, post, told, tell):
    rows = [world.add_comment(post, f"Kommentar {number}", EARLIER, author=KALLE) for number in range(30)]
    said = [told(row) for row in rows]
    world.remove(post)
    tell(*said)
    assert Item.objects.exclude(removed_at=None).count() == 30
    # The post once, each comment once; and for each that is gone the page itself.
    assert calls(world) <= 2 + 2 * 30


# --- What cannot be read ----------------------------------------------------------------------------------------


def test_a_comment_that_was_gone_before_it_could_be_read_is_kept_as_it_was_told(world, post, told, tell):
    comment = world.add_comment(post, "Snabbt borta 🚜", EARLIER, author=KALLE, picture="snowy road")
    reply = world.add_comment(post, "Håller med", EARLIER, author=AMINA, parent=comment)
    said = [told(comment), told(reply)]
    world.remove(comment)
    delivery = tell(*said)
    item = item_of(comment)
    assert delivery.state == OrderState.DONE
    assert (item.text, item.author_name, item.notes) == ("Snabbt borta 🚜", KALLE, hearsay.ONLY_TOLD)
    assert item.created_at is not None
    assert item.parent == item_of(post)
    assert happened(item) == [Change.RECEIVED, Change.REMOVED]
    assert {version.source for version in item.versions.all()} == {Source.WEBHOOK}
    assert item.attachments.get().url.startswith("http")
    assert (item_of(reply).parent, item_of(reply).kind) == (item, Kind.REPLY)
    before = everything()
    tell(told_again := said[0], told_again)
    assert everything() == before


def test_a_post_and_a_message_that_were_gone_are_kept_as_they_were_told(world, told, tell):
    post = world.add_post("Säljer cykel", EARLIER, author=KALLE)
    world.add_message(KALLE, "Hej", EARLIER)
    message = world.add_message(KALLE, "Glöm det", EARLIER + timedelta(minutes=1))
    said = [told(post), told(message)]
    world.remove(post)
    world.unsend(message)
    tell(*said)
    assert {(item.text, item.notes) for item in Item.objects.exclude(removed_at=None)} == {
        ("Säljer cykel", hearsay.ONLY_TOLD),
        ("Glöm det", hearsay.ONLY_TOLD),
    }
    # In the conversation that the rest of it stands in.
    assert item_of(message).thread.items.count() == 2


def test_messages_we_may_not_read_are_kept_as_they_were_told(world, told, tell, graph):
    world.tokens.add(Token("utan-meddelanden", scopes=("pages_read_engagement", "pages_read_user_content")))
    graph.token = "utan-meddelanden"
    rows = [world.add_message(KALLE, f"Rad {number}", EARLIER) for number in range(20)]
    rows.append(world.add_message(AMINA, "", EARLIER, pictures=["lake"], film="bron", file="pdf"))
    rows.append(world.add_message(AMINA, "Tack för hjälpen! / Vera", EARLIER, from_page=True))
    rows.append(world.add_message(AMINA, "", EARLIER, unsupported=True))
    delivery = tell(*map(told, rows))
    assert delivery.state == OrderState.DONE
    assert [item_of(row).text for row in rows[:2]] == ["Rad 0", "Rad 1"]
    assert set(Item.objects.values_list("notes", flat=True)) == {hearsay.NOT_READABLE}
    assert item_of(rows[-3]).attachments.exclude(url="").count() == 3
    assert item_of(rows[-2]).direction == Direction.UPPRATTAD
    assert Item.objects.values("thread").distinct().count() == 2
    # The first refusal is enough.
    assert calls(world) == 1
    unsent = told(rows[0], "remove")
    assert deliveries.NOT_LOOKED_FOR in tell(unsent).remarks
    assert item_of(rows[0]).removed_at is None


def test_what_was_only_told_becomes_what_it_is_once_it_can_be_read(world, post, told, tell, pull):
    message = world.add_message(KALLE, "Hej!", EARLIER)
    world.fault("code_200", times=None, path="conversations|m_")
    tell(told(message))
    world.clear_faults()
    pull()
    assert item_of(message).notes == hearsay.NOT_READABLE
    assert happened(item_of(message)) == [Change.RECEIVED]


def test_one_refusal_does_not_stop_the_rest(world, post, told, tell):
    refused = world.add_comment(post, "Den första", EARLIER, author=KALLE)
    tell(told(refused))
    comment = world.add_comment(post, "Den andra", EARLIER, author=KALLE)
    world.fault("code_200", times=1, path=refused)
    delivery = tell(told(refused, "remove"), told(comment))
    assert (delivery.state, delivery.remarks) == (OrderState.DONE, deliveries.NOT_LOOKED_FOR)
    assert item_of(comment).text == "Den andra"


def test_an_old_message_is_one_whether_it_is_told_of_or_read(page):
    event = {"sender": {"id": "77"}, "recipient": {"id": page.graph_id}, "timestamp": 1_700_000_000_000}
    event["message"] = {"mid": "mid.1457764197618:41d102a3e1ae206a38", "text": "hello"}
    (change,) = webhook.read(body_of(page.graph_id, messaging=[event])).changes
    read = payloads.message({"id": "m_mid.1457764197618:41d102a3e1ae206a38"})
    assert hearsay.key_of(change) == read.key


def test_a_message_without_an_id_leads_to_its_conversation(world, page, clock, work):
    world.add_message(KALLE, "Hej!", EARLIER)
    event = {"sender": {"id": world.person_id(KALLE)}, "recipient": {"id": page.graph_id}, "message": {"text": "Hej!"}}
    delivery = told_in(body_of(page.graph_id, messaging=[event]), clock, work)
    assert Item.objects.get().graph_id.startswith("m_")
    assert delivery.state == OrderState.DONE


# --- What does not concern us -----------------------------------------------------------------------------------


def body_of(page_id, **entry):
    return json.dumps({"object": "page", "entry": [{"id": page_id, "time": 1, **entry}]}).encode()


def test_what_concerns_another_page_is_kept_and_left_alone(world, post, told, tell):
    comment = world.add_comment(post, "Hej", EARLIER, author=KALLE)
    delivery = tell(told(comment), page_id="4711")
    assert (delivery.state, delivery.remarks, calls(world)) == (OrderState.DONE, deliveries.ANOTHER_PAGE, 0)
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        b"null",
        b'{"object":"page"}',
        b'{"object":"instagram","entry":[{"id":"1","changes":[{"field":"comments"}]}]}',
        body_of("1036844829507460", changes=[{"field": "framtid", "value": {"nytt": True}}]),
        body_of("1036844829507460", changes=[{"field": "feed", "value": {"item": "comment", "verb": "add"}}]),
        body_of("1036844829507460", messaging=[{"framtid": {}}]),
    ],
    ids=range(8),
)
def test_what_is_not_understood_is_kept_raw_and_done_with_a_remark(world, clock, work, body):
    delivery = told_in(body, clock, work)
    assert (delivery.state, bytes(delivery.body), calls(world)) == (OrderState.DONE, body, 0)
    assert delivery.remarks


def test_reactions_are_no_work(world, post, told, tell):
    reaction = changes.of_reaction(world, world.find_post(post), KALLE, "like", "add", EARLIER)
    assert tell(reaction, reaction).remarks == ""
    assert calls(world) == 0


# --- When Facebook cannot answer --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["code_80001", "code_368", "html_502", "cut", "code_2", "truncated"])
def test_what_is_interrupted_goes_on_later_and_nothing_comes_twice(world, post, told, tell, work, clock, kind):
    others = [world.add_post(f"Inlägg {number}", EARLIER) for number in range(4)]
    rows = [world.add_comment(other, "Hej", EARLIER, author=KALLE) for other in others]
    world.fault(kind, times=None, path=others[2])
    delivery = tell(*map(told, rows))
    assert delivery.state == OrderState.ORDERED
    assert delivery.last_error.endswith(".")
    assert Item.objects.filter(kind=Kind.COMMENT).count() == 2
    world.clear_faults()
    assert work() == 0
    clock.go(hours=7)
    assert work() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (OrderState.DONE, "")
    assert Item.objects.count() == ItemVersion.objects.count() == 8


def test_with_a_dead_key_what_was_told_waits_however_long(world, post, told, tell, work, clock):
    comment = world.add_comment(post, "Hej", EARLIER, author=KALLE)
    world.fault("code_190_463", times=None)
    delivery = tell(told(comment))
    for _ in range(MAX_ATTEMPTS + 2):
        clock.go(days=1)
        assert work() == 0
    delivery.refresh_from_db()
    assert (delivery.state, Item.objects.count()) == (OrderState.ORDERED, 0)
    assert "nyckel" in delivery.last_error
    world.clear_faults()
    clock.go(hours=3)
    assert work() == 1
    assert item_of(comment).text == "Hej"


def test_a_stranger_who_takes_over_leaves_no_double(world, post, told, tell, page, clock, graph):
    comment = world.add_comment(post, "Hej", EARLIER, author=KALLE)
    body, _ = signed(world.page_id, [told(comment)], "hemlig", clock())
    take_delivery(body=body, now=clock())
    first = WebhookDelivery.objects.all().claim(clock())
    clock.go(minutes=4)
    second = WebhookDelivery.objects.all().claim(clock())
    deliveries.take(graph, page, clock, second)
    with pytest.raises(LostClaim):
        deliveries.take(graph, page, clock, first)
    assert Item.objects.filter(text="Hej").count() == 1
