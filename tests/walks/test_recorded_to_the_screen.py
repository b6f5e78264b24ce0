"""Every answer and delivery that Facebook really gave, all the way to the screen. They lie beside the checkout."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from functools import partial
from itertools import count

import pytest
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone

from moderation import audit
from moderation.graph import webhook
from moderation.models import Item, Page, WebhookDelivery
from moderation.models.order import carry_out
from moderation.policy.terms import Kind, OrderState
from moderation.sync import deliveries, fresh, hearsay, inbound
from tests import make
from tests.moderation.graph import answers
from tests.moderation.graph.test_recorded import ERRORS, FILES, FOLDER, content, nodes, value

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason=f"no recorded answers in {FOLDER}"),
]

SECRET = "appens-hemlighet"
DELIVERIES = [name for name in FILES if name.startswith(("wh", "wm"))]
OTHERS = [name for name in FILES if name not in DELIVERIES and name not in ERRORS]
MESSAGES = ("message", "conversation")


def on_the_screen(web, items: Iterator[Item]) -> None:
    """The page of each item answers, and says what was written."""
    web.force_login(make.user("agda", "webbredaktor"))
    for address in ("/ko/", "/drift/"):
        assert web.get(address).status_code == 200
    for item in items:
        answer = web.get(item.get_absolute_url())
        assert answer.status_code == 200
        if item.text.strip():
            assert str(linebreaksbr(item.text)) in answer.content.decode()


# --- Nodes ------------------------------------------------------------------------------------------------------


def bare(part):
    """Without links to further pages, which only Facebook itself could follow."""
    if isinstance(part, dict):
        return {key: bare(inner) for key, inner in part.items() if key != "paging"}
    return [bare(inner) for inner in part] if isinstance(part, list) else part


def recorded(names):
    """Each object of these files that can be a post, a comment or a message, as it was recorded."""
    for name in names:
        found = [value(name)] if isinstance(value(name), dict) and "id" in value(name) else []
        for node in [*found, *nodes(value(name))]:
            yield bare(node)


def test_every_recorded_node_as_post_and_as_comment(world, graph, clock, client):
    found = list(recorded(name for name in OTHERS if not name.startswith(MESSAGES)))
    numbers = count(1)
    below = world.add_post("Här under står resten.", make.NOW)
    for node in found:
        number = next(numbers)
        world.add_raw_post({**node, "id": f"{world.page_id}_9{number:05}"})
        world.add_raw_comment(below, {**node, "id": f"8_8{number:05}"})
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.error, run.failed) == ("", 0)
    assert len(found) > 200
    items = {item.graph_id: item for item in Item.objects.all()}
    for number, node in enumerate(found, start=1):
        for graph_id in (f"{world.page_id}_9{number:05}", f"8_8{number:05}"):
            told = node.get("message", node.get("story", ""))
            assert items[graph_id].latest_version.exact_text == told
            assert items[graph_id].author_name == node.get("from", {}).get("name", "")
    on_the_screen(client, list(items.values())[::30])
    assert list(audit.verify()) == []
    assert inbound.pull(graph, world.page_id, clock).created == 0


def test_every_recorded_file_hung_on_a_comment(world, graph, clock, client):
    """Attachments above all, and whatever else may come in their place."""
    below = world.add_post("Här under står resten.", make.NOW)
    for number, name in enumerate(OTHERS):
        world.add_raw_comment(below, {"id": f"8_{number + 1000}", "message": name, "attachment": bare(value(name))})
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.error, run.failed, run.created) == ("", 0, len(OTHERS) + 1)
    on_the_screen(client, Item.objects.all()[::20])


def test_every_recorded_message(world, graph, clock, client):
    found = list(recorded(name for name in OTHERS if name.startswith(MESSAGES)))
    assert len(found) > 10
    for number, node in enumerate(found):
        world.add_raw_message(f"Person {number % 3}", {**node, "id": f"m_{number}"})
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.error, run.failed, run.remarks) == ("", 0, "")
    assert Item.objects.filter(kind=Kind.MESSAGE).count() == len(found)
    for number, node in enumerate(found):
        item = Item.objects.get(graph_id=f"m_{number}")
        assert item.latest_version.exact_text == node.get("message", "")
    on_the_screen(client, Item.objects.all())


# --- Deliveries -------------------------------------------------------------------------------------------------


@pytest.fixture
def deliver(client, settings, clock):
    """deliver(name, speaker): through the door, and looked into. Returns the page it was about and what was told."""
    settings.FACEBOOK_APP_SECRET = SECRET

    def deliver(name, speaker):
        body = content(name)
        signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        answer = client.post(
            "/webhook/facebook/", body, content_type="application/json", headers={"X-Hub-Signature-256": signed}
        )
        assert (answer.status_code, answer.content) == (200, b"EVENT_RECEIVED")
        clock.now = timezone.now()
        told = webhook.read(body).changes
        page = Page.objects.get_or_create(graph_id=told[0].page_id if told else "1", defaults={"name": "Sidan"})[0]
        take = partial(deliveries.take, speaker, page, clock)
        carry_out(WebhookDelivery.objects.all(), take, clock)
        assert WebhookDelivery.objects.get().state == OrderState.DONE, WebhookDelivery.objects.get().last_error
        return page, told

    return deliver


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_recorded_delivery_about_what_is_gone_is_kept_as_it_was_told(name, deliver, world, graph, client):
    world.page_id = next((change.page_id for change in webhook.read(content(name)).changes), world.page_id)
    _, told = deliver(name, graph)
    said = [one for one in told if one.kind != "other" and one.verb not in ("remove", "other")]
    said = [one for one in said if one.verb == "add" or one.text is not None]
    keys = {hearsay.key_of(one): one for one in said}
    assert set(Item.objects.values_list("graph_key", flat=True)) == set(keys)
    for item in Item.objects.all():
        change = keys[item.graph_key]
        assert item.latest_version.exact_text == (change.text or "")
        assert item.author_name == change.author_name
        # Ids of messages as old as some recorded ones cannot be asked for.
        unknown = item.kind == Kind.MESSAGE and item.removed_at is None
        assert item.notes == (hearsay.NOT_READABLE if unknown else hearsay.ONLY_TOLD)
        assert item.removed_at is not None or unknown
    on_the_screen(client, Item.objects.all())


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_recorded_delivery_about_what_is_there_leads_to_it(name, deliver, world, graph, client):
    changes = webhook.read(content(name)).changes
    world.page_id = next((change.page_id for change in changes), world.page_id)
    texts = {}
    for change in changes:
        text, node = f"Läst: {change.text}", {"created_time": "2026-11-20T10:00:00+0000"}
        if change.kind == "comment":
            if change.post_id.rpartition("_")[2] not in world.posts:
                world.add_raw_post({**node, "id": change.post_id, "message": "Inlägget"})
            world.add_raw_comment(change.post_id, {**node, "id": change.object_id, "message": text})
            texts[hearsay.key_of(change)] = text
        elif change.kind == "post":
            world.add_raw_post({**node, "id": change.object_id, "message": text})
            texts[hearsay.key_of(change)] = text
    _, told = deliver(name, graph)
    for change in told:
        if change.kind in ("comment", "post") and change.verb != "remove":
            assert Item.objects.get(graph_key=hearsay.key_of(change)).text == texts[hearsay.key_of(change)]
    assert not Item.objects.exclude(removed_at=None).exclude(kind=Kind.MESSAGE).exists()
    on_the_screen(client, Item.objects.all())


# --- Anything in the place of anything --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ERRORS)
def test_a_recorded_error_as_every_answer_is_one_sentence_and_loses_nothing(name, clock, client):
    kept = make.item("Fanns redan")
    before = Item.objects.values().get()
    page = kept.thread.page
    for pull in (
        lambda: fresh.pull(speaker(name), page, clock),
        lambda: inbound.pull(speaker(name), page.graph_id, clock),
    ):
        run = pull()
        assert run.error.endswith("."), name
        assert "http" not in run.error
    assert Item.objects.values().get() == before
    on_the_screen(client, [kept])


def speaker(name):
    return answers.client(answers.always(content(name), 400))


@pytest.mark.parametrize("name", OTHERS)
def test_any_recorded_answer_in_the_place_of_every_other_breaks_nothing(name, clock, client):
    page = make.page()
    for run in (fresh.pull(speaker_of(name), page, clock), inbound.pull(speaker_of(name), page.graph_id, clock)):
        assert run is None or run.failed == 0
    on_the_screen(client, Item.objects.all()[:3])


def speaker_of(name):
    return answers.client(answers.always(json.dumps(bare(value(name))).encode()))
