"""Numbers are written as "5 725" for people. Keys must not be: addresses, forms and scripts read them."""

import re

import pytest

from moderation.policy.terms import Role
from tests import make

# What a key must never look like: digits on both sides of a space, hard or soft.
APART = re.compile(r'="[^"]*\d[\u00a0\u202f ]725[^"]*"')


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ko/", "/handling/5725/", "/ko/puls/?rader=5725", "/sok/?q=skolan"])
def test_a_key_of_four_digits_is_told_without_a_space(client, address):
    client.force_login(make.user(role=Role.WEBBREDAKTOR))
    make.item("Skolan är stängd", id=5725)
    page = client.get(address).content.decode()
    assert "5725" in page
    assert not APART.findall(page)
