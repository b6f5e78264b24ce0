"""A believable fortnight on a municipality's Page, ending with what comes in while somebody looks.

The texts are the project's own examples (`exempel.json`): fifteen posts, a hundred and fifteen comments and five
private messages. REPLIES and ANSWERS add what the Page and others say to that; a reel, and a post by somebody who
mentions the Page, come besides. The comment that stands for child abuse images has no picture and never gets one.

The same start gives the same ids, texts and times, so a demonstration that is started again goes on where it stopped.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from moderation.graph.simulator import PAGE, World

PAGE_ID = "104500217836941"
PAGE_NAME = "Ljusnarsbergs kommun"
TOKEN = "demo-token"  # noqa: S105
APP_ID = "1604829371550246"
APP_SECRET = "demo-secret"  # noqa: S105
VERIFY_TOKEN = "demo-hemlis"  # noqa: S105
EXAMPLES = Path(__file__).with_name("exempel.json")
SWEDEN = ZoneInfo("Europe/Stockholm")

# How many days before the start each post was published, at the hour it has in the examples.
DAYS_BEFORE = {
    "P01": 13, "P02": 13, "P03": 12, "P04": 11, "P06": 10, "P07": 10, "P08": 9, "P09": 8,
    "P10": 7, "P05": 6, "P11": 5, "P12": 4, "P13": 3, "P14": 2, "P15": 1,
}  # fmt: skip
# The last of the comments are fresh: minutes after the start, those before it from newest to oldest.
ARRIVING = (1, 4, 7, 10, 14, 18)
RECENT = (12, 25, 41, 58, 74, 93, 121, 152, 188, 231, 276, 330)

POST_PICTURES = {
    "P01": ["snowy road"],
    "P04": ["map"],
    "P10": ["lake"],
    "P14": ["school", "map"],
    "P15": ["poster"],
}
COMMENT_PICTURES = {"K016": "brown water", "K079": "plank"}
WITHOUT_NAME = {"K003", "K010", "K019", "K036", "K041", "K044", "K056", "K062", "K076", "K091", "K100", "K106", "K112"}
HIDDEN = {"K029"}


# The private messages: minutes after the start. The last one comes in while somebody looks.
MESSAGES = {"K116": -1530, "K117": -415, "K118": -96, "K119": -34, "K120": 9}

ABOUT = "Ljusnarsbergs kommuns officiella sida. Vi svarar vardagar kl. 8–16."
DESCRIPTION = (
    "Här informerar vi om det som händer i kommunen och svarar på frågor. Det du skriver på sidan och i meddelanden till "
    "oss blir allmän handling och kan lämnas ut. Skriv därför aldrig personnummer, uppgifter om hälsa eller annat som är "
    "känsligt. Vi tar bort hot, hets mot folkgrupp, reklam och annat som strider mot lagen; kritik är välkommen.\n\n"
    "Vid fara för liv: ring 112."
)


@dataclass(frozen=True)
class Edit:
    """`minutes` after the start; a negative number happened before anybody looked."""

    text: str
    minutes: int


EDITS = {
    "K006": Edit("Det är inte plogat i Bångbro heller, det är likadant vartenda år. Skärpning!", -3 * 24 * 60),
    "K104": Edit(
        "Hur ska vi med två jobb hinna när vi måste gå från sporthallen? Helt verklighetsfrånvänt. Avsluta försöket! "
        "Tillägg: jag vill ha ett svar från den som är ansvarig.",
        6,
    ),
}


@dataclass(frozen=True)
class Reply:
    """A comment of the demonstration's own: `to` is a comment, or a post for a new thread. PAGE answers signed."""

    to: str
    text: str
    minutes_after: int
    author: str | None = PAGE
    sticker: bool = False
    film: str | None = None


REPLIES = (
    Reply("K004", "Hej Jari! Gruvgatan plogas i eftermiddag, före kl. 16.\n\n/ Lars Låtsas, gatuingenjör", 55),
    Reply("K004", "Nu är den plogad, tack!", 420, "Jari Keksitty"),
    Reply("K010", "Håller inte med, de har gjort ett jättejobb i år.", 35, "Sven-Olof Låtsas"),
    Reply("K012", "Nej, rekommendationen gäller bara Ställdalen och Ställberg.\n\n/ Test Testberg, VA-samordnare", 20),
    Reply(
        "K014", "Låt vattnet koka upp med stora bubblor. En vattenkokare räcker.\n\n/ Test Testberg, VA-samordnare", 30
    ),
    Reply("K017", "Please boil it first, until it bubbles strongly.\n\n/ Test Testberg, VA-samordnare", 25),
    Reply("K025", "Kl. 10 på tisdagen. Välkommen!\n\n/ Fia Fiktiv, fritidssamordnare", 64),
    Reply("K025", "Samma tid på torsdagen?", 90, "Bosse Påhitt"),
    Reply("K033", "Den 27 mars är sista dagen.\n\n/ Pia Påhitt, planarkitekt", 48),
    Reply("K050", "För att barnen vill ha det 😂", 18, None),
    Reply("K072", "Nej, inte heller gasolgrill under eldningsförbudet.\n\n/ Vera Exempel, kommunikatör", 44),
    Reply("K072", "Fast på balkong är det väl ändå okej?", 70, "Gun Exempelberg"),
    Reply("K098", "Instämmer helt, lördagarna var bäst.", 15, "Hodan Tusaale"),
    Reply("P08", "", 140, "Amina Fiktiv", sticker=True),
    Reply("P10", "Så här högt står vattnet vid bryggan i kväll.", 310, "Bosse Påhitt", film="bryggan"),
)


