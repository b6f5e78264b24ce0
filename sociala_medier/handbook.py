"""The handbook: Markdown that the project itself brings, as the help page shows it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import markdown
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown.extensions.toc import TocExtension

# The handbook points at its pictures where they lie in the project, so that they show there too.
PICTURES = "../sociala_medier/static/"


@dataclass(frozen=True)
class Handbook:
    title: str
    contents: list[dict]
    body: SafeString


@lru_cache(maxsize=1)
def read(path: Path, changed_at: int) -> Handbook:
    """The handbook as HTML. `changed_at` is there so that a changed file is read anew."""
    toc = TocExtension(toc_depth="2-3", slugify=lambda text, separator: slugify(text), marker="")
    reader = markdown.Markdown(extensions=[toc, "tables", "sane_lists"], output_format="html")
    title, _, text = path.read_text(encoding="utf-8").lstrip().partition("\n")
    body = reader.convert(text).replace(f'src="{PICTURES}', f'src="{settings.STATIC_URL}')
    # Set by the extension.
    contents: list[dict] = reader.toc_tokens  # type: ignore[attr-defined]
    # The file is part of the program, as the templates are; nobody can write in it through the program.
    return Handbook(title.lstrip("# ").strip(), contents, mark_safe(body))  # noqa: S308
