"""Every choice that has a name. Stored values are ASCII; labels are the words of the law and the policy."""

from django.db.models import TextChoices


class Kind(TextChoices):
    POST = "post", "Inlägg"
    COMMENT = "comment", "Kommentar"
    REPLY = "reply", "Svar"
    MESSAGE = "message", "Meddelande"


class ThreadKind(TextChoices):
    POST = "post", "Inlägg"
    CONVERSATION = "conversation", "Konversation"


class Direction(TextChoices):
    """TF 2:9 and 2:10: a handling is received, or drawn up by the authority itself."""

    INKOMMEN = "inkommen", "Inkommen"
    UPPRATTAD = "upprattad", "Upprättad"


class Change(TextChoices):
    """What a version of an item tells. The first two bring a text, the others what happened to it on Facebook."""

    RECEIVED = "received", "Kom in"
    EDITED = "edited", "Texten ändrades"
    HIDDEN = "hidden", "Doldes"
    SHOWN = "shown", "Visades åter"
    REMOVED = "removed", "Togs bort"
    RETURNED = "returned", "Kom tillbaka"


class Source(TextChoices):
    """How we came to know it."""

    FETCHED = "fetched", "Hämtad från Facebook"
    WEBHOOK = "webhook", "Meddelad av Facebook"
    EXPORT = "export", "Ur sidans export"


class Lane(TextChoices):
    """Two ways of reading the page, each with its own run, so that neither waits for the other."""

    FRESH = "fresh", "Det senaste"
    SWEEP = "sweep", "Hela sidan"


class Phase(TextChoices):
    """The parts of a sweep, in their order."""

    FEED = "feed", "Inlägg"
    BESIDE = "beside", "Inlägg utanför flödet"
    UNSEEN = "unseen", "Inlägg som inte syntes till"
    MESSAGES = "messages", "Privata meddelanden"


class Category(TextChoices):
    DIARIEFORS = "diariefors", "Diarieförs"
    RINGA_BETYDELSE = "ringa_betydelse", "Ringa betydelse"
    BROTTSLIGT = "brottsligt", "Brottsligt"
    SEKRETESS = "sekretess", "Sekretess"


class Reason(TextChoices):
    """Why the category. The policy's own words; for crimes the paragraph stands in `rules.LAGRUM`."""

    KLAGOMAL = "klagomal", "Klagomål eller synpunkter"
    PAGAENDE_ARENDE = "pagaende_arende", "Ett pågående ärende"
    INITIERAR_ARENDE = "initierar_arende", "Initierar ett ärende"

    HOT = "hot", "Hot"
    HETS = "hets", "Hets mot folkgrupp"
    BARNPORNOGRAFI = "barnpornografi", "Barnpornografi"
    UPPVIGLING = "uppvigling", "Uppvigling"
    VALDSSKILDRING = "valdsskildring", "Olaga våldsskildring"
    UPPHOVSRATT = "upphovsratt", "Upphovsrättsintrång"
    ANNAT_BROTT = "annat_brott", "Annat brott"


class StepKind(TextChoices):
    SPARA = "spara", "Spara"
    SKARMDUMP = "skarmdump", "Ta skärmdump"
    TA_BORT = "ta_bort", "Ta bort från Facebook"
    POLISANMALAN = "polisanmalan", "Polisanmäl"
    KONTAKTA = "kontakta", "Kontakta avsändaren"
    REGISTRERA = "registrera", "Registrera i diariet"


class StepState(TextChoices):
    OPEN = "open", "Att göra"
    DONE = "done", "Gjort"
    WAIVED = "waived", "Avstått"
    SUPERSEDED = "superseded", "Ersatt av ny bedömning"


class InterventionKind(TextChoices):
    """What is done to somebody else's words on the page."""

    HIDE = "hide", "Dölj"
    SHOW = "show", "Visa igen"
    REMOVE = "remove", "Ta bort"


class Ground(TextChoices):
    """Why something may be hidden or removed: a closed list. That it is critical, or not constructive, is not on it."""

    BROTT = "brott", "Brott"
    SEKRETESS = "sekretess", "Sekretess"
    INTEGRITET = "integritet", "Integritetskränkande personuppgift"
    REKLAM = "reklam", "Reklam eller skräp"
    SIDREGLER = "sidregler", "Bryter mot sidans publicerade regler"


class OrderState(TextChoices):
    ORDERED = "ordered", "Väntar"
    WORKING = "working", "Pågår"
    DONE = "done", "Klar"
    FAILED = "failed", "Misslyckades"
    CANCELLED = "cancelled", "Avbruten"


