"""What stands on an evidence sheet: the item to the letter, also where it is secret, in its thread."""

import json
from datetime import timedelta

import pytest

from arkiv import freeze
from arkiv.paper.document import Document
from moderation.policy.terms import Category, Direction, Kind, OrderState, Reason
from tests import make

pytestmark = pytest.mark.django_db

CHAIN = (17, "c" * 64)


@pytest.fixture
def thread():
    return make.thread()


@pytest.fixture
def post(thread):
    at = make.NOW - timedelta(days=1)
    return make.item("Nu plogas det.", kind=Kind.POST, direction=Direction.UPPRATTAD, thread=thread, at=at)


@pytest.fixture
def comment(thread, post):
    link = "https://www.facebook.com/1/posts/2?comment_id=3"
    text = "Pelle i 3B har diabetes."
    return make.item(text, thread=thread, parent=post, author="Pia Prat", author_id="2426", permalink_url=link)


def reply(to, text, minutes=1, **fields):
    at = make.NOW + timedelta(minutes=minutes)
    return make.item(text, kind=Kind.REPLY, thread=to.thread, parent=to, at=at, **fields)


def sheet(item):
    return freeze.evidence(make.evidence(item), CHAIN, make.NOW).document


def entry_of(document, item):
    return next(entry for entry in document.entries if entry.item_id == item.pk)


def test_what_is_judged_secret_stands_there_to_the_letter(comment):
    make.attachment(comment, state=OrderState.DONE, sha256="a" * 64, mime="image/jpeg", title="Klassfoto")
    make.classification(comment, Category.SEKRETESS)
    document = sheet(comment)
    entry = entry_of(document, comment)
    assert entry.versions[0].text == "Pelle i 3B har diabetes."
    assert (entry.author, entry.permalink_url, entry.sha256) == ("Pia Prat", comment.permalink_url, comment.text_sha256)
    assert (entry.author_id, entry.pictures[0].alt) == ("2426", "Klassfoto")
    assert document.title == f"Bevisblad: handling {comment.pk}"
    assert document.concerns[-1] == "Innehåller uppgifter som är bedömda som sekretess."


def test_a_printout_of_the_same_secret_stays_masked(comment):
    make.classification(comment, Category.SEKRETESS)
    assert "2426" not in freeze.freeze(make.printout(), CHAIN, make.NOW).document.to_json()
    assert "diabetes" not in freeze.freeze(make.printout(comment), CHAIN, make.NOW).document.to_json()


def test_what_is_secret_beside_it_stays_masked(comment, post):
    beside = reply(comment, "Hans mamma går hos kuratorn.")
    make.classification(beside, Category.SEKRETESS)
    made = freeze.evidence(make.evidence(comment), CHAIN, make.NOW)
    assert "kuratorn" not in made.document.to_json()
    assert made.shown == {post.pk, comment.pk}


def test_a_comments_sheet_has_its_post_and_every_reply_and_none_of_the_other_comments(comment, post):
    other = make.item("Något annat", thread=comment.thread, parent=post)
    first, second = reply(comment, "Ett"), reply(comment, "Två", 2)
    document = sheet(comment)
    assert [(entry.item_id, entry.is_context) for entry in document.entries] == [
        (post.pk, True), (comment.pk, False), (first.pk, True), (second.pk, True),
    ]  # fmt: skip
    assert other.pk not in [entry.item_id for entry in document.entries]


def test_a_replys_sheet_has_what_it_answers_and_what_the_municipality_answered(comment, post):
    mine, another = reply(comment, "Jag håller med."), reply(comment, "Inte jag.", 2)
    ours = reply(comment, "Skriv inte om enskilda.", 3, direction=Direction.UPPRATTAD)
    shown = [entry.item_id for entry in sheet(mine).entries]
    assert shown == [post.pk, comment.pk, mine.pk, ours.pk]
    assert another.pk not in shown


def test_a_posts_sheet_has_all_that_goes_with_it_when_it_is_removed(thread):
    post = make.item("Köp billiga solglasögon!", kind=Kind.POST, thread=thread)
    comment = make.item("Lurendrejeri", thread=thread, parent=post)
    answer = reply(comment, "Instämmer")
    make.item("I en annan tråd")
    assert [entry.item_id for entry in sheet(post).entries] == [post.pk, comment.pk, answer.pk]


def test_each_text_it_has_had_has_its_digest_and_the_sheet_says_which_it_is_of(comment):
    first = comment.latest_version
    make.version(comment, "Pelle mår bra.", at=make.NOW + timedelta(hours=1))
    document = freeze.evidence(make.evidence(comment, version=first), CHAIN, make.NOW).document
    assert [version.sha256 for version in entry_of(document, comment).versions] == [
        first.sha256, comment.latest_version.sha256,
    ]  # fmt: skip
    assert document.concerns == (
        f"Kommentar {comment.pk}, nummer 2 nedan, version 1 av 2. Textens SHA-256: {first.sha256}",
    )


def test_what_nobody_may_possess_is_left_out_beside_it_too_and_counted(comment):
    beside = reply(comment, "En bild")
    make.classification(beside, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    document = sheet(comment)
    assert beside.pk not in [entry.item_id for entry in document.entries]
    assert ("Utelämnade, får inte återges (BrB 16:10 a)", 1) in document.counts


def test_that_it_is_hidden_and_when_it_was_written_and_frozen_stands_there(comment):
    comment.hidden = True
    comment.save()
    document = sheet(comment)
    entry = entry_of(document, comment)
    assert (entry.facebook_state, entry.created_at) == ("Dold på Facebook", "2026-11-20T12:00:00Z")
    assert (document.frozen_at, entry.graph_id) == ("2026-11-20T12:00:00Z", comment.graph_id)


def test_a_private_message_stands_under_what_it_is(thread):
    message = make.item("Mitt barn är sjukt", kind=Kind.MESSAGE, thread=thread)
    assert sheet(message).sections[0].title == "Privat konversation"


def test_the_document_can_be_read_back_and_a_printouts_is_as_it_always_was(comment):
    document = sheet(comment)
    assert Document.from_json(document.to_json()) == document
    printed = json.loads(freeze.freeze(make.printout(comment), CHAIN, make.NOW).document.to_json())
    assert "concerns" not in printed
    assert all("author_id" not in entry for section in printed["sections"] for entry in section["entries"])
