"""Facebook's door, knocked at over real HTTP."""

import hashlib
import hmac
import json
import logging
import random
import socket
import threading
from urllib.parse import urlsplit

import pytest
import requests
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.models import RefusedDelivery, WebhookDelivery
from moderation.policy.terms import OrderState

pytestmark = pytest.mark.django_db(transaction=True)

SECRET, WORD = "appens-hemlighet", "kontrollord-åäö"
PATH = "/webhook/facebook/"
BODY = rb'{"object":"page","entry":[{"id":"1","changes":[{"message":"Ett caf\u00e9 \/ \u0040 HEMLIGT-ORD"}]}]}'


@pytest.fixture(autouse=True)
def connected(settings):
    settings.FACEBOOK_APP_SECRET, settings.FACEBOOK_VERIFY_TOKEN = SECRET, WORD


@pytest.fixture
def door(live_server):
    return live_server.url + PATH


def signature(body, secret=SECRET):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(body, **more):
    return {"Content-Type": "application/json", "X-Hub-Signature-256": signature(body), **more}


def deliver(door, body, **more):
    return requests.post(door, data=body, headers=headers(body, **more), timeout=30)


def deliver_in_here(client, body, signed=None, **more):
    given = signature(body) if signed is None else signed
    return client.post(PATH, body, content_type="application/json", headers={"X-Hub-Signature-256": given}, **more)


def stored():
    return [bytes(body) for body in WebhookDelivery.objects.values_list("body", flat=True)]


def refused():
    return sum(RefusedDelivery.objects.values_list("count", flat=True))


# --- What is genuine --------------------------------------------------------------------------------------------


def test_a_genuine_delivery_is_committed_when_200_is_seen(door):
    answer = deliver(door, BODY)
    # Another connection to the database than the server's sees the row.
    assert stored() == [BODY]
    assert (answer.status_code, answer.text) == (200, "EVENT_RECEIVED")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.history == []
    assert refused() == 0


