"""What leaves Facebook, on the screen: the page, the order, and the card that tells how it goes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import Intervention, Item, Page
from moderation.policy import rules
from moderation.policy.terms import (
    Category,
    Direction,
    Ground,
    InterventionKind,
    Kind,
    OrderState,
    Reason,
    Role,
)
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def bertil(client):
    person = make.user("bertil", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


@pytest.fixture
def threat(bertil):
    item = make.item("Passa dig noga.")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=bertil)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def advert(bertil):
    item = make.item("Köp billiga klockor.")
    make.classification(item, by=bertil)
    return Item.objects.get(pk=item.pk)


def page(item):
    return reverse("intervention", args=[item.pk])


def seen(item, **told):
    return {"seen": item.current_classification.pk, "seen_version": item.latest_version.number} | told


def removal(item, **told):
    return seen(item, kind="remove", ground=Ground.BROTT, **told)


def ordered(item, by, kind=InterventionKind.REMOVE, ground=Ground.BROTT, **fields):
    now = timezone.now()
    values = {"version": item.latest_version, "ordered_at": now, "ordered_by": by, "not_before": now}
    return Intervention.objects.create(item=item, kind=kind, ground=ground, **values | fields)


def door(name, order):
    return reverse(name, args=[order.item_id, order.pk])


# --- The page ---


def test_the_page_tells_what_goes_who_still_sees_it_and_on_what_ground(client, threat):
    shown = client.get(page(threat))
    for said in ("Passa dig noga.", "Bara den här.", "Kopian görs innan något skickas.", 'value="brott"'):
        assertContains(shown, said)
    assertContains(shown, rules.STILL_SEEN_BY["hide"])
    assertContains(shown, rules.STILL_SEEN_BY["remove"])
    assertContains(shown, "Att dölja räcker inte")
    assertNotContains(shown, 'value="reklam"')
    assertNotContains(shown, "Visa igen")


def test_the_replies_vanish_with_it_and_each_is_told(client, threat):
    reply = make.item("Håller med!", kind=Kind.REPLY, thread=threat.thread, parent=threat, author="Stina Svarsson")
    make.item("Ett svar på svaret.", kind=Kind.REPLY, thread=threat.thread, parent=reply)
    make.item("Något helt annat.", thread=threat.thread)
    shown = client.get(page(threat))
    assert [line.text for line in shown.context["lines"]] == ["Håller med!", "Ett svar på svaret."]
    assertContains(shown, "Stina Svarsson")
    assertContains(shown, "inte bedömd")
    assertNotContains(shown, "Något helt annat.")


def test_with_a_post_goes_its_whole_thread_and_of_many_the_rest_is_counted(client, bertil):
    post = make.item("Se hit", kind=Kind.POST)
    make.classification(post, by=bertil)
    for number in range(52):
        make.item(f"Nummer {number}", thread=post.thread)
    shown = client.get(page(post))
    assert (len(shown.context["lines"]), shown.context["vanishing"]) == (50, 52)
    assertContains(shown, "och 2 till.")


def test_what_may_not_be_kept_is_not_shown_among_what_vanishes(client, bertil, threat):
    reply = make.item("OSYNLIG", kind=Kind.REPLY, thread=threat.thread, parent=threat)
    make.classification(reply, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=bertil)
    shown = client.get(page(threat))
    assertContains(shown, "Texten visas inte.")
    assertNotContains(shown, "OSYNLIG")


def test_nor_is_such_an_item_itself_and_the_police_is_asked_first(client, bertil):
    item = make.item("OSYNLIG")
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=bertil)
    shown = client.get(page(item))
    assertNotContains(shown, "OSYNLIG")
    assertContains(shown, rules.ADVICE[Reason.BARNPORNOGRAFI])


def test_criticism_is_told_to_be_no_ground_and_there_is_no_button(client, bertil):
    item = make.item("Ni är odugliga.")
    make.classification(item, Category.DIARIEFORS, Reason.KLAGOMAL, by=bertil)
    shown = client.get(page(item))
    assertContains(shown, "Kritik är inte skäl att ta bort.")
    assertNotContains(shown, 'name="kind"')


def test_what_looks_like_criticism_has_the_words_before_the_choice(client, advert):
    Item.objects.filter(pk=advert.pk).update(hint_kinds="klagomal")
    shown = client.get(page(advert))
    assertContains(shown, "Kritik är inte skäl att ta bort.")
    assertContains(shown, 'name="kind"')


def test_the_pages_own_rule_is_asked_for_and_a_colleague_told_of(client, advert, threat):
    assertContains(client.get(page(advert)), "Då ska en kollega godkänna först.")
    assertNotContains(client.get(page(threat)), "Då ska en kollega godkänna först.")


def test_what_is_hidden_can_be_shown_again(client, threat):
    Item.objects.filter(pk=threat.pk).update(hidden=True)
    shown = client.get(page(threat))
    assertContains(shown, "Visa igen på Facebook")
    assertNotContains(shown, "Dölj på Facebook")
    client.post(page(threat), seen(threat, kind="show"))
    assert Intervention.objects.get().kind == InterventionKind.SHOW


# --- The order ---


def test_the_order_leads_back_to_the_item_with_the_way_to_undo(client, bertil, threat):
    response = client.post(page(threat), removal(threat, ko="slag=comment"))
    assertRedirects(response, f"{threat.get_absolute_url()}?slag=comment#facebook", fetch_redirect_response=False)
    order = Intervention.objects.get()
    assert (order.kind, order.ground, order.ordered_by) == ("remove", "brott", bertil)
    assert order.not_before - order.ordered_at == rules.UNDO_WINDOW
    shown = client.get(threat.get_absolute_url())
    assertContains(shown, "Tas bort kl. ")
    assertContains(shown, "Ångra")
    assertNotContains(shown, "Borttaget")


def test_what_has_changed_meanwhile_stops_it_and_keeps_what_was_typed(client, threat):
    told = removal(threat, note="Hon är rädd.")
    make.version(threat, "Jag menade inte så.")
    response = client.post(page(threat), told)
    assertContains(response, "Texten ändrades på Facebook", status_code=409)
    assertContains(response, "Hon är rädd.", status_code=409)
    assertContains(response, "Jag menade inte så.", status_code=409)
    assert not Intervention.objects.exists()
    assert response.context["seen"].version == 2


def test_a_judgement_of_another_meanwhile_stops_it_too(client, threat):
    told = removal(threat)
    make.classification(threat, Category.RINGA_BETYDELSE)
    assert client.post(page(threat), told).status_code == 409


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "remove"}, "Välj en grund."),
        ({"kind": "hide", "ground": "hittepå"}, "Välj en grund."),
        ({"kind": "hide", "ground": "brott"}, "Välj en grund som stämmer med bedömningen."),
        ({"kind": "", "ground": "reklam"}, "Välj vad som ska göras."),
        ({"kind": "remove", "ground": "sidregler", "rule": " "}, "publicerade regler"),
    ],
)
def test_what_is_not_allowed_is_refused_with_a_sentence(client, advert, told, said):
    assertContains(client.post(page(advert), seen(advert, **told)), said, status_code=400)
    assert not Intervention.objects.exists()


# --- The card ---


def test_it_is_taken_back(client, bertil, threat):
    order = ordered(threat, bertil, not_before=timezone.now() + timedelta(seconds=15))
    response = client.post(door("cancel_intervention", order), follow=True)
    assertContains(response, "Ångrat. Inget har skickats till Facebook.")
    order.refresh_from_db()
    assert order.state == OrderState.CANCELLED


def test_too_late_is_said_and_changes_nothing(client, bertil, threat):
    order = ordered(threat, bertil, sent_at=timezone.now(), state=OrderState.WORKING)
    assertContains(client.post(door("cancel_intervention", order), follow=True), "för sent att ångra")
    assertContains(client.get(threat.get_absolute_url()), "Skickat, kontrolleras")


def test_a_colleague_agrees_and_nobody_with_themselves(client, bertil, advert):
    told = {"ground": Ground.SIDREGLER, "rule": "Regel 3."}
    order = ordered(advert, bertil, **told)
    own = client.get(advert.get_absolute_url())
    assertContains(own, "Väntar på att en kollega godkänner")
    assertContains(own, "Avbryt")
    assertNotContains(own, "Godkänn<")
    client.force_login(anna := make.user("anna", Role.WEBBREDAKTOR))
    theirs = client.get(advert.get_absolute_url())
    assertContains(theirs, "Godkänn<")
    assertContains(theirs, "Regeln: Regel 3.")
    client.post(door("approve_intervention", order))
    order.refresh_from_db()
    assert order.approved_by == anna


@pytest.mark.parametrize(
    ("kind", "already", "said"),
    [
        ("remove", False, "Borttaget från Facebook, bekräftat"),
        ("remove", True, "Var redan borta från Facebook"),
        ("hide", False, "Dolt på Facebook, bekräftat"),
        ("show", False, "Visas igen på Facebook, bekräftat"),
    ],
)
def test_what_facebook_has_shown_is_told_as_done(client, bertil, threat, kind, already, said):
    ordered(threat, bertil, kind, state=OrderState.DONE, done_at=timezone.now(), was_done_already=already)
    assertContains(client.get(threat.get_absolute_url()), said)


@pytest.mark.parametrize("state", [OrderState.ORDERED, OrderState.WORKING, OrderState.FAILED, OrderState.CANCELLED])
def test_nothing_is_called_removed_that_is_only_ordered(client, bertil, threat, state):
    ordered(threat, bertil, state=state)
    shown = client.get(threat.get_absolute_url())
    assertNotContains(shown, "Borttaget")
    assertNotContains(shown, "bekräftat")


def test_what_failed_says_why_and_is_tried_again(client, bertil, threat):
    order = ordered(threat, bertil, state=OrderState.FAILED, last_error="Facebook nekade.")
    shown = client.get(threat.get_absolute_url())
    assertContains(shown, "Gick inte att ta bort från Facebook")
    assertContains(shown, "Facebook nekade.")
    client.post(door("retry_intervention", order))
    order.refresh_from_db()
    assert order.state == OrderState.ORDERED


def test_a_copy_that_is_long_in_coming_may_be_done_without(client, bertil, threat):
    ago = timezone.now() - timedelta(minutes=1)
    order = ordered(threat, bertil, ordered_at=ago, last_error="Bevisbladet är inte klart än.")
    shown = client.get(threat.get_absolute_url())
    assertContains(shown, "Väntar på att kopian blir klar")
    assertContains(shown, "Bevisbladet är inte klart än. Nästa försök kl.")
    assertContains(shown, "Ta bort ändå (avvikelse)")
    assertContains(client.post(door("accept_gap", order), {"gap": " "}, follow=True), "Skriv vad som saknas")
    client.post(door("accept_gap", order), {"gap": "Filmen."})
    order.refresh_from_db()
    assert (order.gap, order.gap_accepted_by) == ("Filmen.", bertil)


def test_at_first_the_copy_is_waited_for(client, bertil, threat):
    ordered(threat, bertil)
    assertNotContains(client.get(threat.get_absolute_url()), "Ta bort ändå")


def test_what_moves_asks_anew_and_is_answered_only_when_there_is_news(client, bertil, threat):
    order = ordered(threat, bertil)
    mark = client.get(threat.get_absolute_url()).context["intervention"]["state"].mark
    address = reverse("intervention_state", args=[threat.pk])
    assert client.get(address, {"sett": mark}, headers=HTMX).status_code == 204
    Intervention.objects.filter(pk=order.pk).update(state=OrderState.DONE, done_at=timezone.now())
    news = client.get(address, {"sett": mark}, headers=HTMX)
    assertContains(news, "Borttaget från Facebook, bekräftat")
    assertNotContains(news, "every 3s")


def test_a_registrator_sees_how_it_goes_and_has_no_buttons(client, bertil, threat):
    ordered(threat, bertil, note="Hon är rädd.")
    client.force_login(make.rut())
    shown = client.get(threat.get_absolute_url())
    assertContains(shown, "Väntar på att kopian blir klar")
    for absent in ("Ångra</button>", "Hon är rädd.", f'href="{page(threat)}'):
        assertNotContains(shown, absent)


def test_an_order_of_another_item_is_not_found_under_this_one(client, bertil, threat, advert):
    order = ordered(threat, bertil)
    assert client.post(reverse("cancel_intervention", args=[advert.pk, order.pk])).status_code == 404


# --- The ways there ---


def test_the_step_and_the_judgement_lead_there(client, threat):
    shown = client.get(threat.get_absolute_url())
    assertContains(shown, "Ta bort från Facebook …")
    assertContains(shown, "Dölj eller ta bort på Facebook …")


def test_nothing_leads_there_where_nothing_can_be_done(client, bertil):
    criticism = make.item("Ni är odugliga.")
    make.classification(criticism, Category.DIARIEFORS, Reason.KLAGOMAL, by=bertil)
    own = make.item("Vi plogar i natt.", direction=Direction.UPPRATTAD)
    for item in (criticism, own, make.item()):
        assertNotContains(client.get(item.get_absolute_url()), "Dölj eller ta bort på Facebook …")


def test_what_our_key_may_not_do_is_said_before_anybody_tries(client, bertil, threat):
    Page.objects.update(token_lacks="pages_manage_engagement")
    answer = client.get(page(threat))
    told = answer.content.decode()
    assert "behörigheten pages_manage_engagement" in told
    assert "Ta bort från Facebook</button>" not in told


def test_the_only_ground_is_chosen_already(client, bertil, threat):
    assertContains(client.get(page(threat)), 'id="facebook-ground_0" checked')
