"""The search for secrets finds them in every form they might have been written in."""

import base64
from urllib.parse import quote

import pytest

from tests.faults.__main__ import TOKEN
from tests.faults.leaks import forms_in

HIDDEN = {
    "as it is": TOKEN.encode(),
    "in an address": quote(TOKEN, safe="").encode(),
    "in hexadecimal": TOKEN.encode().hex().encode(),
    **{
        f"in base64 after {before} bytes": base64.b64encode(b"x" * before + f"{TOKEN} and more".encode())
        for before in range(4)
    },
    "in base64 for addresses": base64.urlsafe_b64encode(f"a{TOKEN}b".encode()),
}


@pytest.mark.parametrize("form", HIDDEN)
def test_a_secret_is_found(form):
    assert forms_in(TOKEN, b"before " + HIDDEN[form] + b" after")


def test_nothing_is_found_where_nothing_is():
    assert forms_in(TOKEN, b"EAAG and a sida, but no nyckel") == []
