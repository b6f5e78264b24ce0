"""An opened export, read in order: which files hold what, one of them in memory at a time."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from moderation.graph.attachments import RemoteMedia
from moderation.graph.export import entries
from moderation.graph.export.archive import Archive, BadExport, Limits
from moderation.graph.export.wording import mended
from moderation.graph.payloads import Kind, RemoteItem
from moderation.graph.values import shown, thing

# The names have changed with the years, and so have the folders they lie in.
MESSAGES = re.compile(r"(?:^|/)messages/(?:.*/)?(?P<name>[^/]+)/message(?:_(?P<number>\d{1,9}))?\.json$", re.I)
COMMENTS = re.compile(r"(?:^|/)(?:your_|page_|profile_)?comments(?:_\d+)?\.json$", re.I)
VISITORS = re.compile(
    r"(?:^|/)(?:other_people\W?s_posts|visitor_posts|posts_(?:by|from)_(?:others|visitors))[^/]*\.json$", re.I
)
POSTS = re.compile(r"(?:^|/)(?:(?:page|profile|your)_posts[^/]*|posts(?:_\d+)?)\.json$", re.I)
GROUPS = re.compile(r"(?:^|/)groups/|_in_groups", re.I)
DEEPEST = 3

NOTHING = (
    "ZIP-filen har inga inlägg, kommentarer eller meddelanden i formatet JSON. {}Beställ exporten på nytt under "
    "”Ladda ner din information” på sidan och välj formatet JSON. Kommer exporten i flera delar, välj den del som har "
    "mapparna posts, comments_and_reactions eller messages."
)


@dataclass(frozen=True, slots=True)
class Found:
    """`thread_key` is the same for all messages of one conversation; each post and comment stands by itself.

    `by_page` is None where the export does not say who the page is: compare the author's name.
    `files` are those media whose file lies in the archive, with the name to ask `Export.file` for.
    `title` is what the export calls the conversation, mostly the other person's name.
    """

    thread_key: str
    kind: Kind
    item: RemoteItem
    files: tuple[tuple[RemoteMedia, str], ...]
    by_page: bool | None
    title: str


@dataclass(frozen=True, slots=True)
class Source:
    """One JSON file: the folder of its conversation (`thread`), and its number among the files like it."""

    member: str
    read: entries.Read
    by_page: bool | None
    thread: str
    number: int


def open_export(path: Path, limits: Limits | None = None, alive: Callable[[], object] = lambda: None) -> "Export":
    """Raises BadExport. Reads the whole archive once, to know that every checksum holds, and calls `alive` meanwhile."""
    archive = Archive(path, limits or Limits(), alive)
    sources = sorted(filter(None, map(_source, archive.members)), key=_order)
    if not sources:
        archive.close()
        html = any(name.lower().endswith((".html", ".htm")) for name in archive.members)
        raise BadExport(NOTHING.format("Den ser ut att vara beställd i formatet HTML. " if html else ""))
    return Export(archive, sources)


class Export:
    """`total` and `done` count bytes of JSON: how many entries there are is not known before all is read.

    `remarks` are Swedish sentences about what could not be read in the latest reading.
    """

    def __init__(self, archive: Archive, sources: list[Source]) -> None:
        self._archive = archive
        self._sources = sources
        self.total = sum(archive.members[source.member].file_size for source in sources)
        self.done = 0
        self.remarks: list[str] = []

    def threads(self) -> Iterator[Found]:
        self.done, self.remarks = 0, _unread(self._archive, self._sources)
        seen: Counter[bytes] = Counter()
        for source in self._sources:
            yield from self._found(source, seen)
            self.done += self._archive.members[source.member].file_size

    def file(self, name: str) -> bytes | None:
        """None where the archive has no such file, or it is larger than the limit."""
        return self._archive.read(name, self._archive.limits.media)

    def _found(self, source: Source, seen: Counter[bytes]) -> Iterator[Found]:
        try:
            content = json.loads(self._archive.read(source.member, self._archive.limits.json) or b"")
        except (ValueError, RecursionError):
            self.remarks.append(f"Filen {_shown_path(source.member)} går inte att läsa som JSON och är överhoppad.")
            return
        title = mended(thing(content).get("title"), []) if source.thread else ""
        for entry in self._entries(source, content):
            item = source.read(entry)
            item = replace(item, key=_key(item, source.thread, seen))
            thread = f"export:{_digest(['thread', source.thread]).hex()}" if source.thread else item.key
            yield Found(thread, item.kind, item, self._files(item, source.member), source.by_page, title)

    def _entries(self, source: Source, content: Any) -> list[dict[str, Any]]:
        """Oldest first, whichever way the file has them."""
        listed = _listed(content, "messages" if source.thread else "")
        if listed is None:
            self.remarks.append(
                f"Filen {_shown_path(source.member)} har inga poster i en form som systemet känner till."
            )
            return []
        readable = [entry for entry in listed if isinstance(entry, dict) and entry]
        if lost := len(listed) - len(readable):
            self.remarks.append(f"{lost} av {len(listed)} poster i {_shown_path(source.member)} gick inte att läsa.")
        # The newest stand first in conversations; of two in the same moment, the later one then stands first too.
        return sorted(reversed(readable) if source.thread else readable, key=_when)

    def _files(self, item: RemoteItem, member: str) -> tuple[tuple[RemoteMedia, str], ...]:
        found = ((medium, _member(medium.url, member, self._archive)) for medium in item.media if medium.url)
        return tuple((medium, name) for medium, name in found if name)

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _source(member: str) -> Source | None:
    if conversation := MESSAGES.search(member):
        number = int(conversation["number"] or 0)
        return Source(member, entries.message, None, conversation["name"], number)
    if GROUPS.search(member):
        return None
    if VISITORS.search(member):
        return Source(member, entries.post, False, "", 0)
    if POSTS.search(member):
        return Source(member, entries.post, True, "", 0)
    return Source(member, entries.comment, True, "", 0) if COMMENTS.search(member) else None


def _order(source: Source) -> tuple[int, str, int, str]:
    """Posts, comments, then one conversation after the other; its highest number holds the oldest messages."""
    rank = (entries.post, entries.comment, entries.message).index(source.read)
    return rank, source.thread, -source.number, source.member


def _unread(archive: Archive, sources: list[Source]) -> list[str]:
    taken = {source.member for source in sources}
    named = ("posts", "comments", "messages")
    left = [
        name
        for name in archive.members
        if name.lower().endswith(".json") and name not in taken and any(part in name.lower() for part in named)
    ]
    if not left:
        return []
    names = ", ".join(_shown_path(name) for name in left[:10])
    return [
        f"{len(left)} JSON-filer bland inlägg, kommentarer och meddelanden är av annat slag och läses inte: {names}."
    ]


def _listed(content: Any, key: str, depth: int = 0) -> list[Any] | None:
    """The list of entries, which some generations wrap in one or two objects; an entry by itself is a list of one."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or depth > DEEPEST:
        return None
    if key:
        return _listed(content.get(key), "", DEEPEST)
    if "timestamp" in content:
        return [content]
    inner = [found for part in content.values() if (found := _listed(part, "", depth + 1)) is not None]
    return [entry for found in inner for entry in found] if inner else None


def _when(entry: dict[str, Any]) -> float:
    value = entry.get("timestamp_ms", entry.get("timestamp"))
    known = isinstance(value, (int, float)) and abs(value) < 1e15
    return value if known and value else 0.0


def _key(item: RemoteItem, thread: str, seen: Counter[bytes]) -> str:
    """The same text in the same second in two conversations is two messages, wherever the other one stands."""
    seconds = int(item.created_at.timestamp()) if item.created_at else ""
    digest = _digest([item.kind, seconds, item.message, item.author_name, *([thread] if thread else [])])
    seen[digest] += 1
    return f"export:{digest.hex()}" + (f":{seen[digest]}" if seen[digest] > 1 else "")


def _digest(parts: list[Any]) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _member(uri: str, mentioned_in: str, archive: Archive) -> str:
    """The file's place is told from the export's root, wherever in the ZIP that is; "" where it is not there."""
    if len(uri) > 1000:
        return ""
    folders = mentioned_in.split("/")[:-1][:20]
    for deep in range(len(folders) + 1):
        name = "/".join([*folders[:deep], uri])
        if name in archive.members:
            return name
    return ""


def _shown_path(name: str) -> str:
    return shown(name[-60:])