def test_no_session_and_no_cookie_come_of_it(door):
    answer = deliver(door, BODY, Cookie="session=påhitt; csrf=påhitt".encode("latin-1"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_signature_is_of_the_bytes_and_not_of_what_they_mean(door):
    spelt_out = json.dumps(json.loads(BODY), ensure_ascii=False, separators=(",", ":")).encode()
    answer = requests.post(door, data=spelt_out, headers=headers(BODY), timeout=30)
    assert answer.status_code == 403
    assert deliver(door, spelt_out).status_code == 200
    assert stored() == [spelt_out]


def test_doubles_and_replays_are_answered_alike_and_kept_once(door):
    assert [deliver(door, BODY).status_code for _ in range(2)] == [200, 200]
    WebhookDelivery.objects.update(state=OrderState.DONE)
    assert deliver(door, BODY).text == "EVENT_RECEIVED"
    assert WebhookDelivery.objects.get().state == OrderState.DONE


@pytest.mark.parametrize("body", [b"", b"\xff\x00 <html>", b"[" * 100_000, b"hub.mode=subscribe", b"null"])
def test_junk_is_kept_and_answered_alike_if_it_is_signed(door, body):
    assert deliver(door, body, **{"Content-Length": str(len(body))}).text == "EVENT_RECEIVED"
    assert stored() == [body]


def test_the_content_type_plays_no_part(door):
    for number, kind in enumerate(("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "å/å")):
        body = b"a=%d" % number
        assert deliver(door, body, **{"Content-Type": kind.encode("latin-1")}).status_code == 200
    assert len(stored()) == 3


def test_taking_a_delivery_in_is_one_statement_even_where_requests_are_transactions(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    with CaptureQueriesContext(connection) as asked:
        assert deliver_in_here(client, BODY).status_code == 200
    assert [query["sql"].split()[0] for query in asked] == ["INSERT"]


# --- What is not ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signed",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": signature(BODY, "annan")},
        {"X-Hub-Signature-256": signature(BODY + b" ")},
        {"X-Hub-Signature-256": "å".encode()},
        {"X-Hub-Signature": "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest()},
    ],
)
def test_a_wrong_signature_is_turned_away_and_counted(door, signed):
    for _ in range(2):
        assert requests.post(door, data=BODY, headers=signed, timeout=30).status_code == 403
    assert stored() == []
    assert refused() == 2


def test_without_a_secret_everything_is_turned_away(door, settings):
    settings.FACEBOOK_APP_SECRET = ""
    signed = {"X-Hub-Signature-256": signature(BODY, "")}
    assert requests.post(door, data=BODY, headers=signed, timeout=30).status_code == 403
    assert stored() == []


def test_a_thousand_forgeries_open_nothing(client):
    chance = random.Random(36)
    for _ in range(1000):
        body = chance.randbytes(chance.randrange(1, 200))
        true = signature(body)
        place = chance.randrange(len(true))
        forged = chance.choice(
            [
                true[:place] + chr(chance.randrange(33, 127)) + true[place + 1 :],
                true[:place],
                signature(body[:-1] or b"x"),
                signature(body, chance.randbytes(8).hex()),
                chance.randbytes(40).decode("latin-1").translate({10: None, 13: None}),
            ]
        )
        assert deliver_in_here(client, body, forged).status_code == (200 if forged == true else 403)
        assert deliver_in_here(client, body).status_code == 200


def test_more_than_a_megabyte_is_refused_unread(door):
    large = b"x" * 1_100_000
    assert deliver(door, large).status_code == 413
    assert (stored(), refused()) == ([], 0)
    largest = b"x" * 1024 * 1024
    assert deliver(door, largest).status_code == 200
    assert stored() == [largest]


@pytest.mark.parametrize("length", ["9" * 5000, "1048577", "-1", "1.5", "ett", "0x10", "٣"])
def test_an_odd_length_is_refused(client, length):
    answer = deliver_in_here(client, BODY, CONTENT_LENGTH=length)
    assert answer.status_code in (411, 413)
    assert (stored(), refused()) == ([], 0)


def test_a_body_that_comes_in_pieces_is_refused_unread(door):
    pieces = iter([BODY[:10], BODY[10:]])
    assert requests.post(door, data=pieces, headers=headers(BODY, Connection="close"), timeout=30).status_code == 411
    assert (stored(), refused()) == ([], 0)


def test_a_body_that_breaks_off_is_no_forgery(door):
    said = "".join(f"{name}: {value}\r\n" for name, value in headers(BODY, Host="localhost").items())
    place = urlsplit(door)
    with socket.create_connection((place.hostname, place.port), timeout=30) as line:
        line.sendall(f"POST {PATH} HTTP/1.1\r\n{said}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:-1])
        line.shutdown(socket.SHUT_WR)
        assert b" 400 " in line.makefile("rb").readline()
    assert (stored(), refused()) == ([], 0)


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_there_is_no_other_way_to_knock(door, method):
    answer = requests.request(method, door, data=BODY, headers=headers(BODY), timeout=30)
    assert answer.status_code == 405
    assert stored() == []


# --- The word agreed upon ---------------------------------------------------------------------------------------

ASKED = {"hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "1158201444"}


def test_the_challenge_is_answered_with_itself_and_nothing_more(door):
    answer = requests.get(door, params=ASKED, timeout=30)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {**ASKED, "hub.verify_token": WORD + "x"},
        {**ASKED, "hub.verify_token": ""},
        {**ASKED, "hub.verify_token": b"\xff\x00"},
        {**ASKED, "hub.verify_token": [WORD, "annat"]},
        {**ASKED, "hub.mode": "unsubscribe"},
        {"hub.verify_token": WORD, "hub.challenge": "1"},
        {"hub.mode": "subscribe", "hub.challenge": "1"},
        {"hub.mode": "subscribe", "hub.verify_token": WORD},
        {name.replace(".", "_"): value for name, value in ASKED.items()},
    ],
)
def test_any_other_question_is_refused(door, asked):
    answer = requests.get(door, params=asked, timeout=30)
    assert answer.status_code == 403
    assert "1158201444" not in answer.text


def test_without_a_word_of_our_own_nobody_knows_it(door, settings):
    settings.FACEBOOK_VERIFY_TOKEN = ""
    for asked in ({**ASKED, "hub.verify_token": ""}, {"hub.mode": "subscribe", "hub.challenge": "1"}):
        assert requests.get(door, params=asked, timeout=30).status_code == 403


# --- The house around it ----------------------------------------------------------------------------------------


def test_in_plain_text_it_is_sent_on_to_https_and_with_https_taken_in(settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    answer = deliver_in_here(client, BODY)
    assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{PATH}")
    assert stored() == []
    assert deliver_in_here(client, BODY, secure=True).status_code == 200
    assert stored() == [BODY]


def test_what_cannot_be_kept_is_to_be_sent_again(client, caplog):
    caplog.set_level(logging.DEBUG)

    def fail(execute, sql, params, many, context):
        raise OperationalError(f"no room for {BODY!r}")

    with connection.execute_wrapper(fail):
        assert deliver_in_here(client, BODY).status_code == 503
        assert deliver_in_here(client, BODY, "fel").status_code == 403
    assert "could not keep a delivery: OperationalError" in caplog.text
    assert "HEMLIGT-ORD" not in caplog.text
    assert deliver_in_here(client, BODY).status_code == 200
    assert stored() == [BODY]


@pytest.mark.postgresql
def test_without_a_database_it_is_to_be_sent_again(door, monkeypatch):
    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "NAME", "en-databas-som-inte-finns")
        assert deliver(door, BODY).status_code == 503
        assert requests.post(door, data=BODY, timeout=30).status_code == 403
    assert deliver(door, BODY).status_code == 200
    assert (stored(), refused()) == ([BODY], 0)


def test_nothing_of_it_is_written_to_any_log(door, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    for signed in (headers(BODY), {"X-Hub-Signature-256": "fel"}):
        requests.post(door, data=BODY, headers=signed, timeout=30)
    requests.put(door, data=BODY, timeout=30)
    assert "HEMLIGT-ORD" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.postgresql
def test_two_hundred_deliveries_from_four_senders_at_once_are_all_kept(door):
    bodies = [BODY + b" " * number for number in range(200)]
    start, answers = threading.Barrier(4), []

    def send(own):
        start.wait()
        with requests.Session() as line:
            for body in own:
                answers.append(line.post(door, data=body, headers=headers(body), timeout=30).status_code)

    senders = [threading.Thread(target=send, args=[bodies[number::4]]) for number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert answers == [200] * 200
    assert sorted(stored()) == sorted(bodies)
