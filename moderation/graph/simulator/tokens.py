"""Access tokens, what they may, and the proof that the app's secret is known."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from moderation.graph.simulator.faults import bad_parameter, known_error, refuse

SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
    "pages_manage_metadata",
    "pages_manage_posts",
    "pages_messaging",
)


@dataclass(frozen=True)
class Token:
    """`kind` is PAGE, USER, SYSTEM_USER or APP; `expires_at` None never ends.

    `trouble` names an error of code 190, from `trouble_from` on if that is given.
    """

    value: str
    kind: str = "PAGE"
    scopes: tuple[str, ...] = SCOPES
    expires_at: datetime | None = None
    trouble: str = ""
    trouble_from: datetime | None = None
    data_access_expires_at: datetime | None = None


class Tokens:
    def __init__(self, app_id: str, app_secret: str) -> None:
        self.app_id = app_id
        self.app_secret = app_secret
        self.proof_required = False
        self._known: dict[str, Token] = {}

    def add(self, token: Token) -> Token:
        self._known[token.value] = token
        return token

    def spoil(self, value: str, trouble: str, at: datetime | None = None) -> None:
        known_error(trouble)
        self._known[value] = replace(self._known[value], trouble=trouble, trouble_from=at)

    def expire(self, value: str, at: datetime | None) -> None:
        """None for a token that never ends."""
        self._known[value] = replace(self._known[value], expires_at=at)

    def end_data_access(self, value: str, at: datetime | None) -> None:
        self._known[value] = replace(self._known[value], data_access_expires_at=at)

    def drop(self, value: str, scope: str) -> None:
        """ValueError when the token does not have it."""
        scopes = list(self._known[value].scopes)
        scopes.remove(scope)
        self._known[value] = replace(self._known[value], scopes=tuple(scopes))

    def find(self, value: str) -> Token | None:
        if self.app_secret and value == f"{self.app_id}|{self.app_secret}":
            return Token(value, "APP", ())
        return self._known.get(value)

    def of_kind(self, kind: str) -> Token | None:
        return next((token for token in self._known.values() if token.kind == kind), None)

    def check(self, value: str, now: datetime) -> Token:
        if not value:
            raise refuse(400, 104, "An access token is required to request this resource.")
        token = self.find(value)
        if token is None:
            raise known_error("code_190")
        trouble = self.trouble(token, now)
        if trouble:
            raise known_error(trouble)
        return token

    def trouble(self, token: Token, now: datetime) -> str:
        if token.expires_at is not None and token.expires_at <= now:
            return "code_190_463"
        return token.trouble if token.trouble_from is None or token.trouble_from <= now else ""

    def check_proof(self, value: str, given: Mapping[str, str]) -> None:
        proof = given.get("appsecret_proof", "")
        if not proof:
            if self.proof_required:
                message = "API calls from the server require an appsecret_proof argument"
                raise refuse(400, 100, message, "GraphMethodException")
            return
        moment = given.get("appsecret_time", "")
        signed = f"{value}|{moment}" if moment else value
        right = hmac.new(self.app_secret.encode(), signed.encode(), sha256).hexdigest()
        if self.app_secret and not hmac.compare_digest(proof.encode(), right.encode()):
            raise bad_parameter("Invalid appsecret_proof provided in the API argument")


def value_in(given: Mapping[str, str], headers: Mapping[str, str]) -> str:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "oauth") and value:
        return value.strip()
    return given.get("access_token", "")
