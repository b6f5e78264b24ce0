"""Whatever a person may write comes in by every way there is, is kept to the letter, and hurts nobody on any page."""

import hashlib
import hmac
import io
import json
import re
from collections import defaultdict
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from playwright.sync_api import Page

from arkiv.models import PrintedItem
from moderation import audit
from moderation.models import Attachment, HistoryImport, Item, ItemVersion, WebhookDelivery
from moderation.models.order import carry_out
from moderation.models.storable import storable
from moderation.policy.terms import Kind, OrderState, Role
from moderation.sync import deliveries, history, inbound
from tests import export_zip, hostile, make

EARLIER = make.NOW - timedelta(hours=2)
SECRET = "appens-hemlighet"
TEXTS = hostile.texts()
# In names, titles and bodies of limited size a flood need not be as long.
SHORT = hostile.texts(long=300)


def test_there_are_more_than_three_hundred_of_them_and_no_two_alike():
    assert len(TEXTS) > 300
    assert len(set(TEXTS.values())) == len(TEXTS)
    assert max(map(len, TEXTS.values())) >= 60_000


def lots(things, size):
    listed = list(things)
    return [listed[start : start + size] for start in range(0, len(listed), size)]


# --- Ways in ----------------------------------------------------------------------------------------------------


@pytest.fixture
def facebook_page(world):
    return make.page(world.page_id)


def kept():
    """Every version here, by the exact text it says it has."""
    found = defaultdict(list)
    for version in ItemVersion.objects.select_related("item"):
        found[version.exact_text].append(version)
        assert version.is_whole
    return found


def pages_can_be_read(client, every=1):
    """The queue to its end, the page of each `every`th item, and the pages about all. Returns what the items' pages say."""
    client.force_login(make.agda())
    address, rows = "/ko/", 0
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        harmless(answer.content)
        rows += len(answer.context["listing"]["rows"])
        address = answer.context["listing"]["more"]
    assert rows == Item.objects.waiting().count()
    bodies = {}
    for item in Item.objects.order_by("pk")[::every]:
        answer = client.get(item.get_absolute_url())
        assert answer.status_code == 200, item.graph_id
        harmless(answer.content)
        bodies[item.pk] = answer.content.decode()
    for address in ("/", "/drift/", "/utskrifter/"):
        assert client.get(address).status_code == 200
    return bodies


def harmless(content):
    """No tag of a foreign hand: those that do something stand only where the house has put them."""
    tags = set(re.findall(rb"<([a-zA-Z][^\s/>]*)", content))
    assert tags <= HOUSE, tags - HOUSE


HOUSE = {
    *(b"html", b"head", b"meta", b"title", b"link", b"script", b"body", b"a", b"header", b"nav", b"main", b"footer"),
    *(b"div", b"p", b"span", b"ul", b"ol", b"li", b"dl", b"dt", b"dd", b"h1", b"h2", b"h3", b"h4", b"section", b"br"),
    *(b"article", b"aside", b"time", b"q", b"strong", b"small", b"em", b"code", b"figure", b"figcaption", b"img"),
    *(b"form", b"input", b"button", b"label", b"select", b"option", b"optgroup", b"textarea", b"fieldset", b"legend"),
    *(b"details", b"summary", b"svg", b"use", b"path", b"table", b"thead", b"tbody", b"tr", b"th", b"td", b"caption"),
    *(b"ins", b"del", b"blockquote", b"dialog", b"kbd", b"mark"),
}


def unmarked(body):
    """The page without what the house has put into a text: its hints."""
    return re.sub(r'<mark class="hint"[^>]*>|<span class="visually-hidden"> \[[^<]*\]</span></mark>', "", body)


def exported():
    out = io.StringIO()
    call_command("export_items", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.django_db
def test_as_comments_with_names_and_titles_of_the_same_kind(world, graph, clock, client):
    names = {}
    for lot in lots(TEXTS, 8):
        post = world.add_post("Nu plogas det.", EARLIER)
        for name in lot:
            names[f"1_{10_000 + len(names)}"] = name
            attachment = {"type": "share", "title": SHORT[name], "description": SHORT[name], "url": SHORT[name]}
            node = {"id": list(names)[-1], "message": TEXTS[name], "from": {"id": "9", "name": SHORT[name]}}
            world.add_raw_comment(post, {**node, "attachment": attachment, "created_time": "2026-11-20T09:00:00+0000"})
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.error, run.failed, run.created) == ("", 0, len(TEXTS) + Item.objects.filter(kind=Kind.POST).count())
    items = {item.graph_id: item for item in Item.objects.filter(kind=Kind.COMMENT).prefetch_related("versions")}
    titles = dict(Attachment.objects.values_list("item__graph_id", "title"))
    for graph_id, name in names.items():
        (version,) = items[graph_id].versions.all()
        assert (version.exact_text, version.exact_author) == (TEXTS[name], SHORT[name]), name
        assert version.is_whole
        assert version.node["attachment"]["title"] == SHORT[name]
        assert titles[graph_id] == storable(SHORT[name])
    bodies = pages_can_be_read(client, every=3)
    for graph_id, name in names.items():
        if items[graph_id].pk in bodies and TEXTS[name].strip():
            assert str(linebreaksbr(storable(TEXTS[name]))) in unmarked(bodies[items[graph_id].pk]), name
    told = {one["graph_id"]: (one["message"], one["author_name"]) for one in exported()}
    assert [told[graph_id] for graph_id in names] == [
        (TEXTS[n], SHORT[n] or told_name(items, g)) for g, n in names.items()
    ]
    paper_of(items.values(), client)
    assert list(audit.verify()) == []


