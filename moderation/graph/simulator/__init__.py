"""Facebook for tests and demonstrations: one Page in memory that speaks the Graph API over the wire.

It shares no code with the client, so that a misunderstanding of the protocol cannot cancel out. Reading is played;
writing (replies, hiding, removal), webhooks and batches are not.

A world is built and changed by its methods, and read through one of two doors:

    world = World("104500000000001", "Ljusnarsbergs kommun", clock)
    post = world.add_post("Nu plogas det.", monday)
    world.add_comment(post, "Tack!", tuesday, author="Kalle Exempel")
    session.mount("https://graph.facebook.com", SimulatorAdapter(world))   # no connection at all
    server = serve(world); server.url; server.close()                      # HTTP on 127.0.0.1

What stands on it:

    add_post(text, created_at, author=, pictures=, film=, reel=, tagged=, attachment=, likes=, shares=, story=)
    add_comment(post, text, created_at, author=, parent=, picture=, film=, sticker=, attachment=, likes=)
    add_raw_comment(post, node)      a row that is sent as it stands, however broken
    add_message(person, text, at, from_page=, pictures=, film=, file=, sticker=, share=, reply_to=, unsupported=,
                blocked_in_eu=)      a private message; each person has one thread
    set_page(about=, bio=, description=, username=, cover=, offset_x=, offset_y=, picture=, is_published=, name=)

Pictures and covers are names of drawings or a Picture of one's own, films and files any name or a Picture. `attachment`
is the name of a sample (samples.py: video, sticker, animated_image_share, share, event, note, unknown) or a dict of
one's own, in which "picture:lake" and "film:bron" become links. Links to files end after four days with 403. `tagged`
posts stand elsewhere and mention the Page: they are in /feed and /tagged. Reels are in /video_reels, and in the lists of
posts too unless `world.reels_in_feed = False`.

What happens to it:

    edit(id, text, at=)  hide(id, hidden=True)  unsend(message)
    remove(id)           gone with all below it; restore(id) brings all of it back
    withhold(comment)    Facebook counts it but never delivers it in a list
    vanish(id)           not removed, but in no list and 100/33 by its id, with all below it; with readable=True only
                         the lists pass over it. restore(id) ends all three

Lists of a post's comments have positions for cursors: by time they count up from the oldest, ranked and backwards down
to one, so rows that come or go between two pages make others be skipped or come twice. Posts, reels, threads, messages
and replies have opaque cursors, which break when their row is removed.

`world.fault(kind, times=1, path="", skip=0, above=0, seconds=0.05)` makes the next `times` calls go wrong whose path
holds the pattern `path`, after `skip` good ones; with `times=None` until `clear_faults()`. The kinds:

    code_1 code_1_99 code_2 code_2_http400 code_4 code_10 code_32 code_100_33 code_190 code_190_460 code_190_463
    code_200 code_368 code_80001   the error with this code and subcode
    reduce_data          answers larger than `above` bytes become "Please reduce the amount of data", HTTP 500
    html_502             an HTML page
    error_http200        an error with HTTP status 200; unavailable_http200: the words "Service Unavailable"
    truncated            JSON that breaks off, with a matching Content-Length
    cut cut_body         the connection ends before the answer, or in the middle of it
    slow                 the answer comes in twenty drips with `seconds` between them
    loop loop_fresh      a list begins again at its first page for ever, with the same cursor or ever new ones
    empty_page           no rows, but a link to the next page
    no_from              persons without `from`;  no_usage: no usage headers

`world.usage.allow(calls, kind="code_80001", minutes=5)` throttles after so many calls; calls made meanwhile prolong it.
`world.tokens` adds and spoils tokens and has the switch `proof_required`.

The HTTP door has a second address for tests whose other parts run in other processes: POST /_kontroll/ACTION with a
JSON object (`Content-Type: application/json`) of the arguments that the method of World takes; times as ISO 8601 with
a zone, pictures by the name of a drawing, `created_at` is now if left out. The actions: add_post, add_comment,
add_raw_comment, add_message, unsend, edit, hide, withhold, remove, restore, vanish, set_page, reels_in_feed {shown},
fault, clear, allow {calls, kind, minutes}, spoil_token {token, trouble},
and stats, which answers {calls, media, by_call, posts}: how many calls, how many for pictures, how many for each
"GET /path", and the ids of the posts, newest first.
"""

from moderation.graph.simulator.doors import Server, SimulatorAdapter, serve
from moderation.graph.simulator.inbox import Share
from moderation.graph.simulator.pictures import Picture, drawn
from moderation.graph.simulator.rows import ANONYMOUS, PAGE
from moderation.graph.simulator.tokens import Token
from moderation.graph.simulator.world import World

__all__ = ["ANONYMOUS", "PAGE", "Picture", "Server", "Share", "SimulatorAdapter", "Token", "World", "drawn", "serve"]
