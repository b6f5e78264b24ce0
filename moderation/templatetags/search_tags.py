"""Hits as a page shows them. Whatever was written or typed is escaped here, piece by piece."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from moderation.search import snippet
from moderation.search.query import Query

register = template.Library()


@register.filter
def marked(text: str, asked: Query) -> SafeString:
    """The whole text, with each hit in <mark>."""
    pieces = (
        format_html("<mark>{}</mark>", run.text) if run.is_hit else format_html("{}", run.text)
        for run in snippet.runs(text, asked)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
