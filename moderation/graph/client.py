"""GraphClient: reads what is on a Page, hides and removes, and turns every failure into a GraphError."""

import hashlib
import hmac
import itertools
import json
import logging
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from moderation.graph import errors, fields, media, paging, usage, wire
from moderation.graph.manners import Manners
from moderation.graph.media import Media
from moderation.graph.paging import Guard
from moderation.graph.usage import Usage
from moderation.graph.values import number, thing

__all__ = ["GraphClient", "Media", "Usage"]

log = logging.getLogger(__name__)

LIMITS = wire.Limits(connect=5, silence=30, total=60, size=16 * 1024 * 1024)

# 100 comments halved six times is one.
MOST_HALVINGS = 6
# What passes by itself is asked again so many times, after waiting about so many seconds.
PATIENCE = (0.5, 2.0, 6.0)


@dataclass(frozen=True, slots=True)
class Edge:
    """A list to read: `fields` takes how many times the size has been halved."""

    path: str
    fields: Callable[[int], str]
    limit: int
    options: Mapping[str, str] = field(default_factory=dict)

    def params(self, halvings: int, after: str) -> dict[str, str]:
        params = {"fields": self.fields(halvings), "limit": str(max(1, self.limit >> halvings)), **self.options}
        return params | {"after": after} if after else params


