"""Printouts as templates show them, in plain Swedish."""

from django import template
from django.utils.formats import number_format

from arkiv.views import motion

register = template.Library()
register.filter("title", motion.title)


@register.filter
def bytes_size(size: int) -> str:
    """812 byte / 312 kB / 1,4 MB"""
    if size < 1000:
        return f"{size} byte"
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{number_format(size / 1_000_000, 1)} MB"


@register.filter
def page_count(pages: int) -> str:
    return "1 sida" if pages == 1 else f"{number_format(pages)} sidor"
