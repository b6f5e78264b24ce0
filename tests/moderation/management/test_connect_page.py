import io
import sys

import pytest
from django.core.management import CommandError, call_command

from moderation import vault
from moderation.models import Page

pytestmark = pytest.mark.django_db

TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"


@pytest.fixture
def say(monkeypatch):
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_the_token_is_read_from_standard_in(say, capsys):
    say(f"{TOKEN}\n")
    call_command("connect_page", page="1036844829507460")
    assert vault.unseal(Page.objects.get().token_sealed) == TOKEN
    told = capsys.readouterr()
    assert "är ansluten" in told.out
    assert TOKEN not in told.out + told.err


def test_nothing_in_says_what_to_do(say):
    say("")
    with pytest.raises(CommandError, match="Klistra in en nyckel"):
        call_command("connect_page", page="1036844829507460")


def test_the_token_cannot_be_given_as_an_argument(say):
    say("")
    with pytest.raises((CommandError, TypeError)):
        call_command("connect_page", "--token", TOKEN)
