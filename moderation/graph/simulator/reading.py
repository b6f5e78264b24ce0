"""One call: who reads, when, and where further links lead."""

from dataclasses import dataclass
from datetime import UTC, datetime

from moderation.graph.simulator.tokens import Token
from moderation.graph.simulator.world import World


@dataclass(frozen=True)
class Reading:
    """`token_in_link` is the token if it came in the query string; `modes` are the faults that change lists."""

    world: World
    token: Token
    now: datetime
    base: str
    version: str
    token_in_link: str = ""
    modes: frozenset[str] = frozenset()

    def may(self, scope: str) -> bool:
        return scope in self.token.scopes


def graph_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "+0000"
