"""The search page: who finds what, and that nobody learns of what they may not read."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation.models import Classification, FollowUpStep, Item, Note, User
from moderation.policy.terms import Category, Direction, Kind, Reason, Role, StepKind
from moderation.search.vocabulary import gather
from tests import make

pytestmark = pytest.mark.django_db

MARK = "hemlighetsmarkor"


def ask(client: Client, user: User, **query: str) -> str:
    client.force_login(user)
    response = client.get(reverse("search"), query)
    assert response.status_code == 200
    return response.content.decode()


def hits(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'class="hit__link" href="/handling/(\d+)/"', page)]


def rut(client: Client, **query: str) -> list[int]:
    return hits(ask(client, User.objects.filter(username="rut").first() or make.rut(), **query))


# --- Finding ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["väg", "vägen", "VÄGAR", "vag", "vagens", '"vägen är"', "vägen -gatlyset", "oframkomlig väg"])  # fmt: skip
def test_words_are_found_in_every_form(client, typed):
    item = make.item("Vägen är oframkomlig igen!")
    make.item("Vägen saknar gatlyset" if "-" in typed else "Gatlyset är trasigt")
    assert rut(client, q=typed) == [item.pk]


@pytest.mark.parametrize("typed", ['"är vägen"', "vägen -oframkomlig", "vägen gatlyset", '"väg"'])
def test_what_does_not_fit_is_not_found(client, typed):
    make.item("Vägen är oframkomlig igen!")
    assert rut(client, q=typed) == []


def test_compounds_are_found_by_their_beginning(client):
    item = make.item("När kommer snöröjningen?")
    assert rut(client, q="snö") == [item.pk]


def test_the_newest_stands_first_and_the_older_follow_by_pages(client):
    items = [make.item(f"Vägen {n}", at=make.NOW - timedelta(hours=n)) for n in range(120)]
    pks = [item.pk for item in items]
    page = ask(client, make.rut(), q="vägen")
    seen = hits(page)
    while older := re.search(r'href="([^"]+)" rel="next"', page):
        page = client.get(older[1].replace("&amp;", "&")).content.decode()
        assert "120 träffar" in page
        seen += hits(page)
    assert seen == pks


def test_more_than_a_thousand_are_not_counted(client):
    first = make.item("Vägen")
    fields = {each.attname: getattr(first, each.attname) for each in Item._meta.concrete_fields if not each.primary_key}
    Item.objects.bulk_create([Item(**fields | {"graph_key": f"comment:x{n}"}) for n in range(1000)])
    page = ask(client, make.rut(), q="vägen")
    assert "Fler än 1 000 träffar" in page


def test_where_all_hits_are_alike_it_says_so_instead_of_nothing(client):
    make.item("Vägen")
    assert "Alla träffar är av samma slag." in ask(client, make.rut(), q="vägen")


def test_a_note_that_is_the_hit_is_shown(client):
    item = make.item("Hej")
    Note.objects.create(item=item, by=make.bertil(), at=make.NOW, text="Ring om brunnslocket på torget")
    page = ask(client, make.rut(), q="brunnslock")
    assert hits(page) == [item.pk]
    assert "Ring om <mark>brunnslocket</mark> på torget" in page


def test_hits_are_marked_and_cut_out_of_long_texts(client):
    make.item("ord " * 500 + "här är Vägen som <b>söktes</b> " + "ord " * 500)
    page = ask(client, make.rut(), q="vag")
    assert "här är <mark>Vägen</mark> som &lt;b&gt;söktes&lt;/b&gt;" in page
    assert len(page) < 20_000


def test_what_stands_under_a_post_is_found_by_the_posts_words(client):
    thread = make.thread()
    make.item("Torgdagen ställs in", kind=Kind.POST, thread=thread, direction=Direction.UPPRATTAD)
    comment = make.item("Så synd!", thread=thread)
    make.item("Torgdagen blev bra")
    page = ask(client, make.rut(), q="torgdag", i="inlagg")
    assert hits(page) == [comment.pk]
    assert "<mark>Torgdagen</mark> ställs in" in page


# --- Straight there ---------------------------------------------------------------------------------------------


def test_a_number_a_link_and_a_diarienummer_put_their_item_first(client):
    item = make.item("Hej", graph_key="comment:778899", graph_id="1_778899")
    judged = make.classification(item, category=Category.DIARIEFORS, reason=Reason.KLAGOMAL)
    FollowUpStep.objects.filter(classification=judged, kind=StepKind.REGISTRERA).update(reference="KS 2026/417")
    make.item("Jag minns KS 2026/417 och 2026/4171", at=make.NOW + timedelta(days=1))
    link = "https://www.facebook.com/1036844829507460/posts/1221?comment_id=778899&ref=notif"
    for typed in (str(item.pk), f"#{item.pk}", link, "1221_778899", "KS 2026/417", "dnr 2026/417"):
        page = ask(client, User.objects.filter(username="rut").first() or make.rut(), q=typed)
        assert "Det du skrev pekar på" in page, typed
        assert hits(page)[0] == item.pk, typed


# --- Narrowing --------------------------------------------------------------------------------------------------


def test_facets_count_and_narrow(client):
    teknik = make.thread(make.verksamhet())
    for n in range(3):
        make.item(f"Vägen {n}", thread=teknik)
    post = make.item("Vägen i fjol", kind=Kind.POST, at=make.NOW.replace(year=2025))
    make.classification(post)
    page = ask(client, make.rut(), q="vägen")
    told = dict(re.findall(r'<span>([^<]+)</span><span class="numeric quiet">(\d+)</span>', page))
    assert told == {
        "Ringa betydelse": "1", "Kommentar": "3", "Inlägg": "1", "Väntar på bedömning": "3", "Bedömd": "1", "Teknik": "3", "Gemensamma": "1",
        "2026": "3", "2025": "1",
    }  # fmt: skip
    for narrow in ({"slag": "post"}, {"klass": "ringa_betydelse"}, {"lage": "bedomd"}, {"verksamhet": "gemensamt"}, {"fran": "2025-01-01", "till": "2025-12-31"}):  # fmt: skip
        assert hits(ask(client, User.objects.get(username="rut"), q="vägen", **narrow)) == [post.pk], narrow


def test_a_choice_can_be_let_go_of(client):
    make.item("Vägen")
    page = ask(client, make.rut(), q="vägen", slag="post")
    assert "Inga träffar med de avgränsningarna" in page
    assert 'href="/sok/?q=v%C3%A4gen"' in page


@pytest.mark.parametrize("state", ["parkerad", "borta"])
def test_parked_and_gone_are_found(client, state):
    item = make.item("Vägen")
    make.item("Vägen")
    far = make.NOW.replace(year=2090)
    Item.objects.filter(pk=item.pk).update(
        **({"parked_until": far} if state == "parkerad" else {"removed_at": make.NOW})
    )
    assert rut(client, q="vägen", lage=state) == [item.pk]


# --- Secrets ----------------------------------------------------------------------------------------------------


def secret_item(**judged: str) -> Item:
    item = make.item(f"Grannen har {MARK} och går på behandling", thread=make.thread(make.verksamhet()))
    make.classification(item, **(judged or {"category": Category.SEKRETESS}))
    Classification.objects.filter(item=item).update(note=f"Rör {MARK} och familjen")
    return item


READERS = {"agda": False, "bertil": True, "rut": True, "cecilia": False}


@pytest.mark.parametrize(("name", "may"), READERS.items())
@pytest.mark.parametrize("i", ["", "inlagg"])
def test_a_secret_text_is_found_only_by_who_may_read_it(client, name, may, i):
    item = secret_item()
    post = make.item(f"Inlägget om {MARK}", kind=Kind.POST, thread=item.thread)
    make.classification(post, category=Category.SEKRETESS)
    page = ask(client, getattr(make, name)(), q=MARK, i=i)
    assert (item.pk in hits(page)) == may
    assert ("behandling" in page) == may
    if not may:
        assert "Inga träffar" in page
        assert MARK not in page.replace(f'value="{MARK}"', "").replace(f"Sök: {MARK}", "").replace(f"?q={MARK}", "")


@pytest.mark.parametrize(("name", "may"), READERS.items())
def test_facets_and_counts_tell_nothing_of_secrets(client, name, may):
    secret_item()
    make.item("Grannen har klippt häcken")
    page = ask(client, getattr(make, name)(), q="grannen")
    assert ("2 träffar" in page) == may
    assert ("klass=sekretess" in page) == may


@pytest.mark.parametrize(("name", "may"), READERS.items())
def test_no_suggestion_betrays_a_secret_word(client, name, may):
    item = make.item(f"Grannen har {MARK}", thread=make.thread(make.verksamhet()))
    gather()
    make.classification(item, category=Category.SEKRETESS)
    page = ask(client, getattr(make, name)(), q=MARK.replace("mark", "mrak"))
    assert ("Menade du" in page) == may
    assert (MARK in page) == may


@pytest.mark.parametrize("name", READERS)
def test_what_nobody_may_see_is_found_by_nobody(client, name):
    item = make.item(f"Bild: {MARK}")
    gather()
    make.classification(item, category=Category.BROTTSLIGT, reason=Reason.BARNPORNOGRAFI)
    Note.objects.create(item=item, by=make.user(), at=make.NOW, text=f"Det är {MARK}")
    reader = getattr(make, name)()
    assert hits(ask(client, reader, q=MARK)) == []
    assert MARK not in ask(client, reader, q=MARK.replace("mark", "mrak"))
    named = ask(client, reader, q=str(item.pk))
    assert hits(named) == [item.pk]
    assert MARK not in named


@pytest.mark.parametrize(("name", "may"), [("bertil", True), ("rut", True), ("cecilia", False)])
def test_a_secret_item_that_is_named_by_its_number_shows_its_text_only_to_who_may_read_it(client, name, may):
    item = secret_item()
    page = ask(client, getattr(make, name)(), q=str(item.pk))
    assert hits(page) == [item.pk]
    assert (MARK in page) == may


def test_a_post_that_is_secret_is_not_quoted_above_its_comments(client):
    thread = make.thread()
    post = make.item(f"Inlägg om {MARK}", kind=Kind.POST, thread=thread)
    make.item("Vägen", thread=thread)
    make.classification(post, category=Category.SEKRETESS)
    assert MARK in ask(client, make.rut(), q="vägen")
    assert MARK not in ask(client, make.cecilia(), q="vägen")


def test_other_verksamheters_items_are_neither_found_nor_counted(client):
    make.item(f"Vägen {MARK}", thread=make.thread(make.verksamhet()))
    gather()
    page = ask(client, make.agda(), q="vägen")
    assert hits(page) == []
    assert MARK not in page
    assert "Menade du" not in ask(client, User.objects.get(username="agda"), q=MARK[:-1] + "e")


# --- Menade du --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"), [("snörjöning", "snöröjning"), ("gatlsye", "gatlyse"), ("ohrnäss", "Öhrnäs")]
)
def test_a_misspelt_word_is_mended(client, typed, meant):
    make.item("Snöröjning och gatlyse saknas", author="Åsa Öhrnäs")
    gather()
    page = ask(client, make.rut(), q=typed)
    assert f">{meant}</a>?" in page


def test_a_part_of_a_name_is_mended(client):
    make.item("Hej", author="Bo Andersson")
    gather()
    assert ">Andersson</a>?" in ask(client, make.rut(), q="dersson")


# --- Bad input --------------------------------------------------------------------------------------------------

ODD = ['"', '""', "'", "-", "--", "- -", "(", ")", "*", "a*", ":*", "&", "|", "!", "a & | b", "AND", "OR NOT", "NEAR(a b)", "document:a", "{a b}:c", "^a", "a+b", "\\", "%", "_", "\x00", "a\x00b", "😀", "😀 väg", "\u202e", "\ud7ff", "ﬁ", "İ", "ß", "ｖäg", "'; DROP TABLE moderation_item; --", "<script>alert(1)</script>", "a" * 100_000, "väg " * 25_000, '"' * 1000, "-a " * 1000, "999999999999999999", "9" * 30, "1_2_3", "https://facebook.com/", "facebook.com/?comment_id=%%%", "https://www.facebook.com/x?comment_id=Y29tbWVudDoxXzI", "0/0", "٣٤", "mid.\x00"]  # fmt: skip


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed[:20]))
@pytest.mark.parametrize("i", ["", "inlagg"])
def test_nothing_that_is_typed_is_an_error(client, typed, i):
    make.item("Vägen är oframkomlig")
    page = ask(client, make.rut(), q=typed, i=i)
    assert "<script>alert" not in page


@pytest.mark.parametrize("query", [{"slag": "x"}, {"klass": "'"}, {"verksamhet": "1e9"}, {"verksamhet": "9" * 18}, {"lage": "?"}, {"fran": "2026-13-45"}, {"fran": "0001-01-01"}, {"till": "9999-12-31"}, {"efter": "x"}, {"efter": "9" * 19}, {"efter": "-" + "9" * 19}, {"efter": "9" * 40}, {"i": "\x00"}, {"slag": "\x00"}])  # fmt: skip
def test_no_choice_in_the_address_is_an_error(client, query):
    make.item("Vägen är oframkomlig")
    ask(client, make.rut(), q="vägen", **query)


def test_hostile_texts_and_names_are_shown_harmlessly(client):
    make.item("<img src=x onerror=alert(1)> vägen", author="<script>alert(1)</script>")
    page = ask(client, make.rut(), q="vägen script alert")
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page


def test_without_words_the_page_says_what_can_be_searched_for(client):
    assert "Vad söker du?" in ask(client, make.rut())
    assert "Det finns inget ord att söka på" in ask(client, User.objects.get(username="rut"), q="-bara")


# --- Speed ------------------------------------------------------------------------------------------------------


def test_ten_hits_cost_as_many_questions_as_two_hundred(client):
    reader = make.user("greta", Role.REGISTRATOR)
    client.force_login(reader)

    def add(count: int) -> None:
        for _ in range(count):
            item = make.item("Vägen", thread=make.thread(make.verksamhet()))
            Note.objects.create(item=item, by=reader, at=make.NOW, text="Lampan")

    def questions(words: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse("search"), {"q": words}).status_code == 200
        return len(counted)

    add(10)
    few = [questions("vägen"), questions("lampan")]
    add(190)
    assert [questions("vägen"), questions("lampan")] == few
    assert max(few) <= 14
