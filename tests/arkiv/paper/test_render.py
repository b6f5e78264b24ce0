"""The whole way from a frozen document to a PDF, and what becomes of those that cannot be set."""

import hashlib
import io
import subprocess
import sys
import threading
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from arkiv.paper import render
from arkiv.paper.document import Picture
from arkiv.paper.press import ROOT
from arkiv.paper.render import Limits, PaperError
from tests import hostile
from tests.arkiv.paper import papers
from tests.arkiv.paper.conftest import CANARY_WORDS, CRAMPED, nothing


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def week_text(week_paper):
    return text_of(week_paper.pdf)


def test_all_that_an_archivist_asks_for_stands_on_the_paper(week, week_paper, week_text):
    entry = week.entries[1]
    for expected in (
        "Agneta Öberg",
        "22 november 2026 kl. 14.05 (2026-11-22 13:05:09 UTC)",
        "Hämtad 22 november 2026 kl. 14.06 (2026-11-22 13:06:40 UTC)",
        "Version 1 av 2",
        "Version 2 av 2",
        "Vägen är oframkomlig igen, andra veckan!",
        "Bild 1: Väg med ett hål i körbanan",
        "Diarieförs Klagomål eller synpunkter",
        "Diarienummer KS 12/2026",
        "På Facebook: Borttagen 2026-11-22",
        entry.sha256,
        entry.versions[0].sha256,
        entry.graph_id,
        entry.permalink_url,
        "Ej bedömd",
        "16 november 2026 – 22 november 2026",
        f"Sida 1 av {week_paper.pages}",
        f"Sida {week_paper.pages} av {week_paper.pages}",
        "Innehåll",
        "Diarieförda",
        week.chain_head,
        "nummer 412",
        week.digest,
    ):
        assert expected in week_text, expected


def test_every_page_has_its_number_the_municipality_and_the_period(week_paper):
    document = pypdfium2.PdfDocument(week_paper.pdf)
    for at, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_range()
        assert f"Sida {at} av {week_paper.pages}" in text
        assert "Ljusnarsbergs kommun · Facebook-sidan Ljusnarsbergs kommun" in text
        assert "16 november 2026 – 22 november 2026" in text
        assert (round(page.get_width()), round(page.get_height())) == (595, 842)
    document.close()


def test_the_contents_name_the_right_pages(week_paper):
    document = pypdfium2.PdfDocument(week_paper.pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for title in ("Skolskjutsarna går enligt vintertidtabell från den 1 december.", "Inlägg från besökare"):
        line = next(line for line in pages[0].splitlines() if line.startswith(title))
        assert title in pages[int(line.split()[-1]) - 1]


def test_a_withheld_entry_gives_its_sentence_and_nothing_else(week_text):
    assert "Sekretess, se diarienummer BUN 31/2026" in week_text
    assert "Uppgift lämnas inte ut" in week_text


def test_bookmarks_lead_to_threads_and_entries(week_paper):
    with pikepdf.open(io.BytesIO(week_paper.pdf)) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]
        assert [item.title for item in top.children][:2] == [
            "Innehåll",
            "Från måndag asfalterar vi Kyrkogatan mellan torget och skolan.",
        ]
        assert "Agneta Öberg" in top.children[1].children[1].title


