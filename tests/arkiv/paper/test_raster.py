"""Finished pages as pictures: whole, alike each time, and telling nothing but what stands on the page."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from arkiv.paper import render
from arkiv.paper.raster import drawn
from arkiv.paper.render import PaperError
from tests.arkiv.paper import papers
from tests.arkiv.paper.conftest import nothing


@pytest.fixture(scope="module")
def pictures(week_paper):
    return [content for _, content in render.pictures(week_paper, 2)]


def test_as_many_pages_as_were_asked_for_each_of_its_own(week_paper, pictures):
    assert week_paper.pages > 2
    assert len(set(pictures)) == 2


def test_a_page_is_a4_and_has_something_on_it(pictures):
    with Image.open(io.BytesIO(pictures[0])) as page:
        assert (page.format, page.mode, page.size) == ("PNG", "RGB", (1191, 1684))
        assert page.getpixel((2, 2)) == (255, 255, 255)
        assert len(page.getcolors(2**20)) > 50


def test_the_same_paper_gives_the_same_bytes_and_they_tell_of_no_time(week_paper, pictures):
    assert drawn(week_paper.pdf, 0) == pictures[0]
    with Image.open(io.BytesIO(pictures[0])) as page:
        assert page.info.keys() == {"dpi"}


def test_a_paper_has_no_more_pages_than_it_has(week_paper):
    assert [number for number, _ in render.pictures(replace(week_paper, pages=1), 20)] == [1]


def test_what_the_paper_is_evidence_of_is_among_the_pictures_however_far_down_it_stands():
    beside = [papers.entry(number, "Hej\n" * 250, is_context=True) for number in (1, 2)]
    paper = render.pdf(papers.document(*beside, papers.entry(3, "Hot"), concerns=("Kommentar 3",)), nothing)
    assert paper.pages > 6
    drawn_pages = [number for number, _ in render.pictures(paper, 3)]
    assert drawn_pages[0] == 1
    document = pypdfium2.PdfDocument(paper.pdf)
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "det som bladet är bevis för" in words[drawn_pages[1] - 1]
    assert drawn_pages[2] == drawn_pages[1] + 1


def test_what_is_no_pdf_is_refused_in_a_sentence(week_paper):
    with pytest.raises(PaperError, match="som bild"):
        render.pictures(replace(week_paper, pdf=b"%PDF-1.7 trasig"), 1)
