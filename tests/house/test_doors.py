"""Every address states who may enter, and holds to it when the whole cast knocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from arkiv.models import Evidence
from moderation import access, links
from moderation import store as keeping
from moderation.actions import follow_up, refer, saved_view
from moderation.actions.seen import Seen
from moderation.models import Intervention, Item, User
from moderation.policy.terms import Category, Ground, InterventionKind, OrderState, Reason, Right, Role, StepKind
from tests import make

pytestmark = pytest.mark.django_db

EVERYBODY, LOGGED_IN = "alla", "inloggad"
# Nobody is not logged in; Agda edits for Barn och utbildning; the item that is knocked for belongs to Bertil's Teknik.
CAST = ("nobody", "agda", "bertil", "rut", "cecilia", "david", "erik")
PERIOD = {"first_day": "2026-11-01", "last_day": "2026-11-30"}
KLAGOMAL = {"category": Category.DIARIEFORS, "reason": Reason.KLAGOMAL, "note": ""}
SEEN = {"seen": "", "seen_version": 1, "revision": 0}
NILS = {"username": "nils", "first_name": "Nils", "last_name": "Ny", "password": "k7mq-2xpw-9htd-vn4e"}


@dataclass(frozen=True)
class Door:
    """Who may enter, what each of the cast is answered, and which rows of `rows` the address names."""

    who: str
    answers: str
    row: str = ""
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def statuses(self) -> dict[str, int]:
        return dict(zip(CAST, map(int, self.answers.split()), strict=True))


#                                                   nobody agda bertil rut cecilia david erik
DOORS = {
    "start": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "status": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "connection": Door(Right.OPERATE, "302 403 403 403 403 200 302"),
    "connect_page": Door(Right.OPERATE, "302 403 403 403 403 302 302", "", "post", {"token": "EAABsbCS1iHg"}),
    "set_address": Door(Right.OPERATE, "302 403 403 403 403 302 302", "", "post", {"email": "d@kommun.example"}),
    "history": Door(Right.OPERATE, "302 403 403 403 403 200 302"),
    "order_history": Door(
        Right.OPERATE, "302 403 403 403 403 302 302", "", "post", {"file": ContentFile(b"PK", "sidan.zip")}
    ),
    "cancel_history": Door(Right.OPERATE, "302 403 403 403 403 302 302", "import", "post"),
    "retry_history": Door(Right.OPERATE, "302 403 403 403 403 302 302", "failed_import", "post"),
    "accessibility": Door(EVERYBODY, "200 200 200 200 200 200 200"),
    "palette": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "preferences": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "policy_words": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "help": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "login": Door(EVERYBODY, "200 302 302 302 302 302 200"),
    "logout": Door(LOGGED_IN, "302 302 302 302 302 302 302", method="post"),
    "health": Door(EVERYBODY, "200 200 200 200 200 200 200"),
    "password_change": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "password_change_done": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "queue": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "pulse": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "posts": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "save_view": Door(Right.SEE, "302 302 302 302 302 403 302", "", "post", {"namn": "Mina", "ko": "slag=post"}),
    "remove_view": Door(LOGGED_IN, "302 403 302 403 403 403 302", "view", "post"),
    "search": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "item": Door(Right.SEE, "302 404 200 200 200 404 302", "item"),
    "surroundings": Door(Right.SEE, "302 404 302 302 302 404 302", "item"),
    "classify": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", KLAGOMAL),
    "park": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", SEEN | {"when": "vecka"}),
    "unpark": Door(Right.JUDGE, "302 404 302 403 403 404 302", "parked", "post", SEEN),
    "whom_to_assign": Door(Right.JUDGE, "302 404 200 403 403 404 302", "unjudged"),
    "assign": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", SEEN | {"to": "bertil"}),
    "take": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", SEEN),
    "release": Door(Right.JUDGE, "302 404 302 403 403 404 302", "assigned", "post", SEEN),
    "skip": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post"),
    "here": Door(Right.SEE, "302 404 200 200 200 404 302", "unjudged", "post", {"doing": "viewing"}),
    "left": Door(Right.SEE, "302 404 200 200 200 404 302", "unjudged", "post"),
    "take_over": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post"),
    "note": Door(Right.SEE, "302 404 302 302 302 404 302", "unjudged", "post", {"text": "Se upp."}),
    # A note is only for its author to take back, and for nobody else to know of in that way.
    "withdraw_note": Door(LOGGED_IN, "302 404 302 404 404 404 302", "note", "post"),
    "restore_note": Door(LOGGED_IN, "302 404 302 404 404 404 302", "note", "post"),
    "whom_to_ask": Door(Right.JUDGE, "302 404 200 403 403 404 302", "unjudged"),
    "ask_opinion": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", {"of": "newcomer"}),
    "answer_opinion": Door(Right.JUDGE, "302 404 302 404 404 404 302", "opinion", "post", {"answer": "Vet ej."}),
    "notices": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "read_notices": Door(Right.SEE, "302 302 302 302 302 403 302", "", "post"),
    # What somebody did is for nobody else to take back, and not for them to know of.
    "undo": Door(Right.JUDGE, "302 404 302 404 404 404 302", "deed", "post"),
    "undo_latest": Door(Right.SEE, "302 302 302 302 302 403 302", "", "post"),
    "toast": Door(LOGGED_IN, "302 200 200 200 200 200 302"),
    "close_toast": Door(LOGGED_IN, "302 302 302 302 302 302 302", "", "post"),
    "own_deeds": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "bulk_preview": Door(
        Right.JUDGE, "302 200 200 403 403 403 302", "", "post", {"handling": "unjudged", "verb": "classify"}
    ),
    "bulk_order": Door(Right.JUDGE, "302 302 302 403 403 403 302", "", "post", {"verb": "classify"}),
    "bulk": Door(Right.JUDGE, "302 404 200 404 404 404 302", "bulk"),
    "undo_bulk": Door(Right.JUDGE, "302 404 302 403 403 403 302", "bulk", "post"),
    "refer": Door(
        Right.JUDGE,
        "302 404 302 403 403 404 302",
        "unjudged",
        "post",
        SEEN | {"chef_namn": "Siv", "chef_epost": "siv@kommunen.example", "question": "När?"},
    ),
    "revoke_referral": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post"),
    "pause": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", {"reason": "hos_avsandaren"}),
    "resume": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post"),
    "save_draft": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post", {"text": "Tack!"}),
    "take_answer": Door(Right.JUDGE, "302 404 302 403 403 404 302", "unjudged", "post"),
    # A chef has no account: the link is the key, whoever holds it.
    "referral": Door(EVERYBODY, "200 200 200 200 200 200 200", "link"),
    "answer_referral": Door(EVERYBODY, "302 302 302 302 302 302 302", "link", "post", {"answer": "Ja."}),
    "hand_over_referral": Door(EVERYBODY, "302 302 302 302 302 302 302", "link", "post"),
    "referral_attachment": Door(EVERYBODY, "200 200 200 200 200 200 200", "link attachment"),
    "place": Door(Right.PLACE, "302 404 302 403 403 404 302", "item", "post", {"verksamhet": ""}),
    "tick_step": Door(
        Right.FOLLOW_UP,
        "302 404 302 302 403 404 302",
        "step",
        "post",
        {"done_on": "2026-11-20", "reference": "KS 2026/1"},
    ),
    "waive_step": Door(Right.FOLLOW_UP, "302 404 302 302 403 404 302", "step", "post", {"because": "Redan känt."}),
    "reopen_step": Door(Right.FOLLOW_UP, "302 404 302 302 403 404 302", "closed_step", "post"),
    "take_step": Door(Right.FOLLOW_UP, "302 404 302 302 403 404 302", "step", "post"),
    "register_step": Door(
        Right.FOLLOW_UP, "302 404 302 302 403 404 302", "step", "post", {"diarienummer": "KS 2026/1"}
    ),
    "diary": Door(Right.FOLLOW_UP, "302 200 200 200 403 403 302"),
    "register_list": Door(
        Right.FOLLOW_UP, "302 302 302 302 403 403 302", "", "post", {"lista": "Handling;Diarienummer"}
    ),
    "diary_table": Door(Right.FOLLOW_UP, "302 200 200 200 403 403 302"),
    "removals": Door(Right.SEE, "302 200 200 200 200 403 302"),
    "follow_up": Door(Right.FOLLOW_UP, "302 200 200 200 403 403 302"),
    "hand_over": Door(Right.FOLLOW_UP, "302 200 200 200 403 403 302"),
    "intervention": Door(Right.INTERVENE, "302 404 200 403 403 404 302", "item"),
    # How it goes, everybody may see who sees the item.
    "intervention_state": Door(Right.SEE, "302 404 302 302 302 404 302", "item"),
    "cancel_intervention": Door(Right.INTERVENE, "302 404 302 403 403 404 302", "item intervention", "post"),
    "approve_intervention": Door(Right.INTERVENE, "302 404 302 403 403 404 302", "item intervention", "post"),
    "retry_intervention": Door(Right.INTERVENE, "302 404 302 403 403 404 302", "item intervention", "post"),
    "accept_gap": Door(
        Right.INTERVENE, "302 404 302 403 403 404 302", "item intervention", "post", {"gap": "Filmen saknas."}
    ),
    "attachment": Door(Right.SEE, "302 404 200 200 200 404 302", "attachment"),
    "roles": Door(Right.GRANT, "302 403 403 403 403 200 302"),
    "grant_role": Door(
        Right.GRANT, "302 403 403 403 403 302 302", "", "post", {"user": "newcomer", "role": Role.REGISTRATOR}
    ),
    "revoke_role": Door(Right.GRANT, "302 403 403 403 403 302 302", "assignment", "post"),
    "change_chef": Door(Right.GRANT, "302 403 403 403 403 302 302", "verksamhet", "post", {"chef_namn": "Åsa"}),
    "add_verksamhet": Door(Right.GRANT, "302 403 403 403 403 302 302", "", "post", {"namn": "Kultur"}),
    "add_person": Door(Right.GRANT, "302 403 403 403 403 302 302", "", "post", NILS),
    "person_left": Door(Right.GRANT, "302 403 403 403 403 302 302", "newcomer", "post"),
    # Without the word agreed upon with Facebook; what opens it is tested beside its view.
    "facebook_webhook": Door(EVERYBODY, "403 403 403 403 403 403 403"),
    "arkiv:printouts": Door(Right.READ_PRINTOUTS, "302 200 200 200 200 403 302"),
    "arkiv:order": Door(Right.ORDER_PRINTOUTS, "302 403 403 403 302 403 302", "", "post", PERIOD),
    "arkiv:printout": Door(Right.READ_PERIODS, "302 404 404 200 200 403 302", "printed"),
    "arkiv:printout_file": Door(Right.READ_PERIODS, "302 404 404 200 200 403 302", "printed"),
    "arkiv:printout_document": Door(Right.READ_PERIODS, "302 404 404 200 200 403 302", "printed"),
    # What is on these sheets is no secret; those that are, are tested beside their views.
    "arkiv:evidence_pdf": Door(Right.SEE, "302 404 200 200 200 404 302", "sheet"),
    "arkiv:evidence_png": Door(Right.SEE, "302 404 200 200 200 404 302", "sheet"),
    "arkiv:evidence_document": Door(Right.SEE, "302 404 200 200 200 404 302", "sheet"),
    "arkiv:cancel": Door(Right.ORDER_PRINTOUTS, "302 404 404 403 302 403 302", "moving", "post"),
    "arkiv:retry": Door(Right.ORDER_PRINTOUTS, "302 404 404 403 302 403 302", "failed", "post"),
}


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The name of every address, those of an app with its name before."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, within)
        else:
            yield f"{space}{pattern.name}"


@pytest.fixture
def cast() -> dict[str, User]:
    made = (make.agda(), make.bertil(), make.rut(), make.cecilia(), make.david(), make.erik())
    return {person.username: person for person in made}


@pytest.fixture
def rows(settings, tmp_path, cast) -> dict[str, Any]:
    """The keys of what is knocked for. Everything is Teknik's, or a whole period's."""
    settings.FACEBOOK_PAGE_ID = make.page().graph_id
    settings.STORE_DIR = tmp_path / "arkiv"
    settings.ADRESS = "https://socialamedier.kommunen.example"
    thread = make.thread(make.verksamhet(make.TEKNIK))
    item, unjudged = make.item(thread=thread), make.item(thread=thread)
    judged = make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=cast["bertil"])
    closed = make.classification(make.item(thread=thread), Category.DIARIEFORS, Reason.KLAGOMAL, by=cast["bertil"])
    follow_up.waive(step=closed.steps.get(), because="Redan känt.", by=cast["bertil"], now=make.NOW)
    digest = keeping.files().put(b"GIF89a")
    file = {"state": OrderState.DONE, "sha256": digest, "mime": "image/gif", "size": 6}
    newcomer = make.user("newcomer", Role.WEBBREDAKTOR)
    days = {number: {"first_day": f"2026-0{number}-01", "last_day": f"2026-0{number}-02"} for number in (1, 2, 3)}
    made = {
        "item": item,
        "unjudged": unjudged,
        "step": judged.steps.get(kind=StepKind.REGISTRERA),
        "closed_step": closed.steps.get(),
        "attachment": make.attachment(item, **file),
        "newcomer": newcomer,
        "verksamhet": make.verksamhet(make.TEKNIK),
        "assignment": newcomer.assignments.get(),
        "printed": make.printout(state=OrderState.DONE, pdf_sha256=digest, pages=1, size=6, **days[1]),
        "moving": make.printout(**days[2]),
        "sheet": _sheet(item, digest),
        "intervention": _intervention(item, cast["bertil"]),
        "import": make.history_import(),
        "failed_import": make.history_import(state=OrderState.FAILED),
        "bertil": cast["bertil"],
        "parked": make.item(thread=thread, parked_until=make.NOW),
        "assigned": make.item(thread=thread, assigned_to=cast["bertil"]),
        "deed": item.deeds.get(),
        "view": saved_view.save(name="Vy", query="", is_shared=True, by=cast["bertil"], now=make.NOW),
        "note": make.note(item, by=cast["bertil"]),
        "opinion": make.opinion(item, of=cast["bertil"]),
        "bulk": make.bulk([make.item(thread=thread)], by=cast["bertil"]),
        "failed": make.printout(state=OrderState.FAILED, **days[3]),
    }
    return {name: row.pk for name, row in made.items()} | {"link": _link(item, cast["bertil"])}


def _sheet(item: Item, digest: str) -> Evidence:
    """Done, with a file of a kind."""
    facts = {"state": OrderState.DONE, "captured_at": make.NOW, "document": "{}", "pdf_sha256": digest, "pictured": 1}
    sheet = make.evidence(item, **facts)
    sheet.pictures.create(number=1, sha256=digest)
    return sheet


def _intervention(item: Item, by: User) -> Intervention:
    """Ordered and not sent."""
    values = {"version": item.latest_version, "kind": InterventionKind.REMOVE, "ground": Ground.INTEGRITET}
    values |= {"ordered_at": make.NOW, "ordered_by": by, "not_before": make.NOW}
    return Intervention.objects.create(item=item, **values)


def _link(item: Item, by: User) -> str:
    """What a chef's letter leads to."""
    told = {"chef_namn": "Siv", "chef_epost": "siv@kommunen.example", "question": "När?", "secret": "bara-har"}
    refer.refer(item=item, by=by, now=timezone.now(), seen=Seen.of(item), **told)
    return links.token("bara-har")


