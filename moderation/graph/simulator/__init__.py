"""Facebook for tests and demonstrations: one Page in memory that speaks the Graph API over the wire.

It shares no code with the client, so that a misunderstanding of the protocol cannot cancel out. Played are
reading, writing, batches (POST / with `batch`), GET /?ids=, ETags, and webhooks.

A world is built and changed by its methods, and read through one of two doors:

    world = World("104500000000001", "Ljusnarsbergs kommun", clock)
    post = world.add_post("Nu plogas det.", monday)
    world.add_comment(post, "Tack!", tuesday, author="Kalle Exempel")
    session.mount("https://graph.facebook.com", SimulatorAdapter(world))   # no connection at all
    server = serve(world); server.url; server.close()                      # HTTP on 127.0.0.1

What stands on it:

    add_post(text, created_at, author=, pictures=, film=, reel=, tagged=, attachment=, likes=, shares=, story=,
             published=)
    add_comment(post, text, created_at, author=, parent=, picture=, film=, sticker=, attachment=, likes=)
    add_raw_comment(post, node)      a row that is sent as it stands, however broken; also add_raw_post(node) and
                                     add_raw_message(person, node)
    add_message(person, text, at, from_page=, pictures=, film=, file=, sticker=, share=, reply_to=, unsupported=,
                blocked_in_eu=)      a private message; each person has one thread
    set_page(about=, bio=, description=, username=, cover=, offset_x=, offset_y=, picture=, is_published=, name=)

Pictures and covers are names of drawings or a Picture of one's own, films and files any name or a Picture. `attachment`
is the name of a sample (samples.py: video, sticker, animated_image_share, share, event, note, unknown) or a dict of
one's own, in which "picture:lake" and "film:bron" become links. Links to files end after four days with 403. `tagged`
posts stand elsewhere and mention the Page: they are in /feed and /tagged. Reels are in /video_reels, and in the lists of
posts too unless `world.reels_in_feed = False`.

What happens to it:

    edit(id, text, at=)  hide(id, hidden=True)  unsend(message)  react(id, author, kind="like", verb="add|edit|remove")
    reply_privately(id, text)   the one private answer, as if sent with Facebook's own tools
    remove(id)           gone with all below it; restore(id) brings all of it back
    withhold(comment)    Facebook counts it but never delivers it in a list
    vanish(id)           not removed, but in no list and 100/33 by its id, with all below it; with readable=True only
                         the lists pass over it. restore(id) ends all three

Lists of a post's comments have positions for cursors: by time they count up from the oldest, ranked and backwards down
to one, so rows that come or go between two pages make others be skipped or come twice. Posts, reels, threads, messages
and replies have opaque cursors, which break when their row is removed.

What a client may do with the right permission: POST a comment (is_hidden, message), DELETE it, POST {id}/comments and
{id}/likes, DELETE likes; POST a post (message, is_hidden), DELETE it; POST {page}/feed (message, link, published,
scheduled_publish_time), {page}/messages (recipient.comment_id, .post_id or .id), {page}/blocked; GET, POST and DELETE
{page}/blocked and {page}/subscribed_apps. Photos, message attachments, references between the entries of a batch, and
POST by multipart are not played. A blocked person can still be made to write by the methods above.

Webhooks: `world.subscribe(url, verify_token, secret=, fields=)` challenges the url (ValueError when it fails) and from
then on posts everything that happens, from a thread of its own; what lies ahead of the clock when its time comes.
Facebook's own doings (withhold, vanish, restore, set_page) are not told. `fields=None` leaves it to POST
subscribed_apps which kinds are sent. What is not answered by 200 is tried again at once, then after 1, 2, 4 ... minutes
of the world's clock for 36 hours; private messages end after an hour of failures. `world.webhooks` has

    switch(batch=1, double=, shuffled=seed or None, late=timedelta, silent=, forged=)   and keeps what is not named
    settle(timeout=10)   sends what is gathered and waits until nothing is due; tests call it instead of sleeping
    replay()             everything ever sent again, byte for byte;  redeliver(): what failed, now
    fields  sent         what is subscribed to, and the deliveries made;  close() ends the thread

A batch or a shuffled lot (removals first) goes when it is full, at settle(), or when nothing has happened for a moment.
`webhooks.signed(page_id, [changes.of_row(world, row, verb, at)], secret, now)` gives body and headers of one delivery
for a test that posts it itself.

`world.fault(kind, times=1, path="", skip=0, above=0, seconds=0.05, method="")` makes the next `times` calls go wrong
whose path holds the pattern `path`, after `skip` good ones; with `times=None` until `clear_faults()`, and with a
`method` only calls by it. The kinds:

    code_1 code_1_99 code_2 code_2_http400 code_4 code_10 code_32 code_100_33 code_200 code_368 code_80001
    code_190 code_190_458 _459 _460 _463 _464 _466 _467 _492   the error with this code and subcode
    http_429             code 4 with this status
    reduce_data          answers larger than `above` bytes become "Please reduce the amount of data", HTTP 500
    html_502             an HTML page
    error_http200        an error with HTTP status 200; unavailable_http200: the words "Service Unavailable"
    truncated            JSON that breaks off, with a matching Content-Length
    cut                  the connection ends before anything is done;  cut_after: a write has taken effect
    cut_body             the connection ends in the middle of the answer
    slow                 the answer comes in twenty drips with `seconds` between them;  jitter: with less, by chance
    null_entry           an entry of a batch comes as null, and nothing is done
    media_403 media_404  a file is refused
    loop loop_fresh      a list begins again at its first page for ever, with the same cursor or ever new ones
    empty_page           no rows, but a link to the next page
    success_false        a write is refused by {"success": false} with status 200;  empty_promise: {"success": true},
                         and nothing is done
    no_from              persons without `from`;  no_usage: no usage headers

`world.usage.allow(calls, kind="code_80001", minutes=5)` throttles after so many calls; calls made meanwhile prolong it.
`world.tokens` has add, spoil(value, trouble, at), expire(value, at), end_data_access(value, at), drop(value, scope) and
the switch `proof_required`; /debug_token tells of all of it.

`world.chaos(seed, rate, kinds=["mild"])` lets each call go wrong with the probability `rate` by a kind drawn by the
seed, until `calm()`: names of faults, or presets of them (chaos.py): transport, api, rate, paging, data, token, mild,
wild (all but token), and media, the only one that spoils files.

The HTTP door has a second address for tests whose other parts run in other processes: POST /_kontroll/ACTION with a
JSON object (`Content-Type: application/json`) of the arguments that the method of World takes; times as ISO 8601 with
a zone, pictures by the name of a drawing, `created_at` is now if left out. The actions: add_post, add_comment,
add_raw_comment, add_message, unsend, edit, hide, withhold, remove, restore, vanish, set_page, reels_in_feed {shown},
react, reply_privately, fault, clear, allow {calls, kind, minutes}, chaos, calm, spoil_token {token, trouble, at},
expire_token {token, at}, end_data_access {token, at}, drop_scope {token, scope}, subscribe, webhooks {the switches, late
in seconds}, replay, redeliver, settle, and stats, which answers {calls, media, by_call, posts}: how many calls, how many for pictures, how many for each
"GET /path", and the ids of the posts, newest first.
"""

from moderation.graph.simulator.doors import Server, SimulatorAdapter, serve
from moderation.graph.simulator.inbox import Share
from moderation.graph.simulator.pictures import Picture, drawn
from moderation.graph.simulator.rows import ANONYMOUS, PAGE
from moderation.graph.simulator.tokens import Token
from moderation.graph.simulator.world import World

__all__ = ["ANONYMOUS", "PAGE", "Picture", "Server", "Share", "SimulatorAdapter", "Token", "World", "drawn", "serve"]
