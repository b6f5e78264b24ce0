"""Links to the further pages of a list."""

from collections.abc import Mapping
from urllib.parse import urlencode

from moderation.graph.simulator.expansion import Field
from moderation.graph.simulator.faults import bad_parameter
from moderation.graph.simulator.reading import Reading

DEFAULT_LIMIT = 25
MOST = 100
NOT_IN_LINKS = {"access_token", "appsecret_proof", "appsecret_time", "after", "before", "as"}


def link(reading: Reading, owner_id: str, asked: Field, limit: int, side: str, cursor: str) -> str:
    own = {name: value for name, value in asked.options.items() if name not in NOT_IN_LINKS}
    if asked.inner:
        own["fields"] = asked.inner
    token = {"access_token": reading.token_in_link} if reading.token_in_link else {}
    query = urlencode({**token, **own, "limit": limit, side: cursor})
    return f"{reading.base}/{reading.version}/{owner_id}/{asked.name}?{query}"


def limit_in(options: Mapping[str, str], strict: bool = False) -> int:
    """More than a hundred is an error where the list is strict; from any other a hundred come."""
    try:
        limit = int(options.get("limit", DEFAULT_LIMIT))
    except ValueError as error:
        raise bad_parameter("Param limit must be an integer") from error
    if limit > MOST and strict:
        raise bad_parameter(f"Param limit must be at most {MOST}")
    return max(min(limit, MOST), 0)
