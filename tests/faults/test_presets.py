"""A reading of the whole page ends under each of Facebook's moods, costs little more, and leaves nothing out afterwards."""

from datetime import timedelta

import pytest

from moderation import audit
from moderation.graph.client import GraphClient
from moderation.graph.simulator import serve
from moderation.graph.simulator.chaos import PRESETS
from moderation.models import Attachment, Item, ItemVersion
from moderation.models.order import carry_out
from moderation.policy.terms import OrderState
from moderation.sync import media, sweep
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

SEED, RATE = 7, 0.1
MOST_STRETCHES, MOST_ROUNDS, MOST_CALLS = 100, 20, 3
DAY = timedelta(days=1)


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def client(world, our_page, clock):
    world.sleep = lambda seconds: None
    server = serve(world)
    manners = SharedManners(our_page, clock)
    sleep = lambda seconds: clock.go(seconds=seconds)  # noqa: E731
    yield GraphClient(server.url, "v26.0", "demo-token", manners=manners, sleep=sleep)
    server.close()


@pytest.fixture
def nodes(world):
    """How many there are: posts over several pages, some with long lists below them, and conversations."""
    posts = [world.add_post(f"Inlägg {number}", make.NOW - number * DAY, author="Evy") for number in range(75)]
    for post in posts[::25]:
        first = world.add_comment(post, "Första", make.NOW - DAY / 2, author="Kalle", picture="lake")
        for number in range(250):
            parent = first if number % 5 == 0 else None
            world.add_comment(post, f"Kommentar {number}", make.NOW - DAY / 3, author="Kalle", parent=parent)
    for person in range(3):
        for number in range(30):
            world.add_message(f"Person {person}", f"Meddelande {number}", make.NOW - DAY / 4 + number * DAY / 1000)
    return len(world.posts) + len(world.comments) + len(world.inbox.messages)


def read_whole(client, page, clock):
    """Stretch after stretch, waiting as long as is asked for. Returns how many calls it took."""
    calls = client.calls
    for _ in range(MOST_STRETCHES):
        run = sweep.stretch(client, page, clock)
        if run is not None and run.ended_at:
            return client.calls - calls
        page.refresh_from_db()
        clock.now = max(clock.now + timedelta(minutes=1), page.resume_at or clock.now)
    return pytest.fail("the sweep does not end")


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_sweep_ends_and_the_next_one_leaves_nothing_out(preset, world, our_page, client, clock, nodes, store):
    world.chaos(SEED, RATE, [preset])
    calls = read_whole(client, our_page, clock)
    fetch = lambda row: media.fetch(client, store, clock, row)  # noqa: E731
    for _ in range(MOST_ROUNDS):
        carry_out(Attachment.objects.all(), fetch, clock)
        clock.go(hours=3)
    world.calm()
    # As if Facebook had never found our questions too large, so that this is what a reading costs.
    client.manners.halvings = 0
    needed = read_whole(client, our_page, clock)
    carry_out(Attachment.objects.all(), fetch, clock)
    assert calls <= MOST_CALLS * needed, f"{calls} calls, where {needed} are needed"
    assert Item.objects.filter(removed_at=None).count() == nodes
    assert ItemVersion.objects.count() == nodes
    assert set(Attachment.objects.values_list("state", flat=True)) == {OrderState.DONE}
    assert not list(audit.verify())
