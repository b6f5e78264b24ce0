"""The queue shows what waits, to those who may see it, in the order in which it must be answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.actions import roles
from moderation.models import Item, Lease, Preferences, Presence, Skip, SyncRun
from moderation.policy import rules, workdays
from moderation.policy.opening_hours import OpeningHours
from moderation.policy.terms import Category, Direction, Kind, Lane, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    """A webbredaktör for the whole municipality, logged in."""
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def late(hours: int = 5):
    return timezone.now() - timedelta(hours=hours, minutes=30)


def shown(response) -> list[str]:
    return [row.text for row in response.context["listing"]["rows"]]


def fetched(error: str = "") -> None:
    now = timezone.now()
    page = make.page()
    page.fresh_at = now - timedelta(minutes=4)
    page.save()
    SyncRun.objects.create(page=page, lane=Lane.FRESH, started_at=now, held_until=now, ended_at=now, error=error)


def test_what_is_due_first_stands_first_and_judged_items_are_not_there(client, agda):
    make.item("Senare", answer_by=late(2))
    make.item("Först", answer_by=late(3))
    make.classification(make.item("Redan bedömd"), by=agda)
    make.item("Kommunens svar", direction=Direction.UPPRATTAD)
    response = client.get("/ko/")
    assert shown(response) == ["Först", "Senare"]
    assertContains(response, "Att bedöma: 2")


def test_a_row_says_kind_author_text_hints_and_deadline_in_words(client, agda):
    make.item("Inget plogat här.", author="", answer_by=late(5), hint_kinds="klagomal fraga lank")
    html = client.get("/ko/").content.decode()
    for words in (
        "Kommentar",
        "Okänd avsändare",
        "Inget plogat här.",
        "klagomål eller synpunkt, fråga",
        "försenad 5 timmar",
    ):
        assert words in html
    assert "länk" not in html.partition('<ol class="queue')[2].partition("</ol>")[0]


def test_what_stands_first_because_of_its_words_says_which(client, agda):
    make.item("Brådskar inte", answer_by=late(9))
    make.item("Jag vet var du bor", hint_kinds="hot fraga", urgency=0, answer_by=timezone.now() + timedelta(days=1))
    response = client.get("/ko/")
    assert shown(response) == ["Jag vet var du bor", "Brådskar inte"]
    assertContains(response, "Först: möjligt hot")
    assertContains(
        response, "Först möjliga brott, personnummer och begäran om handlingar, sedan närmast svarstid, sedan äldst."
    )


def test_hints_that_a_person_does_not_want_are_not_shown(client, agda):
    Preferences.objects.create(user=agda, hidden_hints=["hot"])
    make.item("Text", hint_kinds="hot fraga")
    rows = client.get("/ko/").context["listing"]["rows"]
    assert (rows[0].leads, rows[0].hints) == ("", "fråga")


def test_marks_say_in_words_what_is_particular(client, agda):
    hidden = make.item("Dold", hidden=True)
    make.attachment(hidden)
    changed = make.item("Ändrad")
    make.classification(changed, by=agda)
    make.version(changed, "Ändrad en gång till")
    Item.objects.filter(pk=changed.pk).update(waiting_since=make.NOW, assigned_to=make.bertil())
    make.item("Senare", parked_until=timezone.now() + timedelta(days=2))
    html = client.get("/ko/").content.decode() + client.get("/ko/?visa=parkerade").content.decode()
    for words in ("dold · bilaga", "ändrad efter bedömning", "parkerad till", "hos Bertil"):
        assert words in html


def test_an_editor_sees_the_own_verksamhet_and_the_shared_threads_only(client):
    client.force_login(make.bertil())
    make.item("Teknik", thread=make.thread(make.verksamhet(make.TEKNIK)))
    make.item("Gemensam")
    make.item("Barn", thread=make.thread(make.verksamhet(make.BARN)))
    assert shown(client.get("/ko/")) == ["Teknik", "Gemensam"]


def test_an_admin_is_told_what_is_missing(client):
    client.force_login(make.david())
    response = client.get("/ko/")
    assertContains(response, "Läsa handlingar", status_code=403)
    assertContains(response, "Till startsidan", status_code=403)


def test_nobody_sees_the_queue_without_logging_in(client):
    assert client.get("/ko/").headers["Location"] == "/logga-in/?next=/ko/"


def test_the_queue_is_narrowed_by_kind_verksamhet_and_lateness(client, agda):
    teknik = make.verksamhet(make.TEKNIK)
    make.item("Svar", kind=Kind.REPLY, answer_by=late(4))
    make.item("Teknik", thread=make.thread(teknik), answer_by=late(3))
    make.item("I tid", answer_by=timezone.now() + timedelta(days=1))
    assert shown(client.get("/ko/", {"slag": "reply"})) == ["Svar"]
    assert shown(client.get("/ko/", {"verksamhet": teknik.pk})) == ["Teknik"]
    assert shown(client.get("/ko/", {"verksamhet": "gemensamt"})) == ["Svar", "I tid"]
    assert shown(client.get("/ko/", {"forsenade": "1"})) == ["Svar", "Teknik"]


@pytest.mark.parametrize(
    "query",
    [
        {"slag": "skräp", "verksamhet": "x"},
        {"verksamhet": "9" * 40},
        {"efter": "skräp"},
        {"efter": "20261120T120000000000-" + "9" * 40},
        {"visa": "bedomda", "efter": "9" * 40},
    ],
)
def test_nonsense_in_the_address_is_ignored(client, agda, query):
    make.classification(make.item("Bedömd"), by=agda)
    make.item("Väntar")
    assert len(shown(client.get("/ko/", query))) == 1


def test_the_pages_of_a_long_queue_hold_every_item_once(client, agda):
    post = make.item("Inlägg", kind=Kind.POST, direction=Direction.UPPRATTAD)
    expected = [make.item(f"Nummer {n}", thread=post.thread).text for n in range(113)]
    seen, address = [], "/ko/?slag=comment"
    while address:
        response = client.get(address)
        seen += shown(response)
        address = response.context["listing"]["more"]
    assert seen == expected


@pytest.mark.parametrize("tab", ["", "mina", "parkerade", "svara", "bedomda", "historik"])
def test_a_page_asks_the_database_equally_often_however_many_rows(client, agda, tab):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/ko/?visa={tab}").context["listing"]["rows"]
        return len(asked)

    fetched()
    fill(agda, 5)
    few = questions()
    fill(agda, 115)
    assert questions() == few <= 10


def fill(person, count: int) -> None:
    """So many on every tab, with all that a row can show."""
    for number in range(count):
        one = make.item(f"Nummer {number}", thread=make.thread(make.verksamhet(f"Verksamhet {number % 7}")))
        make.attachment(one)
        Item.objects.filter(pk=one.pk).update(assigned_to=person)
        Skip.objects.bulk_create(
            Skip(item=one, by=person, at=make.NOW, number=n + 1) for n in range(rules.HARD_AFTER_SKIPS)
        )
        now = timezone.now()
        Presence.objects.create(item=one, user=make.user(), since=now, seen_at=now)
        Lease.objects.create(item=one, user=make.user(), taken_at=now, until=now + rules.LEASE_HOLDS)
        make.item("Parkerad", parked_until=now + timedelta(days=1), thread=one.thread)
        make.classification(make.item("Bedömd", thread=one.thread), by=person)
        make.item("Gammal", waiting_since=None, thread=one.thread)


def test_no_answer_of_facebook_and_no_whole_text_is_read_for_the_list(client, agda):
    make.item("ord " * 15_000)
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/ko/")
    assert len(response.content) < 40_000
    assert not [query for query in asked if '"raw"' in query["sql"]]


def test_the_judged_stand_newest_first_and_can_be_found_again(client, agda):
    items = [make.item(f"Nummer {number}") for number in range(3)]
    make.classification(items[1], Category.BROTTSLIGT, Reason.HOT, by=agda)
    make.classification(items[0], by=agda)
    response = client.get("/ko/", {"visa": "bedomda"})
    assert shown(response) == ["Nummer 0", "Nummer 1"]
    assertContains(response, "Brottsligt: Hot")


def test_the_judged_are_paged_too(client, agda):
    for number in range(33):
        make.classification(make.item(f"Nummer {number}"), by=agda)
    first = client.get("/ko/", {"visa": "bedomda"})
    rest = client.get(first.context["listing"]["more"])
    assert (len(shown(first)), shown(rest)) == (30, ["Nummer 2", "Nummer 1", "Nummer 0"])


def test_what_nobody_may_keep_is_not_shown_in_any_list(client, agda):
    post = make.item("Förbjudet inlägg", kind=Kind.POST)
    make.item("Kommentar under det", thread=post.thread, parent=post)
    make.classification(post, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    for address in ("/ko/", "/ko/?visa=bedomda"):
        assertNotContains(client.get(address), "Förbjudet inlägg")
    assertContains(client.get("/ko/?visa=bedomda"), "Texten visas inte.")


def test_an_empty_queue_says_why_and_how_old_the_knowledge_is(client, agda):
    assertContains(client.get("/ko/"), "Ingenting är hämtat än")
    fetched()
    response = client.get("/ko/")
    assertContains(response, "Kön är tom")
    assertContains(response, "för 4 minuter sedan, utan fel")


def test_the_first_day_an_administrator_is_led_through_three_steps(client):
    david = make.user("dora", Role.ADMIN)
    roles.grant(user=david, role=Role.WEBBREDAKTOR, verksamhet=None, last_day=None, by=None, now=make.NOW)
    client.force_login(david)
    for address in ("/anslutning/", "/historik/", "/roller/"):
        assertContains(client.get("/ko/"), f'<li><a href="{address}">')


def test_a_narrowed_queue_that_is_empty_offers_the_rest(client, agda):
    make.item("Väntar")
    assertContains(client.get("/ko/", {"slag": "post"}), "Rensa urvalet")


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("mina", "Du har ingen handling att ta hand om"),
        ("parkerade", "Ingenting är parkerat"),
        ("svara", "Ingen handling har hoppats över flera gånger"),
        ("bedomda", "Inget är bedömt än"),
        ("historik", "Ingen historik att bedöma"),
    ],
)
def test_each_tab_says_what_its_emptiness_means(client, agda, tab, words):
    fetched()
    make.item("Väntar") if tab != "historik" else None
    assertContains(client.get("/ko/", {"visa": tab}), words)


def test_a_failed_fetch_is_said_in_red_with_the_time_of_the_last_good_one(client, agda):
    fetched(error="Facebook går inte att nå just nu. Systemet försöker igen av sig självt.")
    response = client.get("/ko/")
    assertContains(response, "Facebook går inte att nå just nu.")
    assertContains(response, "Senast hämtat")
    assertContains(response, "hämtningen står still")
    assertContains(response, "empty__bad")


def test_on_a_day_off_the_next_clock_is_told(client, agda, settings):
    fetched()
    today = workdays.local_date(timezone.now())
    settings.OPENING_HOURS = OpeningHours(settings.OPENING_HOURS.hours, closed=frozenset({today}))
    assertContains(client.get("/ko/"), "Det är stängt i dag. Det som kommer in nu ska besvaras senast")


def test_strangers_words_stay_words(client, agda):
    make.item("<script>alert(1)</script>", author="<b>Fet</b>")
    response = client.get("/ko/")
    assertNotContains(response, "<script>alert(1)")
    assertNotContains(response, "<b>Fet")


def test_what_only_an_export_tells_of_is_listed_as_history_until_it_is_judged(client, agda):
    old = [make.item(f"Gammal fråga {n}", waiting_since=None, at=make.NOW - timedelta(days=n)) for n in range(40)]
    make.item("Väntar")
    make.item("Kommunens eget", direction=Direction.UPPRATTAD)
    make.classification(old[0])
    first = client.get("/ko/?visa=historik")
    assert shown(first) == [item.text for item in old[1:31]]
    assertNotContains(first, "örsenad")
    second = client.get(first.context["listing"]["more"])
    assert shown(second) == [item.text for item in old[31:]]
    assertContains(client.get("/ko/"), "Väntar")


def test_each_tab_shows_its_own_and_the_numbers_are_right(client, agda):
    bertil, now = make.bertil(), timezone.now()
    make.item("Allas")
    make.item("Min", assigned_to=agda)
    make.item("Bertils", assigned_to=bertil)
    make.item("Min men senare", assigned_to=agda, parked_until=now + timedelta(hours=1))
    make.item("Var parkerad", parked_until=now - timedelta(hours=1))
    hard = make.item("Svår")
    Skip.objects.bulk_create(Skip(item=hard, by=person, at=now, number=n) for n, person in ((1, agda), (2, bertil)))
    Skip.objects.create(item=make.item("Hoppades över en gång"), by=agda, at=now)
    tabs = {tab.state: tab for tab in client.get("/ko/").context["listing"]["tabs"]}
    assert sorted(shown(client.get(tabs["mina"].address))) == ["Min"]
    assert shown(client.get(tabs["parkerade"].address)) == ["Min men senare"]
    assert shown(client.get(tabs["svara"].address)) == ["Svår"]
    assert len(shown(client.get("/ko/"))) == 6
    assert [tabs[name].count for name in ("att-bedoma", "mina", "parkerade", "svara")] == ["6", "1", "1", "1"]


def test_what_is_parked_stands_by_when_it_comes_back_on_all_its_pages(client, agda):
    now = timezone.now()
    expected = [make.item(f"Nummer {n}", parked_until=now + timedelta(days=99 - n // 2)) for n in range(70)]
    expected.sort(key=lambda item: (item.parked_until, item.pk))
    seen, address = [], "/ko/?visa=parkerade"
    while address:
        response = client.get(address)
        seen += shown(response)
        address = response.context["listing"]["more"]
    assert seen == [item.text for item in expected]


def test_numbers_stop_at_what_is_cheap_to_count_and_say_so(client, agda):
    one = make.item("Nummer 1")
    values = {field.attname: getattr(one, field.attname) for field in Item._meta.concrete_fields if field.name != "id"}
    Item.objects.bulk_create(Item(**values | {"graph_key": f"comment:x{number}"}) for number in range(999))
    assertContains(client.get("/ko/"), "Att bedöma: fler än 999")
    Item.objects.filter(graph_key="comment:x7").update(waiting_since=None)
    assertContains(client.get("/ko/"), "Att bedöma: 999")


def test_the_list_is_narrowed_by_hint_person_days_thread_and_class(client, agda):
    bertil = make.bertil()
    make.item("Hot", hint_kinds="hot", urgency=0)
    make.item(
        "Nummer", hint_kinds="fraga personnummer_fel", urgency=0, at=make.NOW - timedelta(days=2), assigned_to=bertil
    )
    mine = make.item("Min", assigned_to=agda)
    make.classification(make.item("Ringa"), by=agda)
    make.classification(make.item("Sekret"), Category.SEKRETESS, by=agda)
    assert shown(client.get("/ko/?ledtrad=hot")) == ["Hot"]
    assert shown(client.get("/ko/?ledtrad=personnummer_fel")) == ["Nummer"]
    assert shown(client.get("/ko/?ledtrad=personnummer")) == []
    assert shown(client.get("/ko/?ansvarig=jag")) == ["Min"]
    assert shown(client.get("/ko/?ansvarig=ingen")) == ["Hot"]
    assert shown(client.get("/ko/?ansvarig=annan")) == ["Nummer"]
    assert shown(client.get("/ko/?till=2026-11-18")) == ["Nummer"]
    assert shown(client.get("/ko/?fran=2026-11-19")) == ["Hot", "Min"]
    assert shown(client.get(f"/ko/?trad={mine.thread_id}")) == ["Min"]
    assert shown(client.get("/ko/?visa=bedomda&klass=sekretess")) == ["Sekret"]


def test_what_is_judged_as_secret_is_not_shown_to_whoever_may_not_read_it(client, agda):
    secret = make.item("Hennes diagnos", hint_kinds="personnummer")
    make.classification(secret, Category.SEKRETESS, by=agda)
    assertContains(client.get("/ko/?visa=bedomda"), "Hennes diagnos")
    client.force_login(make.cecilia())
    response = client.get("/ko/?visa=bedomda")
    assertNotContains(response, "Hennes diagnos")
    assertContains(response, "Sekretess: texten visas inte för dig.")
    assert response.context["listing"]["rows"][0].hints == ""


def test_who_else_is_there_is_told_in_words(client, agda):
    bertil, rut, now = make.bertil(), make.rut(), timezone.now()
    seen, held, left = (make.item(text) for text in ("Ses", "Bedöms", "Sågs"))
    for item, who, at in ((seen, bertil, now), (seen, agda, now), (left, rut, now - timedelta(minutes=5))):
        Presence.objects.create(item=item, user=who, since=at, seen_at=at)
    Lease.objects.create(item=held, user=rut, taken_at=now, until=now + rules.LEASE_HOLDS)
    rows = client.get("/ko/").context["listing"]["rows"]
    assert {row.text: row.here for row in rows} == {"Ses": "Bertil tittar", "Bedöms": "Rut bedömer", "Sågs": ""}


def test_only_who_may_judge_can_mark_and_only_what_waits(client, agda):
    make.item("Väntar")
    make.classification(make.item("Bedömd"), by=agda)
    assertContains(client.get("/ko/"), 'form="flera" name="handling"', 1)
    assertNotContains(client.get("/ko/?visa=bedomda"), 'name="handling"')
    client.force_login(make.rut())
    assertNotContains(client.get("/ko/"), 'name="handling"')
    assertNotContains(client.get("/ko/"), 'id="flera"')


def test_a_full_page_stays_small(client, agda):
    for number in range(60):
        make.item(f"{number} " + "Vägen är oframkomlig igen, och ingen svarar i telefon. " * 6, hint_kinds="hot fraga")
    # Unpacked. Some hundred bytes come and go with how long the rows' numbers are.
    assert len(client.get("/ko/").content) < 48_000
