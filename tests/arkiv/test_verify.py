"""The control of the whole place does not cry wolf where there is much to look through."""

from datetime import timedelta

import pytest

from arkiv import verify
from moderation.models import Item
from moderation.sync import nodes, write
from tests import make

pytestmark = pytest.mark.django_db


def test_more_items_than_are_looked_at_together(store):
    page = make.page("104500000000001")
    below = nodes.post({"id": "104500000000001_1", "message": "Nu plogas det."})

    def say(text, at):
        rows = [{"id": f"1_{number}", "message": f"{text} {number}"} for number in range(verify.BATCH + 1)]
        write.store([below, *nodes.comments(rows, below)], page, at)

    say("Första", make.NOW)
    say("Andra", make.NOW + timedelta(minutes=1))
    assert Item.objects.count() == verify.BATCH + 2
    assert list(verify.faults(store)) == []
