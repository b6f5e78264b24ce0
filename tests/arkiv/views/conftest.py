"""Somebody logged in, and a printout with its file."""

import pytest

from arkiv.actions.print_out import print_out
from arkiv.models import Printout
from moderation import store
from tests import make


@pytest.fixture
def files(settings, tmp_path) -> store.Store:
    """The installation's own store, in a place of the test's own."""
    settings.STORE_DIR = tmp_path / "arkiv"
    return store.files()


@pytest.fixture
def cecilia(client):
    person = make.cecilia()
    client.force_login(person)
    return person


@pytest.fixture
def printed(files, clock):
    """printed(printout): carried out, with a real PDF in the store."""

    def carry_out(printout: Printout) -> Printout:
        claimed = Printout.objects.filter(pk=printout.pk).claim(clock())
        print_out(files, clock, claimed)
        return claimed

    return carry_out