class Role(TextChoices):
    WEBBREDAKTOR = "webbredaktor", "Webbredaktör"
    REGISTRATOR = "registrator", "Registrator"
    ARKIVARIE = "arkivarie", "Arkivarie"
    ADMIN = "admin", "Administratör"


class Right(TextChoices):
    SEE = "see", "Läsa handlingar"
    JUDGE = "judge", "Bedöma handlingar"
    FOLLOW_UP = "follow_up", "Följa upp bedömningar"
    PLACE = "place", "Föra inlägg till en verksamhet"
    READ_PRINTOUTS = "read_printouts", "Läsa utskrifter av enskilda handlingar"
    READ_PERIODS = "read_periods", "Läsa utskrifter av hela perioder"
    ORDER_PRINTOUTS = "order_printouts", "Beställa utskrifter"
    INTERVENE = "intervene", "Dölja och ta bort på Facebook"
    GRANT = "grant", "Ge och ta tillbaka behörighet"
    OPERATE = "operate", "Ansluta sidan och läsa in historik"
    READ_SECRET = "read_secret", "Läsa sekretessbelagda uppgifter"
    EDIT_POLICY = "edit_policy", "Ändra policyns ord"


class Doing(TextChoices):
    """What somebody does with an item that is open on their screen."""

    VIEWING = "viewing", "tittar"
    JUDGING = "judging", "bedömer"


class Verb(TextChoices):
    """What a person did that can be taken back."""

    CLASSIFY = "classify", "Bedömning"
    PARK = "park", "Parkering"
    ASSIGN = "assign", "Tilldelning"
    NOTE = "note", "Anteckning"


class NoticeKind(TextChoices):
    """Why somebody is told something."""

    MENTIONED = "mentioned", "nämnde dig"
    ASSIGNED = "assigned", "gav dig en handling"
    TAKEN_OVER = "taken_over", "tog över bedömningen från dig"
    OPINION_ASKED = "opinion_asked", "vill veta vad du anser"
    OPINION_GIVEN = "opinion_given", "har svarat vad den anser"
    WOKEN = "woken", "En parkerad handling är tillbaka i kön"
    REFERRAL_ANSWERED = "referral_answered", "Chefen har svarat"
    REFERRAL_HANDED_OVER = "referral_handed_over", "Chefen tar över frågan"
    REFERRAL_EXPIRED = "referral_expired", "Chefen svarade inte i tid"


class PauseReason(TextChoices):
    """Why the working day's clock stands still."""

    HOS_CHEF = "hos_chef", "Frågan ligger hos ansvarig chef"
    HOS_AVSANDAREN = "hos_avsandaren", "Väntar på uppgift från avsändaren"
    ANNAT = "annat", "Annat skäl"


class ReferralState(TextChoices):
    """Where a question to a chef stands."""

    OPEN = "open", "Väntar på svar"
    ANSWERED = "answered", "Besvarad"
    HANDED_OVER = "handed_over", "Övertagen av chefen"
    REVOKED = "revoked", "Tillbakadragen"
    EXPIRED = "expired", "Utgången"


class Outcome(TextChoices):
    """How it went with one row of many."""

    WAITING = "waiting", "Väntar"
    DONE = "done", "Gjort"
    CONFLICT = "conflict", "Inte gjort"


