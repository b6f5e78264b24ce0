"""What the template is given: safe words, and nothing of what is withheld."""

import json

from arkiv.paper import sheet
from arkiv.paper.document import Picture
from tests.arkiv.paper import papers
from tests.arkiv.paper.conftest import TOO_SLOW

SHOWN = Picture("ab" * 32, "image/jpeg", "En väg", "")


def printed(entry, broken=(), plain=()):
    return sheet.context(papers.document(entry), broken, plain)["sections"][0]["entries"][0]


def test_of_a_withheld_entry_neither_text_author_nor_picture_reaches_the_template():
    entry = papers.entry(
        1, "hemlig text", author="Hemlig Person", pictures=(SHOWN,), withheld="Sekretess, se KS 1/2026"
    )
    for plain in ((), (1,)):
        found = printed(entry, plain=plain)
        assert found["withheld"] == "Sekretess, se KS 1/2026"
        assert not {"author", "versions", "pictures"} & found.keys()
        assert "hemlig" not in json.dumps(found, default=str).lower()


def test_a_picture_that_cannot_be_drawn_leaves_a_note_in_its_place():
    entry = papers.entry(1, pictures=(SHOWN,))
    assert printed(entry)["pictures"][0]["url"] == "bild:" + "ab" * 32
    broken = printed(entry, broken={"ab" * 32})["pictures"][0]
    assert broken["url"] == ""
    assert "kan inte återges" in broken["note"]


def test_a_picture_we_never_had_says_why():
    entry = papers.entry(1, pictures=(Picture("", "image/png", "", "Facebook svarade 410."),))
    found = printed(entry)["pictures"][0]
    assert (found["url"], found["note"]) == ("", "Facebook svarade 410.")


def test_a_picture_without_description_still_has_an_alternative_text():
    assert printed(papers.entry(1, pictures=(Picture("ab" * 32, "image/png", ""),)))["pictures"][0]["alt"]


def test_a_plain_entry_has_lines_and_no_pictures():
    found = printed(papers.entry(1, TOO_SLOW, author="\u202eEmil", pictures=(SHOWN,)), plain={1})
    assert found["author"][0].text == "[U+202E]Emil"
    assert found["versions"][0]["lines"][0].startswith("[U+1F300][U+1F301]")
    assert found["pictures"][0]["url"] == ""


def test_versions_are_counted_only_when_there_are_several():
    assert printed(papers.entry(1, "en"))["versions"][0]["label"] == ""
    several = printed(papers.entry(1, ("en", "två")))["versions"]
    assert [version["label"] for version in several] == ["Version 1 av 2", "Version 2 av 2"]


def test_a_longer_document_may_take_longer():
    short, long = papers.document(papers.entry(1)), papers.document(*(papers.entry(at) for at in range(1, 500)))
    assert sheet.cost(long).seconds > sheet.cost(short).seconds >= 20
    assert sheet.cost(long).memory > sheet.cost(short).memory >= 2**30
    assert sheet.cost(papers.document(papers.entry(1, "😀" * 4000))).seconds > sheet.cost(short).seconds + 60
