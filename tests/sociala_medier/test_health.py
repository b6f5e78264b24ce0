"""Every fault is said, in the right place and in words; and where nothing is wrong, nothing is said to be."""

import json
from datetime import timedelta

import pytest

from moderation.health.sign import State
from moderation.models import (
    Heartbeat,
    HistoryImport,
    Mail,
    Page,
    RefusedDelivery,
    SyncRun,
    ThreadCount,
    User,
    WebhookDelivery,
)
from moderation.policy.terms import Category, Lane, OrderState
from sociala_medier import health
from tests import make
from tests.sociala_medier import house
from tests.sociala_medier.house import NOW, ago, change

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(settings):
    return house.well(settings)


def signs():
    found = [sign for group in health.groups(NOW) for sign in group.signs]
    assert len({sign.name for sign in found}) == len(found)
    return {sign.name: sign for sign in found}


def test_in_a_well_house_everything_is_green(well):
    wrong = {name: (sign.state, sign.sentence) for name, sign in signs().items() if sign.state != State.OK}
    assert wrong.keys() <= {"Utrymmet"}, wrong


def test_each_part_says_a_true_sentence_when_all_is_well(well):
    said = {name: sign.sentence for name, sign in signs().items()}
    assert said["Nya inlägg och kommentarer"] == "Nya inlägg och kommentarer hämtades kl. 12.59."
    assert said["Hela sidan"] == "Hela sidan gicks igenom kl. 04.00: 12\u00a0040 handlingar, 310 anrop."
    assert said["Privata meddelanden"] == "Privata meddelanden hämtades kl. 12.59."
    assert said["Webhook"] == "Facebook sade till senast kl. 12.55. Inget väntar."
    assert said["Nyckeln till sidan"] == "Nyckeln gäller utan slutdatum och har de behörigheter som behövs."
    assert said["Facebooks tålamod"] == "Vi använder 12 procent av vad Facebook tillåter."
    assert said["Arbetare för hela sidan"] == "Visade livstecken kl. 12.59."
    assert said["Fullständighet"] == "20 november: Facebook räknar 10 kommentarer under 1 inlägg, och 10 finns här."
    assert said["Historik"] == "Den senaste inläsningen blev klar kl. 13.00: 600 poster."


def stuck_sheet():
    item = make.item()
    make.classification(item, Category.SEKRETESS)
    make.evidence(item, state=OrderState.FAILED, last_error="Nej.")


def dead(**facts):
    return lambda settings: change(token_dead_at=ago(hours=2), token_error="Nyckelns tid är ute.", **facts)


def set_to(**values):
    return lambda settings: [setattr(settings, name, value) for name, value in values.items()]


def failing_run(lane, **facts):
    return lambda settings: house.last_run(lane, **facts)


def silent(**facts):
    return lambda settings: change(fresh_at=ago(minutes=11), **facts)


def sweeping(**facts):
    return lambda settings: house.run(
        Lane.SWEEP, **({"started_at": ago(hours=1), "found": 12040, "calls": 400, "reached": ago(days=970)} | facts)
    )


def counted(told, stored, **facts):
    return lambda settings: ThreadCount.objects.update(told=told, stored=stored, **facts)


def beaten(name, **time):
    return lambda settings: Heartbeat.objects.filter(name=name).update(seen_at=ago(**time))


def ordered(kind, **facts):
    return lambda settings: house.order(kind, **facts)


