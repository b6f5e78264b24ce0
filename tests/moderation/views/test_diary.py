"""The registrator's work list."""

import csv
import io

import pytest
from django.urls import reverse

from moderation.models import FollowUpStep
from moderation.policy.terms import Category, Reason, StepKind, StepState
from tests import make

pytestmark = pytest.mark.django_db
SECRET = "Min son Testa har fått insulin"


@pytest.fixture
def rut(client):
    rut = make.rut()
    client.force_login(rut)
    return rut


def judged(text="Vägen är oframkomlig igen!", category=Category.DIARIEFORS, reason=Reason.KLAGOMAL, **fields):
    return make.classification(make.item(text, **fields), category, reason)


def step(classification):
    return classification.steps.get(kind=StepKind.REGISTRERA)


def send(client, classification, **data):
    return client.post(reverse("register_step", args=[step(classification).pk]), data, follow=True)


def paste(client, text):
    return client.post(reverse("register_list"), {"lista": text}, follow=True)


def table(client):
    answer = client.get(reverse("diary_table"))
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_number_is_written_back_and_the_item_leaves_the_list(client, rut):
    complaint = judged()
    assert "Vägen är oframkomlig igen!" in client.get(reverse("diary")).content.decode()
    answer = send(client, complaint, diarienummer="KS 0049/2026")
    assert "1 handling registrerad som KS 0049/2026." in answer.content.decode()
    assert "Inget väntar på diarienummer" in answer.content.decode()
    done = step(complaint)
    assert (done.state, done.reference, done.closed_by) == (StepState.DONE, "KS 0049/2026", rut)


def test_one_number_serves_a_whole_thread(client, rut):
    thread = make.thread()
    first, second, other = judged(thread=thread), judged(thread=thread), judged()
    assert "Alla 2 i tråden" in client.get(reverse("diary")).content.decode()
    send(client, first, diarienummer="KS 2026/12", hela_traden="1")
    assert [step(each).reference for each in (first, second, other)] == ["KS 2026/12", "KS 2026/12", ""]


@pytest.mark.parametrize("written", ["", "vet inte", "49", "2026-07-01"])
def test_what_is_no_number_is_refused_with_the_words_kept(client, rut, written):
    complaint = judged()
    answer = send(client, complaint, diarienummer=written)
    assert answer.status_code == 400
    assert "Skriv diarienumret som det står i diariet" in answer.content.decode()
    assert f'value="{written}"' in answer.content.decode()
    assert step(complaint).is_open


def test_a_pasted_list_registers_what_it_can_and_keeps_the_rest_with_why(client, rut):
    first, second = judged(), judged()
    answer = paste(client, f"{first.item_id};KS 2026/12\n999999;KS 2026/13\n{second.item_id};imorgon")
    told = answer.content.decode()
    assert "1 handling registrerad." in told
    assert "Handling 999999 väntar inte på något diarienummer." in told
    assert "”imorgon” är inte ett diarienummer." in told
    assert f"999999;KS 2026/13\n{second.item_id};imorgon" in told
    assert step(first).reference == "KS 2026/12"
    assert step(second).is_open


def test_a_list_without_faults_leaves_an_empty_field(client, rut):
    first = judged()
    answer = paste(client, f"Handling;Diarienummer\n{first.item_id}\tKS 2026/12")
    assert answer.status_code == 200
    assert step(first).reference == "KS 2026/12"


def test_a_number_used_for_something_else_is_warned_of_and_not_refused(client, rut):
    former, latter = judged(), judged()
    send(client, former, diarienummer="KS 0012/2026")
    answer = send(client, latter, diarienummer="ks 2026/12")
    assert "används redan för 1 annan handling" in answer.content.decode()
    assert step(latter).reference == "ks 2026/12"


def test_the_same_number_in_one_thread_is_no_double(client, rut):
    thread = make.thread()
    former, latter = judged(thread=thread), judged(thread=thread)
    send(client, former, diarienummer="KS 2026/12")
    assert "används redan" not in send(client, latter, diarienummer="KS 2026/12").content.decode()


def test_a_list_names_what_others_verksamheter_have_no_way_to_register(client):
    complaint = judged(thread=make.thread(make.verksamhet()))
    client.force_login(make.agda())
    assert "väntar inte på något diarienummer" in paste(client, f"{complaint.item_id};KS 2026/1").content.decode()
    assert step(complaint).is_open


def test_the_table_has_the_fields_of_the_register_and_sets_what_is_secret_apart(client, rut):
    judged("=cmd|' /C calc'!A0", author="Åsa Öberg")
    judged(SECRET, Category.SEKRETESS, "", author="Testa Påhittad")
    hostile, secret = sorted(table(client), key=lambda row: row["Klass"])
    assert (hostile["Avsändare"], hostile["Ärendet i korthet"][0], hostile["Datum"]) == ("Åsa Öberg", "'", "2026-11-20")
    assert {secret["Avsändare"], secret["Ärendet i korthet"]} == {"Sekretess"}
    assert secret["Adress"] == ""


def test_a_judgement_that_was_changed_waits_for_no_number(client, rut):
    complaint = judged()
    make.classification(complaint.item)
    assert table(client) == []
    assert FollowUpStep.objects.open().count() == 0


def test_the_page_asks_equally_many_questions_however_much_waits(client, rut, django_assert_max_num_queries):
    for number in range(25):
        judged(f"Klagomål {number}")
    with django_assert_max_num_queries(14):
        assert client.get(reverse("diary")).status_code == 200
