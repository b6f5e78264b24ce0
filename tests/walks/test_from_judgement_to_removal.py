"""The whole way out: read, judged as a threat, ordered away, saved by the archive, removed. Only Facebook is played."""

from datetime import timedelta

import pytest
from django.utils import timezone

from arkiv.models import Evidence
from arkiv.tasks import make_evidence
from moderation import audit, store, tasks
from moderation.actions import intervene
from moderation.actions.seen import Seen
from moderation.graph.simulator import World, serve
from moderation.models import FollowUpStep, Intervention, Item
from moderation.policy.terms import Category, Ground, InterventionKind, OrderState, Reason, StepKind, StepState
from tests import make

pytestmark = pytest.mark.django_db

PAGE_ID = "1036844829507460"


@pytest.fixture
def world(settings):
    world = World(PAGE_ID, "Ljusnarsbergs kommun", timezone.now)
    server = serve(world)
    settings.GRAPH_URL, settings.FACEBOOK_PAGE_ID, settings.FACEBOOK_PAGE_TOKEN = server.url, PAGE_ID, "demo-token"
    yield world
    server.close()


@pytest.fixture
def threat(world):
    """With a picture and an answer, taken in and judged."""
    earlier = timezone.now() - timedelta(hours=1)
    post = world.add_post("Nu plogas det.", earlier)
    comment = world.add_comment(post, "Jag vet var ni bor.", earlier, author="Kalle Exempel", picture="snowy road")
    world.add_comment(post, "Håller med.", earlier, author="Amina Fiktiv", parent=comment)
    tasks.pull_fresh()
    item = Item.objects.get(graph_id=comment)
    make.classification(item, Category.BROTTSLIGT, Reason.HOT, at=timezone.now())
    return Item.objects.get(pk=item.pk)


def on_facebook(world, item):
    return item.graph_id.rpartition("_")[2] in world.comments


def steps(item):
    return dict(FollowUpStep.objects.filter(classification__item=item).values_list("kind", "state"))


def test_a_threat_leaves_facebook_when_and_only_when_all_of_it_is_saved(world, threat):
    ordered = intervene.order(
        item=threat,
        kind=InterventionKind.REMOVE,
        ground=Ground.BROTT,
        by=make.agda(),
        now=timezone.now() - timedelta(minutes=1),
        seen=Seen.of(threat),
    )

    def woken_again():
        Intervention.objects.filter(state=OrderState.ORDERED).update(not_before=timezone.now())
        tasks.intervene()
        ordered.refresh_from_db()

    woken_again()
    assert on_facebook(world, threat)
    assert "Bevisbladet är inte klart än." in ordered.last_error
    # The sheet waits for the picture.
    make_evidence()
    assert not Evidence.objects.exists()
    tasks.fetch_media()
    make_evidence()
    assert steps(threat)[StepKind.SPARA] == StepState.DONE
    assert steps(threat)[StepKind.TA_BORT] == StepState.OPEN
    woken_again()
    assert not on_facebook(world, threat)
    assert (ordered.state, ordered.was_done_already) == (OrderState.DONE, False)
    assert store.files().check(ordered.evidence_sha256)
    assert steps(threat)[StepKind.TA_BORT] == StepState.DONE
    assert Item.objects.filter(removed_by_page=True, removed_at__isnull=False).count() == 2
    assert list(audit.verify()) == []
