"""GraphClient: reads a Page's posts, comments and pictures, and turns every failure into a GraphError."""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from moderation.graph import errors, media, usage, wire
from moderation.graph.media import Media
from moderation.graph.paging import Guard
from moderation.graph.usage import Usage

__all__ = ["GraphClient", "Media", "Usage"]

log = logging.getLogger(__name__)

LIMITS = wire.Limits(connect=5, silence=30, total=60, size=16 * 1024 * 1024)

POSTS_AT_A_TIME = 25
COMMENTS_AT_A_TIME = 100
# 100 comments halved six times is one.
MOST_HALVINGS = 6

# Only fields that exist on the node in v26: one that does not fails the whole call with (#100).
# https://developers.facebook.com/docs/graph-api/reference/page and …/pagepost, …/comment, …/story-attachment
PAGE = "id,name,username,about,link,picture{url},is_published"
ATTACHMENT = "media_type,type,title,description,url,unshimmed_url,target{id,url},media{image{src,width,height},source}"
COMMENT = (
    "id,message,message_tags,created_time,from{id,name},parent{id},permalink_url,"
    f"is_hidden,can_hide,can_remove,comment_count,attachment{{{ATTACHMENT}}}"
)
POST = (
    "id,message,story,created_time,updated_time,from{id,name},permalink_url,full_picture,status_type,"
    f"is_hidden,is_published,shares,attachments{{{ATTACHMENT},subattachments.limit(100){{{ATTACHMENT}}}}}"
)
# The default order is "ranked", whose pages shift while one reads them.
NEWEST_FIRST = {"order": "reverse_chronological", "summary": "true"}


def _with_comments(fields: str, limit: int) -> str:
    return f"{fields},comments.limit({limit}).order(reverse_chronological).summary(true)"


def _comment_fields(limit: int) -> str:
    return f"{_with_comments(COMMENT, limit)}{{{COMMENT}}}"


def _post_fields(limit: int) -> str:
    return f"{_with_comments(POST, limit)}{{{_comment_fields(limit)}}}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A list to read: `fields` takes how many comments to nest at each level."""

    path: str
    fields: Callable[[int], str]
    limit: int
    options: Mapping[str, str] = field(default_factory=dict)

    def params(self, halvings: int, after: str) -> dict[str, str]:
        params = {
            "fields": self.fields(COMMENTS_AT_A_TIME >> halvings),
            "limit": str(max(1, self.limit >> halvings)),
            **self.options,
        }
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
    usage: Usage | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.base_url = self.base_url.rstrip("/")
        self._http = self.session or requests.Session()
        # Otherwise ~/.netrc would replace our Authorization header, and proxies of the environment would see it.
        self._http.trust_env = False
        self._media = media.Fetcher(self._http, self.base_url, self.media_limits, self.resolve)
        self._warned_of = self.version

    def page(self, page_id: str) -> dict[str, Any]:
        return self._get(_path(page_id), {"fields": PAGE})

    def posts(self, page_id: str) -> Iterator[dict[str, Any]]:
        """Newest first; each with its newest comments, and theirs, nested as the API delivers them."""
        return self._walk(Edge(f"{_path(page_id)}/feed", _post_fields, POSTS_AT_A_TIME))

    def comments(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Of a post its comments, of a comment its replies: the nested rows first, then what more there is."""
        nested = node.get("comments")
        first = nested if isinstance(nested, dict) else {"data": nested}
        path = _path_or_none(node.get("id"))
        if path is None:
            return Guard("a node without id").new(first)
        edge = Edge(f"{path}/comments", _comment_fields, COMMENTS_AT_A_TIME, NEWEST_FIRST)
        # Answers below the second level are not nested; their number tells that they are there.
        unknown = nested is None and node.get("comment_count")
        return self._walk(edge, None if unknown else first)

    def media(self, url: str) -> Media:
        return self._media.fetch(url)

    def _walk(self, edge: Edge, first: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Every row of a list once, page by page; asks for less when Facebook finds it too much."""
        guard = Guard(edge.path)
        halvings = 0
        listing = first
        if listing is None:
            listing, halvings = self._listing(edge, "", halvings)
        while True:
            yield from guard.new(listing)
            after = guard.onward(listing)
            if not after:
                return
            listing, halvings = self._listing(edge, after, halvings)

    def _listing(self, edge: Edge, after: str, halvings: int) -> tuple[dict[str, Any], int]:
        while True:
            try:
                listing = self._get(edge.path, edge.params(halvings, after))
            except errors.TooMuchData:
                if halvings == MOST_HALVINGS:
                    raise
                halvings += 1
                continue
            if not isinstance(listing.get("data"), list):
                raise errors.Malformed(detail=f"{edge.path}: no list")
            return listing, halvings

    def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        answer = wire.get(
            self._http,
            f"{self.base_url}/{self.version}/{path}",
            params={**params, **self._proof()},
            headers={"Authorization": f"Bearer {self.token}", "Accept-Encoding": "gzip"},
            limits=self.limits,
        )
        self.usage = usage.from_headers(answer.headers) or self.usage
        self._warn_of_other_version(answer.headers.get("facebook-api-version", self.version))
        return self._checked(answer, path)

    def _checked(self, answer: wire.Answer, path: str) -> dict[str, Any]:
        try:
            body = errors.decode(answer.body)
        except ValueError:
            body = answer.body
        if error := errors.from_response(answer.status, body, answer.headers):
            raise error.without(self.token, self.app_secret)
        if not isinstance(body, dict):
            raise errors.Malformed(detail=f"{path}: not an object")
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
