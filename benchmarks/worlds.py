"""Pages as large as wanted, and as uneven as real ones: most posts have few comments, some have several hundred."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

from moderation.graph.simulator import World

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TOKEN = "benchmark-token"
# What a million comments below 24,000 posts are on average.
COMMENTS_PER_POST = 41.7
# The spread of the logarithm: about every eleventh post has more comments than one answer of Facebook's holds.
SPREAD = 1.4
CHATTER = (
    "När plogas Storgatan egentligen? Det är ju livsfarligt att gå till skolan på morgnarna 😡 Ni lovade förra veckan att "
    "sanda gångvägen vid ån, men ingenting har hänt. Tack för snabbt svar! Vem ansvarar för biblioteket i Kopparberg nu?"
)
WORDS = CHATTER.split()


def build(posts: int, comments: int, page_id: str = "104500000000001") -> World:
    """Every third comment is answered: by one, every ninth by two. The same arguments give the same world."""
    chance = Random(f"{page_id} {posts} {comments}")
    world = World(page_id, "Ljusnarsbergs kommun", lambda: NOW, TOKEN)
    # Nothing here is about how much Facebook allows.
    world.usage.allow(10**9)
    start = NOW - timedelta(days=posts)
    for number, below in enumerate(_sizes(posts, comments, chance)):
        at = start + timedelta(days=number)
        post = world.add_post(_text(chance), at, likes=chance.randrange(50))
        _comment(world, post, below, at, chance)
    return world


def _comment(world: World, post: str, below: int, at: datetime, chance: Random) -> None:
    above, number, answers = "", 0, 0
    for second in range(below):
        moment = at + timedelta(seconds=second + 1)
        author = f"Invånare {chance.randrange(5000)}"
        if answers:
            world.add_comment(post, _text(chance), moment, author=author, parent=above)
            answers -= 1
        else:
            above = world.add_comment(post, _text(chance), moment, author=author, likes=chance.randrange(9))
            number += 1
            answers = (number % 3 == 0) + (number % 9 == 0)


def _sizes(posts: int, comments: int, chance: Random) -> list[int]:
    """How many comments each post has; together as many as asked for."""
    drawn = [chance.lognormvariate(0, SPREAD) for _ in range(posts)]
    # The largest rests shared out by where the running sum passes a whole number.
    scale, passed = comments / sum(drawn), 0.0
    sizes = []
    for one in drawn:
        sizes.append(round(passed + one * scale) - round(passed))
        passed += one * scale
    return sizes


def _text(chance: Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(4, 40)))


def floor(world: World) -> int:
    """The fewest calls: posts 25 at a time, each with its first 100 comments; then 100 at a time."""
    below = [len(post.stream.all()) for post in world.posts.values()]
    return math.ceil(len(below) / 25) + sum(max(0, math.ceil(count / 100) - 1) for count in below)


def total(world: World) -> int:
    return len(world.posts) + len(world.comments)