def knock(name: str, person: User | None, rows: dict[str, int]) -> HttpResponse:
    """What the person is answered. Nothing that came of it stays."""
    door, client = DOORS[name], Client()
    address = reverse(name, args=[rows[row] for row in door.row.split()])
    data = {key: rows.get(str(value), value) for key, value in door.data.items()}
    with transaction.atomic():
        if person is not None:
            client.force_login(person)
        response = getattr(client, door.method)(address, data)
        if response.streaming:
            # Read to its end, which closes the file.
            response.getvalue()
        transaction.set_rollback(True)
    return response


def test_every_address_states_who_may_enter():
    assert sorted(names(get_resolver().url_patterns)) == sorted(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_each_of_the_cast_is_answered_as_stated(name, cast, rows):
    answered = {who: knock(name, cast.get(who), rows) for who in CAST}
    assert {who: response.status_code for who, response in answered.items()} == DOORS[name].statuses
    to_the_login = {
        who for who, response in answered.items() if response.headers.get("Location", "").startswith("/logga-in/?next")
    }
    assert to_the_login == (set() if DOORS[name].who == EVERYBODY else {"nobody", "erik"})


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.who in Right.values])
def test_only_those_with_the_right_come_in(name, cast):
    """The statuses above agree with the table of rights: nobody without the right gets further than the door."""
    for who, status in DOORS[name].statuses.items():
        if who in ("nobody", "erik"):
            continue
        if DOORS[name].who not in access.rights(cast[who], timezone.now()):
            assert status in (403, 404), who
        else:
            # Agda has the right, but not for Teknik.
            assert status in (200, 302) or (who, status) == ("agda", 404), who


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.method == "post"])
def test_what_changes_something_is_never_done_by_following_a_link(name, cast, rows):
    door = DOORS[name]
    client = Client()
    client.force_login(cast["cecilia"])
    assert client.get(reverse(name, args=[rows[row] for row in door.row.split()])).status_code == 405


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.method == "post"])
def test_a_form_from_elsewhere_is_refused(name, cast, rows):
    door = DOORS[name]
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["cecilia"])
    response = client.post(reverse(name, args=[rows[row] for row in door.row.split()]), door.data)
    assert response.status_code == 403
    assert "Formuläret gick inte att skicka" in response.content.decode()


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.row])
def test_a_row_that_does_not_exist_is_not_found_nor_betrayed(name, cast, rows):
    """Whether a row is there can be learnt only by those who may see it."""
    nowhere = dict.fromkeys(rows, 9_999_999)
    for who in ("bertil", "cecilia", "david"):
        missing, there = knock(name, cast[who], nowhere), knock(name, cast[who], rows)
        assert missing.status_code in (403, 404)
        assert missing.status_code == there.status_code or there.status_code in (200, 302, 403), who
