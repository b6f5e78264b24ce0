"""How many calls a whole page costs, beside the clients one would otherwise take: .venv/bin/python -m benchmarks.calls"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain

import facebook
import pyfacebook
import requests
from django.core.management import call_command

from benchmarks import table, worlds
from moderation.graph.client import GraphClient
from moderation.graph.simulator import SimulatorAdapter, World
from moderation.models import Item, Page
from moderation.sync import connection, fresh, inbound
from moderation.sync.manners import SharedManners

SITE = "https://graph.facebook.com"


@dataclass(frozen=True)
class Way:
    name: str
    calls: int
    found: int


def measure(posts: int, comments: int) -> list[Way]:
    """Every way on the same page; `found` is how many posts and comments each of them came home with."""
    world = worlds.build(posts, comments)
    page = connection.page(world.page_id)
    client = GraphClient(SITE, "v26.0", worlds.TOKEN, session=_session(world), manners=SharedManners(page, world.clock))
    ways = [Way("floor", worlds.floor(world), worlds.total(world))]
    ways.append(_counted(world, "whole page, ours", lambda: _pull(client, page)))
    fresh.pull(client, page, world.clock)
    ways.append(_counted(world, "idle poll, ours", lambda: _poll(client, page)))
    for name, fetch in CLIENTS.items():
        ways.append(_counted(world, name, partial(fetch, world)))
    return ways


def _counted(world: World, name: str, fetch: Callable[[], int]) -> Way:
    before = sum(world.calls.values())
    found = fetch()
    return Way(name, sum(world.calls.values()) - before, found)


def _session(world: World) -> requests.Session:
    """In which Facebook's address leads to the simulator."""
    session = requests.Session()
    session.mount(SITE, SimulatorAdapter(world))
    return session


def _pull(client: GraphClient, page: Page) -> int:
    run = inbound.pull(client, page.graph_id, lambda: worlds.NOW)
    if run is None or run.error or run.failed:
        raise SystemExit(f"The sweep failed: {run and run.error}")
    return Item.objects.count()


def _poll(client: GraphClient, page: Page) -> int:
    run = fresh.pull(client, page, lambda: worlds.NOW)
    return run.created if run else -1


def _sdk(world: World) -> int:
    """As its tutorials do: the list, each post as an object, its comments, and of each comment the replies."""
    client = facebook.GraphAPI(worlds.TOKEN, version="3.1", session=_session(world))
    found = 0
    for listed in client.get_all_connections(world.page_id, "feed", limit=25):
        post = client.get_object(listed["id"], fields="id,message,created_time,from")
        found += 1
        for comment in client.get_all_connections(post["id"], "comments", limit=25):
            replies = client.get_all_connections(comment["id"], "comments", limit=25)
            found += 1 + sum(1 for _ in replies)
    return found


def _pyfacebook(per_post: Callable[[pyfacebook.GraphAPI, str], int], world: World) -> int:
    client = pyfacebook.GraphAPI(access_token=worlds.TOKEN)
    client.session = _session(world)
    posts = client.get_full_connections(world.page_id, "feed", count=None, limit=100)["data"]
    return sum(1 + per_post(client, post["id"]) for post in posts)


def _lists(client: pyfacebook.GraphAPI, post_id: str) -> int:
    """With the client's defaults: a list for the post, and one for each comment's replies."""
    comments = client.get_full_connections(post_id, "comments", count=None)["data"]
    replies = (client.get_full_connections(one["id"], "comments", count=None)["data"] for one in comments)
    return len(comments) + sum(1 for _ in chain.from_iterable(replies))


def _flat(client: pyfacebook.GraphAPI, post_id: str) -> int:
    """The best that can be had of it post by post: as ours, one flat list of a hundred at a time."""
    return len(client.get_full_connections(post_id, "comments", count=None, limit=100, filter="stream")["data"])


CLIENTS: dict[str, Callable[[World], int]] = {
    "facebook-sdk, object by object": _sdk,
    "python-facebook-api, its defaults": partial(_pyfacebook, _lists),
    "python-facebook-api, flat lists of 100": partial(_pyfacebook, _flat),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1200)
    parser.add_argument("--comments", type=int, default=round(1200 * worlds.COMMENTS_PER_POST))
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    ways = measure(asked.posts, asked.comments)
    floor, ours = ways[0].calls, ways[1].calls
    heading = [f"{asked.posts:,} posts, {asked.comments:,} comments", "calls", "× the floor", "× ours", "found"]
    table.show(heading, [(way.name, way.calls, way.calls / floor, way.calls / ours, way.found) for way in ways])


if __name__ == "__main__":
    main()