@dataclass(frozen=True)
class Extra:
    """A post of the demonstration's own, so many days before the start at this Swedish time."""

    text: str
    days_before: int
    at: time
    author: str | None = None


REEL = Extra("Så renas ditt dricksvatten, på en minut.\n\n/ Test Testberg, VA-samordnare", 3, time(12, 15))
TAGGED = Extra(
    "Två vantar och en skolväska låg kvar vid busshållplatsen. Ljusnarsbergs kommun, kan ni nå den som saknar dem?",
    2, time(17, 40), "Gun Exempelberg",
)  # fmt: skip
# What the Page has answered in private, to the message with this name, so many minutes after it.
ANSWERS = {
    "K116": ("Hej Evy! Ring växeln och be om bostadsanpassning, så kopplar de dig.\n\n/ Vera Exempel, kommunikatör", 22)
}


def build(started_at: datetime, clock: Callable[[], datetime]) -> World:
    examples = json.loads(EXAMPLES.read_text("utf-8"))
    world = World(PAGE_ID, PAGE_NAME, clock, TOKEN, APP_SECRET)
    world.tokens.app_id = APP_ID
    published = {post["post_id"]: _published_at(post, started_at) for post in examples["posts"]}
    ids = {post["post_id"]: _add_post(world, post, published) for post in examples["posts"]}
    comments = sorted((c for c in examples["comments"] if c["post_id"]), key=lambda c: c["created_at"])
    times = _times(comments, examples["posts"], published, started_at)
    for comment in comments:
        ids[comment["id"]] = _add_comment(world, comment, ids, times[comment["id"]])
    parents = {comment["id"]: comment["post_id"] for comment in comments}
    for reply in REPLIES:
        _add_reply(world, reply, ids, parents, (times | published)[reply.to])
    for name, edit in EDITS.items():
        world.edit(ids[name], edit.text, started_at + timedelta(minutes=edit.minutes))
    for name in HIDDEN:
        world.hide(ids[name])
    _add_what_is_besides(world, started_at)
    for message in (entry for entry in examples["comments"] if entry["id"] in MESSAGES):
        _add_message(world, message, started_at)
    return world


def _add_what_is_besides(world: World, started_at: datetime) -> None:
    world.add_post(
        REEL.text, _moment(REEL.days_before, REEL.at, started_at), reel=True, film="vattenverket", pictures=["lake"]
    )
    world.add_post(TAGGED.text, _moment(TAGGED.days_before, TAGGED.at, started_at), author=TAGGED.author, tagged=True)
    world.set_page(
        about=ABOUT, description=DESCRIPTION, username="ljusnarsbergskommun", cover="snowy road", offset_y=24,
        picture="school",
    )  # fmt: skip


def _add_message(world: World, message: dict[str, Any], started_at: datetime) -> None:
    name, person = message["id"], message["author"]
    at = started_at + timedelta(minutes=MESSAGES[name])
    world.add_message(person, message["comment_text"], at)
    if name in ANSWERS:
        text, minutes = ANSWERS[name]
        world.add_message(person, text, at + timedelta(minutes=minutes), from_page=True)


def _published_at(post: dict[str, Any], started_at: datetime) -> datetime:
    at = datetime.fromisoformat(post["published_at"]).time()
    return _moment(DAYS_BEFORE[post["post_id"]], at, started_at)


def _moment(days_before: int, at: time, started_at: datetime) -> datetime:
    day = started_at.astimezone(SWEDEN).date() - timedelta(days=days_before)
    return datetime.combine(day, at, SWEDEN).astimezone(UTC)


def _times(
    comments: list[dict[str, Any]],
    posts: list[dict[str, Any]],
    published: dict[str, datetime],
    started_at: datetime,
) -> dict[str, datetime]:
    """Each comment as long after its post as in the examples, but the last of them around the start."""
    original = {post["post_id"]: datetime.fromisoformat(post["published_at"]) for post in posts}
    times = {}
    for comment in comments:
        delay = datetime.fromisoformat(comment["created_at"]) - original[comment["post_id"]]
        times[comment["id"]] = published[comment["post_id"]] + delay
    fresh = [*(-minutes for minutes in reversed(RECENT)), *ARRIVING]
    for comment, minutes in zip(comments[-len(fresh) :], fresh, strict=True):
        times[comment["id"]] = started_at + timedelta(minutes=minutes)
    return times


def _add_post(world: World, post: dict[str, Any], published: dict[str, datetime]) -> str:
    name = post["post_id"]
    number = int(name[1:])
    pictures = POST_PICTURES.get(name, ())
    return world.add_post(
        post["text"], published[name], pictures=pictures, likes=4 + number * 7 % 31, shares=number % 4
    )


def _add_comment(world: World, comment: dict[str, Any], ids: dict[str, str], created_at: datetime) -> str:
    name = comment["id"]
    return world.add_comment(
        ids[comment["post_id"]],
        comment["comment_text"],
        created_at,
        author=None if name in WITHOUT_NAME else comment["author"],
        picture=COMMENT_PICTURES.get(name),
        likes=int(name[1:]) * 5 % 7,
    )


def _add_reply(world: World, reply: Reply, ids: dict[str, str], parents: dict[str, str], after: datetime) -> None:
    world.add_comment(
        ids[parents.get(reply.to, reply.to)],
        reply.text,
        after + timedelta(minutes=reply.minutes_after),
        author=reply.author,
        parent=ids[reply.to] if reply.to in parents else None,
        sticker=reply.sticker,
        film=reply.film,
    )
