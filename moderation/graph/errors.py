"""What can go wrong at Facebook, sorted by what one can do about it.

GraphError
├── Retryable          nothing was refused: the same call may succeed later
│   ├── RateLimited    too many calls; every further one prolongs the block
│   ├── Unavailable    Facebook, the network or half an answer
│   ├── TooMuchData    ask for less at a time, waiting does not help
│   └── Malformed      an answer that is JSON but of a shape nobody described; it tells nothing about the object
└── Refused            the same call will be refused again
    ├── Expired        the token is no good (any more)
    ├── Denied         the token is good but may not do this
    ├── Gone           deleted, never there, or invisible to us: Facebook gives all three the same error
    └── AlreadyDone    somebody did it before us; the goal is reached

Codes: https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from moderation.graph import usage


class GraphError(Exception):
    """`sentence` is for people. `str()` is for the log: class, codes, Meta's trace id and a shortened message."""

    meaning = "Något gick fel i kontakten med Facebook."

    def __init__(
        self,
        *,
        code: int | None = None,
        subcode: int | None = None,
        trace_id: str = "",
        detail: str = "",
        sentence: str = "",
    ) -> None:
        super().__init__()
        self.code = code
        self.subcode = subcode
        self.trace_id = trace_id
        self.detail = detail
        self.sentence = sentence or self.meaning

    def __str__(self) -> str:
        codes = "/".join(str(number) for number in (self.code, self.subcode) if number is not None)
        trace = f"fbtrace_id {self.trace_id}" if self.trace_id else ""
        return ", ".join(part for part in (type(self).__name__, codes, trace, self.detail) if part)

    def __repr__(self) -> str:
        return f"<{self}>"

    def without(self, *secrets: str) -> Self:
        """Facebook repeats a malformed token in its message."""
        for secret in filter(None, secrets):
            self.detail = self.detail.replace(secret, "…")
        return self


class Retryable(GraphError):
    """`retry_after` is None where Facebook did not say how long."""

    retry_after: timedelta | None = None


class RateLimited(Retryable):
    meaning = (
        "Facebook har pausat våra anrop eftersom de blivit för många. Systemet försöker igen av sig självt senare."
    )


class Unavailable(Retryable):
    meaning = "Facebook går inte att nå just nu. Systemet försöker igen av sig självt."


class TooMuchData(Retryable):
    meaning = "Facebook kunde inte lämna så mycket på en gång. Systemet försöker igen med mindre i taget."


class Malformed(Retryable):
    meaning = (
        "Svaret från Facebook gick inte att förstå. Systemet försöker igen av sig självt; "
        "säg till en administratör om det inte går över."
    )


class Refused(GraphError):
    meaning = "Facebook avvisade anropet. Det hjälper inte att försöka igen; säg till en administratör."


class Expired(Refused):
    meaning = (
        "Facebook godtar inte vår nyckel till sidan. "
        "Inget nytt hämtas förrän en administratör har anslutit sidan på nytt."
    )


class Denied(Refused):
    meaning = (
        "Systemet saknar behörighet på Facebook för detta. En administratör av Facebooksidan behöver ge behörigheten."
    )


class Gone(Refused):
    meaning = (
        "Det finns inte längre på Facebook, eller så får systemet inte se det. Det som redan är sparat ligger kvar."
    )


class AlreadyDone(Refused):
    meaning = "Det var redan gjort på Facebook. Inget mer behöver göras."


BLOCKED = (
    "Facebook har spärrat oss en tid för att något gick för fort eller bröt mot deras regler. "
    "Säg till en administratör; systemet försöker igen om några timmar."
)
# Facebook never says how long such a block lasts, only that it is a matter of hours.
BLOCKED_FOR = timedelta(hours=6)

THROTTLED = {4, 17, 32, 341, 368, 613, *range(80000, 80009)}
BY_SUBCODE: dict[tuple[int, int], type[GraphError]] = {
    (1, 99): TooMuchData,
    (1, 1446036): AlreadyDone,
    (10, 2018278): Refused,
    (10, 2018336): Refused,
    (100, 33): Gone,
    (190, 492): Denied,
    (200, 1545041): Refused,
}
BY_CODE: dict[int, type[GraphError]] = {
    1: Unavailable,
    2: Unavailable,
    3: Denied,
    10: Denied,
    33: Gone,
    102: Expired,
    104: Expired,
    190: Expired,
    803: Gone,
    1705: Gone,
    **dict.fromkeys(range(200, 300), Denied),
    # Permanent, whatever the HTTP status: bad parameter, duplicate, nobody there, bad path, answered already, bad link.
    **dict.fromkeys((100, 506, 551, 2500, 10900, 10903, 1609005), Refused),
}
TRANSIENT_STATUS = {408, 425}
FLAT_MESSAGES = ("error_message", "error_description", "error_msg")