DELIVERY = {"body": b"{1}", "sha256": "1" * 64}
LETTER = {"key": "x", "recipient": "doris@kommun.example"}
FILE = {"file_name": "export.zip", "sha256": "2" * 64, "size": 1}
OK, WARN, FAIL, OFF = State.OK, State.WARN, State.FAIL, State.OFF
FRESH, SWEEP, KEY = "Nya inlägg och kommentarer", "Hela sidan", "Nyckeln till sidan"
FAULTS = {
    "no page": (lambda settings: set_to(FACEBOOK_PAGE_ID="4711")(settings), FRESH, FAIL, "Ingen sida på Facebook är ansluten"),
    "never read": (lambda _: change(fresh_at=None), FRESH, WARN, "Inget har hämtats än."),
    "never read and refused": (dead(fresh_at=None), FRESH, FAIL, "Nyckeln till sidan gäller inte längre."),
    "nobody reads": (silent(), FRESH, FAIL, "Inget nytt har hämtats sedan kl. 12.49. Ingen har försökt sedan dess."),
    "silent and dead": (
        lambda _: [silent()(_), dead()(_)],
        FRESH,
        FAIL,
        "Inget nytt har hämtats sedan kl. 12.49. Nyckeln till sidan gäller inte längre.",
    ),
    "read a moment ago, but the key has died": (dead(), FRESH, FAIL, "Nyckeln till sidan gäller inte längre."),
    "silent and throttled": (
        silent(resume_at=NOW + timedelta(hours=1)),
        FRESH,
        FAIL,
        "Facebook har bett oss vänta till kl. 14.00.",
    ),
    "the last try failed": (
        failing_run(Lane.FRESH, started_at=NOW, ended_at=NOW, error="Facebook går inte att nå just nu."),
        FRESH,
        WARN,
        "Det senaste hämtades kl. 12.59. Facebook går inte att nå just nu.",
    ),
    "something was not stored": (failing_run(Lane.FRESH, failed=3), FRESH, WARN, "3 handlingar gick inte att spara."),
    "never swept": (lambda _: change(fetched_at=None), SWEEP, WARN, "Hela sidan har inte gåtts igenom än."),
    "sweep is late": (lambda _: change(fetched_at=ago(hours=40)), SWEEP, WARN, "Det skulle ha skett igen."),
    "sweep is much too late": (lambda _: change(fetched_at=ago(hours=80)), SWEEP, FAIL, "Det skulle ha skett igen."),
    "sweep under way": (
        sweeping(),
        SWEEP,
        OK,
        "Hela sidan gås igenom sedan kl. 12.00, nått tillbaka till mars 2024: 12\u00a0040 handlingar, 400 anrop.",
    ),
    "sweep dropped": (sweeping(held_until=ago(minutes=20)), SWEEP, FAIL, "Ingen arbetar med det just nu."),
    "sweep hindered": (sweeping(error="Facebook vill vila."), SWEEP, WARN, "Facebook vill vila."),
    "sweep ended badly": (failing_run(Lane.SWEEP, error="Det gick inte."), SWEEP, WARN, "Det gick inte."),
    "messages never": (lambda _: change(messages_tried_at=None), "Privata meddelanden", OFF, "har inte hämtats än"),
    "messages not allowed": (
        lambda _: change(messages_error="Systemet saknar behörighet.", messages_at=None),
        "Privata meddelanden",
        OFF,
        "Privata meddelanden hämtas inte. Systemet saknar behörighet.",
    ),
    "messages no longer allowed": (
        lambda _: change(messages_error="Systemet saknar behörighet."),
        "Privata meddelanden",
        FAIL,
        "hämtas inte",
    ),
    "messages silent": (lambda _: change(messages_tried_at=ago(hours=1)), "Privata meddelanden", FAIL, "kl. 12.00"),
    "no webhook": (set_to(FACEBOOK_VERIFY_TOKEN=""), "Webhook", OFF, "det är inte inställt"),
    "webhook without secret": (set_to(FACEBOOK_APP_SECRET=""), "Webhook", FAIL, "FACEBOOK_APP_SECRET saknas"),
    "unsubscribed": (
        lambda _: change(subscription_error="Appen prenumererar inte på sidan."),
        "Webhook",
        FAIL,
        "Appen prenumererar inte på sidan.",
    ),
    "deliveries wait": (
        ordered(WebhookDelivery, **DELIVERY, ordered_at=ago(minutes=6)),
        "Webhook",
        FAIL,
        "1 meddelande har inte tagits om hand.",
    ),
    "a delivery failed": (
        ordered(WebhookDelivery, **DELIVERY, state=OrderState.FAILED),
        "Webhook",
        WARN,
        "1 meddelande gick inte att följa upp.",
    ),
    "wrong signatures": (
        lambda _: [RefusedDelivery.objects.count_one(NOW.date()) for _ in range(3)],
        "Webhook",
        WARN,
        "3 meddelanden med fel signatur avvisades i dag.",
    ),
    "attachments wait": (
        lambda _: house.attachment(ordered_at=ago(hours=2)),
        "Bilagor",
        FAIL,
        "1 bilaga väntar på att hämtas.",
    ),
    "an attachment failed": (
        lambda _: house.attachment(state=OrderState.FAILED, done_at=ago(hours=2)),
        "Bilagor",
        WARN,
        "1 bilaga har inte gått att hämta.",
    ),
    "an attachment failed long ago": (
        lambda _: house.attachment(state=OrderState.FAILED, done_at=ago(days=9)),
        "Bilagor",
        OK,
        "1 bilaga har inte gått att hämta.",
    ),
    "never counted": (lambda _: ThreadCount.objects.all().delete(), "Fullständighet", OFF, "Ingenting har räknats än."),
    "a known remainder": (
        counted(12043, 12040, hidden=14, removed_by_others=5, removed_by_page=2),
        "Fullständighet",
        OK,
        "Facebook räknar 12\u00a0043 kommentarer under 1 inlägg, och 12\u00a0040 finns här. 14 av dem är dolda. "
        "5 togs bort av avsändaren eller Facebook. 2 togs bort av sidan. 3 som Facebook räknar men inte visar.",
    ),
    "too much is missing": (counted(100, 90), "Fullständighet", WARN, "10 som Facebook räknar men inte visar."),
    "counted long ago": (counted(10, 10, counted_at=ago(hours=50)), "Fullständighet", WARN, "18 november"),
    "no history": (lambda _: HistoryImport.objects.all().delete(), "Historik", OFF, "Ingen historik"),
    "history under way": (
        ordered(HistoryImport, **FILE, state=OrderState.WORKING, handled=1200, total=5000),
        "Historik",
        OK,
        "En inläsning pågår: 1\u00a0200 av 5\u00a0000 poster.",
    ),
    "history failed": (
        ordered(HistoryImport, **FILE, state=OrderState.FAILED, last_error="Filen är trasig."),
        "Historik",
        WARN,
        "Filen är trasig.",
    ),
    "no key": (lambda _: change(token_sealed=""), KEY, FAIL, "Programmet har ingen nyckel"),
    "another SECRET_KEY": (set_to(SECRET_KEY="n" * 50), KEY, FAIL, "SECRET_KEY är en annan"),
    "dead key": (dead(), KEY, FAIL, "Nyckeln slutade gälla kl. 11.00. Nyckelns tid är ute."),
    "key ended": (lambda _: change(token_ends_at=ago(minutes=1)), KEY, FAIL, "Nyckeln slutade gälla kl. 12.59."),
    "key ends soon": (
        lambda _: change(token_ends_at=NOW + timedelta(days=14)),
        KEY,
        WARN,
        "Nyckeln gäller till 4 december kl. 13.00, 14 dagar till.",
    ),
    "key lacks a permission": (
        lambda _: change(token_error="Nyckeln saknar behörighet att läsa."),
        KEY,
        WARN,
        "Nyckeln saknar behörighet att läsa.",
    ),
    "key cannot be asked about": (set_to(FACEBOOK_APP_ID=""), KEY, WARN, "hur länge den gäller går inte att läsa"),
    "key not looked at yet": (lambda _: change(token_checked_at=None), KEY, WARN, "har inte kontrollerats än"),
    "key not looked at for long": (lambda _: change(token_checked_at=ago(days=3)), KEY, WARN, "17 november"),
    "throttled": (
        lambda _: change(resume_at=NOW + timedelta(minutes=30)),
        "Facebooks tålamod",
        WARN,
        "Facebook har bett oss vänta till kl. 13.30.",
    ),
    "much used": (lambda _: change(usage=80), "Facebooks tålamod", WARN, "Vi använder 80 procent"),
    "another version": (lambda _: change(served_version="v27.0"), "Version", WARN, "Facebook svarar med v27.0."),
    "worker deaf": (beaten("sweep", seconds=46), "Arbetare för hela sidan", FAIL, "Ingen har visat livstecken sedan"),
    "printer deaf": (beaten("arkiv", minutes=9), "Arbetare för utskrifter", FAIL, "livstecken sedan kl. 12.51"),
    "worker never": (lambda _: Heartbeat.objects.exclude(name="klockan").delete(), "Arbetare för det nya", FAIL, "livstecken än"),
    "clock still": (beaten("klockan", seconds=46), "Klockan", FAIL, "Klockan har inte hörts sedan kl. 12.59"),
    "queue gone": (set_to(REDIS_URL="redis://127.0.0.1:9/0"), "Kön mellan delarna", FAIL, "Kön svarar inte"),
    "a printout stuck": (
        lambda _: make.printout(state=OrderState.FAILED, last_error="Nej."),
        "Utskrifter",
        FAIL,
        "Någon utskrift går inte att göra.",
    ),
    "a sheet stuck": (lambda _: stuck_sheet(), "Bevisblad", FAIL, "tas inte bort från Facebook"),
    "no mail server": (set_to(EMAIL_CONFIGURED=False), "E-post", WARN, "E-post är inte inställd."),
    "nobody to write to": (lambda _: User.objects.update(email=""), "E-post", WARN, "Ingen administratör har angett"),
    "letters stuck": (
        ordered(Mail, **LETTER, attempts=3, last_error="E-postservern tog inte emot brevet."),
        "E-post",
        FAIL,
        "Brev kommer inte fram. E-postservern tog inte emot brevet.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_said(well, settings, fault):
    make_it, name, state, words = FAULTS[fault]
    make_it(settings)
    sign = signs()[name]
    assert sign.state == state
    assert words in sign.sentence
    assert sign.advice or state in (OK, OFF)


@pytest.mark.parametrize("fault", [name for name, row in FAULTS.items() if row[2] == FAIL])
def test_a_fault_is_said_in_as_few_places_as_it_has_to_be(well, settings, fault):
    """Whoever reads must not have to search among ten red lines for the one that says what is wrong."""
    FAULTS[fault][0](settings)
    red = [name for name, sign in signs().items() if sign.state == FAIL]
    assert FAULTS[fault][1] in red
    assert len(red) <= 4, red


def test_a_disk_that_fills_is_said_before_it_is_full():
    assert [health.disk(100, used).state for used in (79, 80, 90)] == [OK, WARN, FAIL]


def test_a_place_for_files_that_is_none_is_said(well, settings, tmp_path):
    (tmp_path / "fil").write_text("i vägen")
    settings.VAR_DIR = tmp_path / "fil"
    assert health.store().state == FAIL


# --- For machines -----------------------------------------------------------------------------------------------


def test_a_house_answers_200_without_anybody_logging_in(client):
    answer = client.get("/halsa")
    assert answer.status_code == 200
    told = answer.json()
    assert told["ok"] is True
    assert {name: told[name] for name in ("databas", "ko", "lager")} == {"databas": "ok", "ko": "ok", "lager": "ok"}


def test_without_its_queue_the_house_answers_503(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json()["ko"]) == (503, "fel")


def test_without_a_place_for_files_the_house_answers_503(client, settings, tmp_path):
    (tmp_path / "fil").write_text("i vägen")
    settings.VAR_DIR = tmp_path / "fil"
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json()["lager"]) == (503, "fel")


def test_a_silent_facebook_is_told_but_people_can_still_work(well):
    assert health.report(NOW)[1]["facebook"] == "ok"
    usable, parts = health.report(NOW + timedelta(hours=2))
    assert (usable, parts["facebook"], parts["arbetare"]) == (True, "fel", "fel")


def test_the_answer_holds_no_personal_data(client):
    make.item("Min granne Kalle är sjuk", author="Hemlig Person")
    told = json.dumps(client.get("/halsa").json(), ensure_ascii=False)
    assert "Kalle" not in told
    assert "Hemlig" not in told


# --- Across every page ------------------------------------------------------------------------------------------


def banner(operates=True):
    sign = health.banner(Page.objects.first(), NOW, operates)
    return (sign.state, sign.sentence) if sign else None


def test_a_well_house_has_nothing_to_say_on_every_page(well):
    assert banner() is None
    SyncRun.objects.filter(lane=Lane.FRESH).update(error="En gång gick det inte.")
    assert banner() is None


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"token_dead_at": ago(hours=2)}, (FAIL, "Facebook-sidan är inte ansluten sedan kl. 11.00.")),
        ({"fresh_at": ago(minutes=11)}, (FAIL, "Inget nytt har hämtats från Facebook sedan kl. 12.49.")),
        (
            {"token_dead_at": ago(hours=2), "fresh_at": ago(hours=3)},
            (FAIL, "Facebook-sidan är inte ansluten sedan kl. 11.00."),
        ),
        ({"fresh_at": ago(minutes=9)}, None),
        ({"fresh_at": None}, None),
        (
            {"token_ends_at": NOW + timedelta(days=13)},
            (WARN, "Nyckeln gäller till 3 december kl. 13.00, 13 dagar till."),
        ),
        ({"token_ends_at": NOW + timedelta(days=15)}, None),
    ],
)
def test_what_every_page_must_say(well, fault, said):
    change(**fault)
    assert banner() == said


def test_only_administrators_hear_that_the_key_runs_out(well):
    change(token_ends_at=NOW + timedelta(days=3))
    assert banner(operates=False) is None


def test_a_page_that_is_read_seldom_is_not_silent_so_soon(well, settings):
    settings.PULL_SECONDS = 600
    change(fresh_at=ago(minutes=15))
    assert banner() is None


def test_without_a_page_there_is_nothing_to_say():
    assert banner() is None
