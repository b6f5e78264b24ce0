"""Two readers ask one after the other, and the answer to the first question is stored last."""

from datetime import timedelta

import pytest

from arkiv import verify
from moderation.graph.client import GraphClient
from moderation.models import Item
from moderation.sync import fresh, sweep
from moderation.sync.manners import SharedManners
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)


class Interrupted(SharedManners):
    """Something happens between the answer and what is done with it: the process is held up, or the line is slow."""

    meanwhile = staticmethod(lambda: None)

    def after(self, *told):
        super().after(*told)
        happens, self.meanwhile = self.meanwhile, staticmethod(lambda: None)
        happens()


@pytest.fixture
def our_page(world):
    return make.page(world.page_id)


@pytest.fixture
def client(graph, our_page, clock):
    def made(manners=SharedManners):
        return GraphClient(graph.base_url, "v26.0", "demo-token", manners=manners(our_page, clock))

    return made


@pytest.fixture
def comment(world):
    post = world.add_post("Nu plogas det.", EARLIER)
    return world.add_comment(post, "Första", EARLIER, author="Kalle Exempel")


def held_up(client, world, comment, our_page, clock, other_lane):
    """A client whose first answer is overtaken: meanwhile the comment is edited, and somebody else reads that."""

    def meanwhile():
        clock.go(seconds=1)
        world.edit(comment, "Tredje", clock())
        clock.go(seconds=1)
        other_lane(client(), our_page, clock)
        clock.go(seconds=1)

    slow = client(Interrupted)
    slow.manners.meanwhile = meanwhile
    return slow


def texts(graph_id):
    return [version.text for version in Item.objects.get(graph_id=graph_id).texts]


def test_a_text_that_only_the_slow_reader_was_given_is_kept_in_its_place(
    world, comment, our_page, client, clock, store
):
    fresh.pull(client(), our_page, clock)
    clock.go(minutes=1)
    world.edit(comment, "Andra", clock())
    fresh.pull(held_up(client, world, comment, our_page, clock, sweep.stretch), our_page, clock)
    assert texts(comment) == ["Första", "Andra", "Tredje"]
    item = Item.objects.get(graph_id=comment)
    assert (item.text, item.latest_version.text) == ("Tredje", "Tredje")
    sweep.stretch(client(), our_page, clock)
    assert texts(comment) == ["Första", "Andra", "Tredje"]
    assert not list(verify.faults(store))


def test_what_the_slow_reader_was_given_is_not_taken_for_news(world, comment, our_page, client, clock, store):
    fresh.pull(client(), our_page, clock)
    clock.go(minutes=1)
    slow = client(Interrupted)

    def meanwhile():
        slow.manners.meanwhile = held_up(client, world, comment, our_page, clock, fresh.pull).manners.meanwhile

    # The sweep's first call is for the page itself, its second for the feed.
    slow.manners.meanwhile = meanwhile
    sweep.stretch(slow, our_page, clock)
    assert texts(comment) == ["Första", "Tredje"]
    assert not list(verify.faults(store))
