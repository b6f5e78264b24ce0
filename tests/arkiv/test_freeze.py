import json
from datetime import date, timedelta

import pytest

from arkiv.freeze import freeze
from arkiv.paper.document import Document
from moderation.actions import follow_up
from moderation.policy.terms import Category, Direction, Kind, OrderState, Reason, StepKind
from tests import make

pytestmark = pytest.mark.django_db

CHAIN = (17, "c" * 64)


@pytest.fixture
def thread():
    return make.thread()


@pytest.fixture
def post(thread):
    at = make.NOW - timedelta(days=40)
    return make.item("Nu plogas det.", kind=Kind.POST, direction=Direction.UPPRATTAD, thread=thread, at=at)


@pytest.fixture
def comment(thread, post):
    link = "https://www.facebook.com/1/posts/2?comment_id=3"
    return make.item("Vägen är oframkomlig!", thread=thread, parent=post, author="Pelle Hemlig", permalink_url=link)


def frozen(printout):
    return freeze(printout, CHAIN, make.NOW).document


def entry_of(document, item):
    return next(entry for entry in document.entries if entry.item_id == item.pk)


def test_an_items_printout_has_it_in_its_thread_and_says_what_is_only_context(comment, post):
    answer = make.item(
        "Vi plogar i dag.", kind=Kind.REPLY, direction=Direction.UPPRATTAD, thread=comment.thread, parent=comment
    )
    made = freeze(make.printout(comment), CHAIN, make.NOW)
    assert [(entry.item_id, entry.is_context) for entry in made.document.entries] == [
        (post.pk, True), (comment.pk, False), (answer.pk, True),
    ]  # fmt: skip
    assert [printed.item for printed in made.printed] == [comment]


def test_an_items_sheet_has_its_day_for_a_period_and_counts_only_what_is_there(comment):
    document = frozen(make.printout(comment))
    assert (document.period_from, document.period_to) == ("2026-11-20", "2026-11-20")
    assert all(number for _, number in document.counts)
    assert 0 in [number for _, number in frozen(make.printout()).counts]


def test_a_period_has_what_is_dated_in_it_and_the_older_post_as_context(comment, post):
    late = make.item("Efteråt", at=make.NOW + timedelta(days=20))
    document = frozen(make.printout())
    assert entry_of(document, post).is_context
    assert not entry_of(document, comment).is_context
    assert late.pk not in [entry.item_id for entry in document.entries]
    assert (document.period_from, document.period_to) == ("2026-11-01", "2026-11-30")


def test_the_last_evening_of_the_month_belongs_to_the_month_in_swedish_time(thread):
    evening = make.item(thread=thread, at=make.NOW.replace(day=30, hour=22, minute=59))
    after = make.item(thread=thread, at=make.NOW.replace(day=30, hour=23))
    numbers = [entry.item_id for entry in frozen(make.printout()).entries]
    assert evening.pk in numbers
    assert after.pk not in numbers


def test_replies_stand_under_the_comment_they_answer(thread, post):
    first = make.item("Ett", thread=thread, parent=post, at=make.NOW)
    second = make.item("Två", thread=thread, parent=post, at=make.NOW + timedelta(minutes=1))
    late = make.item("Svar på ett", kind=Kind.REPLY, thread=thread, parent=first, at=make.NOW + timedelta(minutes=2))
    document = frozen(make.printout())
    assert [entry.item_id for entry in document.entries] == [post.pk, first.pk, late.pk, second.pk]
    assert [entry.number for entry in document.entries] == [1, 2, 3, 4]


def test_every_version_stands_with_its_exact_text(comment):
    make.version(comment, "Med NUL \x00 och \ud83d", at=make.NOW + timedelta(hours=1))
    made = freeze(make.printout(comment), CHAIN, make.NOW).document
    texts = [version.text for version in entry_of(made, comment).versions]
    assert texts == ["Vägen är oframkomlig!", "Med NUL \x00 och \ud83d"]
    assert Document.from_json(made.to_json()) == made


def test_judgement_steps_and_diarienummer_stand_at_the_item(comment):
    judged = make.classification(comment, Category.DIARIEFORS, Reason.KLAGOMAL, by=make.agda())
    follow_up.tick(
        step=judged.steps.get(kind=StepKind.REGISTRERA),
        done_on=date(2026, 11, 20),
        reference="KS 2026/12",
        by=make.rut(),
        now=make.NOW,
    )
    entry = entry_of(frozen(make.printout(comment)), comment)
    assert (entry.category, entry.reason, entry.diarienummer) == (
        "Diarieförs",
        "Klagomål eller synpunkter",
        "KS 2026/12",
    )
    assert entry.steps == ("Registrera i diariet: gjort 2026-11-20, KS 2026/12",)


def test_a_secret_is_nowhere_in_the_frozen_document(comment):
    make.attachment(comment, state=OrderState.DONE, sha256="a" * 64, mime="image/jpeg", title="Klassfoto")
    judged = make.classification(comment, Category.SEKRETESS)
    document = frozen(make.printout())
    assert "oframkomlig" not in document.to_json()
    assert "Pelle" not in document.to_json()
    assert "Klassfoto" not in document.to_json()
    assert comment.latest_version.sha256 not in document.to_json()
    assert comment.permalink_url not in document.to_json()
    assert entry_of(document, comment).withheld == "Sekretess. Diarienummer är ännu inte antecknat."
    step = judged.steps.get(kind=StepKind.REGISTRERA)
    follow_up.tick(step=step, done_on=date(2026, 11, 20), reference="SN 2026/7", by=make.rut(), now=make.NOW)
    assert entry_of(frozen(make.printout(comment)), comment).withheld == "Sekretess, se diarienummer SN 2026/7."


def test_a_secret_post_does_not_leak_through_the_heading_of_its_thread(comment, post):
    post.direction = Direction.INKOMMEN
    post.save()
    make.classification(post, Category.SEKRETESS)
    assert "plogas" not in frozen(make.printout(comment)).to_json()


def test_what_may_not_be_possessed_is_left_out_and_counted(comment):
    make.classification(comment, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    document = frozen(make.printout())
    assert comment.pk not in [entry.item_id for entry in document.entries]
    assert ("Utelämnade, får inte återges (BrB 16:10 a)", 1) in document.counts


def test_an_attachment_that_could_not_be_had_is_said_so(comment):
    make.attachment(comment, state=OrderState.FAILED, last_error="Facebook lämnar inte ut filen.", title="Foto")
    picture = entry_of(frozen(make.printout(comment)), comment).pictures[0]
    assert (picture.sha256, picture.alt) == ("", "Foto")
    assert picture.note == "Bilagan är inte hämtad. Facebook lämnar inte ut filen."


def test_the_document_carries_the_head_of_the_audit_chain(comment):
    document = frozen(make.printout(comment))
    assert (document.chain_seq, document.chain_head) == CHAIN
    assert json.loads(document.to_json())["chain_head"] == CHAIN[1]


def test_freezing_a_period_asks_the_database_a_constant_number_of_questions(
    thread, post, django_assert_max_num_queries
):
    for number in range(40):
        item = make.item(f"Kommentar {number}", thread=thread, parent=post)
        make.attachment(item)
    printout = make.printout()
    with django_assert_max_num_queries(14):
        freeze(printout, CHAIN, make.NOW)
