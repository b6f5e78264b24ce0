"""One HTTP call with limits: no proxies of the environment, no redirects, and an end to both waiting and reading."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests
import urllib3

from moderation.graph.errors import Refused, TooMuchData, Unavailable

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, seconds of silence, seconds for the whole body; bytes of the body after unpacking."""

    connect: float
    silence: float
    total: float
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def get(
    session: requests.Session,
    url: str,
    *,
    headers: Mapping[str, str],
    limits: Limits,
    params: Mapping[str, str] | None = None,
) -> Answer:
    return _send(session, "GET", url, headers, limits, params=params)


def post(
    session: requests.Session, url: str, *, headers: Mapping[str, str], limits: Limits, form: Mapping[str, str]
) -> Answer:
    return _send(session, "POST", url, headers, limits, data=form)


def delete(
    session: requests.Session, url: str, *, headers: Mapping[str, str], limits: Limits, params: Mapping[str, str]
) -> Answer:
    return _send(session, "DELETE", url, headers, limits, params=params)


def _send(
    session: requests.Session, method: str, url: str, headers: Mapping[str, str], limits: Limits, **content: Any
) -> Answer:
    """Unavailable when the network fails or dawdles, TooMuchData when the body outgrows its limit.

    The clock of the whole answer is looked at between pieces of the body; headers are held by `silence` alone.
    """
    end = time.monotonic() + limits.total
    try:
        with session.request(
            method,
            url,
            headers=headers,
            timeout=(limits.connect, limits.silence),
            allow_redirects=False,
            stream=True,
            **content,
        ) as response:
            return Answer(response.status_code, response.headers, _body(response, limits.size, end))
    except (OSError, urllib3.exceptions.HTTPError) as error:
        # Not chained: the texts of these errors repeat the whole address.
        raise Unavailable(detail=type(error).__name__) from None
    except UnicodeError:
        raise Refused(detail="signs that no address or header can hold") from None


def _body(response: requests.Response, size: int, end: float) -> bytes:
    body = bytearray()
    for piece in _pieces(response):
        body += piece
        if len(body) > size:
            raise TooMuchData(detail=f"more than {size} bytes")
        if time.monotonic() > end:
            raise Unavailable(detail="the whole answer took too long")
    return bytes(body)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """As they arrive: a read of a fixed size would wait for a server that sends a byte a second."""
    if not isinstance(response.raw, urllib3.HTTPResponse):
        yield from response.iter_content(PIECE)  # an adapter that answers from memory
        return
    while piece := response.raw.read1(PIECE, decode_content=True):
        yield piece
