"""What the client does to others' words: sent once, with the token out of sight, and done only where Facebook says so."""

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from moderation.graph import errors
from moderation.graph.client import GraphClient
from tests.moderation.graph.answers import SECRET, TOKEN, Answers, always, client, in_turn, query
from tests.moderation.graph.test_patience import PERMANENT, THROTTLE, TRANSIENT, Listening

COMMENT = "122_5550001"
WAYS = {
    "remove": lambda speaker: speaker.remove(COMMENT),
    "hide": lambda speaker: speaker.hide(COMMENT, True),
    "show": lambda speaker: speaker.hide(COMMENT, False),
}
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()


@pytest.fixture(params=WAYS)
def write(request: pytest.FixtureRequest) -> Any:
    return WAYS[request.param]


def form(answers: Answers) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(str(answers.requests[0].body)).items()}


def test_a_comment_is_removed_by_its_id() -> None:
    answers = always({"success": True})
    client(answers, app_secret=SECRET).remove(COMMENT)
    (request,) = answers.requests
    assert (request.method, urlsplit(str(request.url)).path) == ("DELETE", f"/v26.0/{COMMENT}")
    assert (query(request), request.body) == ({"appsecret_proof": PROOF}, None)


@pytest.mark.parametrize(("hidden", "word"), [(True, "true"), (False, "false")])
def test_a_comment_is_hidden_and_shown_by_a_form(hidden: bool, word: str) -> None:
    answers = always({"success": True})
    client(answers, app_secret=SECRET).hide(COMMENT, hidden)
    (request,) = answers.requests
    assert (request.method, request.url) == ("POST", f"https://graph.facebook.com/v26.0/{COMMENT}")
    assert form(answers) == {"is_hidden": word, "appsecret_proof": PROOF}


def test_the_token_travels_in_the_header_alone(write: Any) -> None:
    answers = always({"success": True})
    write(client(answers, app_secret=SECRET))
    (request,) = answers.requests
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    for secret in (TOKEN, SECRET):
        assert secret not in str(request.url)
        assert secret not in str(request.body)


@pytest.mark.parametrize("yes", [{"success": True}, {"success": "true"}, b"true"])
def test_every_yes_that_facebook_knows_is_a_yes(write: Any, yes: Any) -> None:
    write(client(always(yes)))


@pytest.mark.parametrize("no", [{"success": False}, {"success": "false"}, b"false"])
def test_a_no_with_a_good_status_is_a_refusal(write: Any, no: Any) -> None:
    with pytest.raises(errors.Refused):
        write(client(always(no)))


@pytest.mark.parametrize("odd", [{}, {"id": COMMENT}, {"success": None}, {"success": 1}, [], b"null", b"5"])
def test_what_is_neither_yes_nor_no_is_not_taken_for_either(write: Any, odd: Any) -> None:
    with pytest.raises(errors.Malformed):
        write(client(always(odd)))


@pytest.mark.parametrize("trouble", [*TRANSIENT, *PERMANENT])
def test_a_write_is_never_repeated_by_the_client(write: Any, trouble: str) -> None:
    """Where the answer was lost it may have been done: whoever ordered it looks first."""
    waits: list[float] = []
    answers = in_turn((TRANSIENT | PERMANENT)[trouble])
    with pytest.raises(errors.GraphError):
        write(client(answers, sleep=waits.append))
    assert (len(answers.requests), waits) == (1, [])


def test_what_is_hidden_already_says_so() -> None:
    duplicate = {"error": {"code": 1, "error_subcode": 1446036, "is_transient": False}}
    with pytest.raises(errors.AlreadyDone):
        client(always(duplicate, 400)).hide(COMMENT, True)


def test_what_is_gone_already_says_so(write: Any) -> None:
    with pytest.raises(errors.Gone):
        write(client(in_turn(PERMANENT["gone"])))


def test_the_manners_are_asked_and_told_as_for_a_reading(write: Any) -> None:
    manners = Listening()
    with pytest.raises(errors.RateLimited):
        write(client(in_turn(THROTTLE[4]), manners=manners))
    assert (manners.asked, type(manners.heard[0][2])) == (1, errors.RateLimited)
    manners.refusal = errors.RateLimited(detail="we are waiting")
    answers = in_turn()
    with pytest.raises(errors.RateLimited):
        write(client(answers, manners=manners))
    assert answers.requests == []


@pytest.mark.parametrize("odd", ["", "1/../2", "1?x=y", "å", "1 2"])
def test_what_is_no_id_becomes_no_address(odd: str) -> None:
    answers = in_turn()
    speaker: GraphClient = client(answers)
    for write in (speaker.remove, lambda name: speaker.hide(name, True)):
        with pytest.raises(errors.Refused):
            write(odd)
    assert answers.requests == []
