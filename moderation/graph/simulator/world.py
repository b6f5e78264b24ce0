"""A Facebook Page in memory: what is on it, and what happens to it."""

import json
import time
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import Any

from moderation.graph.simulator import changes as told
from moderation.graph.simulator.faults import Fault, Faults
from moderation.graph.simulator.inbox import Inbox, Message, Share
from moderation.graph.simulator.naming import Numbers
from moderation.graph.simulator.rows import ANONYMOUS, PAGE, Comment, Post, Profile, Shelf
from moderation.graph.simulator.tokens import Token, Tokens
from moderation.graph.simulator.uploads import File, Uploads
from moderation.graph.simulator.usage import Usage
from moderation.graph.simulator.webhooks import FIELDS, Webhooks
from moderation.graph.simulator.wire import Raw


class World:
    """Rows whose time lies ahead of the clock are there but not delivered yet."""

    def __init__(
        self,
        page_id: str,
        page_name: str,
        clock: Callable[[], datetime],
        token: str = "demo-token",  # noqa: S107
        app_secret: str = "",
    ) -> None:
        self.page_id = page_id
        self.page_name = page_name
        self.clock = clock
        # Where links in webhooks lead; serve() puts its own here.
        self.address = "https://graph.facebook.com"
        self.lock = RLock()
        self.sleep: Callable[[float], None] = time.sleep
        self.feed: Shelf[Post] = Shelf()
        self.own_posts: Shelf[Post] = Shelf()
        self.visitor_posts: Shelf[Post] = Shelf()
        self.tagged_posts: Shelf[Post] = Shelf()
        self.reels: Shelf[Post] = Shelf()
        # Facebook's own documents say that reels are not in the feed; recordings have them there.
        self.reels_in_feed = True
        self.profile = Profile()
        self.posts: dict[str, Post] = {}
        self.films: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        self.removed: dict[str, list[Post | Comment]] = {}
        self.inbox = Inbox()
        self.liked: set[str] = set()
        self.published_by_app: set[str] = set()
        self.replied_privately: set[str] = set()
        # Names by number, of those who may neither comment nor post.
        self.blocked: dict[str, str] = {}
        self.faults = Faults()
        self.usage = Usage()
        self.calls: Counter[str] = Counter()
        self.numbers = Numbers(page_id)
        self.uploads = Uploads(self.numbers)
        self.profile_id = self.numbers.profile_id
        self.tokens = Tokens(self.numbers.digits("app", 16), app_secret)
        self.tokens.add(Token(token))
        self.tokens.add(Token(f"{token}-user", "USER"))
        self.webhooks = Webhooks(self)

    # What is on the page

    def add_post(
        self,
        text: str,
        created_at: datetime,
        *,
        author: str | None = None,
        post_id: str | None = None,
        pictures: Iterable[File] = (),
        story: str = "",
        film: File | None = None,
        reel: bool = False,
        tagged: bool = False,
        attachment: str | dict[str, Any] | None = None,
        likes: int = 0,
        shares: int = 0,
        published: bool = True,
    ) -> str:
        """A post by the Page; with an `author` by a visitor, with ANONYMOUS by one without a name.

        `tagged`: it stands on its author's own page and mentions ours. `film` has the first picture as its still.
        `attachment` is the name of a sample or what Facebook sends, with files as "picture:lake" or "film:bron".
        """
        if tagged and author is None:
            raise ValueError("only others can mention the Page")
        with self.lock:
            place = self.person_id(author or ANONYMOUS) if tagged else self.page_id
            post = Post(
                id=post_id or f"{place}_{self.numbers.of_story('post')}",
                author=PAGE if author is None else author,
                created_at=created_at,
                place=self.numbers.count("place"),
                texts=[(created_at, text)],
                likes=likes,
                story=story,
                photos=[self.uploads.picture(picture) for picture in pictures],
                reel=self.numbers.digits("reel", 16) if reel else "",
                tagged=tagged,
                film=self.uploads.film(film) if film else None,
                attachment=self.uploads.attachment(attachment),
                shares=shares,
                withheld=not published,
            )
            self._shelve(post)
            self._tell(post, "add", created_at)
            return post.id

    def add_comment(
        self,
        post_id: str,
        text: str,
        created_at: datetime,
        *,
        author: str | None = None,
        parent: str | None = None,
        picture: File | None = None,
        sticker: bool = False,
        film: File | None = None,
        attachment: str | dict[str, Any] | None = None,
        likes: int = 0,
    ) -> str:
        """A comment, or with `parent` a reply. The reply's id begins like the parent's id was *written* here."""
        with self.lock:
            post = self.find_post(post_id)
            shown = "thumb" if sticker else picture
            prefix = parent.rpartition("_")[0] if parent else post.number
            comment = Comment(
                id=f"{prefix}_{self.numbers.digits('comment', 16)}",
                author=author or ANONYMOUS,
                created_at=created_at,
                place=self.numbers.count("place"),
                texts=[(created_at, text)],
                likes=likes,
                post=post,
                parent=self.find_comment(parent) if parent else None,
                photo=self.uploads.picture(shown) if shown else None,
                sticker=sticker,
                film=self.uploads.film(film) if film else None,
                attachment=self.uploads.attachment(attachment),
            )
            self._shelve(comment)
            self._tell(comment, "add", created_at)
            return comment.id

    def add_raw_post(self, node: dict[str, Any], created_at: datetime | None = None) -> str:
        """A post that is sent as it stands, with all that is nested in it."""
        with self.lock:
            post_id = _id_in(node) or f"{self.page_id}_{self.numbers.of_story('post')}"
            return self._shelve(Post(id=post_id, **self._raw(node, created_at)))

    def add_raw_comment(self, post_id: str, node: dict[str, Any] | bytes, created_at: datetime | None = None) -> str:
        """A row that is sent as it stands: a dict with any content, or bytes that need not even be JSON."""
        with self.lock:
            post = self.find_post(post_id)
            comment_id = _id_in(node) or f"{post.number}_{self.numbers.digits('comment', 16)}"
            return self._shelve(Comment(id=comment_id, post=post, **self._raw(node, created_at)))

    def add_raw_message(self, person: str, node: dict[str, Any], created_at: datetime | None = None) -> str:
        with self.lock:
            message_id = _id_in(node) or self.numbers.of_message()
            message = Message(id=message_id, person=person, **self._raw(node, created_at))
            self.inbox.put(message, self.numbers.of_thread(person))
            return message_id

    def _raw(self, node: dict[str, Any] | bytes, created_at: datetime | None) -> dict[str, Any]:
        moment = created_at or self.clock()
        return {
            "author": ANONYMOUS,
            "created_at": moment,
            "place": self.numbers.count("place"),
            "texts": [(moment, "")],
            "raw": Raw(node) if isinstance(node, bytes) else json.loads(json.dumps(node)),
        }

    def add_message(
        self,
        person: str,
        text: str,
        at: datetime,
        *,
        from_page: bool = False,
        pictures: Iterable[File] = (),
        film: File | None = None,
        file: File | None = None,
        sticker: bool = False,
        share: Share | None = None,
        reply_to: str = "",
        unsupported: bool = False,
        blocked_in_eu: bool = False,
    ) -> str:
        """A private message from the person, or to them, in the one thread the Page has with them."""
        with self.lock:
            files = [self.uploads.picture(picture) for picture in pictures]
            files += [self.uploads.film(film)] if film else []
            files += [self.uploads.document(file)] if file else []
            message = Message(
                id=self.numbers.of_message(),
                author=PAGE if from_page else person,
                created_at=at,
                place=self.numbers.count("place"),
                texts=[(at, text)],
                person=person,
                files=tuple(files),
                sticker=self.uploads.picture("thumb") if sticker else None,
                share=share,
                reply_to=reply_to,
                unsupported=unsupported,
                blocked_in_eu=blocked_in_eu,
            )
            self.inbox.put(message, self.numbers.of_thread(person))
            if self.webhooks.listening:
                self.webhooks.tell(told.of_message(self, message))
            return message.id

    # What happens to it

    def reply_privately(self, row_id: str, text: str) -> str:
        """The one private message that a comment or a visitor's post gets, from here or from Facebook's own tools."""
        with self.lock:
            row = self._row(row_id)
            self.replied_privately.add(row.number)
            person = row.author or f"Facebookanvändare {row.number}"
            return self.add_message(person, text, self.clock(), from_page=True)

    def unsend(self, message_id: str) -> None:
        with self.lock:
            message = self.inbox.messages[message_id]
            self.inbox.take(message_id)
            if self.webhooks.listening:
                self.webhooks.tell(told.of_unsent_message(self, message, self.clock()))

    def set_page(self, **changes: Any) -> None:
        """`name`, or what Profile has; cover and picture by the name of a drawing. TypeError for anything else."""
        with self.lock:
            for kind in ("cover", "picture"):
                if changes.get(kind):
                    changes[kind] = self.uploads.picture(changes[kind])
            self.page_name = changes.pop("name", self.page_name)
            self.profile = replace(self.profile, **changes)

    def edit(self, row_id: str, text: str, at: datetime | None = None) -> None:
        with self.lock:
            row, moment = self._row(row_id), at or self.clock()
            insort(row.texts, (moment, text), key=_moment)
            self._tell(row, "edited", moment)

    def hide(self, row_id: str, hidden: bool = True) -> None:
        with self.lock:
            row = self._row(row_id)
            row.hidden = hidden
            self._tell(row, "hide" if hidden else "unhide", self.clock())

    def react(self, row_id: str, author: str, kind: str = "like", verb: str = "add") -> None:
        """`verb` is add, edit (another kind than before) or remove."""
        with self.lock:
            row = self._row(row_id)
            row.likes += {"add": 1, "edit": 0, "remove": -1}[verb]
            if self.webhooks.listening:
                self.webhooks.tell(told.of_reaction(self, row, author, kind, verb, self.clock()))

    def withhold(self, comment_id: str) -> None:
        """Facebook goes on counting the comment and keeps its place in the list, but never delivers it."""
        with self.lock:
            self.find_comment(comment_id).withheld = True

    def remove(self, row_id: str) -> None:
        """A post takes its comments with it, a comment its replies."""
        with self.lock:
            row = self._row(row_id)
            gone = [row, *(row.stream.all() if isinstance(row, Post) else row.all_below())]
            self.removed[row.number] = gone
            for one in reversed(gone):
                self._unshelve(one)
            self._tell(row, "remove", self.clock())

    def restore(self, row_id: str) -> None:
        """Back with all that went along, and delivered again. ValueError when what it stood under is gone itself."""
        with self.lock:
            number = row_id.rpartition("_")[2]
            back = self.removed.get(number)
            if back is None:
                self._row(row_id).withheld = self._row(row_id).unreadable = False
                return
            if isinstance(back[0], Comment) and not self._has_all_above(back[0]):
                raise ValueError("what it stood under is removed")
            del self.removed[number]
            for one in back:
                self._shelve(one)

    def vanish(self, row_id: str, readable: bool = False) -> None:
        """Not removed, but in no list, and unless `readable` not there when read by its id, nor what is below it."""
        with self.lock:
            row = self._row(row_id)
            row.withheld, row.unreadable = True, not readable

    # Who is told

    def subscribe(
        self, url: str, verify_token: str, secret: str | None = None, fields: Iterable[str] | None = FIELDS
    ) -> None:
        """Deliveries by HTTP from now on, when the url has answered the challenge; otherwise ValueError.

        `fields` is what POST /{page}/subscribed_apps would set; None leaves that to whoever makes the call.
        """
        self.webhooks.subscribe(url, verify_token, self.tokens.app_secret if secret is None else secret, fields)

    def _tell(self, row: Post | Comment, verb: str, at: datetime) -> None:
        if self.webhooks.listening:
            self.webhooks.tell(told.of_row(self, row, verb, at))

    # What goes wrong

    def fault(
        self,
        kind: str,
        times: int | None = 1,
        *,
        path: str = "",
        skip: int = 0,
        above: int = 0,
        seconds: float = 0.05,
        method: str = "",
    ) -> None:
        """The next `times` calls go wrong, or with None all of them until clear_faults()."""
        with self.lock:
            self.faults.add(Fault(kind, times, path, skip, above, seconds, method))

    def clear_faults(self) -> None:
        with self.lock:
            self.faults.clear()

    def chaos(self, seed: int, rate: float, kinds: Iterable[str] = ("mild",)) -> None:
        """From now on each call goes wrong with the probability `rate`, until calm()."""
        with self.lock:
            self.faults.begin_chaos(seed, rate, kinds)

    def calm(self) -> None:
        with self.lock:
            self.faults.end_chaos()

    # Finding

    def find_post(self, post_id: str) -> Post:
        return self.posts[post_id.rpartition("_")[2]]

    def find_comment(self, comment_id: str) -> Comment:
        """Facebook does not look at the first half of a comment's id."""
        return self.comments[comment_id.rpartition("_")[2]]

    def person_id(self, name: str) -> str:
        return self.numbers.of_person(name)

    def people(self) -> set[str]:
        """All who have written anything that is still there."""
        written: list[Post | Comment | Message] = [*self.posts.values(), *self.comments.values()]
        written += self.inbox.messages.values()
        return {row.author for row in written} - {PAGE, ANONYMOUS}

    def _row(self, row_id: str) -> Post | Comment:
        number = row_id.rpartition("_")[2]
        return self.comments[number] if number in self.comments else self.posts[number]

    def _shelve(self, row: Post | Comment) -> str:
        if isinstance(row, Post):
            self.posts[row.number] = row
            if row.reel:
                self.films[row.reel] = row
        else:
            self.comments[row.number] = row
        for shelf in self._shelves(row):
            shelf.put(row)
        return row.id

    def _unshelve(self, row: Post | Comment) -> None:
        for shelf in self._shelves(row):
            shelf.take(row)
        if isinstance(row, Post):
            self.posts.pop(row.number, None)
            self.films.pop(row.reel, None)
        else:
            self.comments.pop(row.number, None)

    def _shelves(self, row: Post | Comment) -> "list[Shelf[Any]]":
        if isinstance(row, Comment):
            return [self._siblings(row), row.post.stream]
        return [self.feed, self._beside(row), *([self.reels] if row.reel else [])]

    def _has_all_above(self, comment: Comment) -> bool:
        return comment.post.number in self.posts and (comment.parent is None or comment.parent.number in self.comments)

    def _siblings(self, comment: Comment) -> Shelf[Comment]:
        return comment.parent.replies if comment.parent else comment.post.comments

    def _beside(self, post: Post) -> Shelf[Post]:
        if post.tagged:
            return self.tagged_posts
        return self.own_posts if post.author == PAGE else self.visitor_posts


def _moment(version: tuple[datetime, str]) -> datetime:
    return version[0]


def _id_in(node: dict[str, Any] | bytes) -> str:
    given = node.get("id") if isinstance(node, dict) else None
    return given if isinstance(given, str) else ""
