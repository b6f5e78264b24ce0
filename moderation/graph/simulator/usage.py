"""How much of the allowance is used up, and the block that follows."""

import json
import math
from datetime import datetime, timedelta

from moderation.graph.simulator.faults import known_error

A_DAY = timedelta(days=1)


class Usage:
    """A counter of calls within a day. Calls made while blocked prolong the block, as Meta says they do."""

    def __init__(self) -> None:
        self.allow(240_000)

    def allow(self, calls: int, *, kind: str = "code_80001", minutes: int = 5) -> None:
        self.budget, self.kind, self.minutes = calls, kind, minutes
        self.calls = 0
        self._since: datetime | None = None
        self._blocked_until: datetime | None = None

    def count(self, now: datetime) -> None:
        """Raises the throttling error when the allowance is gone."""
        if self._blocked_until is not None and now < self._blocked_until:
            self._blocked_until += timedelta(minutes=1)
            self.calls += 1
            raise known_error(self.kind)
        if self._since is None or now >= self._since + A_DAY or self._blocked_until is not None:
            self._since, self._blocked_until, self.calls = now, None, 0
        self.calls += 1
        if self.calls > self.budget:
            self._blocked_until = now + timedelta(minutes=self.minutes)
            raise known_error(self.kind)

    def headers(self, page_id: str, reader: str, now: datetime) -> dict[str, str]:
        """Percentages; minutes until access comes back."""
        percent = math.ceil(100 * self.calls / max(self.budget, 1))
        numbers = {"call_count": percent, "total_cputime": math.ceil(percent / 3), "total_time": math.ceil(percent / 2)}
        if reader == "PAGE":
            wait = {"estimated_time_to_regain_access": self._minutes_left(now)}
            usage = {page_id: [{"type": "pages", **numbers, **wait}]}
            return {"X-Business-Use-Case-Usage": json.dumps(usage, separators=(",", ":"))}
        return {"X-App-Usage": json.dumps(numbers, separators=(",", ":"))}

    def _minutes_left(self, now: datetime) -> int:
        if self._blocked_until is None or self._blocked_until <= now:
            return 0
        return math.ceil((self._blocked_until - now) / timedelta(minutes=1))
