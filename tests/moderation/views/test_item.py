"""The item page shows the handling in its thread, and lets it be judged, placed and followed up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation.models import Classification, Item, ThreadCount
from moderation.policy.terms import Category, Direction, Kind, Reason, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def agda(client):
    """A webbredaktör for the whole municipality, logged in."""
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


def judge(client, item, **fields):
    return client.post(f"/handling/{item.pk}/bedom/", {"category": "ringa_betydelse", "note": "", **fields})


def judgements(item) -> list[str]:
    return list(item.classifications.order_by("pk").values_list("category", flat=True))


# --- Reading ----------------------------------------------------------------------------------------------------


def test_the_item_stands_marked_in_its_thread_below_its_post(client, agda):
    post = make.item("Vi plogar i turordning.", kind=Kind.POST, direction=Direction.UPPRATTAD, author="Kommunen")
    item = make.item("Inget plogat här.", thread=post.thread, parent=post, at=make.NOW + timedelta(minutes=1))
    make.item(
        "Bilen är på väg.",
        kind=Kind.REPLY,
        thread=post.thread,
        parent=item,
        direction=Direction.UPPRATTAD,
        at=make.NOW + timedelta(minutes=2),
    )
    response = client.get(f"/handling/{item.pk}/")
    entries = response.context["surroundings"].entries
    assert [(entry.item.beginning, entry.depth, entry.is_here, entry.is_own) for entry in entries] == [
        ("Vi plogar i turordning.", 0, False, True),
        ("Inget plogat här.", 1, True, False),
        ("Bilen är på väg.", 2, False, True),
    ]
    assertContains(response, 'aria-current="true"')


def test_a_reply_stands_below_its_comment_although_others_came_between(client, agda):
    post = make.item("Inlägg", kind=Kind.POST)
    texts = {}
    for minute, (text, above) in enumerate([("A", None), ("B", None), ("A:1", "A"), ("B:1", "B"), ("A:2", "A")], 1):
        at = make.NOW + timedelta(minutes=minute)
        texts[text] = make.item(text, thread=post.thread, parent=texts[above] if above else post, at=at)
    entries = client.get(post.get_absolute_url()).context["surroundings"].entries
    assert [entry.item.beginning for entry in entries] == ["Inlägg", "A", "A:1", "A:2", "B", "B:1"]


def test_of_a_very_long_thread_the_nearest_are_shown_and_the_rest_is_counted(client, agda):
    post = make.item("Inlägg", kind=Kind.POST)
    comments = [
        make.item(f"Nummer {n}", thread=post.thread, parent=post, at=make.NOW + timedelta(minutes=n + 1))
        for n in range(230)
    ]
    response = client.get(comments[150].get_absolute_url())
    shown = [entry.item.beginning for entry in response.context["surroundings"].entries]
    assert shown == ["Inlägg", *(f"Nummer {n}" for n in range(142, 158))]
    assertContains(response, "214 är utelämnade")
    assertContains(response, f'href="{comments[150].get_absolute_url()}?hela=1#sammanhang"')
    whole = client.get(f"{comments[150].get_absolute_url()}?hela=1")
    assert len(whole.context["surroundings"].entries) == 231
    assertNotContains(whole, "utelämnade")


def test_the_page_asks_as_much_of_the_database_for_a_long_thread_as_for_a_short_one(client, agda):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(item.get_absolute_url()).status_code == 200
        return len(asked)

    post = make.item("Inlägg", kind=Kind.POST)
    item = make.item("Kommentar", thread=post.thread, parent=post)
    short = questions()
    for number in range(30):
        other = make.item(f"Nummer {number}", thread=post.thread, parent=post)
        make.classification(other, by=agda)
    assert questions() == short


def test_every_earlier_text_is_shown_with_its_time(client, agda):
    item = make.item("Första lydelsen")
    make.version(item, "Andra lydelsen", at=make.NOW + timedelta(hours=2))
    response = client.get(item.get_absolute_url())
    assertContains(response, "Första lydelsen")
    assertContains(response, "Kom in, sett 20 november 2026 kl. 13.00")
    assertContains(response, "Texten ändrades, sett 20 november 2026 kl. 15.00")


def test_an_item_that_was_edited_after_its_judgement_shows_the_difference(client, agda):
    item = make.item("Bra vägar")
    make.classification(item, by=agda)
    assertNotContains(client.get(item.get_absolute_url()), "Ändrad på Facebook efter bedömningen")
    make.version(item, "Dåliga vägar", at=make.NOW + timedelta(hours=2))
    response = client.get(item.get_absolute_url())
    assertContains(response, "Ändrad på Facebook efter bedömningen")
    assertContains(response, '<del><span class="visually-hidden">[borttaget: </span>Bra')
    assertContains(response, '<ins><span class="visually-hidden">[nytt: </span>Dåliga')


def test_the_thread_says_how_much_of_it_facebook_counts_and_what_is_left_over(client, agda):
    item = make.item()
    counts = {"told": 3, "stored": 1, "hidden": 0, "removed_by_others": 1, "removed_by_page": 0}
    run = make.run(make.page())
    ThreadCount.objects.create(thread=item.thread, run=run, counted_at=make.NOW, **counts)
    response = client.get(item.get_absolute_url())
    for words in ("Facebook räknar 3", "1 av dem är sparade", "2 som Facebook räknar men inte visar", "borta från"):
        assertContains(response, words)


def test_what_could_not_be_understood_is_said(client, agda):
    item = make.item("Hej", notes="Tiden kunde inte läsas.\nEn bilaga av okänt slag.", created_at=None)
    response = client.get(item.get_absolute_url())
    for words in ("Tiden kunde inte läsas.", "En bilaga av okänt slag.", "Facebook har inte sagt när"):
        assertContains(response, words)


def test_what_is_hidden_or_gone_on_facebook_says_so(client, agda):
    assertContains(client.get(make.item(hidden=True).get_absolute_url()), "dold på Facebook")
    assertContains(client.get(make.item(removed_at=make.NOW).get_absolute_url()), "borta från Facebook")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http:", "http://["])
def test_only_web_addresses_become_links(client, agda, address):
    response = client.get(make.item(permalink_url=address).get_absolute_url())
    assertNotContains(response, "Visa på Facebook")
    assertNotContains(response, f'href="{address}')


def test_strangers_words_stay_words_and_names_cannot_turn_the_line_around(client, agda):
    item = make.item("<img src=x onerror=alert(1)>{{ 7|add:7 }}\nrad två", author="\u202e<b>Kalle")
    response = client.get(item.get_absolute_url())
    assertContains(response, "&lt;img src=x onerror=alert(1)&gt;{{ 7|add:7 }}<br>rad två")
    assertContains(response, "[U+202E]&lt;b&gt;Kalle")


def test_a_text_of_sixty_thousand_characters_is_shown_whole(client, agda):
    item = make.item("ord " * 15_000)
    assert client.get(item.get_absolute_url()).content.decode().count("ord ") >= 15_000


def test_another_verksamhets_item_does_not_exist(client):
    client.force_login(make.bertil())
    item = make.item(thread=make.thread(make.verksamhet(make.BARN)))
    response = client.get(item.get_absolute_url())
    assertContains(response, "Handlingen finns inte, eller hör till en verksamhet", status_code=404)


def test_an_archivist_reads_but_is_offered_no_form_to_judge(client):
    client.force_login(make.cecilia())
    item = make.item()
    response = client.get(item.get_absolute_url())
    assertNotContains(response, "Spara och nästa")
    assertContains(response, "väntar på att en webbredaktör bedömer den")


def test_the_municipalitys_own_words_are_not_judged(client, agda):
    item = make.item(direction=Direction.UPPRATTAD)
    assertNotContains(client.get(item.get_absolute_url()), "Spara och nästa")
    assertContains(judge(client, item), "ska inte bedömas", status_code=400)


# --- What nobody may keep ---------------------------------------------------------------------------------------


def test_of_what_nobody_may_keep_only_link_number_time_and_account_are_shown(client, agda):
    item = make.item("Förbjudet", author="Mörk Profil", author_id="77", permalink_url="https://www.facebook.com/x")
    make.version(item, "Förbjudet också")
    attachment = make.attachment(item, sha256="a" * 64, mime="image/jpeg")
    make.classification(item, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    response = client.get(item.get_absolute_url())
    html = response.content.decode()
    assert "Förbjudet" not in html
    assert f"/bilaga/{attachment.pk}/" not in html
    for words in ("114 14", item.graph_id, "Mörk Profil", "77", "https://www.facebook.com/x", "20 november 2026"):
        assert words in html


def test_what_nobody_may_keep_is_not_shown_beside_its_neighbours(client, agda):
    post = make.item("Förbjudet inlägg", kind=Kind.POST)
    neighbour = make.item("Granne", thread=post.thread, parent=post)
    make.classification(post, Category.BROTTSLIGT, Reason.BARNPORNOGRAFI, by=agda)
    assertNotContains(client.get(neighbour.get_absolute_url()), "Förbjudet inlägg")


# --- Judging ----------------------------------------------------------------------------------------------------


def test_a_judgement_leads_back_to_the_item_and_offers_the_next(client, agda):
    item, following = make.item("Den här"), make.item("Nästa")
    response = judge(client, item, category="diariefors", reason="klagomal", note="Ring henne.")
    assertRedirects(response, item.get_absolute_url(), fetch_redirect_response=False)
    page = client.get(item.get_absolute_url())
    assertContains(page, "Bedömd som", count=1)
    assertContains(page, "Bedömd som Diarieförs: Klagomål eller synpunkter.")
    assertContains(page, "1 åtgärd att göra.")
    assertContains(page, f'<a href="{following.get_absolute_url()}">Nästa i kön</a>')
    assertContains(page, "Ring henne.")
    judged = item.classifications.get()
    assert (judged.category, judged.reason, judged.note, judged.decided_by) == (
        "diariefors",
        "klagomal",
        "Ring henne.",
        agda,
    )


def test_the_last_judgement_says_that_the_queue_is_empty(client, agda):
    item = make.item()
    assertContains(judge(client, item), "", status_code=302)
    assertContains(client.get(item.get_absolute_url()), "Kön är tom.")


def test_a_category_without_reasons_needs_no_field_for_one(client, agda):
    item = make.item()
    assert client.post(f"/handling/{item.pk}/bedom/", {"category": "sekretess"}).status_code == 302
    assert judgements(item) == ["sekretess"]


def test_a_reason_of_another_category_is_refused_and_the_choice_is_kept(client, agda):
    item = make.item()
    response = judge(client, item, category="brottsligt", reason="klagomal", note="Mitt utkast")
    assertContains(response, "Välj ett skäl som hör till ”Brottsligt”.", status_code=400)
    assertContains(response, 'value="brottsligt" required checked', status_code=400)
    assertContains(response, "Mitt utkast", status_code=400)
    assert judgements(item) == []


def test_a_judgement_on_something_already_judged_is_told_by_whom_and_keeps_the_draft(client, agda):
    item = make.item()
    make.classification(item, Category.SEKRETESS, by=make.user("bo", Role.WEBBREDAKTOR))
    response = judge(client, item, note="Mitt utkast")
    assertContains(response, "Bo har redan bedömt handlingen som ”Sekretess”", status_code=409)
    assertContains(response, "Bo satte 20 november 2026 kl. 13.00", status_code=409)
    assertNotContains(response, "2026-11-20 kl.", status_code=409)
    assertContains(response, "Mitt utkast", status_code=409)
    assert judgements(item) == ["sekretess"]


def test_after_a_conflict_the_form_knows_what_stands_there_now(client, agda):
    item = make.item()
    first = make.classification(item, Category.SEKRETESS, by=agda)
    refused = judge(client, item)
    assertContains(refused, f'name="seen" value="{first.pk}"', status_code=409)
    assert judge(client, item, seen=first.pk, seen_version=1).status_code == 302
    assert judgements(item) == ["sekretess", "ringa_betydelse"]


def test_a_text_that_changed_while_it_was_read_is_read_again(client, agda):
    item = make.item("Som den var")
    make.version(item, "Som den är")
    response = judge(client, item, seen="", seen_version=1)
    assertContains(response, "Texten ändrades på Facebook medan du läste.", status_code=409)
    assertContains(response, "Som den är", status_code=409)
    assertContains(response, 'name="seen_version" value="2"', status_code=409)
    assert judgements(item) == []


def test_a_second_click_makes_no_second_judgement(client, agda):
    item = make.item()
    assert [judge(client, item, seen="", seen_version=1).status_code for _ in range(2)] == [302, 302]
    assert judgements(item) == ["ringa_betydelse"]


def test_keys_of_four_digits_are_written_without_a_space(client, agda):
    item = make.item()
    judged = make.classification(item, by=agda)
    Classification.objects.filter(pk=judged.pk).update(superseded_at=make.NOW)
    item.waiting_since = make.NOW
    Classification.objects.create(
        pk=12345, item=item, version=judged.version, category="sekretess", decided_at=make.NOW, decided_by=agda
    )
    assertContains(client.get(item.get_absolute_url()), 'name="seen" value="12345"')


def test_an_archivist_may_not_judge(client):
    client.force_login(make.cecilia())
    item = make.item()
    assertContains(judge(client, item), "Bedöma handlingar", status_code=403)
    assert judgements(item) == []


def test_judging_is_a_post(client, agda):
    assert client.get(f"/handling/{make.item().pk}/bedom/").status_code == 405


def test_the_history_tells_what_happened_in_words(client, agda):
    item = make.item()
    make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=agda)
    assertContains(client.get(item.get_absolute_url()), "Bedömdes: Brottsligt, Hot")


# --- Placing ----------------------------------------------------------------------------------------------------


def test_a_thread_is_placed_in_a_verksamhet(client, agda):
    item, teknik = make.item(), make.verksamhet(make.TEKNIK)
    response = client.post(f"/handling/{item.pk}/verksamhet/", {"verksamhet": teknik.pk, "ko": "slag=comment"})
    assertRedirects(response, f"{item.get_absolute_url()}?slag=comment", fetch_redirect_response=False)
    assertContains(client.get(item.get_absolute_url()), "Tråden hör nu till Teknik.")
    assert Item.objects.get(pk=item.pk).thread.verksamhet == teknik


def test_who_gives_a_thread_away_comes_back_to_the_queue(client):
    client.force_login(make.bertil())
    item = make.item()
    response = client.post(f"/handling/{item.pk}/verksamhet/", {"verksamhet": make.verksamhet(make.BARN).pk})
    assertRedirects(response, "/ko/")


def test_a_verksamhet_that_does_not_exist_is_refused(client, agda):
    response = client.post(f"/handling/{make.item().pk}/verksamhet/", {"verksamhet": 4711})
    assertContains(response, "Verksamheten finns inte.", status_code=400)
