import pytest

from moderation import hints
from moderation.hints import HintKind


def language(text):
    return [(hint.start, hint.end, hint.detail) for hint in hints.find(text) if hint.kind == HintKind.SPRAK]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("When will the road be open again?", "engelska"),
        ("Onko vesi nyt turvallista juoda?", "finska"),
        ("Biyaha ma la cabi karaa hadda?", "somaliska"),
        ("Wo finde ich Informationen über die neue Buslinie?", "tyska"),
        ("Tusen takk for fin service, vi kommer gjerne tilbake til dere", "norska"),
        ("هل يمكن إعطاء ماء الصنبور للأطفال؟", "arabiska"),
        ("کتابخانه چه ساعتی باز می‌شود", "persiska"),
        ("Коли відкриється бібліотека?", "ukrainska"),
        ("Когда откроется библиотека?", "ryska"),
        ("ቤተ መጻሕፍቲ መዓስ ይኽፈት", "tigrinska eller amhariska"),
        ("ห้องสมุดเปิดกี่โมง", "thailändska"),
    ],
)
def test_another_language_is_told_of_the_whole_text_by_its_swedish_name(text, name):
    assert language(text) == [(0, 0, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Int ä dä plogat i Bångbro heller, dä ä likadant vartenda år. Skärpning!",
        "Tacobuffé!!! 🌮😍",
        "👍👍👍",
        "Love it 😍",
        "Game over för centrum, the end",
        "Hej شكرا hej hej hej hej",
        "Kör testerna på måndag, mit i veckan",
        "",
        "12345 67 89",
        "Zlatan Ibrahimović",
    ],
)
def test_swedish_and_what_is_too_little_to_tell_have_none(text):
    assert language(text) == []
