"""Private messages: one thread for each person who has written to the Page or been written to."""

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import datetime

from moderation.graph.simulator.rows import PAGE, Photo, Row, Shelf


@dataclass(frozen=True)
class Share:
    """A link or a post that somebody passes on in a message."""

    link: str
    name: str = ""
    description: str = ""


@dataclass(eq=False, kw_only=True)
class Message(Row):
    """`blocked_in_eu`: its files are replaced by a sentence, as those of people in Europe were."""

    person: str
    files: tuple[Photo, ...] = ()
    sticker: Photo | None = None
    share: Share | None = None
    reply_to: str = ""
    unsupported: bool = False
    blocked_in_eu: bool = False

    @property
    def from_page(self) -> bool:
        return self.author == PAGE


@dataclass(eq=False)
class Thread:
    """`times` holds a moment for each message, also for those unsent: unsending does not turn the clock back."""

    id: str
    person: str
    messages: Shelf[Message] = field(default_factory=Shelf)
    times: list[datetime] = field(default_factory=list)
    delivered: bool = True

    def updated_at(self, now: datetime) -> datetime | None:
        """None as long as its first message is still to come."""
        count = bisect_right(self.times, now)
        return self.times[count - 1] if count else None

    def unread(self, now: datetime) -> int:
        """How many the person has written since the Page answered."""
        count = 0
        for message in self.messages.seen(now, backwards=True):
            if message.from_page:
                break
            count += 1
        return count


class Inbox:
    def __init__(self) -> None:
        self.threads: dict[str, Thread] = {}
        self.messages: dict[str, Message] = {}
        self._with: dict[str, Thread] = {}

    def put(self, message: Message, thread_id: str) -> None:
        """Into the person's thread, which begins under this id if there is none."""
        thread = self._with.setdefault(message.person, Thread(thread_id, message.person))
        self.threads[thread.id] = thread
        self.messages[message.id] = message
        thread.messages.put(message)
        insort(thread.times, message.created_at)

    def take(self, message_id: str) -> None:
        message = self.messages.pop(message_id)
        self._with[message.person].messages.take(message)

    def newest_first(self, now: datetime) -> list[tuple[datetime, Thread]]:
        """The threads that have begun, with the time of their latest message."""
        begun = [(moment, thread) for thread in self.threads.values() if (moment := thread.updated_at(now))]
        return sorted(begun, key=lambda one: (one[0], one[1].id), reverse=True)
