"""Many readers at once: whoever is slower stores nothing twice, and loses nothing either."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from moderation import audit
from moderation.models import Item
from moderation.sync import nodes, write
from moderation.sync.connection import page
from tests import make

READERS, COMMENTS = 4, 80


def found(world):
    post = world.add_post("Nu plogas det.", make.NOW)
    below = nodes.post({"id": post, "message": "Nu plogas det.", "created_time": make.NOW.isoformat()})
    rows = [{"id": f"{post}_{number}", "message": f"Kommentar {number}"} for number in range(COMMENTS)]
    return [below, *nodes.comments(rows, below)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_readers_that_meet_at_the_same_nodes_store_all_of_them_once(world):
    all_of_it, here, start = found(world), page(world.page_id), Barrier(READERS)
    tallies = []

    def read(piece):
        start.wait()
        try:
            for place in range(0, len(all_of_it), piece):
                tallies.append(write.store(all_of_it[place : place + piece], here, make.NOW))
        finally:
            connection.close()

    readers = [Thread(target=read, args=(piece,)) for piece in (1, 1, 3, 1000)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sum(tally.failed for tally in tallies) == 0
    assert sum(tally.created for tally in tallies) == Item.objects.count() == COMMENTS + 1
    assert not list(audit.verify())
