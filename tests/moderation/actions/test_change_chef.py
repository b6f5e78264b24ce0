import pytest
from django.core.exceptions import ValidationError

from moderation.actions.change_chef import change_chef
from moderation.models import AuditEntry, Verksamhet
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_verksamhet_is_given_another_chef_and_the_address_stays_out_of_the_chain():
    teknik, david = make.verksamhet(make.TEKNIK), make.david()
    change_chef(verksamhet=teknik, chef_namn="Åsa Ek", chef_epost="asa@exempel.se", by=david, now=make.NOW)
    teknik.refresh_from_db()
    assert (teknik.chef_namn, teknik.chef_epost) == ("Åsa Ek", "asa@exempel.se")
    entry = AuditEntry.objects.about(teknik).get(event=Event.CHEF_CHANGED)
    assert entry.actor == david
    assert "asa@exempel.se" not in entry.facts


def test_what_is_no_address_is_refused():
    teknik = make.verksamhet(make.TEKNIK)
    with pytest.raises(ValidationError):
        change_chef(verksamhet=teknik, chef_namn="Åsa", chef_epost="asa", by=make.david(), now=make.NOW)
    assert Verksamhet.objects.get(pk=teknik.pk).chef_namn != "Åsa"
