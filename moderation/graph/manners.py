"""How to behave towards Facebook: what a client asks before each call, and tells after it."""

from datetime import datetime

from moderation.graph.errors import GraphError
from moderation.graph.usage import Usage


class Manners:
    """A client on its own: it knows no other processes and remembers nothing longer than itself."""

    # How many times the size of an answer has been halved since Facebook found it too much.
    halvings: int = 0
    # When the newest call went out, where somebody keeps the time.
    asked_at: datetime | None = None

    def before(self) -> None:
        """Raises RateLimited where Facebook is to be left alone for now."""

    def after(self, usage: Usage | None, version: str, error: GraphError | None) -> None:
        """What came back: how much is used up, which version answered, and what went wrong if anything did."""

    def too_much(self) -> None:
        self.halvings += 1
