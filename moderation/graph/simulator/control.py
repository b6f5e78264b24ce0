"""The door by which a test or a demonstration makes something happen on the Page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from moderation.graph.simulator.inbox import Share
from moderation.graph.simulator.world import World

FOLDER = "/_kontroll/"
Arguments = dict[str, Any]


def answer(world: World, path: str, arguments: Arguments) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON. A wrong name or argument is 400, never a change of half a thing."""
    action = ACTIONS.get(path.removeprefix(FOLDER).strip("/"))
    if action is None:
        return 404, {"error": f"Åtgärden finns inte. Det som finns är: {', '.join(sorted(ACTIONS))}."}
    try:
        with world.lock:
            return 200, action(world, _with_times(arguments))
    except (KeyError, TypeError, ValueError) as error:
        return 400, {"error": f"{type(error).__name__}: {error}"}


def _with_times(arguments: Arguments) -> Arguments:
    times: Arguments = {
        name: datetime.fromisoformat(arguments[name]) for name in ("created_at", "at") if name in arguments
    }
    if any(moment.tzinfo is None for moment in times.values()):
        raise ValueError("a time needs its zone")
    return {**arguments, **times}


def _add_post(world: World, arguments: Arguments) -> dict[str, Any]:
    return {"id": world.add_post(**{"created_at": world.clock(), **arguments})}


def _add_comment(world: World, arguments: Arguments) -> dict[str, Any]:
    return {"id": world.add_comment(**{"created_at": world.clock(), **arguments})}


def _add_message(world: World, arguments: Arguments) -> dict[str, Any]:
    share = {"share": Share(**arguments["share"])} if "share" in arguments else {}
    return {"id": world.add_message(**{"at": world.clock(), **arguments, **share})}


def _add_raw_comment(world: World, arguments: Arguments) -> dict[str, Any]:
    return {"id": world.add_raw_comment(**arguments)}


def _done(change: Callable[..., None]) -> Callable[[World, Arguments], dict[str, Any]]:
    def action(world: World, arguments: Arguments) -> dict[str, Any]:
        change(world, **arguments)
        return {"ok": True}

    return action


def _allow(world: World, *, calls: int, kind: str = "code_80001", minutes: int = 5) -> None:
    world.usage.allow(calls, kind=kind, minutes=minutes)


def _spoil_token(world: World, *, token: str, trouble: str) -> None:
    world.tokens.spoil(token, trouble)


def _reels_in_feed(world: World, *, shown: bool) -> None:
    world.reels_in_feed = shown


def _stats(world: World, _: Arguments) -> dict[str, Any]:
    media = sum(number for call, number in world.calls.items() if call.startswith("GET /media/"))
    return {
        "calls": sum(world.calls.values()),
        "media": media,
        "by_call": dict(world.calls),
        "posts": [post.id for post in world.feed.seen(world.clock())[::-1]],
    }


ACTIONS: dict[str, Callable[[World, Arguments], dict[str, Any]]] = {
    "add_post": _add_post,
    "add_comment": _add_comment,
    "add_message": _add_message,
    "unsend": _done(World.unsend),
    "add_raw_comment": _add_raw_comment,
    "edit": _done(World.edit),
    "hide": _done(World.hide),
    "withhold": _done(World.withhold),
    "remove": _done(World.remove),
    "set_page": _done(World.set_page),
    "reels_in_feed": _done(_reels_in_feed),
    "restore": _done(World.restore),
    "vanish": _done(World.vanish),
    "fault": _done(World.fault),
    "clear": _done(World.clear_faults),
    "allow": _done(_allow),
    "spoil_token": _done(_spoil_token),
    "stats": _stats,
}
