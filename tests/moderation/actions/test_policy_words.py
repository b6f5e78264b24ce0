import pytest
from django.core.exceptions import ValidationError

from moderation.actions import policy_words
from moderation.models import AuditEntry, PolicyVersion
from moderation.policy import rules
from moderation.policy.terms import Category, Event
from tests import make

pytestmark = pytest.mark.django_db

WORDS = {category: (f"Nya ord om {category.label}", "") for category in Category}


def test_the_first_version_is_the_policy_as_it_was_written():
    first = policy_words.in_force(make.NOW)
    assert first.number == 1
    assert {text.category: text.text for text in first.texts.all()} == rules.MEANING
    assert policy_words.in_force(make.NOW) == first


def test_each_judgement_bears_the_version_in_force():
    before = make.classification(make.item())
    policy_words.change(words=WORDS, note="Tydligare", seen=1, by=make.david(), now=make.NOW)
    after = make.classification(make.item())
    assert (before.policy.number, after.policy.number) == (1, 2)
    assert before.policy.texts.first().text == rules.MEANING[Category.DIARIEFORS]


def test_a_new_version_is_told_in_the_chain():
    policy_words.in_force(make.NOW)
    version = policy_words.change(words=WORDS, note="Tydligare", seen=1, by=make.david(), now=make.NOW)
    assert AuditEntry.objects.about(version).get(event=Event.POLICY_CHANGED).known_facts == {"number": 2}


def test_two_administrators_do_not_overwrite_each_other():
    policy_words.in_force(make.NOW)
    david = make.david()
    policy_words.change(words=WORDS, note="Tydligare", seen=1, by=david, now=make.NOW)
    with pytest.raises(ValidationError, match="Någon annan har ändrat"):
        policy_words.change(words=WORDS, note="Också", seen=1, by=david, now=make.NOW)
    assert PolicyVersion.objects.count() == 2


def test_nobody_changes_the_policys_words_without_saying_why():
    policy_words.in_force(make.NOW)
    with pytest.raises(ValidationError, match="varför"):
        policy_words.change(words=WORDS, note=" ", seen=1, by=make.david(), now=make.NOW)
