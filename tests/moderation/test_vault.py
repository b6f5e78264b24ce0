import pytest

from moderation import vault

TOKEN = "EAABsbCS1iHgBO7ZB4hemligt"


def test_what_is_sealed_comes_back_and_says_nothing_on_the_way():
    sealed = vault.seal(TOKEN)
    assert vault.unseal(sealed) == TOKEN
    assert TOKEN not in sealed
    assert sealed.isascii()
    assert vault.seal(TOKEN) != sealed


def test_a_former_secret_key_still_opens_but_no_longer_closes(settings):
    settings.SECRET_KEY = "g" * 50
    old = vault.seal(TOKEN)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["g" * 50]
    new = vault.seal(TOKEN)
    assert vault.unseal(old) == TOKEN
    settings.SECRET_KEY_FALLBACKS = []
    assert vault.unseal(new) == TOKEN
    with pytest.raises(vault.Unreadable, match="SECRET_KEY_FALLBACKS"):
        vault.unseal(old)


@pytest.mark.parametrize(
    "harm", [lambda sealed: sealed[:-8], lambda sealed: sealed.swapcase(), lambda _: "", str.upper]
)
def test_what_was_touched_is_not_believed(harm):
    with pytest.raises(vault.Unreadable) as caught:
        vault.unseal(harm(vault.seal(TOKEN)))
    assert caught.value.__cause__ is None


def test_the_secret_key_itself_is_not_the_key(settings):
    """What else is signed with SECRET_KEY tells nothing of the vault's key."""
    sealed = vault.seal(TOKEN)
    assert settings.SECRET_KEY not in sealed
    settings.SECRET_KEY += "x"
    with pytest.raises(vault.Unreadable):
        vault.unseal(sealed)
