from datetime import timedelta
from functools import partial

import pytest

from moderation.models import Attachment, AuditEntry, Item
from moderation.models.order import carry_out
from moderation.policy.terms import Category, Event, OrderState, Reason
from moderation.sync import inbound, media
from tests import make

pytestmark = pytest.mark.django_db

EARLIER = make.NOW - timedelta(hours=2)


@pytest.fixture
def fetch(graph, store, clock):
    return lambda: carry_out(Attachment.objects.all(), partial(media.fetch, graph, store, clock), clock)


@pytest.fixture
def comment(world, graph, clock):
    """One comment with a picture, taken in but not fetched."""
    post = world.add_post("Nu plogas det.", EARLIER)
    comment = world.add_comment(post, "Titta!", EARLIER, author="Kalle Exempel", picture="snowy road")
    inbound.pull(graph, world.page_id, clock)
    return Item.objects.get(graph_id=comment)


def test_a_picture_is_fetched_and_kept_with_its_checksum(comment, fetch, store):
    assert fetch() == 1
    photo = comment.attachments.get()
    assert (photo.state, photo.mime) == (OrderState.DONE, "image/jpeg")
    assert store.check(photo.sha256)
    assert len(store.read(photo.sha256)) == photo.size
    assert AuditEntry.objects.about(comment).filter(event=Event.MEDIA_FETCHED).exists()


def test_a_link_that_has_died_is_said_so_and_a_new_link_is_a_new_chance(comment, fetch, world, graph, clock):
    clock.go(days=6)
    fetch()
    photo = comment.attachments.get()
    assert photo.sha256 == ""
    assert photo.last_error.endswith(".")
    inbound.pull(graph, world.page_id, clock)
    clock.go(minutes=10)
    assert fetch() == 1
    assert comment.attachments.get().sha256


def test_a_picture_that_may_not_be_possessed_is_destroyed_and_never_fetched_again(
    comment, fetch, store, world, graph, clock
):
    fetch()
    digest = comment.attachments.get().sha256
    make.classification(comment, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    assert media.purge(store, clock) == 1
    inbound.pull(graph, world.page_id, clock)
    clock.go(days=1)
    fetch()
    photo = comment.attachments.get()
    assert not store.has(digest)
    assert (photo.state, photo.sha256, photo.url) == (OrderState.CANCELLED, "", "")
    assert AuditEntry.objects.filter(event=Event.MEDIA_PURGED).count() == 1
    assert media.purge(store, clock) == 0


def test_what_a_file_is_stands_in_its_first_bytes_and_not_in_its_name():
    assert media.sniff(b"\x89PNG\r\n\x1a\n....") == "image/png"
    assert media.sniff(b"RIFF....WEBPVP8 ") == "image/webp"
    assert media.sniff(b"<html>") == "application/octet-stream"


def test_an_address_that_is_none_is_an_attachment_that_cannot_be_had(world, graph, fetch, clock):
    post = world.add_post("Nu plogas det.", EARLIER)
    node = {"type": "photo", "media": {"image": {"src": "https://["}}}
    world.add_raw_comment(post, {"id": "1_2", "message": "Titta!", "attachment": node})
    assert inbound.pull(graph, world.page_id, clock).failed == 0
    fetch()
    photo = Attachment.objects.get()
    assert photo.sha256 == ""
    assert photo.last_error.endswith(".")
