import pytest
from pytest_django.asserts import assertContains, assertRedirects

from moderation import keys
from moderation.hints import HintKind
from moderation.models import AuditEntry, Preferences
from moderation.policy.terms import Event
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    agda = make.agda()
    client.force_login(agda)
    return agda


def typed(**other):
    told = {f"tangent-{key.name}": key.default for key in keys.KEYS}
    return told | {"keys_on": "on", "blur_pictures": "on", "hints": HintKind.values} | other


def test_everybody_begins_with_keys_and_blurred_pictures(client, agda):
    answer = client.get("/installningar/")
    assertContains(answer, 'name="keys_on" id="val-keys_on" checked')
    assertContains(answer, 'name="blur_pictures" id="val-blur_pictures" checked')


def test_what_is_chosen_is_kept_and_told_in_the_chain(client, agda):
    answer = client.post("/installningar/", typed(**{"keys_on": "", "tangent-park": "w", "hints": [HintKind.FRAGA]}))
    assertRedirects(answer, "/installningar/")
    chosen = Preferences.objects.get()
    assert (chosen.user, chosen.keys_on, chosen.keys) == (agda, False, {"park": "w"})
    assert HintKind.FRAGA not in chosen.hidden_hints
    assert HintKind.HOT in chosen.hidden_hints
    assert AuditEntry.objects.filter(event=Event.PREFERENCES_CHANGED).count() == 1


def test_the_keys_on_every_page_are_the_persons_own(client, agda):
    client.post("/installningar/", typed(**{"tangent-park": "w"}))
    assertContains(client.get("/"), '"w": "park"')


def test_two_things_on_one_key_are_refused_and_nothing_is_lost(client, agda):
    answer = client.post("/installningar/", typed(**{"tangent-park": "j"}))
    assertContains(answer, "Tangenten används redan till ”Nästa i kön”.", status_code=400)
    assertContains(answer, 'name="tangent-park" value="j"', status_code=400)
    assert not Preferences.objects.exists()


def test_everything_can_be_put_back(client, agda):
    client.post("/installningar/", typed(**{"keys_on": "", "tangent-park": "w", "hints": []}))
    client.post("/installningar/", {"aterstall": "1"})
    chosen = Preferences.objects.get()
    assert (chosen.keys_on, chosen.keys, chosen.hidden_hints) == (True, {}, [])
