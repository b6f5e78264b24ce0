"""What the person asked to see stands in the address, to and fro, and nonsense in it is as if it were not there."""

from datetime import date

import pytest
from django.http import QueryDict

from moderation.views.choice import Assigned, Choice, State

FULL = Choice(
    state=State.JUDGED,
    kind="comment",
    verksamhet="7",
    category="sekretess",
    hint="hot",
    assigned=Assigned.ME,
    late=True,
    first_day=date(2026, 11, 1),
    last_day=date(2026, 11, 30),
    thread="12",
)


def test_a_choice_comes_back_from_its_own_address():
    assert Choice.of(FULL.query) == FULL
    assert Choice.read(QueryDict(FULL.address().partition("?")[2])) == FULL


def test_the_plain_queue_has_the_plain_address():
    assert (Choice().query, Choice().address(), Choice().is_narrow) == ("", "/ko/", False)


def test_the_place_of_the_page_is_no_part_of_the_choice():
    turned = Choice.of("visa=bedomda&efter=17")
    assert (turned.after, turned.query, turned.is_narrow) == ("17", "visa=bedomda", False)
    assert turned.address("18") == "/ko/?visa=bedomda&efter=18"


def test_beside_the_judged_a_class_means_nothing():
    assert FULL.of_state(State.WAITING).category == ""
    assert FULL.of_state(State.JUDGED) == FULL


def test_cleared_keeps_the_tab():
    assert FULL.cleared() == Choice(state=State.JUDGED)


@pytest.mark.parametrize(
    "query",
    [
        "visa=skräp&slag=x&klass=y&ledtrad=z&ansvarig=q",
        "verksamhet=-1&trad=1.5&efter=x",
        f"trad={'9' * 40}&efter={'9' * 40}&verksamhet={'9' * 40}",
        "fran=2026-13-01&till=igår",
        "fran=0001-01-01&till=9999-12-31",
        "trad=²",
        "",
    ],
)
def test_nonsense_is_the_plain_queue(query):
    assert Choice.of(query) == Choice()
