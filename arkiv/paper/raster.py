"""A page of one of our own PDFs -> a PNG of it. Runs in the drawing process only."""

import io

import pypdfium2
import pypdfium2.raw as pdfium

DOTS_AN_INCH = 144
POINTS_AN_INCH = 72


def drawn(pdf: bytes, page: int) -> bytes:
    """The page, counted from 0, as it would look on paper. The same PDF gives the same bytes: nothing tells of a time."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=DOTS_AN_INCH / POINTS_AN_INCH).to_pil()
    finally:
        document.close()
    target = io.BytesIO()
    image.save(target, "PNG", dpi=(DOTS_AN_INCH, DOTS_AN_INCH))
    return target.getvalue()


def page_of(pdf: bytes, anchor: str) -> int:
    """On which page, counted from 0, the paper has that anchor; the first where it has none."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        place = pdfium.FPDF_GetNamedDestByName(document, anchor.encode())
        return max(0, pdfium.FPDFDest_GetDestPageIndex(document, place)) if place else 0
    finally:
        document.close()
