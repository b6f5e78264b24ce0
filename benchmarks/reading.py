"""What a browser reads out of a page: the rows of the queue, and a form with everything hidden in it."""

import re
from html.parser import HTMLParser

ROW = re.compile(r'data-row="(\d+)"')


def rows(page: str) -> list[int]:
    return [int(pk) for pk in ROW.findall(page)]


def form(page: str, ending: str) -> tuple[str, dict[str, str]] | None:
    """The first form whose address ends so: where it is sent, and what is filled in."""
    found = _Forms(ending)
    found.feed(page)
    return (found.action, found.fields) if found.action else None


class _Forms(HTMLParser):
    def __init__(self, ending: str):
        super().__init__()
        self.ending = ending
        self.action, self.fields, self.name = "", dict[str, str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = told.get("action", "")
            is_ours = not self.action and action.partition("?")[0].endswith(self.ending)
            self.name = told.get("id", "-") if is_ours else ""
            self.action = action if is_ours else self.action
        elif self.name and self._counts(tag, told):
            self.fields[told["name"]] = told.get("value", "on" if told.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.name = ""

    def _counts(self, tag: str, told: dict[str, str]) -> bool:
        if not told.get("name"):
            return False
        if tag == "input" and told.get("type") in ("radio", "checkbox"):
            return "checked" in told
        return tag == "input" or tag == "textarea"
