import pytest
from django.core.exceptions import ValidationError

from moderation.actions.add_verksamhet import add_verksamhet
from moderation.models import AuditEntry
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_new_verksamhet_is_told_in_the_chain():
    added = add_verksamhet(namn="Kultur", chef_namn="Kia Chef", chef_epost="kia@kommun.example", by=None, now=make.NOW)
    assert str(added) == "Kultur"
    assert AuditEntry.objects.about(added).get().event == Event.VERKSAMHET_ADDED


def test_the_same_name_is_refused_with_a_sentence():
    make.verksamhet("Kultur")
    with pytest.raises(ValidationError, match="redan en verksamhet"):
        add_verksamhet(namn="Kultur", by=None, now=make.NOW)
