"""Meta's page export taken in: once, whoever shows it first, however often, and whenever the reader dies."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arkiv import verify
from moderation import audit
from moderation.actions.order_history import order_history
from moderation.graph.simulator import PAGE
from moderation.models import Attachment, AuditEntry, HistoryImport, Item, ItemVersion, Thread
from moderation.models.order import LEASE, carry_out
from moderation.policy.terms import Category, Direction, Event, Kind, OrderState, Reason, Source
from moderation.sync import history, inbound, media
from tests import export_zip, make

pytestmark = pytest.mark.django_db

WROTE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SECONDS = int(WROTE.timestamp())
NAME = "Ljusnarsbergs kommun"
PHOTO = b"\xff\xd8\xff" + b"bild" * 50


@pytest.fixture
def page(world):
    return make.page(world.page_id)


@pytest.fixture
def pull(world, graph, clock):
    return lambda: inbound.pull(graph, world.page_id, clock)


@pytest.fixture
def read(page, store, clock, tmp_path):
    """read(posts=…): an export with these entries taken in. Returns its order."""
    numbers = iter(range(100))

    def take_in(**parts):
        path = export_zip.build(tmp_path / f"{next(numbers)}.zip", **parts)
        return carry(order(path))

    def carry(ordered):
        carry_out(HistoryImport.objects.filter(pk=ordered.pk), partial(history.read, page, store, clock), clock)
        ordered.refresh_from_db()
        return ordered

    take_in.carry = carry
    return take_in


def order(path):
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    return order_history(file_name=path.name, path=str(path), size=len(content), sha256=sha256, by=None, now=make.NOW)


def counts(order):
    return order.state, order.handled, order.created, order.matched, order.failed


def snapshot():
    rows = (Item, ItemVersion, Attachment, Thread)
    return [model.objects.count() for model in rows], list(Item.objects.order_by("pk").values())


def test_everything_comes_in_and_nothing_of_it_waits(read, store):
    order = read(
        posts=[export_zip.post("Nu plogas det på Ängsvägen. 🚜", SECONDS)],
        comments=[export_zip.comment("Tack för tipset!", SECONDS + 60, NAME)],
        conversations=[
            export_zip.conversation(
                "annaek_1",
                [
                    export_zip.message("Vi tittar på det.", (SECONDS + 9) * 1000 + 123, NAME),
                    export_zip.message("Lyktan är trasig.", SECONDS * 1000 + 999, "Anna Ek"),
                ],
            )
        ],
    )
    assert counts(order) == (OrderState.DONE, 4, 4, 0, 0)
    assert order.total == 4
    post, comment, asked, answered = Item.objects.order_by("pk")
    assert (post.text, post.kind, post.direction) == ("Nu plogas det på Ängsvägen. 🚜", Kind.POST, Direction.UPPRATTAD)
    assert (comment.kind, comment.direction) == (Kind.COMMENT, Direction.UPPRATTAD)
    assert (asked.author_name, asked.direction) == ("Anna Ek", Direction.INKOMMEN)
    assert (answered.direction, answered.thread) == (Direction.UPPRATTAD, asked.thread)
    assert asked.created_at == asked.dated_at == WROTE
    assert history.NOT_QUEUED in asked.note_lines
    assert history.NOT_QUEUED not in answered.note_lines
    assert not Item.objects.waiting().exists()
    assert set(ItemVersion.objects.values_list("source", flat=True)) == {Source.EXPORT}
    assert AuditEntry.objects.filter(event=Event.HISTORY_READ).count() == 1
    assert list(verify.faults(store)) == []


def test_what_the_export_has_of_a_citizen_can_be_judged(read):
    read(conversations=[export_zip.conversation("a_1", [export_zip.message("Lyktan är trasig.")])])
    make.classification(Item.objects.get(), Category.DIARIEFORS, Reason.KLAGOMAL)


@pytest.mark.parametrize("text", ["före\x00efter", "\u202eabc", "å" * 60_000, "<script>alert(1)</script>", "Z̸̢͇a̵"])
def test_a_hostile_text_is_kept_to_the_letter(read, store, text):
    read(posts=[export_zip.post(text, SECONDS)])
    version = ItemVersion.objects.get()
    assert version.exact_text == text
    assert list(verify.faults(store)) == []


def test_files_go_straight_into_the_store_and_missing_ones_are_never_fetched(read, store):
    read(
        posts=[export_zip.post("Bilder", SECONDS, "media/a.jpg", "media/borta.jpg", "https://exempel.se/c.jpg")],
        files={"media/a.jpg": PHOTO},
    )
    photo, *gone = Attachment.objects.all()
    assert (photo.state, photo.mime, photo.size) == (OrderState.DONE, "image/jpeg", len(PHOTO))
    assert store.read(photo.sha256) == PHOTO
    assert AuditEntry.objects.about(photo.item).filter(event=Event.MEDIA_FETCHED).count() == 1
    assert {(row.state, row.url, row.last_error) for row in gone} == {
        (OrderState.CANCELLED, "", "Filen finns inte i exporten.")
    }
    assert not Attachment.objects.on_the_way().exists()
    assert list(verify.faults(store)) == []


def test_a_file_that_is_too_large_is_said_so(read, settings):
    settings.BILAGA_MEGABYTE = 0
    read(posts=[export_zip.post("Film", SECONDS, "media/a.mp4")], files={"media/a.mp4": PHOTO})
    film = Attachment.objects.get()
    assert (film.state, film.sha256) == (OrderState.CANCELLED, "")
    assert film.last_error.startswith("Filen är större än 0 MB")


def test_the_same_entries_in_another_file_change_nothing(read):
    entries = [export_zip.post("Hej", SECONDS), export_zip.post("Hej", SECONDS), export_zip.post("", SECONDS, "a.jpg")]
    read(posts=entries, files={"a.jpg": PHOTO})
    before, head = snapshot(), audit.head()[0]
    order = read(posts=entries, files={"a.jpg": PHOTO, "annat.txt": b"x"})
    assert counts(order) == (OrderState.DONE, 3, 0, 3, 0)
    assert snapshot() == before
    # That the file was ordered and that it was read.
    assert audit.head()[0] == head + 2


# --- Found both ways -----------------------------------------------------------------------------------------------


@pytest.fixture
def post(world):
    return world.add_post("Nu plogas det. / Vera", WROTE)


def test_what_facebook_showed_before_is_met_by_the_export_and_left_alone(world, post, pull, read):
    world.add_comment(post, "Bra!", WROTE, author="Kalle Exempel")
    world.add_comment(post, "Tack! / Vera", WROTE + timedelta(minutes=1), author=PAGE)
    pull()
    before = snapshot()
    order = read(
        posts=[export_zip.post("Nu plogas det. / Vera", SECONDS), export_zip.post("En annan", SECONDS)],
        comments=[export_zip.comment("Tack! / Vera", SECONDS + 60, NAME)],
    )
    assert counts(order) == (OrderState.DONE, 3, 1, 2, 0)
    assert Item.objects.exclude(text="En annan").count() == before[0][0]
    assert list(Item.objects.exclude(text="En annan").order_by("pk").values()) == before[1]


def test_a_citizens_same_words_in_the_same_second_are_not_the_pages(world, post, pull, read):
    world.add_comment(post, "Grattis!", WROTE, author="Kalle Exempel")
    pull()
    assert read(comments=[export_zip.comment("Grattis!", SECONDS, NAME)]).created == 1
    world.add_comment(post, "Grattis!", WROTE, author=PAGE)
    pull()
    assert Item.objects.filter(text="Grattis!").count() == 2


def test_a_second_equal_entry_is_not_swallowed_by_the_first_ones_item(world, post, pull, read):
    pull()
    twice = [export_zip.post("Nu plogas det. / Vera", SECONDS), export_zip.post("Nu plogas det. / Vera", SECONDS)]
    assert counts(read(posts=twice))[2:] == (1, 1, 0)
    assert counts(read(posts=[*twice, export_zip.post("Ny", SECONDS)]))[2:] == (1, 2, 0)


def test_a_post_edited_since_the_export_is_still_the_same(world, post, pull, read, clock):
    pull()
    clock.go(minutes=1)
    world.edit(post, "Nu är det plogat. / Vera")
    pull()
    assert counts(read(posts=[export_zip.post("Nu plogas det. / Vera", SECONDS)]))[2:] == (0, 1, 0)


def test_an_imported_post_and_its_thread_become_facebooks(world, read, pull, clock):
    read(posts=[export_zip.post("Nu plogas det. / Vera", SECONDS)])
    thread = Thread.objects.get()
    Thread.objects.update(verksamhet=make.verksamhet())
    post = world.add_post("Nu plogas det. / Vera", WROTE)
    comment = world.add_comment(post, "Bra!", WROTE, author="Kalle Exempel")
    clock.go(minutes=1)
    pull()
    item = Item.objects.get(kind=Kind.POST)
    assert (item.graph_id, item.thread, item.thread.graph_id) == (post, thread, post)
    assert Item.objects.get(graph_id=comment).parent == item
    assert Thread.objects.get().verksamhet == make.verksamhet()
    assert [version.source for version in item.versions.all()] == [Source.EXPORT]
    assert "export" not in item.notes
    assert AuditEntry.objects.about(item).filter(event=Event.IDENTIFIED).count() == 1


def test_an_imported_answer_moves_under_what_it_answers(world, read, pull, clock, post):
    read(comments=[export_zip.comment("I dag. / Vera", SECONDS + 60, NAME)])
    comment = world.add_comment(post, "När plogas det?", WROTE, author="Kalle Exempel")
    world.add_comment(post, "I dag. / Vera", WROTE + timedelta(minutes=1), author=PAGE, parent=comment)
    clock.go(minutes=1)
    pull()
    answer = Item.objects.get(text="I dag. / Vera")
    assert (answer.kind, answer.parent.graph_id, answer.thread.graph_id) == (Kind.REPLY, comment, post)
    assert Thread.objects.count() == 1
    assert Item.objects.count() == 3


def test_an_imported_post_moves_where_its_comments_came_first(world, read, pull, clock, page):
    read(posts=[export_zip.post("Nu plogas det. / Vera", SECONDS)])
    post = world.add_post("Nu plogas det. / Vera", WROTE)
    there = Thread.objects.create(page=page, graph_key=f"post:{post.rpartition('_')[2]}", kind="post")
    clock.go(minutes=1)
    pull()
    assert Thread.objects.get() == there
    assert Item.objects.get().thread == there


@pytest.mark.parametrize("story", ["", "Ljusnarsbergs kommun added a new photo."])
def test_a_picture_without_words_is_one_post_and_its_file_is_fetched_once(world, read, pull, clock, story, store):
    title = "Ljusnarsbergs kommun lade till ett nytt foto."
    read(posts=[export_zip.post("", SECONDS, "media/a.jpg", title=title)], files={"media/a.jpg": PHOTO})
    node = {
        "id": f"{world.page_id}_77",
        "from": {"id": world.page_id, "name": NAME},
        "created_time": "2026-11-20T10:00:00+0000",
        "attachments": {"data": [{"type": "photo", "media": {"image": {"src": "https://scontent.fbcdn.net/a.jpg"}}}]},
    }
    world.add_raw_post(node | ({"story": story} if story else {}))
    clock.go(minutes=1)
    pull()
    pull()
    item = Item.objects.get()
    assert item.graph_id == f"{world.page_id}_77"
    assert item.attachments.get().state == OrderState.DONE
    files = {"media/a.jpg": PHOTO, "annat.txt": b"x"}
    assert counts(read(posts=[export_zip.post("", SECONDS, "media/a.jpg", title=title)], files=files))[2:] == (0, 1, 0)
    assert item.attachments.count() == 1
    assert list(verify.faults(store)) == []


def test_a_post_with_words_is_not_a_picture_without(world, read, pull, post):
    read(posts=[export_zip.post("", SECONDS, title="Kommunen lade till ett foto.")])
    pull()
    assert Item.objects.count() == 2


# --- Conversations -------------------------------------------------------------------------------------------------


def two_years(name="annaek_1", person="Anna Ek", start=SECONDS):
    """A conversation of four messages, newest first, as the export has them."""
    said = [("Den är trasig igen.", person), ("Tack!", person), ("Vi lagar den. / Vera", NAME), ("Lyktan!", person)]
    messages = [
        export_zip.message(text, (start + 60 * number) * 1000 + 7, sender)
        for number, (text, sender) in zip(range(4, 0, -1), said, strict=True)
    ]
    return export_zip.conversation(name, messages, person)


def show(world, person, *told):
    for text, minutes, by_page in told:
        at = WROTE + timedelta(minutes=minutes)
        world.add_message(person, text, at, **({"from_page": True} if by_page else {}))


def test_an_imported_conversation_becomes_facebooks_when_its_messages_are_seen(world, read, pull, clock):
    read(conversations=[two_years()])
    [old] = Thread.objects.all()
    show(world, "Anna Ek", ("Vi lagar den. / Vera", 2, True), ("Tack!", 3, False), ("Den är trasig igen.", 4, False))
    show(world, "Anna Ek", ("Kommer ni?", 9, False))
    clock.go(minutes=1)
    pull()
    assert Thread.objects.get().pk == old.pk
    assert Item.objects.count() == 5
    assert [item.text for item in Item.objects.waiting().order_by("dated_at")] == [
        "Tack!", "Den är trasig igen.", "Kommer ni?",
    ]  # fmt: skip


def test_what_is_older_than_facebook_shows_goes_into_the_conversation_that_is_there(world, read, pull, clock, store):
    show(world, "Anna Ek", ("Den är trasig igen.", 4, False))
    pull()
    [thread] = Thread.objects.all()
    order = read(conversations=[two_years()])
    assert counts(order)[2:] == (3, 1, 0)
    assert Thread.objects.get() == thread
    assert thread.items.count() == 4
    again = read(conversations=[two_years()], files={"annat.txt": b"x"})
    assert counts(again)[2:] == (0, 4, 0)
    assert Thread.objects.get() == thread
    assert list(verify.faults(store)) == []


def test_the_same_greeting_to_two_people_joins_nobodys_conversations(world, read, pull, clock):
    greeting = "Hej! Vi svarar på vardagar."
    read(
        conversations=[
            export_zip.conversation(name, [export_zip.message(greeting, SECONDS * 1000, NAME),
                                           export_zip.message(own, SECONDS * 1000 - 5000, person)], person)
            for name, person, own in (("a_1", "Anna Ek", "Annas fråga"), ("b_2", "Bo Alm", "Bos fråga"))
        ]
    )  # fmt: skip
    for person, own in (("Bo Alm", "Bos fråga"), ("Anna Ek", "Annas fråga")):
        world.add_message(person, own, WROTE - timedelta(seconds=5))
        world.add_message(person, greeting, WROTE, from_page=True)
    clock.go(minutes=1)
    pull()
    assert Item.objects.count() == 4
    assert Thread.objects.count() == 2
    for thread in Thread.objects.all():
        assert thread.items.count() == 2
        assert thread.items.filter(text=greeting).count() == 1


def test_where_nobody_is_called_as_the_page_it_is_said(read):
    order = read(conversations=[export_zip.conversation("a_1", [export_zip.message("Hej", sender="Kommunen förr")])])
    assert "Inget meddelande i exporten är skrivet av någon som heter som sidan (Ljusnarsbergs kommun)" in order.remarks


# --- Dying, and refusals -------------------------------------------------------------------------------------------


class Died(BaseException):
    """As the process does by kill -9: nothing after it is run."""


def many(number, start=SECONDS):
    return [export_zip.post(f"Inlägg {n}", start - n, f"media/{n}.jpg") for n in range(number)]


def test_who_dies_in_the_middle_is_gone_on_for_and_every_entry_is_counted_once(page, store, clock, tmp_path, read):
    files = {f"media/{n}.jpg": PHOTO + b"%d" % n for n in range(0, 1200, 40)}
    ordered = order(export_zip.build(tmp_path / "x.zip", posts=many(1200), files=files))
    told = []

    def die(row):
        told.append(row.handled)
        if row.handled == 1000:
            raise Died

    with pytest.raises(Died):
        carry_out(HistoryImport.objects.all(), partial(history.read, page, store, clock, tell=die), clock)
    assert told == [0, 500, 1000]
    assert Item.objects.count() == 500
    assert read.carry(ordered).state == OrderState.WORKING
    clock.go(seconds=LEASE.total_seconds())
    assert counts(read.carry(ordered)) == (OrderState.DONE, 1200, 1200, 0, 0)
    assert (Item.objects.count(), Attachment.objects.exclude(sha256="").count()) == (1200, 30)
    assert list(verify.faults(store)) == []


def test_who_has_been_replaced_or_called_off_writes_nothing_more(page, store, clock, tmp_path):
    ordered = order(export_zip.build(tmp_path / "x.zip", posts=many(600)))

    def call_off(row):
        if row.handled == 0:
            HistoryImport.objects.update(state=OrderState.CANCELLED)

    carry_out(HistoryImport.objects.all(), partial(history.read, page, store, clock, tell=call_off), clock)
    ordered.refresh_from_db()
    assert (ordered.state, ordered.handled) == (OrderState.CANCELLED, 0)
    assert not Item.objects.exists()


def test_what_is_no_export_is_refused_with_a_sentence(page, store, clock, tmp_path, read):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK ej")
    ordered = read.carry(order(path))
    assert ordered.state == OrderState.FAILED
    assert ordered.last_error.startswith("Filen går inte att läsa som ZIP")
    assert path.exists()


def test_an_upload_is_removed_when_it_is_read_or_refused_but_nobody_elses_file(settings, tmp_path, read):
    settings.INBOX_DIR = tmp_path / "inkommet"
    settings.INBOX_DIR.mkdir()
    good = export_zip.build(settings.INBOX_DIR / "a.zip", posts=[export_zip.post("Hej")])
    bad, elsewhere = settings.INBOX_DIR / "b.zip", tmp_path / "c.zip"
    bad.write_bytes(b"inget")
    export_zip.build(elsewhere, posts=[export_zip.post("Hopp")])
    for path in (good, bad, elsewhere):
        read.carry(order(path))
    assert [path.exists() for path in (good, bad, elsewhere)] == [False, False, True]


def test_uploads_that_nobody_waits_for_are_tidied_away(settings, tmp_path):
    settings.INBOX_DIR = tmp_path / "inkommet"
    history.tidy(make.NOW)
    settings.INBOX_DIR.mkdir()
    left, new, wanted = (settings.INBOX_DIR / name for name in (".del-1", ".del-2", "3.zip"))
    for path in (left, new, wanted):
        path.write_bytes(b"x")
        os.utime(path, (make.NOW.timestamp(),) * 2)
    os.utime(left, (0, 0))
    os.utime(wanted, (0, 0))
    order(wanted)
    history.tidy(make.NOW)
    assert [path.exists() for path in (left, new, wanted)] == [False, True, True]


def test_a_chunk_costs_the_same_number_of_questions_however_many_there_are(page, store, clock, tmp_path, read):
    def questions(number, start):
        path = export_zip.build(
            tmp_path / f"{number}.zip", posts=[export_zip.post(f"N {n}", start + n) for n in range(number)]
        )
        ordered = order(path)
        with CaptureQueriesContext(connection) as asked:
            assert counts(read.carry(ordered)) == (OrderState.DONE, number, number, 0, 0)
        return len(asked)

    assert questions(10_000, 2_000_000) < 20 * questions(history.CHUNK, 1_000_000)


def test_what_facebook_shows_while_the_files_are_stored_is_not_taken_in_twice(
    page, store, pull, world, clock, tmp_path
):
    class Slow(type(store)):
        def put(self, content):
            if not Item.objects.exists():
                pull()
            return super().put(content)

    world.add_post("Nu plogas det. / Vera", WROTE)
    posts = [export_zip.post("Nu plogas det. / Vera", SECONDS, "media/a.jpg")]
    ordered = order(export_zip.build(tmp_path / "x.zip", posts=posts, files={"media/a.jpg": PHOTO}))
    carry_out(HistoryImport.objects.all(), partial(history.read, page, Slow(store.root), clock), clock)
    ordered.refresh_from_db()
    assert counts(ordered) == (OrderState.DONE, 1, 0, 1, 0)
    assert Item.objects.count() == 1
    assert list(verify.faults(store)) == []


def test_a_file_facebook_would_not_give_is_had_from_the_export(world, post, pull, read, store):
    pull()
    item = Item.objects.get()
    make.attachment(item, state=OrderState.FAILED)
    read(posts=[export_zip.post("Nu plogas det. / Vera", SECONDS, "media/a.jpg")], files={"media/a.jpg": PHOTO})
    assert [row.size for row in item.attachments.all()] == [0, len(PHOTO)]
    assert list(verify.faults(store)) == []


def test_what_may_not_be_possessed_does_not_come_back_with_another_export(read, store, clock):
    talk = export_zip.conversation("a_1", [export_zip.message("Titta", photos=[{"uri": "media/a.jpg"}])])
    read(conversations=[talk], files={"media/a.jpg": PHOTO})
    [digest] = store.digests()
    make.classification(Item.objects.get(), Category.BROTTSLIGT, Reason.BARNPORNOGRAFI)
    media.purge(store, clock)
    read(conversations=[talk], files={"media/a.jpg": PHOTO, "annat.txt": b"x"})
    assert not store.has(digest)
    assert Attachment.objects.get().sha256 == ""


def test_bytes_that_no_row_came_to_stand_for_do_not_stay(read, store):
    twice = [export_zip.post("Hej", SECONDS, "media/a.jpg", "media/a.jpg"), export_zip.post("Hej", SECONDS, "b.jpg")]
    read(posts=twice, files={"media/a.jpg": PHOTO, "b.jpg": PHOTO + b"b", "aldrig_nämnd.jpg": b"x"})
    assert len(list(store.digests())) == Attachment.objects.exclude(sha256="").count() == 2
