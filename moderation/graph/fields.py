"""What is asked for: the fields of each kind of node, and how much of a list at a time."""

from collections.abc import Mapping

POSTS_AT_A_TIME = 25
COMMENTS_AT_A_TIME = 100
# The newest of the page in one call: many posts, of each the few newest comments.
NEWEST_POSTS, NEWEST_COMMENTS = 100, 3
CONVERSATIONS_AT_A_TIME, MESSAGES_AT_A_TIME = 25, 20

# Only fields that exist on the node in v26: one that does not fails the whole call with (#100).
# https://developers.facebook.com/docs/graph-api/reference/page and …/pagepost, …/comment, …/story-attachment
PAGE = "id,name,username,about,description,bio,link,cover{id,source},picture{url},is_published"
ATTACHMENT = "media_type,type,title,description,url,unshimmed_url,target{id,url},media{image{src,width,height},source}"
COMMENT = (
    "id,message,message_tags,created_time,from{id,name},parent{id},permalink_url,like_count,"
    f"is_hidden,can_hide,can_remove,comment_count,attachment{{{ATTACHMENT}}}"
)
POST = (
    "id,message,story,created_time,updated_time,from{id,name},permalink_url,full_picture,status_type,"
    "is_hidden,is_published,shares,reactions.limit(0).summary(true),"
    f"attachments{{{ATTACHMENT},subattachments.limit(100){{{ATTACHMENT}}}}}"
)
MESSAGE = (
    "id,created_time,from,to,message,sticker,tags,reply_to,is_unsupported,shares{link,name,description,id},"
    "attachments{id,mime_type,name,size,file_url,image_data{url,width,height},video_data{url,width,height}}"
)
# A reply may come without what it replies to having come before it.
COMMENT_AND_PARENT = COMMENT.replace("parent{id}", f"parent{{{COMMENT}}}")
# All levels in one flat list. The default order is "ranked", whose pages shift while one reads them; oldest first,
# what comes meanwhile is added at the end.
WHOLE = {"filter": "stream", "order": "chronological", "summary": "true"}
NEWEST_FIRST = {"filter": "stream", "order": "reverse_chronological", "summary": "true"}


def _comments(limit: int, options: Mapping[str, str], fields: str) -> str:
    chosen = "".join(f".{name}({value})" for name, value in options.items())
    return f"comments.limit({limit}){chosen}{{{fields}}}"


def post(halvings: int) -> str:
    return f"{POST},{_comments(COMMENTS_AT_A_TIME >> halvings, WHOLE, COMMENT)}"


def newest_post(halvings: int) -> str:
    return f"{POST},{_comments(NEWEST_COMMENTS, NEWEST_FIRST, COMMENT_AND_PARENT)}"


def conversation(halvings: int) -> str:
    messages = f"messages.limit({max(1, MESSAGES_AT_A_TIME >> halvings)}){{{MESSAGE}}}"
    return f"id,link,updated_time,message_count,participants,{messages}"
