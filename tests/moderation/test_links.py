"""Links that are keys: made here, not made elsewhere, and good also after a change of SECRET_KEY."""

import pytest

from moderation import links


def test_a_link_leads_to_the_digest_of_its_secret_and_does_not_tell_it_otherwise():
    secret = links.new_secret()
    assert len(secret) >= 43
    assert links.digest_of(links.token(secret)) == links.digest(secret)
    assert links.new_secret() != secret


@pytest.mark.parametrize("change", [str.upper, lambda t: t[1:], lambda t: t[:-1], lambda t: t + "a", lambda t: f"x{t}"])
def test_an_altered_link_leads_nowhere(change):
    assert links.digest_of(change(links.token("hemligheten"))) == ""


@pytest.mark.parametrize("token", ["", ".", "hemligheten", "a.b", "å" * 50, "a" * 100_000, "\ud800.x", "\x00"])
def test_what_was_never_a_link_leads_nowhere(token):
    assert links.digest_of(token) == ""


def test_a_link_outlives_a_change_of_the_key_as_long_as_the_old_one_is_kept(settings):
    token = links.token("hemligheten")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "en-helt-annan-nyckel-som-ingen-kan-gissa-sig-till"
    assert links.digest_of(token) == ""
    settings.SECRET_KEY_FALLBACKS = [former]
    assert links.digest_of(token) == links.digest("hemligheten")
