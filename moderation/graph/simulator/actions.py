"""What a client may do to the Page: hide, edit, remove, answer, like, publish, write to people, block them."""

from typing import Any

from moderation.graph.simulator.acting import DONE, Action, Given, need, truth
from moderation.graph.simulator.addressing import named
from moderation.graph.simulator.expansion import parse
from moderation.graph.simulator.faults import bad_parameter, gone, known_error, refuse
from moderation.graph.simulator.lists import node
from moderation.graph.simulator.page_actions import OF_THE_PAGE
from moderation.graph.simulator.pages import Page
from moderation.graph.simulator.reading import Reading
from moderation.graph.simulator.rows import PAGE, Comment, Post


def act(reading: Reading, method: str, name: str, edge: str, given: Given) -> Any:
    """`edge` is empty for the thing itself. Refusal 100/33 for what is gone or cannot be done at all."""
    thing = named(reading, name, method)
    owner = Page if isinstance(thing, Page) else Post if isinstance(thing, Post) else Comment
    action = ACTIONS.get((owner, method, edge)) if isinstance(thing, Page | Post | Comment) else None
    if action is None:
        raise gone(name, method)
    if reading.token.kind not in ("PAGE", "SYSTEM_USER"):
        raise refuse(400, 210, "(#210) A page access token is required to request this resource.")
    return action(reading, thing, {**given, "_asked": name})


# Comments and posts


def _change_comment(reading: Reading, comment: Comment, given: Given) -> Any:
    need(reading, "pages_manage_engagement")
    if "is_hidden" in given:
        return _hide_comment(reading, comment, given)
    if comment.author != PAGE:
        raise known_error("code_200")
    reading.world.edit(comment.id, _text(given))
    return DONE


def _hide_comment(reading: Reading, comment: Comment, given: Given) -> Any:
    hidden = truth(given["is_hidden"])
    if comment.author == PAGE or comment.post.author != PAGE:
        raise refuse(400, 1, "An unknown error occurred", subcode=1965014, is_transient=False)
    if hidden and comment.hidden:
        raise refuse(
            400,
            1,
            "An unknown error occurred",
            subcode=1446036,
            is_transient=False,
            error_user_title="Duplicate Mark Spam Request",
            error_user_msg="Comment is already marked as spam. Duplicate request to mark comment as spam.",
        )
    reading.world.hide(comment.id, hidden)
    return DONE


def _change_post(reading: Reading, post: Post, given: Given) -> Any:
    """A text can only be changed through the app that published it."""
    need(reading, "pages_manage_posts")
    if "is_hidden" in given or "timeline_visibility" in given:
        visibility = given.get("timeline_visibility")
        reading.world.hide(post.id, visibility == "hidden" if visibility else truth(given["is_hidden"]))
        return DONE
    if post.number not in reading.world.published_by_app:
        raise known_error("code_200")
    reading.world.edit(post.id, _text(given))
    return DONE


def _delete(reading: Reading, row: Post | Comment, _: Given) -> Any:
    need(reading, "pages_manage_posts" if isinstance(row, Post) else "pages_manage_engagement")
    if row.author != PAGE:
        need(reading, "pages_read_user_content")
    reading.world.remove(row.id)
    return DONE


def _comment_on(reading: Reading, row: Post | Comment, given: Given) -> Any:
    """An answer to an answer is put under the comment at the top; its id begins as the path did."""
    need(reading, "pages_manage_engagement")
    world, now = reading.world, reading.now
    text, sent = given.get("message", ""), given.get("attachment_url") or given.get("attachment_share_url")
    if not text and not sent:
        raise bad_parameter("Requires one of the params: message, attachment_id, attachment_url, source")
    attachment = {"type": "share", "url": sent} if sent else None
    if isinstance(row, Post):
        made = world.add_comment(row.id, text, now, author=PAGE, attachment=attachment)
    else:
        root = row.parent or row
        prefix = given["_asked"].rpartition("_")[0]
        parent = f"{prefix}_{root.number}" if prefix else root.id
        made = world.add_comment(root.post.id, text, now, author=PAGE, parent=parent, attachment=attachment)
    return node(reading, world.find_comment(made), parse(given["fields"])) if given.get("fields") else {"id": made}


def _like(reading: Reading, row: Post | Comment, _: Given) -> Any:
    need(reading, "pages_manage_engagement")
    if row.number not in reading.world.liked:
        reading.world.liked.add(row.number)
        reading.world.react(row.id, PAGE)
    return DONE


def _unlike(reading: Reading, row: Post | Comment, _: Given) -> Any:
    need(reading, "pages_manage_engagement")
    if row.number in reading.world.liked:
        reading.world.liked.remove(row.number)
        reading.world.react(row.id, PAGE, verb="remove")
    return DONE


def _text(given: Given) -> str:
    if not given.get("message"):
        raise bad_parameter("The parameter message is required")
    return given["message"]


ACTIONS: dict[tuple[type, str, str], Action] = {
    (Comment, "POST", ""): _change_comment,
    (Post, "POST", ""): _change_post,
    **OF_THE_PAGE,
}
for _kind in (Post, Comment):
    ACTIONS |= {
        (_kind, "DELETE", ""): _delete,
        (_kind, "POST", "comments"): _comment_on,
        (_kind, "POST", "likes"): _like,
        (_kind, "DELETE", "likes"): _unlike,
    }