@dataclass
class GraphClient:
    """Speaks to one host with one token, which travels in a header and never in an address or a log."""

    base_url: str
    version: str
    token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)
    session: requests.Session | None = field(default=None, repr=False)
    limits: wire.Limits = field(default=LIMITS, repr=False)
    media_limits: wire.Limits = field(default=media.LIMITS, repr=False)
    resolve: Callable[[str], Iterable[str]] = field(default=media.addresses, repr=False)
    manners: Manners = field(default_factory=Manners, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    usage: Usage | None = field(default=None, init=False)
    calls: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/")
        self._http = self.session or requests.Session()
        # Otherwise ~/.netrc would replace our Authorization header, and proxies of the environment would see it.
        self._http.trust_env = False
        self._media = media.Fetcher(self._http, self.base_url, self.media_limits, self.resolve)
        self._warned_of = self.version

    def page(self, page_id: str) -> dict[str, Any]:
        return self._get(_path(page_id), {"fields": fields.PAGE})

    def posts(self, page_id: str, until: datetime | None = None) -> Iterator[list[dict[str, Any]]]:
        """Page after page, newest first, of what was written up to `until`; each post with its oldest comments."""
        options = {"until": str(int(until.timestamp()))} if until else {}
        return self._pages(Edge(f"{_path(page_id)}/feed", fields.post, fields.POSTS_AT_A_TIME, options))

    def newest(self, page_id: str) -> list[dict[str, Any]]:
        """The newest posts, each with its newest comments, and these with what they answer: one call."""
        edge = Edge(f"{_path(page_id)}/feed", fields.newest_post, fields.NEWEST_POSTS)
        return next(self._pages(edge), [])

    def tagged(self, page_id: str) -> Iterator[list[dict[str, Any]]]:
        """Posts of others that mention the page; many are in `posts` too."""
        return self._pages(Edge(f"{_path(page_id)}/tagged", fields.post, fields.POSTS_AT_A_TIME))

    def reels(self, page_id: str) -> Iterator[str]:
        """The ids of the posts that short films of the page are; Facebook leaves some out of `posts`."""
        edge = Edge(f"{_path(page_id)}/video_reels", lambda _: "id,post_id", fields.COMMENTS_AT_A_TIME)
        for row in itertools.chain.from_iterable(self._pages(edge)):
            if isinstance(row.get("post_id"), str) and row["post_id"]:
                yield row["post_id"] if "_" in row["post_id"] else f"{page_id}_{row['post_id']}"

    def post(self, post_id: str) -> dict[str, Any]:
        return self._shrinking(_path(post_id), lambda halvings: {"fields": fields.post(halvings)})

    def comment(self, comment_id: str) -> dict[str, Any]:
        return self._get(_path(comment_id), {"fields": fields.COMMENT_AND_PARENT})

    def exists(self, node_id: str) -> bool:
        """Whether Facebook still shows it to us. Says nothing about why not."""
        try:
            self._get(_path(node_id), {"fields": "id"})
        except errors.Gone:
            return False
        return True

    def comments(self, post: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Page after page of every comment and reply below a post as `posts` gave it, oldest first, in one flat list."""
        return self._below(post, Edge("", lambda _: fields.COMMENT, fields.COMMENTS_AT_A_TIME, fields.WHOLE))

    def newest_comments(self, post: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Page after page of what stands below a post as `newest` gave it, newest first."""
        return self._below(
            post, Edge("", lambda _: fields.COMMENT_AND_PARENT, fields.COMMENTS_AT_A_TIME, fields.NEWEST_FIRST)
        )

    def latest_comments(self, post_id: str) -> Iterator[list[dict[str, Any]]]:
        """Page after page of the comments and replies below the post of this id, newest first."""
        path = f"{_path(post_id)}/comments"
        return self._pages(
            Edge(path, lambda _: fields.COMMENT_AND_PARENT, fields.COMMENTS_AT_A_TIME, fields.NEWEST_FIRST)
        )

    def conversations(self, page_id: str, since: datetime | None = None) -> Iterator[list[dict[str, Any]]]:
        """Page after page of private conversations, latest first, with their newest messages; only those changed since."""
        options = {"platform": "messenger"}
        if since:
            options["updated_after_ms"] = str(int(since.timestamp() * 1000))
        edge = Edge(f"{_path(page_id)}/conversations", fields.conversation, fields.CONVERSATIONS_AT_A_TIME, options)
        return self._pages(edge)

    def conversation_with(self, page_id: str, person_id: str) -> list[dict[str, Any]]:
        """The conversation with the person of this page-scoped id, in a list as long as Facebook finds right."""
        options = {"platform": "messenger", "user_id": person_id}
        edge = Edge(f"{_path(page_id)}/conversations", fields.conversation, fields.CONVERSATIONS_AT_A_TIME, options)
        return next(self._pages(edge), [])

    def messages(self, conversation: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Page after page of a conversation's messages, newest first."""
        edge = Edge("", lambda _: fields.MESSAGE, fields.COMMENTS_AT_A_TIME)
        return self._below(conversation, edge, "messages")

    def debug_token(self, app_id: str) -> dict[str, Any]:
        """What Facebook says of our token: is_valid, expires_at, data_access_expires_at, scopes …

        Asked in the body of a batch, since the plain call would have the token in its address.
        https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging
        """
        asked = f"debug_token?input_token={quote(self.token, safe='')}"
        batch = json.dumps([{"method": "GET", "relative_url": asked}])
        form = {"batch": batch, "include_headers": "false", "access_token": f"{app_id}|{self.app_secret}"}
        # Not through our manners: what may be wrong with the app's own key is no fault of the page's.
        answer = self._checked(wire.post(self._http, f"{self.base_url}/", headers={}, limits=self.limits, form=form))
        entry = thing(answer[0]) if isinstance(answer, list) and answer else {}
        code, body = number(entry.get("code", 200)), entry.get("body")
        if code is None or not isinstance(body, str):
            raise errors.Malformed(detail="batch: no answer")
        told = thing(self._checked(wire.Answer(code, {}, body.encode("utf-8", "replace")))).get("data")
        if not isinstance(told, dict):
            raise errors.Malformed(detail="debug_token: no data")
        return told

    def subscriptions(self, page_id: str) -> list[dict[str, Any]]:
        """The apps that hear of what happens on the page, each with its `subscribed_fields`."""
        return paging.rows(self._get(f"{_path(page_id)}/subscribed_apps", {}))

    def remove(self, node_id: str) -> None:
        """A comment or a post, with all that stands below it. Gone where it was gone already."""
        address, path = self._address(node_id)
        self._done(
            lambda: wire.delete(self._http, address, params=self._proof(), headers=self._headers, limits=self.limits),
            path,
        )

    def hide(self, node_id: str, hidden: bool) -> None:
        """Hide, or show again. AlreadyDone where it is hidden already."""
        address, path = self._address(node_id)
        form = {"is_hidden": "true" if hidden else "false", **self._proof()}
        self._done(lambda: wire.post(self._http, address, headers=self._headers, limits=self.limits, form=form), path)

    def media(self, url: str) -> Media:
        return self._media.fetch(url)

    def _below(self, node: dict[str, Any], edge: Edge, name: str = "comments") -> Iterator[list[dict[str, Any]]]:
        """The rows nested in a node first, then what more there is of them."""
        nested = node.get(name)
        first = nested if isinstance(nested, dict) else {"data": nested}
        path = _path_or_none(node.get("id"))
        if path is None:
            return iter([list(Guard("a node without id").new(first))])
        return self._pages(replace(edge, path=f"{path}/{name}"), first)

    def _pages(self, edge: Edge, first: dict[str, Any] | None = None) -> Iterator[list[dict[str, Any]]]:
        """Every row of a list once, page by page; asks for less when Facebook finds it too much."""
        guard = Guard(edge.path)
        listing = self._listing(edge, "") if first is None else first
        while True:
            yield list(guard.new(listing))
            after = guard.onward(listing)
            if not after:
                return
            listing = self._listing(edge, after)

    def _listing(self, edge: Edge, after: str) -> dict[str, Any]:
        listing = self._shrinking(edge.path, lambda halvings: edge.params(halvings, after))
        if not isinstance(listing.get("data"), list):
            raise errors.Malformed(detail=f"{edge.path}: no list")
        return listing

    def _shrinking(self, path: str, params: Callable[[int], dict[str, str]]) -> dict[str, Any]:
        """Half as much at a time each time Facebook finds it too much, and from then on."""
        while True:
            try:
                return self._get(path, params(self.manners.halvings))
            except errors.TooMuchData:
                if self.manners.halvings >= MOST_HALVINGS:
                    raise
                self.manners.too_much()

    def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        asked = {**params, **self._proof()}
        address = f"{self.base_url}/{self.version}/{path}"
        body = self._call(
            lambda: wire.get(self._http, address, params=asked, headers=self._headers, limits=self.limits), path
        )
        if not isinstance(body, dict):
            raise errors.Malformed(detail=f"{path}: not an object")
        return body

    def _done(self, send: Callable[[], wire.Answer], path: str) -> None:
        """One write, sent once: where the answer is lost, whoever wanted it must look before it is sent again."""
        body = self._call_once(send)
        said = body.get("success") if isinstance(body, dict) else body
        if said is False or said == "false":
            raise errors.Refused(detail=f"{path}: success is false")
        if said is not True and said != "true":
            raise errors.Malformed(detail=f"{path}: neither yes nor no")

    def _address(self, node_id: str) -> tuple[str, str]:
        path = _path(node_id)
        return f"{self.base_url}/{self.version}/{path}", path

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"}

    def _call(self, send: Callable[[], wire.Answer], path: str) -> Any:
        """Ask, and ask again after a while where what went wrong passes by itself."""
        for wait in PATIENCE:
            try:
                return self._call_once(send)
            except (errors.Unavailable, errors.Malformed) as error:
                log.info("asking %s again: %s", path, error)
            # Many who wait equally long would all come back at once.
            self.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311
        return self._call_once(send)

    def _call_once(self, send: Callable[[], wire.Answer]) -> Any:
        self.manners.before()
        self.calls += 1
        try:
            answer = send()
            seen, version = usage.from_headers(answer.headers), answer.headers.get("facebook-api-version", "")
            self.usage = seen or self.usage
            self._warn_of_other_version(version or self.version)
            body = self._checked(answer)
        except errors.GraphError as error:
            self.manners.after(None, "", error)
            raise
        self.manners.after(seen, version, None)
        return body

    def _checked(self, answer: wire.Answer) -> Any:
        try:
            body = errors.decode(answer.body)
        except ValueError:
            body = answer.body
        if error := errors.from_response(answer.status, body, answer.headers):
            raise error.without(self.token, self.app_secret)
        return body

    def _proof(self) -> dict[str, str]:
        """https://developers.facebook.com/docs/graph-api/guides/secure-requests"""
        if not self.app_secret:
            return {}
        proof = hmac.new(self.app_secret.encode(), self.token.encode(), hashlib.sha256)
        return {"appsecret_proof": proof.hexdigest()}

    def _warn_of_other_version(self, served: str) -> None:
        """A call to a version that has been retired does not fail; another version answers it."""
        if served not in {self.version, self._warned_of}:
            log.warning(
                "Asked Facebook for version %s and was answered by %s: GRAPH_VERSION is old.", self.version, served
            )
            self._warned_of = served


def _path(node_id: object) -> str:
    path = _path_or_none(node_id)
    if path is None:
        raise errors.Refused(detail="not a Graph id")
    return path


def _path_or_none(node_id: object) -> str | None:
    """Ids come from outside and become part of an address: nothing but the signs ids are made of."""
    text = str(node_id) if isinstance(node_id, (str, int)) and not isinstance(node_id, bool) else ""
    return text if re.fullmatch(r"[A-Za-z0-9_:-]{1,200}", text) else None
