"""How we stand with Facebook: the key, its patience, the version that answers, and what it tells us by itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from moderation import vault
from moderation.health.reading import CONNECT, WATCH
from moderation.health.sign import Sign, State
from moderation.models import Page, RefusedDelivery, WebhookDelivery
from moderation.policy import pace, rules, token_warnings, wording, workdays
from moderation.policy.terms import OrderState

KEY, PATIENCE, VERSION, WEBHOOK = "Nyckeln till sidan", "Facebooks tålamod", "Version", "Webhook"
# Asked about every day; twice that long without an answer is worth a word.
UNCHECKED = timedelta(days=2)
# A delivery is looked into within seconds.
WAITING = timedelta(minutes=5)


def key(page: Page | None, now: datetime) -> Sign:
    if page is None or not (page.token_sealed or settings.FACEBOOK_PAGE_TOKEN):
        return Sign(KEY, State.FAIL, "Programmet har ingen nyckel till sidan på Facebook.", advice=CONNECT)
    if page.token_sealed and (fault := _unreadable(page.token_sealed)):
        return Sign(KEY, State.FAIL, fault, advice=CONNECT)
    over = token_warnings.ended(page.token_ends_at, page.token_dead_at, now)
    if over is not None:
        told = f"Nyckeln slutade gälla {wording.at(over, now)}. {page.token_error}".strip()
        return Sign(KEY, State.FAIL, told, over, f"{CONNECT} {WATCH}")
    if page.token_ends_at is not None and is_running_out(page, now):
        left = wording.length(page.token_ends_at - now)
        told = f"Nyckeln gäller till {wording.at(page.token_ends_at, now)}, {left} till. {page.token_error}".strip()
        return Sign(KEY, State.WARN, told, advice="Skapa en ny nyckel och anslut sidan med den under Anslutning.")
    if page.token_error:
        return Sign(KEY, State.WARN, page.token_error, page.token_checked_at, advice=CONNECT)
    return _checked(page, now)


def is_running_out(page: Page, now: datetime) -> bool:
    return page.token_ends_at is not None and page.token_ends_at - now <= timedelta(days=max(rules.TOKEN_WARNING_DAYS))


def patience(page: Page | None, now: datetime) -> Sign:
    if page is None:
        return Sign(PATIENCE, State.OFF, "Ingen sida är ansluten, så Facebook anropas inte.")
    if page.resume_at is not None and page.resume_at > now:
        told = f"Facebook har bett oss vänta till {wording.at(page.resume_at, now)}. Inget hämtas under tiden."
        return Sign(PATIENCE, State.WARN, told, advice="Vänta. Det går över av sig självt och inget går förlorat.")
    if page.usage_at is None or now - page.usage_at > pace.USAGE_LASTS:
        return Sign(PATIENCE, State.OK, "Facebook har inga synpunkter på hur mycket vi frågar.")
    told = f"Vi använder {page.usage} procent av vad Facebook tillåter."
    if page.usage > pace.SLOW_ABOVE:
        advice = "Programmet frågar mindre av sig självt. Händer det varje dag, be driften höja PULL_SECONDS."
        return Sign(PATIENCE, State.WARN, f"{told} Därför hämtas bara det nyaste.", page.usage_at, advice)
    return Sign(PATIENCE, State.OK, told, page.usage_at)


def version(page: Page | None) -> Sign:
    asked, served = settings.GRAPH_VERSION, page.served_version if page else ""
    if not served:
        return Sign(VERSION, State.OFF, f"Programmet ber om {asked}. Facebook har inte svarat än.")
    if served != asked:
        told = f"Programmet ber om {asked}, men Facebook svarar med {served}."
        advice = "Be driften sätta GRAPH_VERSION till en version som Facebook har kvar, eller skaffa en nyare utgåva."
        return Sign(VERSION, State.WARN, told, advice=advice)
    return Sign(VERSION, State.OK, f"Facebook svarar med den version vi ber om, {asked}.")


def webhook(page: Page | None, now: datetime) -> Sign:
    if not settings.FACEBOOK_VERIFY_TOKEN:
        told = "Facebook säger inte till själv när något händer; det är inte inställt. Sidan läses ändå hela tiden."
        return Sign(WEBHOOK, State.OFF, told)
    if not settings.FACEBOOK_APP_SECRET:
        told = "FACEBOOK_APP_SECRET saknas, så allt som Facebook säger till om avvisas."
        return Sign(WEBHOOK, State.FAIL, told, advice="Be driften ange appens hemlighet.")
    if page is not None and page.subscription_error:
        advice = "Prenumerera på sidan igen under Webhooks i appen hos Meta. Stegen står under Anslutning."
        return Sign(WEBHOOK, State.FAIL, page.subscription_error, page.subscribed_at, advice)
    return _deliveries(now)


def _deliveries(now: datetime) -> Sign:
    waiting = Q(state__in=(OrderState.ORDERED, OrderState.WORKING))
    found = WebhookDelivery.objects.aggregate(
        last=Max("ordered_at"),
        oldest=Min("ordered_at", filter=waiting),
        waiting=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=OrderState.FAILED)),
    )
    refused = RefusedDelivery.objects.filter(day=workdays.local_date(now)).first()
    if found["last"] is None and refused is None:
        return Sign(WEBHOOK, State.OK, "Dörren står öppen. Facebook har inte sagt till om något än.")
    last = f"Facebook sade till senast {wording.at(found['last'], now)}." if found["last"] else ""
    if found["oldest"] is not None and now - found["oldest"] > WAITING:
        told = f"{last} {wording.count(found['waiting'], 'meddelande', 'meddelanden')} har inte tagits om hand."
        return Sign(
            WEBHOOK, State.FAIL, told, found["oldest"], "Säg till den som sköter driften: arbetaren hinner inte."
        )
    if found["failed"]:
        told = f"{last} {wording.count(found['failed'], 'meddelande', 'meddelanden')} gick inte att följa upp."
        return Sign(
            WEBHOOK, State.WARN, told, found["last"], "Innehållet finns kvar, och sidan läses ändå i sin helhet."
        )
    if refused is not None and refused.count:
        told = f"{last} {wording.count(refused.count, 'meddelande', 'meddelanden')} med fel signatur avvisades i dag."
        advice = "Stämmer FACEBOOK_APP_SECRET? Annars är det någon annan än Facebook som försöker, och dörren håller."
        return Sign(WEBHOOK, State.WARN, told.strip(), found["last"], advice)
    return Sign(WEBHOOK, State.OK, f"{last} Inget väntar.", found["last"])


def _unreadable(sealed: str) -> str:
    try:
        vault.unseal(sealed)
    except vault.Unreadable as error:
        return error.sentence
    return ""


def _checked(page: Page, now: datetime) -> Sign:
    if not (settings.FACEBOOK_APP_ID and settings.FACEBOOK_APP_SECRET):
        told = "Nyckeln används, men hur länge den gäller går inte att läsa."
        return Sign(KEY, State.WARN, told, advice="Be driften ange FACEBOOK_APP_ID och FACEBOOK_APP_SECRET.")
    if page.token_checked_at is None:
        return Sign(KEY, State.WARN, "Nyckeln har inte kontrollerats än.", advice="Det sker av sig självt inom kort.")
    if now - page.token_checked_at > UNCHECKED:
        told = f"Nyckeln kontrollerades senast {wording.at(page.token_checked_at, now)}."
        return Sign(KEY, State.WARN, told, page.token_checked_at, "Den ska kontrolleras varje dag. Säg till driften.")
    how_long = f"till {wording.day(page.token_ends_at, now)}" if page.token_ends_at else "utan slutdatum"
    told = f"Nyckeln gäller {how_long} och har de behörigheter som behövs."
    return Sign(KEY, State.OK, told, page.token_checked_at)
