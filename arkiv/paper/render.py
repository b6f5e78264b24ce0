"""Document -> a PDF that is PDF/A-2a and PDF/UA-1 at once, whatever the citizens have written in it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from arkiv.paper import sheet, times
from arkiv.paper.document import Document, Section
from arkiv.paper.press import Failed, Press

logger = logging.getLogger(__name__)

TEMPLATE = "arkiv/print/document.html"
PICTURE_SECONDS, PICTURE_MEMORY = 10, 2**30
RASTER_SECONDS = 30
# The template's anchor at what an evidence sheet is evidence of.
SUBJECT = "bevis"
# Of the hundred percent: what the pictures take, and until where one looks for the entries that cannot be set.
PICTURES_SHARE, LOOKING_SHARE = 10, 55


class PaperError(Exception):
    """Not even the plain listing could be drawn."""


@dataclass(frozen=True)
class Limits:
    """`alone`: what one entry may take when one looks for those that make the whole fail."""

    whole: Callable[[Document], sheet.Cost]
    alone: sheet.Cost


@dataclass(frozen=True)
class Paper:
    pdf: bytes
    pages: int
    # Numbers of the entries that had to be listed plainly.
    plain_entries: tuple[int, ...]


DEFAULT = Limits(whole=sheet.cost, alone=sheet.Cost(seconds=20, memory=2**30, pages=3))


def pdf(
    document: Document,
    picture: Callable[[str], bytes],
    progress: Callable[[int], None] = lambda percent: None,
    *,
    limits: Limits = DEFAULT,
) -> Paper:
    """`picture` gives the bytes of a checksum, or raises OSError; `progress` hears 0..100, at least every second."""
    climb = _climb(progress)
    with Press() as press:
        broken = _hand_over(document, picture, press, lambda share: climb(PICTURES_SHARE * share // 100))
        draw = _Drawing(press, broken, climb, limits)
        paper = draw.whole(document, frozenset(), PICTURES_SHARE)
        if paper is None and (guilty := draw.guilty(document)):
            paper = draw.whole(document, guilty, LOOKING_SHARE)
        if paper is None:
            paper = draw.whole(document, frozenset(entry.number for entry in document.entries), LOOKING_SHARE)
    if paper is None:
        raise PaperError("Utskriften gick inte att sätta, inte ens som enkel lista.")
    climb(100)
    return paper


def pictures(
    paper: Paper, most: int, progress: Callable[[int], None] = lambda percent: None
) -> list[tuple[int, bytes]]:
    """Pages of our own paper as PNGs, with their numbers: the first, and at most `most` with what it is evidence of."""
    climb = _climb(progress)
    limits = {"seconds": RASTER_SECONDS, "memory": PICTURE_MEMORY + 4 * len(paper.pdf)}
    try:
        with Press() as press:
            subject = press.find(paper.pdf, SUBJECT, limits, climb)
            first = range(most) if subject < most else [0, *range(subject, subject + most - 1)]
            wanted = [page for page in first if page < paper.pages]
            return [(page + 1, press.raster(paper.pdf, page, limits, climb)) for page in wanted]
    except Failed as error:
        raise PaperError("Bladet gick inte att rita som bild.") from error


@dataclass(frozen=True)
class _Drawing:
    press: Press
    broken: frozenset[str]
    climb: Callable[[int], None]
    limits: Limits

    def whole(self, document: Document, plain: frozenset[int], start: int) -> Paper | None:
        def climb(share: int) -> None:
            self.climb(start + (99 - start) * share // 100)

        try:
            pages, content = self._pages(document, plain, self.limits.whole(document), climb)
        except Failed as error:
            logger.warning("The document cannot be set with %s plain entries: %s", len(plain), error)
            return None
        return Paper(content, pages, tuple(sorted(plain)))

    def guilty(self, document: Document) -> frozenset[int]:
        """Draws each entry alone."""
        alone = [
            (entry.number, replace(document, sections=(Section(section.title, section.permalink_url, (entry,)),)))
            for section in document.sections
            for entry in section.entries
        ]
        found = set()
        for done, (number, single) in enumerate(alone):
            self.climb(PICTURES_SHARE + (LOOKING_SHARE - PICTURES_SHARE) * done // len(alone))
            try:
                self._pages(single, frozenset(), self.limits.alone, lambda share: self.climb(0))
            except Failed as error:
                logger.warning("Entry %s cannot be set: %s", number, error)
                found.add(number)
        return frozenset(found)

    def _pages(
        self, document: Document, plain: frozenset[int], cost: sheet.Cost, climb: Callable[[int], None]
    ) -> tuple[int, bytes]:
        html = render_to_string(TEMPLATE, sheet.context(document, self.broken, plain))
        return self.press.pages(
            html, epoch=_epoch(document), seconds=cost.seconds, memory=cost.memory, pages=cost.pages, progress=climb
        )


def _hand_over(
    document: Document, picture: Callable[[str], bytes], press: Press, climb: Callable[[int], None]
) -> frozenset[str]:
    """Gives the press every picture that is to be seen; returns the checksums of those it cannot use."""
    wanted = sorted(
        {shown.sha256 for entry in document.entries if not entry.withheld for shown in entry.pictures} - {""}
    )
    broken = set()
    for done, sha256 in enumerate(wanted):
        climb(100 * done // len(wanted))
        try:
            press.picture(sha256, picture(sha256), PICTURE_SECONDS, PICTURE_MEMORY)
        except (OSError, Failed):
            broken.add(sha256)
    return frozenset(broken)


def _climb(progress: Callable[[int], None]) -> Callable[[int], None]:
    """Percent that never go back, although the work may start over."""
    highest = 0

    def climb(percent: int) -> None:
        nonlocal highest
        highest = max(highest, min(percent, 100))
        progress(highest)

    return climb


def _epoch(document: Document) -> int:
    found = times.instant(document.frozen_at)
    return max(0, int(found.timestamp())) if found else 0
