"""What stands on the desk beside the item: the policy's words, the context, the clocks, and the way to the next one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from moderation import access
from moderation.actions import lease, policy_words
from moderation.models import Item, Lease, PolicyVersion, Preferences
from moderation.policy.terms import Category, Direction, Kind, Reason, Role
from moderation.search.vocabulary import gather
from tests import make

pytestmark = pytest.mark.django_db

DESK = {"HX-Request": "true", "HX-Target": "arbetsyta"}


@pytest.fixture
def agda(client):
    person = make.user("agda", Role.WEBBREDAKTOR)
    client.force_login(person)
    return person


@pytest.fixture
def anna():
    return make.user("anna", Role.WEBBREDAKTOR)


def judge(client, item, headers=None, **fields):
    told = {"category": "ringa_betydelse", "note": "", "seen": "", "seen_version": item.version_number, **fields}
    return client.post(f"/handling/{item.pk}/bedom/", told, headers=headers)


def at(minutes: int):
    return make.NOW + timedelta(minutes=minutes)


# --- The whole page, or the desk alone --------------------------------------------------------------------------------


def test_htmx_is_given_the_desk_alone_and_a_browser_the_list_too(client, agda):
    item = make.item("Den här")
    alone = client.get(item.get_absolute_url(), headers=DESK)
    assertContains(alone, 'id="arbetsyta"', count=1)
    assertContains(alone, "<title>Kommentar av Kalle Exempel – Sociala medier</title>")
    assertNotContains(alone, 'id="lista"')
    assert "HX-Target" in alone["Vary"]
    whole = client.get(item.get_absolute_url())
    assertContains(whole, 'id="arbetsyta"', count=1)
    assertContains(whole, 'id="lista"')


def test_the_desk_alone_comes_first_and_then_asks_for_what_stands_around_it(client, agda):
    thread = make.thread()
    item, other = make.item("Den här", thread=thread), make.item("En annan i tråden", thread=thread)
    address = f"/handling/{item.pk}/sammanhang/?slag=comment"
    alone = client.get(f"{item.get_absolute_url()}?slag=comment", headers=DESK)
    assertContains(alone, f'data-hx-get="{address}" data-hx-trigger="load"')
    assertNotContains(alone, "En annan i tråden")
    around = client.get(address, headers={"HX-Request": "true"})
    assertContains(around, "En annan i tråden")
    assertContains(around, f'href="/handling/{other.pk}/?slag=comment"')
    assertNotContains(around, "<html")
    assertContains(client.get(item.get_absolute_url()), "En annan i tråden")
    assertRedirects(client.get(address), item.get_absolute_url())


def test_a_page_brought_back_by_the_back_button_is_whole(client, agda):
    response = client.get(make.item().get_absolute_url(), headers={**DESK, "HX-History-Restore-Request": "true"})
    assertContains(response, 'id="lista"')


def test_the_page_asks_as_much_of_the_database_for_a_long_history_as_for_a_short_one(client, agda, anna):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(item.get_absolute_url()).status_code == 200
        return len(asked)

    post = make.item("Inlägg", kind=Kind.POST)
    item = make.item("Vägen är trasig", thread=post.thread, parent=post, author_id="7")
    like = make.item("Vägen är trasig igen", author_id="7")
    first = make.classification(like, by=agda)
    make.classification(item, by=agda, at=at(1))
    make.version(item, "Vägen är trasig!", at=at(2))
    gather()
    few = questions()
    for number in range(15):
        other = make.item(f"Vägen är trasig {number}", thread=post.thread, parent=post, author_id="7")
        make.classification(other, by=(agda, anna)[number % 2])
        make.version(item, f"Vägen är trasig {'!' * number}", at=at(3 + number))
        make.classification(item, Category.SEKRETESS if number % 2 else Category.RINGA_BETYDELSE, by=anna)
        make.attachment(item, sha256=f"{number:064}", mime="image/png")
    gather()
    assert first.item.author_id == "7"
    assert questions() == few


def test_a_normal_page_is_under_sixty_kilobytes(client, agda):
    post = make.item("Vi plogar i turordning.", kind=Kind.POST, direction=Direction.UPPRATTAD, author="Kommunen")
    texts = ["Inget plogat här, varken i går eller i dag.", "Tack!", "När kommer ni till Bergsgatan?"]
    items = [make.item(text, thread=post.thread, parent=post, author_id="7") for text in texts * 4]
    response = client.get(items[0].get_absolute_url())
    assert len(response.content) < 60_000, len(response.content)


# --- The decision -----------------------------------------------------------------------------------------------------


def test_the_policys_own_words_stand_beside_the_choice_with_their_version(client, agda):
    item = make.item()
    assertContains(client.get(item.get_absolute_url()), "Kommentarer och inlägg av ringa betydelse diarieförs inte.")
    assert not PolicyVersion.objects.exists()
    words = {category.value: (f"Ordet om {category}", f"Exempel på {category}") for category in Category}
    policy_words.in_force(make.NOW)
    policy_words.change(words=words, note="Nya ord", seen=1, by=agda, now=make.NOW)
    response = client.get(item.get_absolute_url())
    assertContains(response, "Ordet om sekretess")
    assertContains(response, "Exempel på brottsligt")
    assertContains(response, "version 2")


def test_the_steps_that_will_follow_are_said_for_each_class_and_for_the_reason_that_has_others(client, agda):
    response = client.get(make.item().get_absolute_url())
    assertContains(response, "1. Spara 2. Ta bort från Facebook 3. Polisanmäl 4. Registrera i diariet")
    assertContains(response, "1. Ta skärmdump 2. Ta bort från Facebook 3. Kontakta avsändaren")
    assertContains(response, "1. Polisanmäl 2. Ta bort från Facebook 3. Registrera i diariet")
    assertContains(response, "Ring polisen på 114 14")


def test_criticism_is_said_to_be_no_reason_to_remove_where_a_hint_or_a_judgement_says_complaint(client, agda):
    words = '<p class="criticism">'
    plain = make.item("Tack!")
    assertNotContains(client.get(plain.get_absolute_url()), words)
    assertContains(client.get(make.item("Jag är missnöjd och vill klaga.").get_absolute_url()), words)
    make.classification(plain, Category.DIARIEFORS, Reason.KLAGOMAL, by=agda)
    assertContains(client.get(plain.get_absolute_url()), words)


# --- On to the next one -----------------------------------------------------------------------------------------------


def test_save_and_next_leads_to_the_next_of_the_same_choice(client, agda):
    first, other, third = make.item("1"), make.item("2", kind=Kind.REPLY, at=at(1)), make.item("3", at=at(2))
    response = judge(client, first, nasta="1", ko="slag=comment")
    assertRedirects(response, f"{third.get_absolute_url()}?slag=comment", fetch_redirect_response=False)
    assert other.classifications.count() == 0


def test_with_htmx_the_answer_is_the_next_desk_with_its_address(client, agda):
    first, second = make.item("1"), make.item("Den andra", at=at(1))
    response = judge(client, first, headers=DESK, nasta="1", ko="slag=comment")
    assert response["HX-Push-Url"] == f"{second.get_absolute_url()}?slag=comment"
    assertContains(response, f'data-desk="{second.pk}" data-judged="{first.pk}"')
    assertContains(response, "Den andra")
    assertContains(response, "Sparat: Ringa betydelse. Nu visas kommentar av Kalle Exempel.")
    assertContains(response, "/angra/")


def test_with_htmx_plain_save_stays_at_the_item(client, agda):
    item = make.item()
    make.item("Nästa", at=at(1))
    response = judge(client, item, headers=DESK)
    assert response["HX-Push-Url"] == item.get_absolute_url()
    assertContains(response, '<p class="verdict">Ringa betydelse')


def test_when_nothing_is_left_the_queue_says_so(client, agda):
    one, two = make.item("1"), make.item("2")
    assertRedirects(judge(client, one, nasta="1", ko="slag=reply"), "/ko/?slag=reply", fetch_redirect_response=False)
    assert judge(client, two, headers=DESK, nasta="1")["HX-Redirect"] == "/ko/"
    assertContains(client.get("/ko/"), "Kön är tom")


def test_what_somebody_else_holds_is_passed_over(client, agda, anna):
    first, held, third = make.item("1"), make.item("2", at=at(1)), make.item("3", at=at(2))
    lease.take(item=held, by=anna, now=timezone.now())
    assertContains(client.get(first.get_absolute_url()), f'href="/handling/{third.pk}/" data-key="next"')
    assertRedirects(judge(client, first, nasta="1"), third.get_absolute_url(), fetch_redirect_response=False)


def test_a_forged_address_in_the_form_leads_nowhere_else(client, agda):
    item = make.item()
    response = judge(client, item, nasta="1", ko="https://evil.example/?slag=hej&efter=1")
    assertRedirects(response, "/ko/", fetch_redirect_response=False)


# --- Somebody was faster ----------------------------------------------------------------------------------------------


def test_a_conflict_shows_both_decisions_and_three_choices(client, agda, anna):
    item = make.item()
    make.classification(item, Category.SEKRETESS, by=anna)
    response = judge(client, item, category="diariefors", reason="klagomal", note="Mitt", nasta="1")
    assert response.status_code == 409
    for words in ("Anna hann före", "Anna satte", "Du valde nu", "Diarieförs: Klagomål eller synpunkter", "Mitt"):
        assertContains(response, words, status_code=409)
    assertContains(response, "Behåll kollegans", status_code=409)
    assertContains(response, "Ersätt med min", status_code=409)
    assertContains(response, f"?fraga={anna.pk}#fragor", status_code=409)
    assertContains(response, 'value="diariefors" required checked', status_code=409)
    assert item.classifications.get().category == Category.SEKRETESS


def test_to_replace_a_colleagues_judgement_needs_a_reason_in_the_note(client, agda, anna):
    item = make.item()
    theirs = make.classification(item, Category.SEKRETESS, by=anna)
    refused = judge(client, item, seen=theirs.pk, ersatter=theirs.pk, note="  ")
    assertContains(refused, "varför din bedömning ska gälla i stället", status_code=400)
    assertContains(refused, "Anna hann före", status_code=400)
    assertContains(refused, f'name="ersatter" value="{theirs.pk}"', status_code=400)
    assert judge(client, item, seen=theirs.pk, ersatter=theirs.pk, note="Inget är hemligt.").status_code == 302
    assert item.classifications.get(superseded_at=None).category == Category.RINGA_BETYDELSE


def test_the_colleague_is_chosen_in_the_question_that_the_conflict_leads_to(client, agda, anna):
    response = client.get(f"{make.item().get_absolute_url()}?fraga={anna.pk}")
    assertContains(response, f'<option value="{anna.pk}" selected>')


def test_what_a_colleague_is_judging_can_be_taken_over_with_what_was_filled_in(client, agda, anna):
    item = make.item()
    lease.take(item=item, by=anna, now=timezone.now())
    refused = judge(client, item, note="Mitt utkast")
    for words in ("Anna bedömer just nu", "Ta över och spara", "Låt kollegan göra klart", "Mitt utkast"):
        assertContains(refused, words, status_code=409)
    assert judge(client, item, note="Mitt utkast", ta_over="1").status_code == 302
    assert item.classifications.get().decided_by == agda
    assert anna.notices.get().by == agda


def test_who_takes_over_without_being_able_to_judge_takes_nothing_over(client, agda, anna):
    item = make.item()
    make.classification(item, by=anna)
    lease.take(item=item, by=anna, now=timezone.now())
    assert judge(client, item, ta_over="1").status_code == 409
    assert Lease.objects.get(item=item).user == anna


def test_a_text_that_changed_meanwhile_is_shown_with_what_is_new_in_it(client, agda):
    item = make.item("Bra vägar")
    make.version(item, "Dåliga vägar")
    response = judge(client, item, seen_version=1, note="Mitt")
    assertContains(response, "Texten är ändrad", status_code=409)
    assertContains(response, "[borttaget: </span>Bra", status_code=409)
    assertContains(response, "Mitt", status_code=409)


def test_a_judgement_that_was_withdrawn_meanwhile_is_said(client, agda):
    item = make.item()
    assertContains(judge(client, item, seen=4711), "Bedömningen är ångrad", status_code=409)


def test_a_note_of_a_hundred_thousand_characters_is_refused_and_kept(client, agda):
    item = make.item()
    response = judge(client, item, note="å" * 100_000)
    assertContains(response, "å" * 100_000, status_code=400)
    assert not item.classifications.exists()


def test_keys_too_large_for_any_database_are_refused_with_a_sentence(client, agda):
    item = make.item()
    assert judge(client, item, seen=10**30, ersatter=10**30, note="x").status_code == 409
    assert client.get(f"{item.get_absolute_url()}?fraga={10**30}&hela=1&efter={10**30}").status_code == 200


def test_the_note_is_never_kept_in_the_browser_where_the_class_is_secret(client, agda):
    item = make.item()
    assertContains(client.get(item.get_absolute_url()), "data-draft=")
    make.classification(item, Category.SEKRETESS, by=agda)
    assertNotContains(client.get(item.get_absolute_url()), "data-draft=")


# --- Hints ------------------------------------------------------------------------------------------------------------


def test_hints_are_words_above_the_text_and_marks_in_it(client, agda):
    response = client.get(make.item("Skriv till <b>kalle@example.se</b> nu").get_absolute_url())
    assertContains(response, "Ledtrådar, inga beslut:")
    assertContains(response, '<mark class="hint" title="e-postadress">kalle@example.se<span class="visually-hidden">')
    assertContains(response, "Skriv till &lt;b&gt;<mark")


def test_a_kind_of_hint_that_the_person_has_put_away_is_not_shown(client, agda):
    Preferences.objects.create(user=agda, hidden_hints=["epost"])
    assertNotContains(client.get(make.item("kalle@example.se").get_absolute_url()), "<mark")


# --- Around the item --------------------------------------------------------------------------------------------------


def test_what_the_author_wrote_besides_is_told_with_judgements_and_counts_and_no_grade(client, agda):
    item = make.item("Den här", author_id="7")
    judged = make.item("Tidigare klagomål", author_id="7", at=at(-60))
    make.classification(judged, Category.DIARIEFORS, Reason.KLAGOMAL, by=agda)
    make.item("Någon annan", author_id="8")
    response = client.get(item.get_absolute_url())
    author = response.context["author"]
    assert [each.item.beginning for each in author.rows] == ["Tidigare klagomål"]
    assert (author.counts, author.total) == ([("Diarieförs", 1)], "1")
    assertContains(response, "Diarieförs: Klagomål eller synpunkter")


def test_of_an_author_nobody_knows_nothing_is_gathered(client, agda):
    make.item("Annan okänd", author_id="")
    assert client.get(make.item(author_id="").get_absolute_url()).context["author"] is None


def test_the_authors_items_of_other_verksamheter_are_not_told(client):
    client.force_login(make.bertil())
    make.item("Hemligt i skolan", author_id="7", thread=make.thread(make.verksamhet(make.BARN)))
    item = make.item("Den här", author_id="7", thread=make.thread(make.verksamhet(make.TEKNIK)))
    response = client.get(item.get_absolute_url())
    assertNotContains(response, "Hemligt i skolan")
    assert response.context["author"].total == "0"


def test_what_is_secret_is_shown_to_whoever_may_read_it_and_to_nobody_else(client, agda):
    post = make.item("Inlägg", kind=Kind.POST)
    secret = make.item("Pelle i 2B är sjuk", thread=post.thread, parent=post, author_id="7")
    beside = make.item("Granne", thread=post.thread, parent=post, author_id="7")
    image = make.attachment(secret, sha256="a" * 64, mime="image/png")
    make.classification(secret, Category.SEKRETESS, by=agda)
    for item in (secret, beside):
        assertContains(client.get(item.get_absolute_url()), "Pelle i 2B")
    assert access.attachment_for(agda, image.pk, make.NOW) == image
    cecilia = make.cecilia()
    client.force_login(cecilia)
    for item in (secret, beside, post):
        response = client.get(item.get_absolute_url())
        assertNotContains(response, "Pelle i 2B")
        assertContains(response, "exten visas inte för dig")
    assertNotContains(client.get(secret.get_absolute_url()), f"/bilaga/{image.pk}/")
    with pytest.raises(Http404):
        access.attachment_for(cecilia, image.pk, make.NOW)


def test_earlier_judgements_of_what_is_alike_are_shown(client, agda):
    make.classification(make.item("Gatlyset på Storgatan är trasigt"), Category.DIARIEFORS, Reason.KLAGOMAL, by=agda)
    item = make.item("Gatlyset är trasigt på Storgatan igen")
    gather()
    response = client.get(item.get_absolute_url())
    assertContains(response, "Liknande, redan bedömda")
    assertContains(response, "Gatlyset på Storgatan är trasigt")


def test_everything_that_happened_is_told_with_names_and_versions(client, agda, anna):
    item = make.item()
    make.version(item, "Ny text")
    make.classification(item, Category.BROTTSLIGT, Reason.HOT, by=agda)
    lease.take(item=item, by=anna, now=timezone.now())
    lease.take_over(item=item, by=agda, now=timezone.now())
    told = [(each.what, each.who) for each in client.get(item.get_absolute_url()).context["timeline"]]
    assert told == [
        ("Bedömdes: Brottsligt, Hot, version 2, policyns version 1", "Agda"),
        ("Bedömningen togs över: från Anna", "Agda"),
    ]


def test_pictures_are_blurred_until_asked_for_unless_the_person_wants_otherwise(client, agda):
    item = make.item()
    make.attachment(item, sha256="a" * 64, mime="image/png")
    make.attachment(item, sha256="b" * 64, mime="image/png", description="En grop i vägen")
    response = client.get(item.get_absolute_url())
    assertContains(response, "picture--blurred", count=2)
    assertContains(response, "Visa bilden", count=2)
    assertContains(response, 'alt="Bild 1 av 2, bildbeskrivning saknas"')
    assertContains(response, 'alt="Bild 2 av 2: En grop i vägen"')
    Preferences.objects.create(user=agda, blur_pictures=False)
    assertNotContains(client.get(item.get_absolute_url()), "picture--blurred")


def test_the_deadline_says_why_and_facebooks_own_clock_stands_beside(client, agda):
    item = make.item(at=timezone.now())
    response = client.get(item.get_absolute_url())
    assertContains(response, "Enklare frågor besvaras inom en arbetsdag")
    assertContains(response, "kan besvaras privat en enda gång")
    make.classification(item, by=agda)
    assertNotContains(client.get(item.get_absolute_url()), "kan besvaras privat")


def test_the_window_of_a_message_counts_from_the_persons_last_words(client, agda):
    now = timezone.now()
    first = make.item("Hej", kind=Kind.MESSAGE, at=now - timedelta(days=3))
    make.item("Hallå?", kind=Kind.MESSAGE, thread=first.thread, at=now - timedelta(hours=1))
    assertContains(client.get(first.get_absolute_url()), "Meddelandet kan besvaras fritt till")


def test_an_item_of_the_municipality_has_no_clock_and_no_author(client, agda):
    item = make.item(direction=Direction.UPPRATTAD, author_id="1")
    response = client.get(item.get_absolute_url())
    assert (response.context["window"], response.context["author"]) == (None, None)
    assert Item.objects.get(pk=item.pk).answer_by is None
