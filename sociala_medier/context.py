"""What every page shows: whose house this is, where the person may go, and whether the queue can be relied on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from moderation import access, keys
from moderation.health.sign import Sign, page_read
from moderation.models import Notice, Preferences, User
from moderation.policy.terms import Right
from sociala_medier import health


def house(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"kommun": settings.KOMMUN}
    now = timezone.now()
    # What the view has asked for already is not asked for again.
    reach = getattr(request, "reach", None) or access.reach(user, now)
    rights = {right for right, places in reach.items() if places}

    def banner() -> Sign | None:
        page = request.page if hasattr(request, "page") else page_read()
        return health.banner(page, now, Right.OPERATE in rights) if rights else None

    def workbench() -> dict[str, object] | None:
        return _workbench(user, _unread(request, user, reach)) if Right.SEE in rights else None

    # A part of a page that is swapped in has no frame, and asks for neither.
    frame = {"banner": SimpleLazyObject(banner), "workbench": SimpleLazyObject(workbench)}
    return {"kommun": settings.KOMMUN, "rights": rights, **frame}


def _unread(request: HttpRequest, user: User, reach: dict[Right, set[int | None]]) -> int:
    counted: int | None = getattr(request, "unread", None)
    if counted is not None:
        return counted
    return Notice.objects.filter(to=user, read_at=None, item__in=access.items_within(reach[Right.SEE])).count()


def _workbench(user: User, unread: int) -> dict[str, object]:
    """The person's keys, by character for the script and in the table's order for the help; and what is unread."""
    chosen = Preferences.of(user)
    mapping = keys.mapping(chosen.keys)
    rows = [(_shown(mapping[key.name]), key.name, key.label) for key in keys.KEYS]
    by_character = {character: name for name, character in mapping.items()}
    return {
        "table": {"on": chosen.keys_on, "keys": by_character},
        "rows": rows,
        "fixed": keys.FIXED,
        "unread": unread,
    }


def _shown(character: str) -> str:
    return character.upper() if character == character.lower() else f"Skift+{character}"
