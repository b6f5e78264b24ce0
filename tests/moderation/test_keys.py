import pytest

from moderation import keys


def test_no_two_things_have_the_same_key():
    assert keys.wrong({}) == {}


def test_a_person_may_have_other_keys():
    assert keys.mapping({"park": "w"})["park"] == "w"
    assert keys.wrong({"park": "w"}) == {}


def test_a_key_that_is_taken_is_refused_by_the_name_of_what_has_it():
    assert "Nästa i kön" in keys.wrong({"park": "j"})["park"]


@pytest.mark.parametrize("character", ["", "/", "jj", "€", " ", "\n"])
def test_only_letters_and_digits_are_keys(character):
    assert keys.wrong({"park": character})["park"] == "Välj en bokstav eller en siffra."


def test_two_keys_may_change_places():
    assert keys.wrong({"next": "k", "previous": "j"}) == {}
