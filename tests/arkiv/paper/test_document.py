"""A frozen document comes back from its JSON as it went in, whatever the citizens wrote."""

import json
from dataclasses import replace

import pytest

from arkiv.paper.document import Document
from tests import hostile
from tests.arkiv.paper import papers


def test_a_document_comes_back_from_its_json():
    document, _ = papers.week()
    assert Document.from_json(document.to_json()) == document


@pytest.mark.parametrize("name", hostile.texts(long=200))
def test_the_exact_text_is_in_the_json(name):
    text = hostile.texts(long=200)[name]
    written = papers.document(papers.entry(1, text, author=text)).to_json()
    entry = json.loads(written)["sections"][0]["entries"][0]
    assert entry["versions"][0]["text"] == text
    assert entry["author"] == text
    assert Document.from_json(written).entries[0].versions[0].text == text


def test_the_json_is_ascii_so_that_no_encoding_can_harm_it():
    assert papers.document(papers.entry(1, "åäö \x00 \ud83d 😀")).to_json().isascii()


def test_equal_documents_have_the_same_digest():
    assert papers.week()[0].digest == papers.week()[0].digest


def test_the_smallest_change_gives_another_digest():
    document = papers.document(papers.entry(1, "Vägen"))
    changed = papers.document(papers.entry(1, "Va\u0308gen"))
    assert document.digest != changed.digest
    assert document.digest != replace(document, chain_seq=document.chain_seq + 1).digest


def test_the_digest_of_a_known_document_stays_the_same_for_ever():
    document = papers.document(papers.entry(1, "Hej \x00 😀"))
    assert document.digest == "7674dab18a2ce9ca874d65eb9d12318d95c875e10f306028afeea37539f8fb2d"


def test_a_format_of_another_time_is_refused():
    with pytest.raises(ValueError, match="format"):
        Document.from_json(papers.document().to_json().replace('"format":1', '"format":2'))


def test_entries_are_those_of_all_sections():
    document, _ = papers.week()
    assert [entry.number for entry in document.entries] == list(range(1, 14))
