"""Printouts are ordered, watched and found by those who may, and by nobody else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from arkiv.models import Printout
from arkiv.tasks import print_due
from arkiv.views.periods import previous_month
from moderation.models import Classification
from moderation.policy.terms import Category, Lane, OrderState, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db

NOVEMBER = {"first_day": "2026-11-01", "last_day": "2026-11-30"}


def shown(response, name: str) -> list[int]:
    return [printout.pk for printout in response.context[name].rows]


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- Ordering ---------------------------------------------------------------------------------------------------


def test_an_ordered_period_is_a_row_and_the_person_is_told(client, cecilia):
    make.item()
    response = client.post("/utskrifter/bestall/", NOVEMBER, follow=True)
    assertRedirects(response, "/utskrifter/")
    ordered = Printout.objects.get()
    assert (ordered.first_day, ordered.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (ordered.ordered_by, ordered.state) == (cecilia, OrderState.ORDERED)
    assert "Utskriften av november 2026 är beställd." in texts(response)


def test_a_period_that_is_not_over_is_ordered_with_a_word_of_warning(client, cecilia):
    today = timezone.localdate()
    make.item(at=timezone.now())
    period = {"first_day": today - timedelta(days=3), "last_day": today}
    assert any("inte slut än" in text for text in texts(client.post("/utskrifter/bestall/", period, follow=True)))


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-11-30", "2026-11-01", "Sista dagen får inte ligga före den första."),
        ("", "2026-11-30", "Ange periodens första dag."),
        ("2026-02-30", "2026-11-30", "Skriv dagen som ÅÅÅÅ-MM-DD"),
        ("0001-01-01", "9999-12-31", "Välj en dag från 2000-01-01 och framåt."),
        ("2026-10-01", "2026-10-31", "Det finns inget att skriva ut i den perioden."),
        ("2026-10-01\x00", "2026-10-31", "Skriv dagen som ÅÅÅÅ-MM-DD"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_what_was_typed_is_kept(client, cecilia, first, last, sentence):
    make.item()
    response = client.post("/utskrifter/bestall/", {"first_day": first, "last_day": last})
    assertContains(response, sentence, status_code=400)
    assertContains(response, "<title>Fel: Utskrifter", status_code=400)
    assert (response.context["form"]["first_day"].value(), response.context["form"]["last_day"].value()) == (
        first,
        last,
    )
    assert not Printout.objects.exists()


def test_a_page_with_a_refused_order_leads_on_to_addresses_that_can_be_read(client, cecilia):
    make.item()
    make.printout()
    for _ in range(21):
        make.printout(make.item())
    response = client.post("/utskrifter/bestall/", NOVEMBER)
    assert response.status_code == 400
    for address in (response.context["poll"], response.context["items"].more):
        assert client.get(address).status_code == 200
    assertNotContains(response, 'href="/utskrifter/bestall/', status_code=400)


def test_a_second_click_orders_nothing_more_and_says_so(client, cecilia):
    make.item()
    client.post("/utskrifter/bestall/", NOVEMBER)
    response = client.post("/utskrifter/bestall/", NOVEMBER)
    assertContains(response, "Den utskriften är redan beställd och på väg.", status_code=400)
    assert Printout.objects.count() == 1


def test_the_form_suggests_the_previous_month_or_what_a_shortcut_says(client, cecilia):
    make.item()
    month = previous_month(timezone.localdate())
    form = client.get("/utskrifter/").context["form"]
    assert (form["first_day"].value(), form["last_day"].value()) == (month.first_day, month.last_day)
    form = client.get("/utskrifter/?fran=2026-01-01&till=2026-13-99").context["form"]
    assert (form["first_day"].value(), form["last_day"].value()) == (date(2026, 1, 1), month.last_day)


def test_with_two_pages_one_of_them_is_chosen(client, cecilia):
    item, other = make.item(), make.page("2")
    assertContains(client.post("/utskrifter/bestall/", NOVEMBER), "Välj en sida.", status_code=400)
    client.post("/utskrifter/bestall/", NOVEMBER | {"page": item.thread.page.pk})
    assert Printout.objects.get().page != other


def test_without_a_page_there_is_nothing_to_order(client, cecilia):
    assertContains(client.get("/utskrifter/"), "Ingen Facebooksida har hämtats än")
    assert client.post("/utskrifter/bestall/", NOVEMBER).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_an_order_is_saved_also_when_the_broker_is_down(client, cecilia, broker_down):
    make.item()
    response = client.post("/utskrifter/bestall/", NOVEMBER, follow=True)
    assert Printout.objects.get().state == OrderState.ORDERED
    assert any("börjar lite senare, av sig själv" in text for text in texts(response))


@pytest.fixture
def broker_down():
    """Celery's door leads to a port where nobody listens."""
    conf, amqp = print_due.app.conf, print_due.app.amqp
    before = conf.broker_url
    conf.update(broker_url="redis://127.0.0.1:9/0", broker_transport_options={"socket_connect_timeout": 1})
    amqp._producer_pool, print_due.app._pool = None, None
    yield
    conf.update(broker_url=before)
    amqp._producer_pool, print_due.app._pool = None, None


