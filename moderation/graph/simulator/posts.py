"""Posts and comments as nodes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from moderation.graph.simulator import attachments, media
from moderation.graph.simulator.kinds import FACEBOOK, Kind, author, fields, names
from moderation.graph.simulator.reading import Reading, graph_time
from moderation.graph.simulator.rows import PAGE, Comment, Post

PRIVATE_REPLY_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Video:
    """The film of a reel, which has another number than its post."""

    post: Post

    @property
    def id(self) -> str:
        return self.post.reel


def _post_link(reading: Reading, post: Post) -> str:
    if post.reel:
        return f"{FACEBOOK}/reel/{post.reel}/"
    return f"{FACEBOOK}/{reading.world.profile_id}/posts/{post.number}"


def _comment_link(reading: Reading, comment: Comment) -> str:
    address = f"{FACEBOOK}/{reading.world.profile_id}/posts/{comment.post.number}"
    if comment.parent is None:
        return f"{address}?comment_id={comment.number}"
    return f"{address}?comment_id={comment.parent.number}&reply_comment_id={comment.number}"


def _updated(reading: Reading, post: Post) -> str:
    newest = post.stream.newest(reading.now)
    return graph_time(newest.created_at if newest else post.created_at)


def _status_type(_: Reading, post: Post) -> str:
    if post.author != PAGE:
        return "wall_post"
    if post.reel or post.film:
        return "added_video"
    if post.attachment is not None:
        return "shared_story"
    return "added_photos" if post.photos else "mobile_status_update"


def _parent(reading: Reading, comment: Comment) -> dict[str, Any] | None:
    parent = comment.parent
    if parent is None:
        return None
    told = {"created_time": graph_time(parent.created_at), "from": author(reading, parent)}
    told |= {"message": parent.text(reading.now), "id": parent.id}
    return {name: value for name, value in told.items() if value is not None}


def _can_reply_privately(reading: Reading, comment: Comment) -> bool:
    return comment.author != PAGE and reading.now - comment.created_at < PRIVATE_REPLY_WITHIN


POST = Kind(
    "Post",
    {
        "id": lambda _, post: post.id,
        "message": lambda reading, post: post.text(reading.now) or None,
        "story": lambda _, post: post.story or None,
        "created_time": lambda _, post: graph_time(post.created_at),
        "updated_time": _updated,
        "from": author,
        "permalink_url": _post_link,
        "full_picture": attachments.picture_of,
        "picture": attachments.picture_of,
        "status_type": _status_type,
        "is_published": lambda *_: True,
        "is_hidden": lambda _, post: post.hidden,
        "is_expired": lambda *_: False,
        "shares": lambda _, post: {"count": post.shares} if post.shares else None,
    },
    fields("created_time message story id"),
    frozenset({"comments", "likes", "reactions"}),
    names(
        "actions admin_creator application can_reply_privately icon is_ai_generated message_tags parent_id place "
        "privacy promotion_status properties scheduled_publish_time story_tags targeting timeline_visibility to via "
        "insights sharedposts"
    ),
    shaped={"attachments": attachments.told_of_post},
)
COMMENT = Kind(
    "Comment",
    {
        "id": lambda _, comment: comment.id,
        "message": lambda reading, comment: comment.text(reading.now),
        "created_time": lambda _, comment: graph_time(comment.created_at),
        "from": author,
        "parent": _parent,
        "object": lambda _, comment: {"id": comment.post.number},
        "permalink_url": _comment_link,
        "like_count": lambda _, comment: comment.likes,
        "comment_count": lambda reading, comment: comment.replies.count(reading.now),
        "user_likes": lambda reading, comment: comment.number in reading.world.liked,
        "is_hidden": lambda _, comment: comment.hidden,
        "is_private": lambda *_: False,
        "can_comment": lambda *_: True,
        "can_hide": lambda _, comment: comment.author != PAGE and comment.post.author == PAGE,
        "can_like": lambda *_: True,
        "can_remove": lambda *_: True,
        "can_reply_privately": _can_reply_privately,
    },
    fields("created_time from message id"),
    frozenset({"comments", "likes", "reactions"}),
    frozenset(
        {"admin_creator", "application", "live_broadcast_timestamp", "message_tags", "private_reply_conversation"}
    ),
    nodes={"parent": lambda _, comment: comment.parent},
    shaped={"attachment": attachments.told_of_comment},
)
VIDEO = Kind(
    "Video",
    {
        "id": lambda _, video: video.id,
        "description": lambda reading, video: video.post.text(reading.now) or None,
        "created_time": lambda _, video: graph_time(video.post.created_at),
        "updated_time": lambda reading, video: _updated(reading, video.post),
        "from": lambda reading, video: author(reading, video.post),
        "permalink_url": lambda _, video: f"/reel/{video.id}/",
        "picture": lambda reading, video: attachments.picture_of(reading, video.post),
        "post_id": lambda _, video: video.post.id,
        "published": lambda *_: True,
        "source": lambda reading, video: media.link(reading, video.post.film) if video.post.film else None,
    },
    fields("updated_time description id"),
    frozenset({"comments", "likes", "reactions"}),
    names("content_category embeddable embed_html format icon is_ai_generated length privacy status title views"),
)
