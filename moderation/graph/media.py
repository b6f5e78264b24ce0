"""Pictures and films: fetched from Facebook's own hosts only, without the token, within limits of size and time."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3

from moderation.graph import wire
from moderation.graph.errors import Gone, GraphError, Refused, TooMuchData, Unavailable

MEGABYTE = 1024 * 1024
LIMITS = wire.Limits(connect=5, silence=10, total=120, size=25 * MEGABYTE)
OWN_HOSTS = ("fbcdn.net", "facebook.com")
REDIRECTS = 3

FORBIDDEN = "Filen ligger på en adress som systemet inte hämtar från."
TOO_LARGE = "Filen är större än {} MB och hämtas inte."
EXPIRED_LINK = "Länken till filen gäller inte längre. En ny länk kommer när inlägget hämtas nästa gång."


@dataclass(frozen=True, slots=True)
class Media:
    """`mime` is what the server says; what the bytes are is for those to find out who show them."""

    content: bytes = field(repr=False)
    mime: str


def addresses(host: str) -> Iterable[str]:
    return {str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)}


@dataclass(frozen=True, slots=True)
class Fetcher:
    """`home` is the Graph address itself, whose own pictures may be fetched by whatever scheme and port it has."""

    session: requests.Session
    home: str
    limits: wire.Limits = LIMITS
    resolve: Callable[[str], Iterable[str]] = addresses

    def fetch(self, url: str) -> Media:
        for _ in range(REDIRECTS + 1):
            self._check(url)
            answer = self._get(url)
            if answer.status not in {301, 302, 303, 307, 308}:
                return _media(answer)
            url = urljoin(url, answer.headers.get("Location", ""))
        raise Refused(detail="too many redirects", sentence=FORBIDDEN)

    def _get(self, url: str) -> wire.Answer:
        try:
            return wire.get(self.session, url, headers={"Accept-Encoding": "identity"}, limits=self.limits)
        except TooMuchData:
            raise Refused(detail="too large", sentence=TOO_LARGE.format(self.limits.size // MEGABYTE)) from None

    def _check(self, url: str) -> None:
        """By the very parser that will connect, so that the two cannot read different hosts out of one address."""
        try:
            target, home = urllib3.util.parse_url(url), urllib3.util.parse_url(self.home)
        except urllib3.exceptions.LocationParseError:
            raise Refused(detail="not an address", sentence=FORBIDDEN) from None
        if target.auth is None and _place(target) == _place(home):
            return
        if target.auth is not None or target.scheme != "https" or target.port not in {None, 443}:
            raise Refused(detail="not plain https", sentence=FORBIDDEN)
        if not _is_own(target.host or ""):
            raise Refused(detail="foreign host", sentence=FORBIDDEN)
        self._check_public(target.host or "")

    def _check_public(self, host: str) -> None:
        try:
            found = list(self.resolve(host))
        except (OSError, UnicodeError) as error:
            raise Unavailable(detail=type(error).__name__) from None
        if not found or not all(ipaddress.ip_address(address).is_global for address in found):
            raise Refused(detail="private address", sentence=FORBIDDEN)


def _place(url: Any) -> tuple[str | None, str | None, int | None]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _is_own(host: str) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in OWN_HOSTS)


def _media(answer: wire.Answer) -> Media:
    if answer.status == 200:
        return Media(answer.body, _mime(answer))
    raise _refusal(answer.status)


def _refusal(status: int) -> GraphError:
    if status >= 500 or status in {408, 429}:
        return Unavailable(detail=f"HTTP {status}")
    return Gone(detail=f"HTTP {status}", sentence=EXPIRED_LINK)


def _mime(answer: wire.Answer) -> str:
    said = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return said if re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}", said) else "application/octet-stream"
