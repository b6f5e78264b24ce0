"""The chef's door: it opens by the right link alone, shows one thread, and says plainly why it does not open."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation import links
from moderation import store as keeping
from moderation.actions import refer as referring
from moderation.actions.seen import Seen
from moderation.models import Draft, Item, Mail, Referral
from moderation.models.storable import storable
from moderation.policy.terms import Category, OrderState, Reason, Role
from sociala_medier.logs import WithoutLinks
from tests import hostile, make

pytestmark = pytest.mark.django_db
SECRET = "bara-till-for-proven"
ADDRESS = "https://socialamedier.kommunen.example"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.ADRESS = ADDRESS
    settings.STORE_DIR = tmp_path / "arkiv"


@pytest.fixture
def agda():
    return make.user("agda", Role.WEBBREDAKTOR, email="agda@kommunen.example")


@pytest.fixture
def chef():
    return Client()


def ask(item, by, secret=SECRET, question="När plogas det?"):
    return referring.refer(
        item=item, chef_namn="Tore Ström", chef_epost="tore@kommunen.example", question=question, secret=secret, by=by,
        now=timezone.now(), seen=Seen.of(item),
    )  # fmt: skip


def door(secret=SECRET, rest=""):
    return f"/hanvisning/{links.token(secret)}/{rest}"


def picture(item, mime="image/gif"):
    digest = keeping.files().put(b"GIF89a" + str(item.pk).encode())
    return make.attachment(item, state=OrderState.DONE, sha256=digest, mime=mime, size=6)


# --- What it shows ----------------------------------------------------------------------------------------------


def test_the_link_shows_that_thread_the_question_and_who_asks(chef, agda):
    item = make.item("Vägen är oframkomlig")
    make.item("Håller med", thread=item.thread)
    make.item("Något helt annat")
    ask(item, agda)
    response = chef.get(door())
    for told in ("Vägen är oframkomlig", "Håller med", "När plogas det?", "Agda", "agda@kommunen.example"):
        assertContains(response, told)
    assertNotContains(response, "Något helt annat")
    assert Referral.objects.get().opened_at is not None


def test_the_question_and_what_it_is_about_stand_before_the_thread_and_the_answer(chef, agda):
    thread = make.thread()
    post = make.item("Vi plogar", thread=thread, kind="post")
    item = make.item("Vägen är oframkomlig", thread=thread, parent=post)
    ask(item, agda)
    body = chef.get(door()).content.decode()
    order = [body.index(each) for each in ("När plogas det?", "Vägen är oframkomlig", "Vi plogar", ">Svara</h2>")]
    assert order == sorted(order)
    assert body.count("Vägen är oframkomlig") == 1
    assert body.index("frågan gäller det här") > body.index("Vi plogar")


def test_what_stands_alone_has_no_thread_around_it(chef, agda):
    ask(make.item("Vägen är oframkomlig"), agda)
    assertNotContains(chef.get(door()), "Tråden runt omkring")


def test_every_text_of_the_thread_can_be_read_to_its_end(chef, agda):
    item = make.item("Kort")
    make.item("Så här var det. " + "Det snöade. " * 100 + "Slutet.", thread=item.thread)
    ask(item, agda)
    response = chef.get(door())
    assertContains(response, "Slutet.", count=1)
    assertContains(response, "Visa hela texten", count=1)


def test_it_leads_nowhere_else_also_for_somebody_logged_in(agda, client):
    item = make.item()
    ask(item, agda)
    client.force_login(agda)
    response = client.get(door())
    for way in ("/ko/", "/sok/", "/handling/", "/logga-ut/"):
        assertNotContains(response, way)


def test_the_address_is_neither_kept_nor_sent_on(chef, agda):
    item = make.item()
    ask(item, agda)
    file = picture(item)
    for response in (chef.get(door()), chef.get(door("okand")), chef.get(door(rest=f"bilaga/{file.pk}/"))):
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert response.headers["Cache-Control"] == "no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        response.close()


@pytest.mark.parametrize("judged", [(Category.SEKRETESS, ""), (Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)])
def test_what_may_not_be_shown_is_withheld_with_its_pictures(chef, agda, judged):
    item = make.item("Frågan gäller detta")
    other = make.item("Hemligt ord", thread=item.thread)
    file = picture(other)
    ask(item, agda)
    make.classification(other, *judged)
    response = chef.get(door())
    assertNotContains(response, "Hemligt ord")
    assertNotContains(response, f"bilaga/{file.pk}/")
    assertContains(response, "Texten visas inte här")
    assert chef.get(door(rest=f"bilaga/{file.pk}/")).status_code == 404


def test_what_is_judged_secret_after_the_question_is_withheld_too(chef, agda):
    item = make.item("Hemligt ord")
    ask(item, agda)
    make.classification(item, Category.SEKRETESS)
    assertNotContains(chef.get(door()), "Hemligt ord")


def test_pictures_come_by_the_same_link_and_only_those_of_the_thread(chef, agda):
    item, elsewhere = make.item(), make.item()
    ask(item, agda)
    ask(elsewhere, agda, secret="en-annan")
    mine, theirs = picture(item), picture(elsewhere)
    there = chef.get(door(rest=f"bilaga/{mine.pk}/"))
    assert b"".join(there.streaming_content).startswith(b"GIF89a")
    assert chef.get(door(rest=f"bilaga/{theirs.pk}/")).status_code == 404
    assert chef.get(f"/bilaga/{mine.pk}/").status_code == 302
    referring.revoke(referral=Referral.objects.get(item=item), by=agda, now=timezone.now())
    assert chef.get(door(rest=f"bilaga/{mine.pk}/")).status_code == 404


TEXTS = list(hostile.texts(long=300).values())
TAG = re.compile(r"<([a-z!/][a-z0-9]*)[^>]*>", re.I)


@pytest.mark.parametrize("first", range(0, len(TEXTS), 60))
def test_whatever_a_person_wrote_hurts_nobody_on_the_chefs_page(chef, agda, first):
    plain = make.item("Hej!")
    make.item(" ", thread=plain.thread)
    ask(plain, agda)
    lot = TEXTS[first : first + 60]
    asked = make.item(lot[0])
    for text in lot:
        make.item(text, thread=asked.thread, author=storable(text[:200]))
    ask(asked, agda, secret="det-onda", question=f"Vad svarar vi på {lot[-1]}")
    known, evil = (chef.get(door(secret)).content.decode() for secret in (SECRET, "det-onda"))
    assert set(TAG.findall(evil)) <= set(TAG.findall(known)) | {"br"}
    assert evil.count("<script") == known.count("<script") == 1
    assert not re.search(r"<[^>]*\son[a-z]+=", evil)


# --- Why it does not open ---------------------------------------------------------------------------------------


def test_a_link_that_nobody_made_is_not_found_and_tells_nothing(chef, agda):
    ask(make.item("Vägen"), agda)
    token = links.token(SECRET)
    for wrong in ("x", token[:-1], f"{token}x", SECRET, f"{SECRET}.abc", links.token("aldrig-given"), "å" * 300):
        response = chef.get(f"/hanvisning/{wrong}/")
        assertContains(response, "Det finns ingen fråga på den här adressen", status_code=404)
        assertNotContains(response, "Agda", status_code=404)


def test_each_way_that_it_is_closed_has_a_sentence_and_whom_to_ask(chef, agda):
    now = timezone.now()
    ways = {
        "Länken gällde till": lambda row: Referral.objects.filter(pk=row.pk).update(expires_at=now),
        "Frågan är tillbakadragen": lambda row: referring.revoke(referral=row, by=agda, now=now),
        "Svaret har kommit fram": lambda row: referring.answer(referral=row, text="Hemligt svar", now=now),
        "har tagit över frågan": lambda row: referring.hand_over(referral=row, word="Hemligt svar", now=now),
    }
    for number, (sentence, close) in enumerate(ways.items()):
        close(ask(make.item("Vägen är oframkomlig"), agda, secret=f"nummer-{number}"))
        response = chef.get(door(f"nummer-{number}"))
        assert response.status_code == (410 if number < 2 else 200)
        body = response.content.decode()
        assert sentence in body
        assert "agda@kommunen.example" in body
        assert "oframkomlig" not in body
        assert "plogas" not in body
        assert "Hemligt svar" not in body


def test_two_answer_at_once_and_the_second_keeps_the_text(chef, agda):
    ask(make.item(), agda)
    assertRedirects(chef.post(door(rest="svara/"), {"answer": "Ja."}), door())
    response = Client().post(door(rest="svara/"), {"answer": "Nej, det stämmer inte."})
    assertContains(response, "Nej, det stämmer inte.", status_code=409)
    assertContains(response, "Frågan är besvarad", status_code=409)
    assert Draft.objects.get().text == "Ja."


@pytest.mark.parametrize(("answer", "said"), [("", "Skriv ett svar"), ("å" * 100_000, "högst 8 000 tecken")])
def test_an_answer_that_cannot_be_taken_stays_in_the_form(chef, agda, answer, said):
    ask(make.item(), agda)
    response = chef.post(door(rest="svara/"), {"answer": answer})
    assertContains(response, said, status_code=400)
    assertContains(response, answer[:200], status_code=400)
    assert Referral.objects.get().answered_at is None


def test_an_answer_to_a_link_that_is_not_there_is_kept(chef):
    assertContains(chef.post(door(rest="svara/"), {"answer": "Ja."}), "Ja.", status_code=404)


# --- The log ----------------------------------------------------------------------------------------------------


def test_the_link_is_not_in_the_log(chef, agda, caplog):
    caplog.handler.addFilter(WithoutLinks())
    ask(make.item(), agda)
    chef.post(door(rest="svara/"), {"answer": ""})
    chef.get(door(rest="bilaga/1/"))
    Client(enforce_csrf_checks=True).post(door(rest="svara/"), {"answer": "Ja."})
    assert len(caplog.records) >= 3
    assert SECRET not in caplog.text
    assert "/hanvisning/…" in caplog.text


def test_every_handler_of_the_product_leaves_links_out(settings):
    assert all(handler["filters"] == ["links"] for handler in settings.LOGGING["handlers"].values())
    record = logging.LogRecord(
        "x", logging.INFO, "", 0, "GET %s 200", (f"/hanvisning/{links.token(SECRET)}/svara/",), None
    )
    assert WithoutLinks().filter(record)
    assert record.getMessage() == "GET /hanvisning/…/svara/ 200"


# --- The editor's side ------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client, agda):
    client.force_login(agda)
    return client


def send(client, item, **fields):
    told = {"seen": "", "seen_version": 1, "revision": 0, "chef_namn": "Tore", "question": "När?"}
    return client.post(f"/handling/{item.pk}/hanvisa/", told | {"chef_epost": "tore@kommunen.example"} | fields)


def test_the_editor_asks_and_takes_back(editor):
    item = make.item()
    response = send(editor, item, ko="slag=comment")
    assert response.headers["Location"] == f"/handling/{item.pk}/?slag=comment"
    page = editor.get(item.get_absolute_url())
    assertContains(page, "Väntar på svar")
    assertContains(page, "ingen e-postserver är inställd")
    letter = Mail.objects.get()
    token = letter.body.partition("/hanvisning/")[2].partition("/")[0]
    assertNotContains(page, token)
    editor.post(f"/handling/{item.pk}/hanvisa/dra-tillbaka/")
    assertContains(editor.get(item.get_absolute_url()), "Tillbakadragen")
    assert Client().get(f"/hanvisning/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"chef_epost": "tore"}, "namn@kommunen.se"),
        ({"chef_epost": "a@b.se\nBcc: c@d.se"}, "namn@kommunen.se"),
        ({"chef_namn": ""}, "Skriv chefens namn"),
        ({"question": "å" * 100_000}, "högst 2 000 tecken"),
        ({"seen_version": "många"}, "Formuläret var inte helt"),
    ],
)
def test_a_question_that_cannot_be_put_stays_in_the_form(editor, fields, said):
    response = send(editor, make.item(), **{"question": "Min långa fråga"} | fields)
    assertContains(response, said, status_code=400)
    if "question" not in fields:
        assertContains(response, "Min långa fråga", status_code=400)
    assert not Referral.objects.exists()


def test_a_question_on_what_somebody_has_judged_since_is_a_conflict_with_the_text_kept(editor):
    item = make.item()
    make.classification(item)
    assertContains(send(editor, item, question="Min långa fråga"), "Min långa fråga", status_code=409)


def test_without_an_address_nothing_broken_is_offered(editor, settings):
    settings.ADRESS = ""
    page = editor.get(make.item().get_absolute_url())
    assertContains(page, "ställt in programmets adress")
    assertNotContains(page, "Chefens e-postadress")


def test_the_clock_is_stopped_and_started_by_hand(editor):
    item = make.item(at=timezone.now())
    assertContains(editor.post(f"/handling/{item.pk}/pausa/", {"reason": "annat"}), "Skriv varför", status_code=400)
    editor.post(f"/handling/{item.pk}/pausa/", {"reason": "annat", "note": "Väder"})
    assertContains(editor.get(item.get_absolute_url()), "Svarstiden står still.")
    editor.post(f"/handling/{item.pk}/pausa/sluta/")
    assertContains(editor.get(item.get_absolute_url()), "Pausad 0 min av annat skäl")


def test_while_the_chef_has_the_question_the_clock_is_not_started_by_hand(editor, agda):
    item = make.item(at=timezone.now())
    ask(item, agda)
    response = editor.post(f"/handling/{item.pk}/pausa/sluta/", follow=True)
    assertContains(response, "Frågan ligger hos chefen")
    assert item.pauses.get().ended_at is None


def test_the_draft_is_saved_and_a_colleagues_is_not_overwritten(editor):
    item = make.item()
    editor.post(f"/handling/{item.pk}/utkast/", {"text": "Tack!", "utkast_sett": ""})
    assert Draft.objects.get().text == "Tack!"
    response = editor.post(f"/handling/{item.pk}/utkast/", {"text": "Mina ord", "utkast_sett": ""})
    assertContains(response, "Mina ord", status_code=409)
    assertContains(response, "Tack!", status_code=409)
    assertContains(editor.post(f"/handling/{item.pk}/utkast/", {"text": "å" * 9000}), "högst 8 000", status_code=400)


def test_an_answer_that_found_a_draft_is_offered_to_it(editor, agda):
    item = make.item()
    referral = ask(item, agda)
    editor.post(f"/handling/{item.pk}/utkast/", {"text": "Mina ord", "utkast_sett": ""})
    referring.answer(referral=referral, text="Chefens ord", now=timezone.now() + timedelta(seconds=1))
    assertContains(editor.get(item.get_absolute_url()), "Lägg svaret i utkastet")
    editor.post(f"/handling/{item.pk}/utkast/chefens-svar/")
    assert Draft.objects.get().text == "Mina ord\n\nChefens ord"
    assertNotContains(editor.get(item.get_absolute_url()), "Lägg svaret i utkastet")
    assert Item.objects.get().draft.from_referral == referral