class Event(TextChoices):
    """What the audit chain tells. One event for each way a state can change."""

    RECEIVED = "received", "Togs in från Facebook"
    CHANGED = "changed", "Ändrades på Facebook"
    HIDDEN = "hidden", "Doldes på Facebook"
    SHOWN = "shown", "Visades åter på Facebook"
    REMOVED = "removed", "Försvann från Facebook"
    RETURNED = "returned", "Kom tillbaka på Facebook"
    IDENTIFIED = "identified", "Kändes igen på Facebook"
    MEDIA_FETCHED = "media_fetched", "Bilaga hämtades"
    MEDIA_PURGED = "media_purged", "Bilaga raderades ur lagret"
    PAGE_TEXTS = "page_texts", "Sidans egna uppgifter ändrades"
    PAGE_CONNECTED = "page_connected", "Sidan anslöts"
    TOKEN_DIED = "token_died", "Nyckeln till sidan slutade gälla"
    HISTORY_ORDERED = "history_ordered", "Inläsning av historik beställdes"
    HISTORY_CANCELLED = "history_cancelled", "Inläsning av historik avbröts"
    HISTORY_RETRIED = "history_retried", "Inläsning av historik beställdes om"
    HISTORY_READ = "history_read", "Historik lästes in"
    PLACED = "placed", "Fördes till en verksamhet"
    CLASSIFIED = "classified", "Bedömdes"
    WITHDRAWN = "withdrawn", "Bedömningen ångrades"
    PARKED = "parked", "Parkerades"
    WOKEN = "woken", "Kom tillbaka till kön"
    ASSIGNED = "assigned", "Fick en ansvarig"
    RELEASED = "released", "Släpptes"
    TAKEN_OVER = "taken_over", "Bedömningen togs över"
    SKIPPED = "skipped", "Hoppades över"
    NOTED = "noted", "Anteckning skrevs"
    NOTE_WITHDRAWN = "note_withdrawn", "Anteckning togs tillbaka"
    NOTE_RESTORED = "note_restored", "Anteckning lades tillbaka"
    OPINION_ASKED = "opinion_asked", "En kollega tillfrågades"
    OPINION_GIVEN = "opinion_given", "En kollega svarade"
    CLOCK_PAUSED = "clock_paused", "Svarstiden pausades"
    CLOCK_RESUMED = "clock_resumed", "Svarstiden löper igen"
    REFERRED = "referred", "Hänvisades till ansvarig chef"
    REFERRAL_OPENED = "referral_opened", "Chefen öppnade hänvisningen"
    REFERRAL_REMINDED = "referral_reminded", "Chefen påmindes"
    REFERRAL_ANSWERED = "referral_answered", "Chefen svarade"
    REFERRAL_HANDED_OVER = "referral_handed_over", "Chefen tog över frågan"
    REFERRAL_EXPIRED = "referral_expired", "Chefen svarade inte i tid"
    REFERRAL_REVOKED = "referral_revoked", "Hänvisningen drogs tillbaka"
    DRAFT_SAVED = "draft_saved", "Utkast till svar sparades"
    BULK_ORDERED = "bulk_ordered", "Flera handlingar behandlades på en gång"
    BULK_UNDO_ORDERED = "bulk_undo_ordered", "Flera handlingar ska återställas på en gång"
    BULK_UNDONE = "bulk_undone", "Flera handlingar återställdes på en gång"
    POLICY_CHANGED = "policy_changed", "Policyns ord ändrades"
    VIEW_SAVED = "view_saved", "En vy sparades"
    VIEW_REMOVED = "view_removed", "En vy togs bort"
    PREFERENCES_CHANGED = "preferences_changed", "Egna inställningar ändrades"
    STEP_DONE = "step_done", "Åtgärd utfördes"
    STEP_WAIVED = "step_waived", "Åtgärd avstods"
    STEP_GIVEN = "step_given", "Åtgärd fick en ansvarig"
    STEP_REOPENED = "step_reopened", "Åtgärd öppnades igen"
    INTERVENTION_ORDERED = "intervention_ordered", "Åtgärd på Facebook beställdes"
    INTERVENTION_APPROVED = "intervention_approved", "Åtgärd på Facebook godkändes av en kollega"
    INTERVENTION_CANCELLED = "intervention_cancelled", "Åtgärd på Facebook avbröts"
    INTERVENTION_RETRIED = "intervention_retried", "Åtgärd på Facebook beställdes om"
    INTERVENTION_CONFIRMED = "intervention_confirmed", "Åtgärd på Facebook bekräftades"
    GAP_ACCEPTED = "gap_accepted", "Avvikelse: får tas bort trots att kopian har en lucka"
    VERKSAMHET_ADDED = "verksamhet_added", "Verksamhet lades till"
    CHEF_CHANGED = "chef_changed", "Ansvarig chef ändrades"
    PERSON_ADDED = "person_added", "Person lades till"
    PERSON_LEFT = "person_left", "Person slutade"
    ROLE_GRANTED = "role_granted", "Behörighet gavs"
    ROLE_REVOKED = "role_revoked", "Behörighet togs tillbaka"
    PRINT_ORDERED = "print_ordered", "Utskrift beställdes"
    PRINT_CANCELLED = "print_cancelled", "Utskrift avbröts"
    PRINT_RETRIED = "print_retried", "Utskrift beställdes om"
    PRINTED = "printed", "Skrevs ut"
    EVIDENCE_ORDERED = "evidence_ordered", "Bevisblad beställdes"
    EVIDENCE_MADE = "evidence_made", "Bevisblad gjordes"
    EVIDENCE_PURGED = "evidence_purged", "Bevisblad raderades ur lagret"
    SECRET_READ = "secret_read", "Sekretess lästes"
