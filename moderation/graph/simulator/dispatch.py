"""Every call, whatever door it came through, is answered here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from moderation.graph.simulator import batch, media, tokens
from moderation.graph.simulator.actions import act
from moderation.graph.simulator.addressing import named
from moderation.graph.simulator.debugging import debugged, exchanged
from moderation.graph.simulator.expansion import Field, parse
from moderation.graph.simulator.faults import (
    ERRORS,
    OF_A_WRITE,
    OF_THE_LIST,
    Fault,
    Refusal,
    bad_parameter,
    known_error,
    refuse,
)
from moderation.graph.simulator.lists import edge, node
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.tokens import Token
from moderation.graph.simulator.wire import Response, encode
from moderation.graph.simulator.world import World

NEWEST = "v26.0"
# What Meta served in November 2026. Any other version is answered by the newest, without an error.
LIVING = {"v21.0", "v22.0", "v23.0", "v24.0", "v25.0", NEWEST}
NO_CACHE = {
    "Expires": "Sat, 01 Jan 2000 00:00:00 GMT",
    "Cache-Control": "private, no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Strict-Transport-Security": "max-age=15552000; preload",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
    "X-FB-Rev": "1034469067",
}
REDUCE = {
    "error": {"code": 1, "message": "Please reduce the amount of data you're asking for, then retry your request"}
}
GATEWAY = b"<!DOCTYPE html>\n<html><head><title>Facebook | Error</title></head><body><h1>Sorry</h1></body></html>\n"


def answer(
    world: World,
    method: str,
    path: str,
    query: Mapping[str, str],
    form: Mapping[str, str],
    headers: Mapping[str, str],
) -> Response:
    """`headers` have lower-case names; `host` and `x-forwarded-proto` say where links in the answer lead."""
    call = Call(method, path, query, form, headers)
    with world.lock:
        return _batch(world, call) if call.is_batch else _one(world, call)


def _one(world: World, call: "Call", inner: bool = False) -> Response:
    """One call, by itself or within a batch."""
    world.calls[f"{call.method} {call.path}"] += 1
    faults = world.faults.due(call.path, inner, call.method)
    if any(fault.kind in ("cut", "null_entry") for fault in faults):
        return Response(0, manner="cut")
    if call.path.startswith("/media/"):
        response = media.answer(world, call.path, call.query, world.clock())
    else:
        response = _graph(world, call, faults)
    for fault in faults:
        response = _spoilt(world, response, fault)
    return response


def _batch(world: World, call: "Call") -> Response:
    """The outer answer is 200 whatever becomes of the entries, each of which counts as a call."""
    asked, version, _ = call.steps
    now = world.clock()
    try:
        world.tokens.check(call.token, now)
        entries = batch.entries(call.given)
    except Refusal as refusal:
        response = _refused(world, refusal)
    else:
        with_headers = call.given.get("include_headers", "true") != "false"
        answers = [_one(world, call.entry(*batch.parts(entry, asked)), inner=True) for entry in entries]
        response = Response(200, {}, encode([batch.told(answer, with_headers) for answer in answers]))
    response.headers |= _headers(world, asked, version, world.tokens.find(call.token), now)
    return response


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def given(self) -> dict[str, str]:
        return {**self.query, **self.form}

    @property
    def token(self) -> str:
        return tokens.value_in(self.given, self.headers)

    @property
    def is_batch(self) -> bool:
        return self.method == "POST" and not self.steps[2] and "batch" in self.given

    def entry(self, method: str, path: str, query: dict[str, str], form: dict[str, str]) -> "Call":
        """A call within this one, with its token unless it has its own. Links in the answer never hold that token."""
        headers = {**self.headers, "authorization": f"Bearer {query.get('access_token') or self.token}"}
        headers.pop("if-none-match", None)
        if "appsecret_proof" in self.given:
            query = {"appsecret_proof": self.given["appsecret_proof"], **query}
        return Call(method, path, query, form, headers)

    @property
    def token_in_link(self) -> str:
        """Facebook writes the token into links only if it came in one."""
        return self.query.get("access_token", "") if self.token == self.query.get("access_token") else ""

    @property
    def base(self) -> str:
        return f"{self.headers.get('x-forwarded-proto', 'http')}://{self.headers.get('host', 'localhost')}"

    @property
    def steps(self) -> tuple[str, str, list[str]]:
        """The version asked for, the one that answers, and the rest of the path."""
        steps = [step for step in self.path.split("/") if step]
        if steps and re.fullmatch(r"v\d+\.\d+", steps[0]):
            return steps[0], steps[0] if steps[0] in LIVING else NEWEST, steps[1:]
        return NEWEST, NEWEST, steps


def _graph(world: World, call: Call, faults: list[Fault]) -> Response:
    asked, version, steps = call.steps
    now = world.clock()
    modes = frozenset(fault.kind for fault in faults if fault.kind in OF_THE_LIST)
    response = Response(200)
    try:
        _scripted_error(faults)
        world.usage.count(now)
        token = Token("", "APP", ()) if steps[:1] == ["oauth"] else _checked(world, call, now)
        reading = Reading(world, token, now, call.base, version, call.token_in_link, modes)
        told = next((fault.kind for fault in faults if fault.kind in OF_A_WRITE), "")
        done = {"success": told == "empty_promise"} if told else _content(reading, call.method, steps, call.given)
        response.body = encode(done)
    except Refusal as refusal:
        response = _refused(world, refusal)
    response.headers |= _headers(world, asked, version, world.tokens.find(call.token), now)
    return _unless_known(call, version, response) if call.method == "GET" and response.status == 200 else response


def _unless_known(call: Call, version: str, response: Response) -> Response:
    """An answer the client already has is not sent again; it has counted as a call all the same."""
    content = f"{call.token}/{version}/".encode() + response.body
    tag = f'"{sha256(content).hexdigest()[:40]}"'
    response.headers["ETag"] = tag
    return Response(304, response.headers) if call.headers.get("if-none-match") == tag else response


def _refused(world: World, refusal: Refusal) -> Response:
    trace = "A" + sha256(f"{world.page_id}/{sum(world.calls.values())}".encode()).hexdigest()[:22]
    response = Response(refusal.status, {}, encode({"error": {**refusal.error, "fbtrace_id": trace}}))
    if refusal.status in (400, 401):
        message = encode(refusal.error["message"]).decode()
        response.headers["WWW-Authenticate"] = f'OAuth "Facebook Platform" "invalid_request" {message}'
    return response


def _scripted_error(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.kind in ERRORS:
            raise known_error(fault.kind)


def _checked(world: World, call: Call, now: datetime) -> Token:
    token = world.tokens.check(call.token, now)
    world.tokens.check_proof(call.token, call.given)
    return token


def _content(reading: Reading, method: str, steps: list[str], given: Mapping[str, str]) -> Any:
    match steps:
        case ["oauth", "access_token"]:
            return exchanged(reading.world, given)
        case ["debug_token"] if method == "GET":
            return debugged(reading, given.get("input_token", ""))
        case [name] if method == "GET":
            return node(reading, named(reading, name), parse(given.get("fields", "")))
        case [name, "blocked" | "subscribed_apps" as listed] if method == "GET":
            return act(reading, method, name, listed, given)
        case [name, listed] if method == "GET":
            fields = given.get("fields", "")
            options = {key: value for key, value in given.items() if key != "fields"}
            return edge(reading, named(reading, name), Field(listed, options, fields, parse(fields)), outer=True)
        case [name] | [name, _]:
            return act(reading, method, name, "".join(steps[1:]), given)
        case [] if method == "GET" and given.get("ids"):
            return _several(reading, given["ids"].split(","), given.get("fields", ""))
        case []:
            raise refuse(400, 100, f"Unsupported {method.lower()} request.", "GraphMethodException")
    raise refuse(400, 2500, f"Unknown path components: /{'/'.join(steps[1:])}")


def _several(reading: Reading, ids: list[str], fields: str) -> dict[str, Any]:
    """Each counts as a call; one that is not there fails all."""
    if len(ids) > batch.MOST:
        raise bad_parameter(f"Too many IDs. Maximum: {batch.MOST}. Provided: {len(ids)}.")
    for _ in ids[1:]:
        reading.world.usage.count(reading.now)
    return {name: node(reading, named(reading, name), parse(fields)) for name in ids}


def _headers(world: World, asked: str, version: str, token: Token | None, now: datetime) -> dict[str, str]:
    trace = sha256(f"{world.page_id}/{sum(world.calls.values())}".encode()).hexdigest()
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "Facebook-API-Version": version,
        **NO_CACHE,
        "X-FB-Request-ID": "A" + trace[:22],
        "X-FB-Trace-ID": trace[22:33],
        **world.usage.headers(world.page_id, token.kind if token else "APP", now),
    }
    if asked != version:
        warning = f"The call has been auto-upgraded to {version} as {asked} has been deprecated."
        headers["X-Ad-API-Version-Warning"] = warning
    return headers


def _spoilt(world: World, response: Response, fault: Fault) -> Response:
    match fault.kind:
        case "reduce_data" if len(response.body) > fault.above:
            return Response(500, response.headers, encode(REDUCE))
        case "html_502":
            return Response(502, {"Content-Type": "text/html; charset=utf-8"}, GATEWAY)
        case "error_http200":
            error = {"message": "(#2) Service temporarily unavailable", "type": "OAuthException", "code": 2}
            return Response(200, response.headers, encode({"error": {**error, "is_transient": True}}))
        case "unavailable_http200":
            return Response(200, {"Content-Type": "text/plain"}, b"Service Unavailable")
        case "truncated":
            response.body = response.body[: len(response.body) * 2 // 3]
        case "cut_after":
            response.manner = "cut"
        case "cut_body":
            response.manner = "cut_body"
        case "jitter":
            response.manner, response.pause = "slow", world.faults.jitter(fault.seconds)
        case "media_403" | "media_404":
            text = {"media_403": b"URL signature expired", "media_404": b"Not Found"}[fault.kind]
            return Response(int(fault.kind[-3:]), {"Content-Type": "text/plain"}, text)
        case "slow":
            response.manner, response.pause = "slow", fault.seconds
        case "no_usage":
            kept = {name: value for name, value in response.headers.items() if not name.endswith("-Usage")}
            response.headers = kept
    return response
