"""Texts from outside in a form that every database and every page can hold."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The same text with NUL shown as ␀ and each lone surrogate as �. PostgreSQL refuses both as they are."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\x00", "\u2400"))
