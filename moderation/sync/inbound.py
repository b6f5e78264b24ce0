"""Read the whole page, now and to its end: what the clock otherwise does stretch by stretch."""

from datetime import timedelta

from moderation.graph.client import GraphClient
from moderation.models import SyncRun
from moderation.sync import connection, sweep
from moderation.sync.runs import Clock

AS_LONG_AS_IT_TAKES = timedelta(days=30)


def pull(client: GraphClient, page_id: str, clock: Clock, take_over: bool = False) -> SyncRun | None:
    """Returns how it went, or None where somebody else reads the page or Facebook asked us to wait.

    With `take_over` a reader that is at it is set aside first, since its process may have been killed.
    """
    return sweep.stretch(client, connection.page(page_id), clock, take_over, AS_LONG_AS_IT_TAKES)
