"""The second clock: until when Facebook lets the page answer in private. Hours by the clock, weekends included.

A message: freely for 24 hours after the person's last, then for as long as seven days by a human agent. A comment or a
visitor's post: one private message within seven days. An open answer has no such limit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.policy.terms import Kind
from moderation.policy.wording import at

FREELY = timedelta(hours=24)
BY_AN_AGENT = timedelta(days=7)
ONCE = timedelta(days=7)
# What can be answered with one private message, as the subject of a sentence.
ANSWERED_ONCE: dict[str, str] = {Kind.POST: "Inlägget", Kind.COMMENT: "Kommentaren", Kind.REPLY: "Svaret"}


@dataclass(frozen=True)
class Window:
    """What may be done now ends at `ends_at`, None if nothing may; what may be done after that at `next_ends_at`."""

    label: str
    ends_at: datetime | None = None
    next_ends_at: datetime | None = None

    def warning(self, answer_by: datetime, now: datetime) -> str:
        """That the municipality's own deadline lets one wait longer than Facebook does; "" if it does not."""
        if self.ends_at is None or answer_by <= self.ends_at:
            return ""
        last = f"Svarstiden går ut först {at(answer_by, now)}, men "
        if self.next_ends_at is None or answer_by > self.next_ends_at:
            return f"{last}Facebook tar inte emot något privat svar efter {at(self.next_ends_at or self.ends_at, now)}."
        return f"{last}efter {at(self.ends_at, now)} går det inte att svara fritt, bara som handläggare."


def window(kind: str, last_at: datetime | None, now: datetime) -> Window | None:
    """Of a message, `last_at` is when the person last wrote in the conversation; of other kinds, when it was written.

    None for what has no window: a conversation in which the person has not written, or a kind without private answers.
    """
    if last_at is None:
        return None
    if kind == Kind.MESSAGE:
        return _of_message(last_at, now)
    return _of_comment(ANSWERED_ONCE[kind], last_at, now) if kind in ANSWERED_ONCE else None


def _of_message(last_at: datetime, now: datetime) -> Window:
    freely, by_an_agent = last_at + FREELY, last_at + BY_AN_AGENT
    agent = f"av en handläggare till {at(by_an_agent, now)}, sedan inte alls via Facebook."
    if now < freely:
        label = f"Meddelandet kan besvaras fritt till {at(freely, now)}, därefter {agent}"
        return Window(label, freely, by_an_agent)
    if now < by_an_agent:
        return Window(f"Meddelandet kan besvaras {agent}", by_an_agent)
    return Window(f"Meddelandet kan inte längre besvaras via Facebook; tiden gick ut {at(by_an_agent, now)}.")


def _of_comment(what: str, written_at: datetime, now: datetime) -> Window:
    ends_at = written_at + ONCE
    if now < ends_at:
        return Window(f"{what} kan besvaras privat en enda gång, till {at(ends_at, now)}.", ends_at)
    return Window(f"{what} kan inte längre besvaras privat; tiden gick ut {at(ends_at, now)}.")
