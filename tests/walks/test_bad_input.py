"""Whatever Facebook delivers is stored, judged and printed like anything else."""

from datetime import date, timedelta
from functools import partial

import pytest

from arkiv.actions import order_printout
from arkiv.actions.print_out import print_out
from arkiv.models import Printout
from moderation.models import Item, Page
from moderation.models.order import carry_out
from moderation.policy.terms import Category, Kind, OrderState, Reason
from moderation.sync import inbound
from tests import make, verapdf

pytestmark = pytest.mark.django_db

NODES = [
    {"message": "före\x00efter, \ud83d ensam, \u202evänd, \u200bosynlig, \ue000 privat, \U0001fae9 ny"},
    {"message": "Z̸̢͇a̵͓͝l̶̰̕g̷͍̈́o̶̝͊" * 500},
    {"message": "👨‍👩‍👧‍👦" * 400},
    {"message": "\u00a0" * 5_000},
    {"message": "\n" * 20_000},
    {"message": "<style>*{display:none}</style><img src='file:///etc/passwd'>{% include 'x' %}"},
    {"message": "مرحبا بالعالم", "from": {"id": "7", "name": "\u202eنور"}},
    {"message": 17, "created_time": "9999-99-99T99:99:99+0000"},
    {"message": "utan tid", "created_time": None, "attachment": {"type": "framtidens", "url": "javascript:alert(1)"}},
    {"message": "på okänt sätt", "okant": [{"nytt": True}], "is_hidden": "kanske"},
    {"message": "å" * 60_000},
]


@pytest.mark.verapdf
def test_hostile_and_malformed_nodes_travel_all_the_way_to_a_valid_paper(world, graph, clock, store, tmp_path):
    post = world.add_post("Nu plogas det.", make.NOW - timedelta(hours=2))
    for number, node in enumerate(NODES):
        world.add_raw_comment(post, {"id": f"1_{number + 1000}", **node})
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.created, run.failed, run.error) == (len(NODES) + 1, 0, "")
    for item in Item.objects.filter(kind=Kind.COMMENT):
        make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    day = make.NOW.date()
    order_printout.of_period(page=Page.objects.get(), first_day=day, last_day=day, by=None, now=clock())
    carry_out(Printout.objects.all(), partial(print_out, store, clock), clock, most=1)
    printout = Printout.objects.get()
    assert (printout.state, printout.last_error) == (OrderState.DONE, "")
    assert printout.printed.count() == len(NODES) + 1
    assert date(2026, 11, 20) == printout.first_day
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(store.read(printout.pdf_sha256))
    for verdict in verapdf.verdicts([(paper, "2a"), (paper, "ua1")]):
        assert verdict.compliant, verdict
