"""However much is written between two readings of what is new, all of it comes in."""

from datetime import timedelta

import pytest

from moderation.models import Item
from moderation.sync import connection, fresh, inbound
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(days=2)


@pytest.fixture
def swept(world, graph, clock):
    """Known, and gone through once."""
    world.add_post("Nu plogas det.", EARLIER, post_id=f"{world.page_id}_1")
    world.add_comment(f"{world.page_id}_1", "Tack!", EARLIER, author="Kalle Exempel")
    inbound.pull(graph, world.page_id, clock)
    clock.go(minutes=1)
    return connection.page(world.page_id)


def test_many_comments_below_one_post(world, graph, clock, swept):
    for number in range(250):
        world.add_comment(f"{world.page_id}_1", f"Nummer {number}", clock(), author="Kalle Exempel")
    run = fresh.pull(graph, swept, clock)
    assert (run.created, run.error) == (250, "")


def test_many_replies_to_one_known_comment(world, graph, clock, swept):
    known = Item.objects.get(text="Tack!")
    for number in range(30):
        world.add_comment(
            f"{world.page_id}_1", f"Svar {number}", clock(), author="Kalle Exempel", parent=known.graph_id
        )
    fresh.pull(graph, swept, clock)
    assert known.replies.count() == 30


def test_a_new_post_with_many_comments_at_once(world, graph, clock, swept):
    post = world.add_post("Vattnet är avstängt.", clock())
    for number in range(30):
        world.add_comment(post, f"Nummer {number}", clock(), author="Kalle Exempel")
    fresh.pull(graph, swept, clock)
    assert Item.objects.filter(thread__graph_id=post).count() == 31


def test_a_reply_below_a_reply_brings_what_it_answers(world, graph, clock, swept):
    first = world.add_comment(f"{world.page_id}_1", "En fråga", EARLIER + timedelta(hours=1), author="Amina Fiktiv")
    second = world.add_comment(
        f"{world.page_id}_1", "Ett svar", EARLIER + timedelta(hours=2), author="Kalle Exempel", parent=first
    )
    for number in range(5):
        world.add_comment(f"{world.page_id}_1", f"Till {number}", clock(), author="Amina Fiktiv", parent=second)
    fresh.pull(graph, swept, clock)
    answered = Item.objects.get(text="Ett svar")
    assert answered.parent == Item.objects.get(text="En fråga")
    assert answered.replies.count() == 5
