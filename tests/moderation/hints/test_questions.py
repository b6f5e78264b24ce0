import pytest

from moderation import hints
from moderation.hints import HintKind


def asks(text):
    return HintKind.FRAGA in hints.kinds(hints.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "boktips?",
        "När plogas Gruvgatan? Har inte sett nån bil",
        "när öppnar isbanan",
        "Hej hur gör man för att få färdtjänst",
        "undrar om ni tar emot kläder",
        "får man ta med hund",
        "Är biblioteket öppet på lördag",
        "någon som vet var man lämnar batterier",
        "Tack för svar. Vem ansvarar för lekplatsen",
        "هل يمكن؟",
        "köper ni in fler böcker",
    ],
)
def test_a_question_is_found_with_a_mark_and_without(text):
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "När jag var liten fanns en biograf här",
        "Hur fint som helst!",
        "Var på biblioteket i går",
        "Tycker ni gör ett bra jobb",
        "Vilken fantastisk konsert",
        "Är redan där",
        "Det här är 3:e gången",
        "Kan ni inte ha det på lördagen i stället",
    ],
)
def test_what_only_begins_like_a_question_is_none(text):
    assert not asks(text)


def test_the_mark_or_the_two_words_that_ask_are_marked():
    text = "Hej. När öppnar ni på lördag?"
    assert [text[hint.start : hint.end] for hint in hints.find(text)] == ["När öppnar", "?"]
