"""What can go wrong: error answers, and faults a test switches on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

from moderation.graph.simulator.chaos import Chaos

GRAPH_DOCS = "https://developers.facebook.com/docs/graph-api"


class Refusal(Exception):
    """An error answer: its HTTP status and what stands under `error`."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.status = status
        self.error = error


def refuse(
    status: int, code: int, message: str, kind: str = "OAuthException", subcode: int = 0, **more: Any
) -> Refusal:
    error = {"message": message, "type": kind, **more, "code": code}
    return Refusal(status, {**error, "error_subcode": subcode} if subcode else error)


def gone(number: str, method: str = "get") -> Refusal:
    return refuse(
        400,
        100,
        f"Unsupported {method.lower()} request. Object with ID '{number}' does not exist, cannot be loaded due to "
        f"missing permissions, or does not support this operation. Please read the Graph API documentation at "
        f"{GRAPH_DOCS}",
        "GraphMethodException",
        33,
    )


def unknown_field(field: str, node: str) -> Refusal:
    return refuse(400, 100, f"(#100) Tried accessing nonexisting field ({field}) on node type ({node})")


def bad_parameter(message: str) -> Refusal:
    return refuse(400, 100, f"(#100) {message}")


def known_error(kind: str) -> Refusal:
    """One of the errors below, by the name a test calls it."""
    known = ERRORS[kind]
    return Refusal(known.status, dict(known.error))


ERRORS = {
    "code_1": refuse(500, 1, "An unknown error occurred"),
    "code_1_99": refuse(
        500,
        1,
        "An unknown error occurred",
        subcode=99,
        error_user_title="Ett fel inträffade",
        error_user_msg="Please reduce the amount of data you're asking for, then retry your request",
    ),
    "code_2": refuse(500, 2, "Service temporarily unavailable", "FacebookApiException", is_transient=True),
    "code_2_http400": refuse(400, 2, "(#2) Service temporarily unavailable", is_transient=True),
    "code_4": refuse(403, 4, "(#4) Application request limit reached", is_transient=True),
    "code_10": refuse(
        400,
        10,
        "(#10) This endpoint requires the 'pages_read_user_content' permission or the 'Page Public Content Access' "
        "feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions#manage-pages for "
        "details.",
    ),
    "code_32": refuse(403, 32, "(#32) Page request limit reached"),
    "code_100_33": gone("0"),
    "code_190": refuse(400, 190, "Invalid OAuth access token - Cannot parse access token"),
    "code_190_458": refuse(
        400,
        190,
        "Error validating access token: The user has not authorized application.",
        subcode=458,
    ),
    "code_190_459": refuse(
        400,
        190,
        "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the "
        "instructions given.",
        subcode=459,
    ),
    "code_190_464": refuse(
        400,
        190,
        "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed "
        "user.",
        subcode=464,
    ),
    "code_190_466": refuse(
        400,
        190,
        "Error validating access token: The session was invalidated explicitly using an API call.",
        subcode=466,
    ),
    "code_190_467": refuse(
        400,
        190,
        "Error validating access token: The session is invalid because the user logged out.",
        subcode=467,
    ),
    "code_190_492": refuse(
        400,
        190,
        "Error validating access token: The user must be an administrator, editor, or moderator of the page in order "
        "to impersonate it.",
        subcode=492,
    ),
    "code_190_460": refuse(
        400,
        190,
        "Error validating access token: The session has been invalidated because the user changed their password or "
        "Facebook has changed the session for security reasons.",
        subcode=460,
    ),
    "code_190_463": refuse(
        400,
        190,
        "Error validating access token: Session has expired on Sunday, 01-Nov-26 08:00:00 PST. The current time is "
        "Sunday, 22-Nov-26 08:00:00 PST.",
        subcode=463,
    ),
    "code_200": refuse(403, 200, "(#200) Permissions error"),
    "code_368": refuse(
        400,
        368,
        "It looks like you were misusing this feature by going too fast. You’ve been blocked from using it.\n\n"
        "Learn more about blocks in the Help Center.",
    ),
    "http_429": refuse(429, 4, "(#4) Application request limit reached", is_transient=True),
    "code_80001": refuse(
        403,
        80001,
        "(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more info, please "
        f"refer to {GRAPH_DOCS}/overview/rate-limiting.",
    ),
}

# Faults that change which rows come, and faults that change how the finished answer travels.
OF_THE_LIST = {"loop", "loop_fresh", "empty_page", "no_from"}
OF_THE_ANSWER = {
    "reduce_data",
    "html_502",
    "error_http200",
    "unavailable_http200",
    "truncated",
    "cut",
    "cut_after",
    "cut_body",
    "slow",
    "jitter",
    "media_403",
    "media_404",
    "null_entry",
    "no_usage",
}
# Only writes: Facebook does nothing, and says so with status 200, or says that it is done.
OF_A_WRITE = {"success_false", "empty_promise"}
KNOWN = frozenset(ERRORS) | OF_THE_LIST | OF_THE_ANSWER | OF_A_WRITE


@dataclass(eq=False)
class Fault:
    """`times` None is a mode that lasts; `skip` calls go well first; `path` is a pattern the path must hold.

    With a `method` (GET, POST, DELETE) it concerns no other.
    """

    kind: str
    times: int | None = 1
    path: str = ""
    skip: int = 0
    above: int = 0
    seconds: float = 0.05
    method: str = ""


class Faults:
    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._chaos: Chaos | None = None
        self._random = Random(0)  # noqa: S311

    def add(self, fault: Fault) -> None:
        if fault.kind not in KNOWN:
            raise ValueError(f"unknown fault: {fault.kind}")
        if fault.times is not None and fault.times < 1:
            raise ValueError("a fault comes at least once")
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def begin_chaos(self, seed: int, rate: float, kinds: Iterable[str]) -> None:
        self._chaos = Chaos(seed, rate, kinds, KNOWN)

    def end_chaos(self) -> None:
        self._chaos = None

    def jitter(self, seconds: float) -> float:
        return self._random.random() * seconds

    def due(self, path: str, in_batch: bool = False, method: str = "") -> list[Fault]:
        """All modes that concern this path, what chaos draws, and the first scripted fault, used up by one."""
        fitting = (fault for fault in self._waiting if in_batch or fault.kind != "null_entry")
        concerned = [fault for fault in fitting if re.search(fault.path, path) and fault.method in ("", method)]
        if method == "GET":
            concerned = [fault for fault in concerned if fault.kind not in OF_A_WRITE]
        modes = [fault for fault in concerned if fault.times is None]
        if self._chaos is not None and (kind := self._chaos.draw(path)):
            modes.append(Fault(kind, None))
        scripted = next((fault for fault in concerned if fault.times is not None), None)
        return [scripted, *modes] if scripted is not None and self._use(scripted) else modes

    def _use(self, fault: Fault) -> bool:
        if fault.skip:
            fault.skip -= 1
            return False
        fault.times = (fault.times or 1) - 1
        if fault.times == 0:
            self._waiting.remove(fault)
        return True