def told_name(items, graph_id):
    return items[graph_id].author_name


def paper_of(items, client):
    """As the pages of a printout tell of what stands on it."""
    printout = make.printout(
        state=OrderState.DONE, done_at=make.NOW, pdf_sha256="0" * 64, document_sha256="0" * 64, document="{}"
    )
    made = [
        PrintedItem(printout=printout, item=item, version=item.versions.all()[0], number=at)
        for at, item in enumerate(items, start=1)
    ]
    PrintedItem.objects.bulk_create(made)
    client.force_login(make.cecilia())
    for address in (
        printout.get_absolute_url(),
        *(f"{printout.get_absolute_url()}?efter={at}" for at in range(50, len(made), 50)),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        harmless(answer.content)


@pytest.mark.django_db
def test_as_posts_and_private_messages(world, graph, clock, client):
    for name, text in SHORT.items():
        world.add_post(text, EARLIER, author=f"{name} {text}")
        world.add_message(f"{name} {text}", text, EARLIER)
    run = inbound.pull(graph, world.page_id, clock)
    assert (run.error, run.failed, run.remarks) == ("", 0, "")
    assert Item.objects.count() == 2 * len(SHORT)
    versions = kept()
    for name, text in SHORT.items():
        assert [version.exact_author for version in versions[text]] == [f"{name} {text}"] * 2, name
    pages_can_be_read(client, every=15)


@pytest.mark.django_db
def test_as_what_a_webhook_tells_of_what_is_gone(world, graph, clock, client, facebook_page, settings):
    """Comments are gone, messages may not be read."""
    settings.FACEBOOK_APP_SECRET = SECRET
    world.fault("code_200", times=None, path="conversations")
    for at, lot in enumerate(lots(SHORT.items(), 100)):
        changes = [comment(world, f"{at}{place:03}", text) for place, (_, text) in enumerate(lot)]
        talk = [message(world, f"{at}{place:03}", text) for place, (_, text) in enumerate(lot)]
        body = json.dumps(
            {"object": "page", "entry": [{"id": world.page_id, "changes": changes, "messaging": talk}]}
        ).encode()
        signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signed}
        answer = client.post("/webhook/facebook/", body, content_type="application/json", headers=headers)
        assert answer.status_code == 200
    clock.now = timezone.now()
    take = partial(deliveries.take, graph, facebook_page, clock)
    assert carry_out(WebhookDelivery.objects.all(), take, clock) == WebhookDelivery.objects.count()
    assert Item.objects.exclude(removed_at=None).count() == Item.objects.filter(removed_at=None).count() == len(SHORT)
    versions = kept()
    for name, text in SHORT.items():
        assert {version.item.kind for version in versions[text]} == {Kind.COMMENT, Kind.MESSAGE}, name
        assert {version.exact_author for version in versions[text]} == {text, ""}, name
    pages_can_be_read(client, every=15)


def comment(world, number, text):
    value = {"item": "comment", "verb": "add", "comment_id": f"1_{number}", "post_id": f"{world.page_id}_1"}
    return {"field": "feed", "value": {**value, "message": text, "from": {"id": "9", "name": text}, "photo": text}}


def message(world, number, text):
    told = {"mid": f"m_{number}", "text": text, "attachments": [{"type": "image", "payload": {"url": text}}]}
    return {"sender": {"id": f"7{number}"}, "recipient": {"id": world.page_id}, "timestamp": text, "message": told}