# --- Calling off and trying again -------------------------------------------------------------------------------


def test_what_is_on_its_way_can_be_called_off_and_ordered_anew(client, cecilia):
    printout = make.printout()
    client.post(f"/utskrifter/{printout.pk}/avbryt/")
    printout.refresh_from_db()
    assert printout.state == OrderState.CANCELLED
    response = client.post(f"/utskrifter/{printout.pk}/igen/", {"lista": ""}, follow=True)
    printout.refresh_from_db()
    assert printout.state == OrderState.ORDERED
    assertRedirects(response, "/utskrifter/")


def test_what_is_over_cannot_be_called_off_and_the_person_is_told(client, cecilia):
    printout = make.printout(state=OrderState.FAILED, last_error="Det gick inte.")
    assert texts(client.post(f"/utskrifter/{printout.pk}/avbryt/", follow=True)) == ["Utskriften är redan avslutad."]
    printout = make.printout()
    told = texts(client.post(f"/utskrifter/{printout.pk}/igen/", follow=True))
    assert told == ["Utskriften är på väg eller redan klar."]


def test_only_the_archivist_orders_calls_off_and_tries_again(client):
    client.force_login(make.rut())
    printout = make.printout()
    assert client.post("/utskrifter/bestall/", NOVEMBER).status_code == 403
    assert client.post(f"/utskrifter/{printout.pk}/avbryt/").status_code == 403
    assert client.post(f"/utskrifter/{printout.pk}/igen/").status_code == 403
    page = client.get("/utskrifter/")
    assertNotContains(page, "Beställ utskrift")
    assertNotContains(page, "Avbryt")


# --- Who sees what ----------------------------------------------------------------------------------------------


def test_periods_are_shown_only_to_those_who_may_read_them(client):
    period, single = make.printout(), make.printout(make.item())
    client.force_login(make.user(role=Role.WEBBREDAKTOR))
    response = client.get("/utskrifter/")
    assert (shown(response, "periods"), shown(response, "items")) == ([], [single.pk])
    assertNotContains(response, "Perioder")
    assert client.get(f"/utskrifter/{period.pk}/").status_code == 404


def test_an_archivist_of_one_verksamhet_reaches_no_period_since_it_holds_what_all_were_sent(client):
    teknik = make.verksamhet()
    own, other = make.item(thread=make.thread(teknik)), make.item(thread=make.thread(make.verksamhet(make.BARN)))
    period, single = make.printout(), make.printout(own)
    make.printout(other)
    client.force_login(make.user(role=Role.ARKIVARIE, verksamhet=teknik))
    response = client.get("/utskrifter/")
    assert (shown(response, "periods"), shown(response, "items")) == ([], [single.pk])
    assert client.get(f"/utskrifter/{period.pk}/").status_code == 404
    assertContains(client.post("/utskrifter/bestall/", NOVEMBER), "En period gäller hela kommunen", status_code=403)


def test_the_newest_stand_first_a_page_at_a_time(client, cecilia):
    made = [make.printout(make.item(), state=OrderState.CANCELLED).pk for _ in range(25)]
    first = client.get("/utskrifter/")
    assert shown(first, "items") == made[:4:-1]
    second = client.get(first.context["items"].more)
    assert shown(second, "items") == made[4::-1]
    assert second.context["items"].more == ""


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "٣", "1 or 1=1"])
def test_a_place_in_the_list_that_is_no_place_is_its_beginning(client, cecilia, key):
    printout = make.printout()
    assert shown(client.get("/utskrifter/", {"perioder": key}), "periods") == [printout.pk]


def test_a_text_that_nobody_may_see_is_not_shown_beside_its_printout(client, cecilia):
    item = make.item("Det förbjudna")
    make.printout(item, state=OrderState.CANCELLED)
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    response = client.get("/utskrifter/")
    assertContains(response, "texten visas inte")
    assertNotContains(response, "Det förbjudna")


