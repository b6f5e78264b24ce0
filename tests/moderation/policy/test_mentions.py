import pytest

from moderation.policy.mentions import Colleague, mentioned
from tests import hostile

BO = Colleague(1, "bo", "Bo", "Ek")
BO_ALM = Colleague(2, "bo.alm", "Bo", "Alm")
ASA = Colleague(3, "asa", "Åsa", "Öberg")
EVERYBODY = [BO, BO_ALM, ASA]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Titta på den här, @asa!", {3}),
        ("@Åsa, vad säger du?", {3}),
        ("@åsa öberg: pröva", {3}),
        ("@A\u030asa med prickarna för sig", {3}),
        ("@Bo Alm och @Bo Ek.", {1, 2}),
        ("@bo.alm", {2}),
        ("Fråga @bo.", {1}),
        ("(@asa)", {3}),
        ("@asa @asa @asa", {3}),
        ("Ingen alls", set()),
        ("skriv till asa@kommun.example", set()),
        ("asa@asa", set()),
        ("@asabritt", set()),
        ("@", set()),
        ("", set()),
    ],
)
def test_whom_a_text_names(text, who):
    assert mentioned(text, EVERYBODY) == who


def test_a_first_name_that_two_have_means_nobody_unless_it_is_somebodys_username():
    two = [Colleague(1, "ek", "Bo", "Ek"), Colleague(2, "alm", "Bo", "Alm")]
    assert mentioned("@Bo", two) == set()
    assert mentioned("@Bo", [*two, Colleague(3, "bo", "Cecilia", "")]) == {3}


def test_the_longest_name_is_meant():
    short = Colleague(9, "nisse", "Bo", "")
    assert mentioned("@Bo Ek", [short, Colleague(1, "ek", "Bo", "Ek")]) == {1}


def test_nobody_is_named_where_there_is_nobody():
    assert mentioned("@asa", []) == set()


@pytest.mark.parametrize("name", ["bidi nest", "zero width flood", "surrogate flood", "tag flood"])
def test_hostile_texts_name_nobody_and_cost_no_time(name):
    assert mentioned("@" * 2_000 + hostile.texts(long=3_000)[name], EVERYBODY) == set()
