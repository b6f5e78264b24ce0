"""Many calls in one: what a batch asks for, and how its answers are told."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from moderation.graph.simulator.faults import bad_parameter, refuse
from moderation.graph.simulator.wire import Response

MOST = 50
Entry = dict[str, Any]


def entries(given: Mapping[str, str]) -> list[Entry]:
    try:
        asked = json.loads(given["batch"])
    except ValueError:
        asked = None
    if not isinstance(asked, list) or not all(isinstance(entry, dict) and "relative_url" in entry for entry in asked):
        raise bad_parameter("Param batch must be an array.")
    if len(asked) > MOST:
        message = f"Too many requests in batch message. Maximum batch size is {MOST}"
        raise refuse(400, 1, message, "GraphBatchException")
    return asked


def parts(entry: Entry, version: str) -> tuple[str, str, dict[str, str], dict[str, str]]:
    """Method, path under the batch's own version unless it names one, query and form."""
    address = urlsplit("/" + str(entry["relative_url"]).lstrip("/"))
    path = address.path if address.path.startswith("/v") and "." in address.path else f"/{version}{address.path}"
    query = dict(parse_qsl(address.query, keep_blank_values=True))
    form = dict(parse_qsl(str(entry.get("body", "")), keep_blank_values=True))
    if entry.get("access_token"):
        query["access_token"] = entry["access_token"]
    return str(entry.get("method", "GET")).upper(), path, query, form


def told(response: Response, with_headers: bool) -> Entry | None:
    """None for an entry that was not answered in time."""
    if response.manner == "cut":
        return None
    headers = response.headers | {"Content-Type": "text/javascript; charset=UTF-8"}
    listed = {"headers": [{"name": name, "value": value} for name, value in headers.items()]} if with_headers else {}
    return {"code": response.status, **listed, "body": response.body.decode("utf-8", "replace")}