def test_the_file_says_its_language_title_and_row_headers(week_paper):
    with pikepdf.open(io.BytesIO(week_paper.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert str(pdf.docinfo.Title) == "Utskrift av Facebook-sidan Ljusnarsbergs kommun"
        assert str(pdf.docinfo.CreationDate) == "D:20261122140000Z"
        found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        assert len(found) == 10
        assert all(item.A.Scope == "/Row" for item in found)
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_no_picture_is_smoothed(week_paper):
    with pikepdf.open(io.BytesIO(week_paper.pdf)) as pdf:
        pictures = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Interpolate" in item]
        assert len(pictures) >= 3
        assert not any(item.Interpolate for item in pictures)


def test_the_same_document_gives_the_same_bytes_in_another_process(week_paper):
    command = [sys.executable, "-m", "tests.arkiv.paper.printing", "week"]
    other = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(week_paper.pdf).hexdigest()


def test_it_prints_in_a_worker_that_may_have_no_children_of_its_own_kind(week_paper):
    command = [sys.executable, "-W", "error", "-m", "tests.arkiv.paper.printing", "daemon"]
    other = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(week_paper.pdf).hexdigest()


def test_it_prints_in_several_threads_at_once():
    found: list[bytes] = []
    document = papers.document(papers.entry(1, "Hej"))
    threads = [threading.Thread(target=lambda: found.append(render.pdf(document, nothing).pdf)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(set(found)) == 1


def test_another_time_of_freezing_gives_another_file(week, week_paper):
    pictures = papers.week()[1]
    later = render.pdf(replace(week, frozen_at="2026-11-22T14:00:01Z"), lambda sha256: pictures[sha256])
    assert later.pdf != week_paper.pdf


def test_progress_never_goes_back_and_ends_at_a_hundred(week):
    heard: list[int] = []
    pictures = papers.week()[1]
    render.pdf(week, lambda sha256: pictures[sha256], heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 100
    assert len(set(heard)) > 5


def test_a_document_without_any_entry_is_printed_too():
    paper = render.pdf(papers.document(), nothing)
    assert "0 handlingar" in text_of(paper.pdf)


def test_lost_and_broken_pictures_leave_a_note():
    pictures = {"aa" * 32: b"GIF89a broken", "bb" * 32: papers.photo()}

    def read(sha256: str) -> bytes:
        if sha256 not in pictures:
            raise FileNotFoundError(sha256)
        return pictures[sha256]

    shown = tuple(Picture(two * 32, "image/jpeg", "Bild") for two in ("aa", "bb", "cc"))
    paper = render.pdf(papers.document(papers.entry(1, pictures=shown)), read)
    assert text_of(paper.pdf).count("Bilden kan inte återges här; filen finns i arkivet.") == 2


def test_hostile_texts_are_printed_in_one_document_and_none_of_them_acts(hostile_paper, canary):
    assert hostile_paper.plain_entries == ()
    assert canary.visits == []
    with pikepdf.open(io.BytesIO(hostile_paper.pdf)) as pdf:
        whole = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))
        assert "/OpenAction" not in pdf.Root
        assert "/Names" not in pdf.Root or "/EmbeddedFiles" not in pdf.Root.Names
    assert CANARY_WORDS.encode() not in whole
    assert CANARY_WORDS not in text_of(hostile_paper.pdf)


@pytest.mark.parametrize("name", ["prose", "line breaks", "combining flood", "nul flood", "one long word"])
def test_sixty_thousand_signs_are_printed_within_the_limits(name):
    text = hostile.texts()[name]
    assert len(text) >= 59_999
    assert render.pdf(papers.document(papers.entry(1, text, author=text)), nothing).plain_entries == ()


def test_markup_is_printed_as_it_was_written():
    paper = render.pdf(papers.document(papers.entry(1, "<script>alert(1)</script> &amp; {{ x }}")), nothing)
    assert "<script>alert(1)</script> &amp; {{ x }}" in text_of(paper.pdf)


def test_an_entry_that_takes_too_long_is_listed_plainly_and_the_others_are_not(partly_plain_paper):
    assert partly_plain_paper.plain_entries == (2,)
    text = text_of(partly_plain_paper.pdf)
    assert "[U+1F300][U+1F301]" in text
    assert "återgivna som enkel lista" in text
    assert "Först" in text
    assert "Sist" in text


def test_when_no_single_entry_is_guilty_all_are_listed_plainly(all_plain_paper, week):
    assert all_plain_paper.plain_entries == tuple(range(1, 14))
    text = text_of(all_plain_paper.pdf)
    assert "gnp.exe[U+202C] och [U+0000]" in text
    assert "Sekretess, se diarienummer BUN 31/2026" in text


def test_when_not_even_that_is_possible_it_says_so():
    with pytest.raises(PaperError):
        render.pdf(papers.document(papers.entry(1)), nothing, limits=Limits(lambda document: CRAMPED, CRAMPED))