def test_the_page_says_when_facebook_could_not_be_read(client, cecilia):
    now = timezone.now()
    make.run(make.page(), now, Lane.FRESH, error="Facebook svarar inte.")
    assertContains(client.get("/utskrifter/"), "Facebook svarar inte. Ingenting har hämtats än.")


def test_states_are_told_in_words(client, cecilia):
    done = {"state": OrderState.DONE, "pdf_sha256": "a" * 64, "pages": 14, "size": 312_400}
    make.printout(first_day=date(2026, 1, 1), last_day=date(2026, 1, 31), **done)
    make.printout(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), state=OrderState.WORKING, progress=40)
    make.printout(state=OrderState.FAILED, last_error="Lagret är fullt.")
    make.printout(last_error="Lagret var fullt.")
    html = " ".join(client.get("/utskrifter/").content.decode().split())
    for words in ("14 sidor, 312 kB", "40 %", "Lagret är fullt.", "Lagret var fullt. Nästa försök 20 nov 13.00."):
        assert words in html


# --- Watching ---------------------------------------------------------------------------------------------------


def ask(client, address: str):
    return client.get(address, headers={"HX-Request": "true"})


def test_the_list_asks_again_only_while_something_moves(client, cecilia):
    printout = make.printout()
    address = client.get("/utskrifter/").context["poll"]
    assert ask(client, address).status_code == 204
    Printout.objects.update(state=OrderState.WORKING, progress=40)
    response = ask(client, address)
    assertContains(response, "every 2s")
    assertNotContains(response, "<html")
    address = response.context["poll"]
    Printout.objects.update(state=OrderState.DONE, pdf_sha256="a" * 64)
    response = ask(client, address)
    assertNotContains(response, "every 2s")
    assertContains(response, "Utskriften av november 2026 är klar.")
    assertContains(response, f"/utskrifter/{printout.pk}/fil/")


@pytest.mark.parametrize("known", ["x", "17", "9" * 40 + ".ordered.0", "1.ordered.0_" * 500, "\x00"])
def test_whatever_the_address_claims_to_know_the_list_is_answered(client, cecilia, known):
    make.printout()
    assert ask(client, f"/utskrifter/?ror={known}").status_code == 200


def test_nobody_is_told_of_printouts_that_are_not_theirs(client):
    printout = make.printout(state=OrderState.DONE, pdf_sha256="a" * 64)
    client.force_login(make.user(role=Role.WEBBREDAKTOR))
    assertNotContains(ask(client, f"/utskrifter/?ror={printout.pk}.working.10"), "november")


# --- One printout -----------------------------------------------------------------------------------------------


def test_the_printouts_page_tells_all_about_it(client, cecilia, printed):
    item = make.item("Vägen är oframkomlig.")
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL)
    printout = printed(make.printout(ordered_by=cecilia))
    html = client.get(f"/utskrifter/{printout.pk}/").content.decode()
    for words in (
        "Utskrift av november 2026",
        printout.pdf_sha256,
        printout.document_sha256,
        "1 handling på",
        "av Cecilia",
        "Vägen är oframkomlig.",
        item.get_absolute_url(),
        "Diarieförs: Klagomål eller synpunkter",
    ):
        assert words in html


def test_the_items_on_a_paper_are_shown_fifty_at_a_time_in_its_order(client, cecilia, printed):
    thread = make.thread()
    for number in range(60):
        make.item(f"Nummer {number}", thread=thread, at=make.NOW + timedelta(minutes=number))
    first = client.get(f"/utskrifter/{printed(make.printout()).pk}/")
    second = client.get(first.context["more"])
    assert [entry.number for entry in first.context["entries"]] == list(range(1, 51))
    assert [entry.number for entry in second.context["entries"]] == list(range(51, 61))


def test_a_webbredaktor_sees_an_items_printout_but_is_not_told_what_was_done_elsewhere(client):
    item = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    printout = make.printout(item)
    client.force_login(make.agda())
    assert client.get(f"/utskrifter/{printout.pk}/").status_code == 200
    client.force_login(make.bertil())
    assert client.get(f"/utskrifter/{printout.pk}/").status_code == 404
    assert Classification.objects.count() == 0


def test_what_the_archivist_can_do_stands_on_the_page_in_the_list_and_in_what_is_asked_for(client, cecilia):
    printout = make.printout()
    for answer in (client.get("/utskrifter/"), client.get(f"/utskrifter/{printout.pk}/")):
        assertContains(answer, "Avbryt")
        assertContains(ask(client, f"{answer.wsgi_request.path}?ror=x"), "Avbryt")
