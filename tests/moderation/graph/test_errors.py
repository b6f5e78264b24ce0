import pickle
from datetime import timedelta

import pytest

from moderation.graph import errors


def found(body: object, status: int = 400, headers: dict[str, str] | None = None) -> errors.GraphError | None:
    return errors.from_response(status, body, headers or {})


def coded(code: int, subcode: int | None = None, **more: object) -> dict[str, object]:
    error = {"message": "m", "type": "OAuthException", "code": code, **more}
    return {"error": error | ({"error_subcode": subcode} if subcode else {})}


@pytest.mark.parametrize(
    ("code", "subcode", "kind"),
    [
        (1, None, errors.Unavailable),
        (1, 99, errors.TooMuchData),
        (1, 1446036, errors.AlreadyDone),
        (2, None, errors.Unavailable),
        (3, None, errors.Denied),
        (4, None, errors.RateLimited),
        (10, None, errors.Denied),
        (10, 2018278, errors.Refused),
        (17, None, errors.RateLimited),
        (32, None, errors.RateLimited),
        (33, None, errors.Gone),
        (100, None, errors.Refused),
        (100, 33, errors.Gone),
        (102, 463, errors.Expired),
        (104, None, errors.Expired),
        (190, 463, errors.Expired),
        (190, 492, errors.Denied),
        (200, None, errors.Denied),
        (210, None, errors.Denied),
        (299, None, errors.Denied),
        (300, None, errors.Refused),
        (341, None, errors.RateLimited),
        (368, None, errors.RateLimited),
        (506, 1455006, errors.Refused),
        (613, 1996, errors.RateLimited),
        (803, None, errors.Gone),
        (1705, None, errors.Gone),
        (2500, None, errors.Refused),
        (10900, None, errors.Refused),
        (80001, None, errors.RateLimited),
        (80006, None, errors.RateLimited),
    ],
)
def test_codes_decide_what_one_can_do(code: int, subcode: int | None, kind: type[errors.GraphError]) -> None:
    error = found(coded(code, subcode))
    assert type(error) is kind
    assert (error.code, error.subcode) == (code, subcode)


def test_a_throttled_app_is_throttled_even_if_facebook_calls_it_transient() -> None:
    assert type(found(coded(4, is_transient=True), 403)) is errors.RateLimited


def test_transient_goes_before_the_code() -> None:
    assert type(found(coded(100, is_transient=True))) is errors.Unavailable
    assert type(found(coded(1, 1965014, is_transient=False))) is errors.Refused


@pytest.mark.parametrize("status", [500, 502, 503, 408])
def test_html_from_a_tired_server_means_unavailable(status: int) -> None:
    assert type(found(b"<html><body>Bad Gateway</body></html>", status)) is errors.Unavailable


def test_html_with_a_client_error_means_refused() -> None:
    assert type(found(b"<html>Bad request</html>", 400)) is errors.Refused
    assert type(found(b"", 429)) is errors.RateLimited


def test_half_an_answer_with_200_means_unavailable() -> None:
    assert type(found(b'{"data": [{"id": "1_2", "mess', 200)) is errors.Unavailable
    assert type(found(b"Service Unavailable", 200)) is errors.Unavailable
    assert type(found(b"", 200)) is errors.Unavailable


def test_an_error_may_come_with_200() -> None:
    assert type(found(coded(190, 460), 200)) is errors.Expired


def test_the_bytes_are_read_as_well_as_their_value() -> None:
    assert type(found(b'{"error": {"code": 190}}', 200)) is errors.Expired


@pytest.mark.parametrize(
    "flat",
    [
        {"error_code": 190, "error_description": "x"},
        {"error_type": "OAuthException", "code": 190, "error_message": "x"},
        {"error_code": "190", "error_msg": "x"},
        {"error": {"message": "(#190) no code beside the text"}},
    ],
)
def test_flat_and_incomplete_shapes_are_understood(flat: dict[str, object]) -> None:
    assert type(found(flat, 200)) is errors.Expired


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "error", "id": "1"},
        {"error": None, "id": "1"},
        {"id": "1", "code": 190},
        [],
        [{"error": {}}],
        "error",
    ],
)
def test_what_is_no_error_is_none(body: object) -> None:
    assert found(body, 200) is None


@pytest.mark.parametrize("odd", [True, [], {}, "x", 1.5, -1, 10**30, None])
@pytest.mark.parametrize("key", ["code", "error_subcode", "message", "type", "is_transient", "fbtrace_id"])
def test_no_odd_value_in_an_error_is_too_odd(key: str, odd: object) -> None:
    error = found({"error": {"code": 1, "message": "m"} | {key: odd}})
    assert isinstance(error, errors.GraphError)
    assert str(error)


def test_the_wait_is_taken_from_the_usage_header() -> None:
    header = '{"1036844829507460":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":23}]}'
    error = found(coded(80001), headers={"X-Business-Use-Case-Usage": header})
    assert isinstance(error, errors.RateLimited)
    assert error.retry_after == timedelta(minutes=23)


def test_without_a_usage_header_the_wait_is_unknown() -> None:
    error = found(coded(32))
    assert isinstance(error, errors.RateLimited)
    assert error.retry_after is None


def test_a_block_lasts_for_hours_and_says_so() -> None:
    error = found(coded(368))
    assert isinstance(error, errors.RateLimited)
    assert error.retry_after is not None
    assert error.retry_after >= timedelta(hours=1)
    assert "spärrat" in error.sentence


def test_the_trace_id_is_kept_for_meta() -> None:
    assert found(coded(2, fbtrace_id="AbC123")).trace_id == "AbC123"
    assert found(b"<html>", 500, {"x-fb-trace-id": "Cb+uI0bUHiQ"}).trace_id == "Cb+uI0bUHiQ"
    assert "AbC123" in str(found(coded(2, fbtrace_id="AbC123")))


def test_every_class_has_a_sentence_for_people() -> None:
    kinds = [errors.GraphError, *errors.Retryable.__subclasses__(), errors.Refused, *errors.Refused.__subclasses__()]
    assert len(kinds) == 10
    sentences = [kind().sentence for kind in kinds]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence[0].isupper() and sentence.endswith(".") and "http" not in sentence for sentence in sentences)


def test_neither_log_nor_sentence_repeats_addresses_or_tokens() -> None:
    token = "EAAB" + "x" * 60
    error = found(
        coded(190) | {"error": {"code": 190, "message": f"Malformed access token {token}, see https://a.se/b"}}
    )
    assert token not in str(error) + repr(error) + error.sentence
    assert "https" not in str(error) + repr(error) + error.sentence
    assert "Malformed access token" in str(error)


def test_an_error_survives_a_queue() -> None:
    error = pickle.loads(pickle.dumps(found(coded(190, 463, fbtrace_id="A"))))
    assert (type(error), error.code, error.subcode, error.trace_id) == (errors.Expired, 190, 463, "A")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": NaN, "b": -Infinity}', {"a": "NaN", "b": "-Infinity"}),
        (b'{"id": 24266381753005180}', {"id": 24266381753005180}),
        (b'{"id": ' + b"9" * 5000 + b"}", {"id": "9" * 5000}),
        (b'{"a": "rad\n\x00"}', {"a": "rad\n\x00"}),
        (rb'"\ud83d \u0000"', "\ud83d \x00"),
    ],
)
def test_lenient_json_is_read(text: bytes, value: object) -> None:
    assert errors.decode(text) == value


@pytest.mark.parametrize("text", [b"", b"{", b"<html>", b'{"a": "\xff"}', b"[" * 100_000])
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (which of its kinds does not matter)
        errors.decode(text)
