"""Hits as a page shows them. Whatever was written or typed is escaped here, piece by piece."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from moderation.search import snippet
from moderation.search.query import Query
from moderation.search.snippet import Run

register = template.Library()


@register.filter
def as_marked(runs: list[Run]) -> SafeString:
    """Pieces of text one after the other, each hit in <mark>."""
    return SafeString("".join(f"<mark>{escape(run.text)}</mark>" if run.is_hit else escape(run.text) for run in runs))


@register.filter
def marked(text: str, asked: Query) -> SafeString:
    """The whole text, with each hit in <mark>."""
    return as_marked(snippet.runs(text, asked))
