"""What Facebook tells of tokens, and the exchange of one for another."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from moderation.graph.simulator.faults import bad_parameter, known_error, refuse
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.tokens import Token
from moderation.graph.simulator.world import World

LONG_LIVED = 5_184_000


def exchanged(world: World, given: Mapping[str, str]) -> dict[str, Any]:
    own = world.tokens
    if given.get("client_id") != own.app_id or given.get("client_secret") != own.app_secret:
        raise refuse(400, 1, "Error validating client secret.")
    if given.get("grant_type") == "client_credentials":
        return {"access_token": f"{own.app_id}|{own.app_secret}", "token_type": "bearer"}
    if given.get("grant_type") != "fb_exchange_token":
        raise bad_parameter("Unsupported grant_type")
    short = own.check(given.get("fb_exchange_token", ""), world.clock())
    value = sha256(f"{short.value}/long".encode()).hexdigest()
    own.add(Token(value, short.kind, short.scopes))
    return {"access_token": value, "token_type": "bearer", "expires_in": LONG_LIVED}


def debugged(reading: Reading, value: str) -> dict[str, Any]:
    own = reading.world.tokens
    token = own.find(value)
    if token is None:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    trouble = own.trouble(token, reading.now)
    told: dict[str, Any] = {
        "app_id": own.app_id,
        "type": token.kind,
        "application": "Sociala medier",
        "data_access_expires_at": _seconds(token.data_access_expires_at),
        "expires_at": _seconds(token.expires_at),
        "is_valid": not trouble,
        "scopes": list(token.scopes),
        "granular_scopes": [{"scope": scope, "target_ids": [reading.world.page_id]} for scope in token.scopes],
    }
    if token.kind != "APP":
        told["user_id"] = reading.world.person_id("the one who made the app")
    if token.kind == "PAGE":
        told["profile_id"] = reading.world.page_id
    if trouble:
        error = known_error(trouble).error
        told["error"] = {"code": error["code"], "message": error["message"], "subcode": error.get("error_subcode", 0)}
    return {"data": told}


def _seconds(moment: datetime | None) -> int:
    """0 is never."""
    return int(moment.timestamp()) if moment else 0
