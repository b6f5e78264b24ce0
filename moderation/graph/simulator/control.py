"""The door by which a test or a demonstration makes something happen on the Page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import requests

from moderation.graph.simulator.inbox import Share
from moderation.graph.simulator.webhooks import Webhooks
from moderation.graph.simulator.world import World

FOLDER = "/_kontroll/"
Arguments = dict[str, Any]


def answer(world: World, path: str, arguments: Arguments) -> tuple[int, dict[str, Any]]:
    """HTTP status and JSON. A wrong name or argument is 400, never a change of half a thing."""
    name = path.removeprefix(FOLDER).strip("/")
    action = ACTIONS.get(name)
    if action is None:
        return 404, {"error": f"Åtgärden finns inte. Det som finns är: {', '.join(sorted(ACTIONS))}."}
    try:
        if name in ALONE:
            return 200, action(world, _with_times(arguments))
        with world.lock:
            return 200, action(world, _with_times(arguments))
    except (KeyError, TypeError, ValueError, TimeoutError, requests.RequestException) as error:
        return 400, {"error": f"{type(error).__name__}: {error}"}


def _with_times(arguments: Arguments) -> Arguments:
    if not isinstance(arguments, dict):
        raise TypeError("the arguments are a JSON object")
    times: Arguments = {
        name: datetime.fromisoformat(arguments[name])
        for name in ("created_at", "at")
        if arguments.get(name) is not None
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


def _spoil_token(world: World, *, token: str, trouble: str, at: datetime | None = None) -> None:
    world.tokens.spoil(token, trouble, at)


def _expire_token(world: World, *, token: str, at: datetime | None) -> None:
    world.tokens.expire(token, at)


def _end_data_access(world: World, *, token: str, at: datetime | None) -> None:
    world.tokens.end_data_access(token, at)


def _drop_scope(world: World, *, token: str, scope: str) -> None:
    world.tokens.drop(token, scope)


def _webhooks(world: World, arguments: Arguments) -> dict[str, Any]:
    """Switches; `late` in seconds."""
    late = {"late": timedelta(seconds=arguments["late"])} if "late" in arguments else {}
    world.webhooks.switch(**{**arguments, **late})
    return {"ok": True}


def _reply_privately(world: World, arguments: Arguments) -> dict[str, Any]:
    return {"id": world.reply_privately(**arguments)}


def _of_webhooks(change: Callable[..., None]) -> Callable[[World, Arguments], dict[str, Any]]:
    def action(world: World, arguments: Arguments) -> dict[str, Any]:
        change(world.webhooks, **arguments)
        return {"ok": True}

    return action


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
    "chaos": _done(World.chaos),
    "calm": _done(World.calm),
    "spoil_token": _done(_spoil_token),
    "expire_token": _done(_expire_token),
    "end_data_access": _done(_end_data_access),
    "drop_scope": _done(_drop_scope),
    "react": _done(World.react),
    "reply_privately": _reply_privately,
    "subscribe": _done(World.subscribe),
    "webhooks": _webhooks,
    "replay": _of_webhooks(Webhooks.replay),
    "redeliver": _of_webhooks(Webhooks.redeliver),
    "settle": _of_webhooks(Webhooks.settle),
    "stats": _stats,
}
# They speak or wait over HTTP, and must not keep others from the world meanwhile.
ALONE = {"subscribe", "settle"}