def decode(body: bytes) -> Any:
    """JSON, read leniently: doubled keys, NaN and endless numbers are somebody's data. ValueError when it is no JSON."""
    try:
        return json.loads(body, strict=False, parse_constant=str, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def from_response(status: int, body: Any, headers: Mapping[str, str]) -> GraphError | None:
    """The error an answer holds, if any. `body` is the bytes as they came, or the JSON value they decode to.

    Neither status nor body decides alone: throttling comes with 400, errors come with 200, and a proxy sends HTML.
    """
    answer = _readable(body)
    error = _error_in(answer)
    if error is None:
        return _by_status(status, answer, headers)
    code, subcode = _code(error), _number(error.get("error_subcode"))
    kind = _kind(status, code, subcode, error)
    found = kind(code=code, subcode=subcode, trace_id=_trace(error, headers), detail=_short(error.get("message")))
    if code == 368:
        found.sentence = BLOCKED
    return _with_wait(found, headers)


def _kind(status: int, code: int | None, subcode: int | None, error: Mapping[str, Any]) -> type[GraphError]:
    if code in THROTTLED:
        return RateLimited  # before is_transient, which code 4 also carries
    if code is not None and subcode is not None and (code, subcode) in BY_SUBCODE:
        return BY_SUBCODE[code, subcode]
    if code == 1 and "reduce the amount of data" in _text(error.get("message")):
        return TooMuchData  # the one case where nothing but the text tells
    if error.get("is_transient") is True:
        return Unavailable
    if code == 1 and error.get("is_transient") is False:
        return Refused
    if code == 100 and error.get("type") == "GraphMethodException":
        return Gone  # old answers lack subcode 33
    if code in BY_CODE:
        return BY_CODE[code]
    return _status_kind(status)


def _by_status(status: int, answer: Any, headers: Mapping[str, str]) -> GraphError | None:
    """Without a readable error object: a proxy's HTML, half a body, or simply a good answer."""
    unreadable = isinstance(answer, bytes)
    if 200 <= status < 300:
        return Unavailable(detail=f"HTTP {status}, not JSON") if unreadable else None
    return _with_wait(_status_kind(status)(detail=f"HTTP {status}", trace_id=_trace({}, headers)), headers)


def _status_kind(status: int) -> type[GraphError]:
    if status == 429:
        return RateLimited
    return Unavailable if status >= 500 or status in TRANSIENT_STATUS else Refused


def _with_wait(error: GraphError, headers: Mapping[str, str]) -> GraphError:
    if isinstance(error, RateLimited):
        seen = usage.from_headers(headers)
        known = timedelta(minutes=seen.regain_minutes) if seen and seen.regain_minutes else None
        error.retry_after = known or (BLOCKED_FOR if error.code == 368 else None)
    return error


def _readable(body: Any) -> Any:
    if not isinstance(body, bytes):
        return body
    try:
        return decode(body)
    except ValueError:
        return body


def _error_in(answer: Any) -> dict[str, Any] | None:
    """`{"error": {…}}`, or one of the flat shapes. Somebody may well be *named* error, so only keys count."""
    if not isinstance(answer, dict):
        return None
    error = answer.get("error")
    if isinstance(error, dict):
        return error
    message = error or next((answer[key] for key in FLAT_MESSAGES if key in answer), None)
    if message is None and "error_code" not in answer:
        return None
    return {
        **answer,
        "message": message,
        "type": answer.get("error_type"),
        "code": answer.get("error_code", answer.get("code")),
    }


def _code(error: Mapping[str, Any]) -> int | None:
    """Some bodies lack `code` but begin their message with it: "(#200) Permissions error"."""
    code = _number(error.get("code"))
    prefix = re.match(r"\(#([0-9]{1,9})\)", _text(error.get("message"))) if code is None else None
    return int(prefix[1]) if prefix else code


def _number(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _trace(error: Mapping[str, Any], headers: Mapping[str, str]) -> str:
    value = _text(error.get("fbtrace_id")) or headers.get("x-fb-trace-id") or ""
    return "".join(sign for sign in value if sign.isascii() and sign.isprintable())[:64]


def _short(message: object) -> str:
    """No addresses and nothing as long as a token: log files are read by many."""
    text = re.sub(r"https?://\S*|\S{30,}", "…", _text(message))
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(digits: str) -> int | str:
    """Ids outgrow what databases call an integer, and Python refuses to read 5,000 digits as one."""
    return int(digits) if len(digits) <= 18 else digits