@pytest.mark.django_db
def test_in_an_export_of_the_page(world, clock, client, facebook_page, store, tmp_path):
    path = export_zip.build(
        tmp_path / "export.zip",
        posts=[export_zip.post(text, 1_600_000_000 + at, name) for at, (name, text) in enumerate(SHORT.items())],
        comments=[export_zip.comment(text, 1_600_000_000 + at, text) for at, text in enumerate(SHORT.values())],
        conversations=[
            export_zip.conversation(f"samtal_{at}", [export_zip.message(text, sender=text)], title=text)
            for at, text in enumerate(SHORT.values())
        ],
    )
    order = HistoryImport.objects.create(
        file_name=SHORT["path turned"], path=str(path), sha256="0" * 64, size=path.stat().st_size,
        ordered_at=clock(), not_before=clock(),
    )  # fmt: skip
    carry_out(HistoryImport.objects.all(), partial(history.read, facebook_page, store, clock), clock, most=1)
    order.refresh_from_db()
    assert (order.state, order.last_error, order.failed) == (OrderState.DONE, "", 0)
    versions = defaultdict(list)
    for version in ItemVersion.objects.all():
        versions[version.text].append(version)
    for name, text in SHORT.items():
        # What is no text once it is put right is kept as it came.
        came = export_zip.doubled(text) if re.search("[\ud800-\udfff]", text) else text
        assert len(versions[storable(came)]) >= 3 or not text, name
    pages_can_be_read(client, every=15)


# --- In a browser -----------------------------------------------------------------------------------------------

# Each element as its own and its parent's name, classes and attributes. Line breaks are the one thing a text may make.
SKELETON = """(page) => {
  const named = (one) => one.tagName + '.' + one.classList.value + '[' +
    [...one.attributes].map((attribute) => attribute.name).sort().join() + ']';
  const found = [...page.querySelectorAll('*:not(br, .pagination, .pagination *)')];
  return [...new Set(found.map((one) => named(one.parentElement ?? one) + ' > ' + named(one)))];
}"""
# The same of pages that are fetched and read as a browser reads them, but not shown.
FETCHED = f"""async (addresses) => {{
  const found = {{}};
  for (const address of addresses) {{
    const content = await (await fetch(address)).text();
    found[address] = ({SKELETON})(new DOMParser().parseFromString(content, 'text/html'));
  }}
  return found;
}}"""
HINTED = (
    "Jag vet var du bor och ska slå ihjäl dig. Jag begär ut alla handlingar i KS 2026/112. När svarar ni? Ring 070-123 45 67 eller skriv till "
    "agda@exempel.se, Storgatan 3, om 19900602-2397 och 19900602-2398. Det är skandal! Läs https://exempel.se/sida"
)
ONWARD = "() => document.querySelector('.pagination a[rel=next]')?.getAttribute('href')"


@pytest.mark.browser
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_browser_finds_in_each_of_them_what_it_finds_in_a_plain_word(page: Page):
    """Every one in the list as it is shown and on its own page as it is read, and every eighth of those shown too."""
    make.user("agda", Role.WEBBREDAKTOR)
    plain = [
        shown("Hej", "Kalle", "https://exempel.se/"),
        shown("a\x00b", "", "x"),
        shown("", " ", ""),
        shown("å" * 700),
        # One of each kind of hint, so that what marks a hint is known, and an item whose only hint is that it is no Swedish.
        shown(HINTED),
        shown("አማርኛ ትግርኛ ጽሑፍ ለመሞከር ብቻ ነው"),
    ]
    page.goto("/logga-in/?next=/ko/")
    page.get_by_label("Användarnamn").fill("agda")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    lists = skeleton(page, "/ko/")
    items = {part for item in plain for part in skeleton(page, item.get_absolute_url())}
    made = [shown((SHORT if at % 8 else TEXTS)[name], SHORT[name], SHORT[name]) for at, name in enumerate(TEXTS)]
    items |= skeleton(page, plain[0].get_absolute_url())  # now that there is a next in the queue
    for item in made[::8]:
        assert skeleton(page, item.get_absolute_url()) <= items, item.text[:100]
    known = {part for found in fetched(page, plain).values() for part in found}
    for address, found in fetched(page, made).items():
        assert set(found) <= known, address
    address, rows = "/ko/", 0
    while address:
        assert skeleton(page, address) <= lists, address
        rows += page.locator(".row").count()
        address = page.evaluate(ONWARD)
    assert rows == len(made) + len(plain)


def shown(text, author="Kalle Exempel", address=""):
    item = make.item(text, author=storable(author))
    make.attachment(item, title=storable(author), description=storable(author), link=storable(address), url="")
    return item


def fetched(page, items):
    return page.evaluate(FETCHED, [item.get_absolute_url() for item in items])


def skeleton(page, address):
    page.goto(address, wait_until="domcontentloaded")
    return set(page.evaluate(f"() => ({SKELETON})(document)"))
