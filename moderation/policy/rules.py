"""The tables. Code reads them; nobody writes a rule of law or policy anywhere else."""

from datetime import datetime, timedelta

from moderation.policy import workdays
from moderation.policy.opening_hours import OpeningHours
from moderation.policy.terms import Category, Ground, InterventionKind, Kind, Reason, Right, Role, StepKind

# The policy's section "Gallring" for what is registered, and its list of crimes.
REASONS: dict[str, tuple[Reason, ...]] = {
    Category.DIARIEFORS: (Reason.KLAGOMAL, Reason.PAGAENDE_ARENDE, Reason.INITIERAR_ARENDE),
    Category.RINGA_BETYDELSE: (),
    Category.BROTTSLIGT: (
        Reason.HOT,
        Reason.HETS,
        Reason.BARNPORNOGRAFI,
        Reason.UPPVIGLING,
        Reason.VALDSSKILDRING,
        Reason.UPPHOVSRATT,
        Reason.ANNAT_BROTT,
    ),
    Category.SEKRETESS: (),
}

# Where the crime stands in the law. The wording changes now and then: always check what is in force.
LAGRUM: dict[str, str] = {
    Reason.HOT: "BrB 4:5, 17:1",
    Reason.HETS: "BrB 16:8",
    Reason.BARNPORNOGRAFI: "BrB 16:10 a",
    Reason.UPPVIGLING: "BrB 16:5",
    Reason.VALDSSKILDRING: "BrB 16:10 c",
    Reason.UPPHOVSRATT: "URL 53 §",
}

# What the policy says of each category, shown beside the choice until an administrator writes other words.
MEANING: dict[str, str] = {
    Category.DIARIEFORS: "Klagomål eller synpunkter, något om ett pågående ärende, eller något som initierar ett ärende.",
    Category.RINGA_BETYDELSE: "Kommentarer och inlägg av ringa betydelse diarieförs inte.",
    Category.BROTTSLIGT: "Ska sparas, polisanmälas och snabbt tas bort.",
    Category.SEKRETESS: "Ta skärmdump, ta bort, kontakta om möjligt avsändaren och registrera uppgifterna.",
}
EXAMPLE: dict[str, str] = {
    Category.DIARIEFORS: "”Vägen är oframkomlig igen, andra veckan!” Kritik är inte skäl att ta bort.",
    Category.RINGA_BETYDELSE: "”Tack för ett snabbt jobb!”, en tumme upp, en länk mellan vänner.",
    Category.BROTTSLIGT: "Hot mot en anställd, hets mot folkgrupp, en uppmaning till brott.",
    Category.SEKRETESS: "Någon berättar om en namngiven persons hälsa eller om en kontakt med socialtjänsten.",
}

# What must follow, in the order of the policy: "spara, polisanmäla och snabbt ta bort"; "ta en skärmdump …, ta bort
# …, kontaktas, … registreras". What must be out of sight first stands first.
STEPS: dict[str, tuple[StepKind, ...]] = {
    Category.DIARIEFORS: (StepKind.REGISTRERA,),
    Category.RINGA_BETYDELSE: (),
    Category.BROTTSLIGT: (StepKind.SPARA, StepKind.TA_BORT, StepKind.POLISANMALAN, StepKind.REGISTRERA),
    Category.SEKRETESS: (StepKind.SKARMDUMP, StepKind.TA_BORT, StepKind.KONTAKTA, StepKind.REGISTRERA),
}
# BrB 16:10 a makes it a crime to possess such a picture, also for somebody who means to report it. So there is
# nothing to save, and the police is asked before anything is taken away.
STEPS_BY_REASON: dict[str, tuple[StepKind, ...]] = {
    Reason.BARNPORNOGRAFI: (StepKind.POLISANMALAN, StepKind.TA_BORT, StepKind.REGISTRERA),
}
ADVICE: dict[str, str] = {
    Reason.BARNPORNOGRAFI: (
        "Spara inget och öppna inte bilden igen. Ring polisen på 114 14, eller 112 om ett övergrepp pågår, "
        "och följ deras anvisning innan du tar bort något."
    ),
}

# Nothing leaves Facebook before its copy is safe: these must be done, not waived, before the step on the left.
STEP_NEEDS: dict[str, frozenset[StepKind]] = {StepKind.TA_BORT: frozenset({StepKind.SPARA, StepKind.SKARMDUMP})}
NEVER_WAIVED = frozenset({StepKind.SPARA, StepKind.SKARMDUMP})
# The step is done when the archive has its copy, not when somebody says so.
DONE_BY_THE_ARCHIVE = frozenset({StepKind.SPARA, StepKind.SKARMDUMP})
# The reference that proves the step, by the name an official knows it under.
STEP_REFERENCE: dict[str, str] = {
    StepKind.REGISTRERA: "Diarienummer",
    StepKind.POLISANMALAN: "Polisens K-nummer",
}

# What may be hidden or removed on Facebook, and on what ground: only what has been judged as what the ground says. There
# is no ground for criticism (RF 1:9, 2:1), so what is judged as a complaint has none until it is judged anew.
GROUNDS: dict[str, frozenset[Category]] = {
    Ground.BROTT: frozenset({Category.BROTTSLIGT}),
    Ground.SEKRETESS: frozenset({Category.SEKRETESS}),
    Ground.INTEGRITET: frozenset({Category.DIARIEFORS, Category.RINGA_BETYDELSE, Category.SEKRETESS}),
    Ground.REKLAM: frozenset({Category.RINGA_BETYDELSE}),
    Ground.SIDREGLER: frozenset({Category.DIARIEFORS, Category.RINGA_BETYDELSE}),
}
CRITICISM = frozenset({Reason.KLAGOMAL})
# On this ground the rule is named that is broken, and somebody else agrees before anything is done.
NEEDS_A_SECOND = frozenset({Ground.SIDREGLER})
NEEDS_A_GROUND = frozenset({InterventionKind.HIDE, InterventionKind.REMOVE})
# Who still sees it afterwards. https://developers.facebook.com/docs/graph-api/reference/comment
STILL_SEEN_BY: dict[str, str] = {
    InterventionKind.HIDE: "Den som skrev det, personens vänner och sidans administratörer ser det fortfarande. Ingen annan.",
    InterventionKind.SHOW: "Alla ser det igen.",
    InterventionKind.REMOVE: "Ingen ser det på Facebook. Svaren under försvinner också. Det går inte att ångra sedan.",
}
# So long it can be taken back before it is sent.
UNDO_WINDOW = timedelta(seconds=15)
# When its copy is not whole after so long, a person may decide to remove it all the same.
GAP_AFTER = timedelta(seconds=20)

# What may not wait is done within so long, day and night; everything else when the next working day closes (OSL 5:1,
# "så snart").
AT_ONCE = timedelta(hours=1)
STEPS_AT_ONCE = frozenset({StepKind.SPARA, StepKind.SKARMDUMP, StepKind.TA_BORT})
# Somebody may be in danger.
STEPS_AT_ONCE_BY_REASON: dict[str, frozenset[StepKind]] = {
    Reason.HOT: frozenset({StepKind.POLISANMALAN}),
    Reason.BARNPORNOGRAFI: frozenset({StepKind.POLISANMALAN}),
}
# Who does it, where it is not whoever judged.
STEPS_OF_THE_REGISTRATOR = frozenset({StepKind.REGISTRERA})

# Printed one by one as soon as they are judged; everything else is printed with its period.
KEPT = frozenset({Category.DIARIEFORS, Category.BROTTSLIGT})
# Of these nothing but link, number, time and account may be kept, shown, printed or sent.
NEVER_KEPT = frozenset({Reason.BARNPORNOGRAFI})

# Who may do what. Admins hand out roles; that alone gives no right to read what citizens wrote.
RIGHTS: dict[str, frozenset[Role]] = {
    Right.SEE: frozenset({Role.WEBBREDAKTOR, Role.REGISTRATOR, Role.ARKIVARIE}),
    Right.JUDGE: frozenset({Role.WEBBREDAKTOR}),
    Right.FOLLOW_UP: frozenset({Role.WEBBREDAKTOR, Role.REGISTRATOR}),
    Right.PLACE: frozenset({Role.WEBBREDAKTOR}),
    Right.READ_PRINTOUTS: frozenset({Role.WEBBREDAKTOR, Role.REGISTRATOR, Role.ARKIVARIE}),
    Right.READ_PERIODS: frozenset({Role.REGISTRATOR, Role.ARKIVARIE}),
    Right.ORDER_PRINTOUTS: frozenset({Role.ARKIVARIE}),
    Right.INTERVENE: frozenset({Role.WEBBREDAKTOR}),
    Right.GRANT: frozenset({Role.ADMIN}),
    Right.OPERATE: frozenset({Role.ADMIN}),
    Right.READ_SECRET: frozenset({Role.WEBBREDAKTOR, Role.REGISTRATOR}),
    Right.EDIT_POLICY: frozenset({Role.ADMIN}),
}

# Somebody at an item says so every so often, and is taken to have left after so long without a word.
PRESENCE_EVERY = timedelta(seconds=10)
PRESENCE_HOLDS = timedelta(seconds=45)
# Whoever begins to judge has the item to themselves for so long from their last key.
LEASE_HOLDS = timedelta(minutes=3)
# What one person has passed over so many times, or so many persons once, is a hard one.
HARD_AFTER_SKIPS = 2
# So many at once, and only this class: everything else is judged one by one.
BULK_MOST = 500
BULK_CATEGORIES = frozenset({Category.RINGA_BETYDELSE})
# A chef's link holds so long; reminders go out after so many working days.
REFERRAL_HOLDS = timedelta(days=14)
REFERRAL_REMINDERS = (1, 3, 5)

# An administrator hears that the key to the page runs out when it has so many days left.
TOKEN_WARNING_DAYS = (14, 7, 3, 1)
# Once it is dead, and once nothing has come in, they hear so long afterwards, and then again and again.
TOLD_OF_DEAD_KEY = (timedelta(), timedelta(days=2))
TOLD_OF_SILENCE = (timedelta(minutes=30), timedelta(days=2))
TOLD_AGAIN = timedelta(days=5)
# Every page says that nothing has come in for so long.
SILENT_AFTER = timedelta(minutes=10)
# What the key must be allowed to do, in words. Without pages_messaging all but private messages works.
TOKEN_SCOPES: dict[str, str] = {
    "pages_read_engagement": "läsa sidans egna inlägg",
    "pages_read_user_content": "läsa vad andra skriver på sidan",
    "pages_manage_metadata": "få veta genast när något händer på sidan",
    "pages_manage_engagement": "dölja och ta bort kommentarer",
}
# What it must be allowed to do to hide and remove. Whoever has no visitors' posts on the page may do without the first.
SCOPES_TO_INTERVENE: dict[str, str] = {
    Kind.POST: "pages_manage_posts",
    Kind.COMMENT: "pages_manage_engagement",
    Kind.REPLY: "pages_manage_engagement",
}


def steps(category: str, reason: str) -> tuple[StepKind, ...]:
    return STEPS_BY_REASON.get(reason, STEPS[category])


def step_due(kind: str, reason: str, decided_at: datetime, hours: OpeningHours) -> datetime:
    """The moment by which a step of a judgement made then ought to be done."""
    at_once = STEPS_AT_ONCE | STEPS_AT_ONCE_BY_REASON.get(reason, frozenset())
    return decided_at + AT_ONCE if kind in at_once else answer_by(decided_at, hours)


def belongs(reason: str, category: str) -> bool:
    """A category with reasons needs one of them; a category without takes none."""
    return reason in REASONS[category] if REASONS[category] else reason == ""


def grounds(category: str, reason: str) -> tuple[Ground, ...]:
    """The grounds on which what is judged so may be hidden or removed; none where it is criticism."""
    return () if reason in CRITICISM else tuple(ground for ground in Ground if category in GROUNDS[ground])


def answer_by(arrived_at: datetime, hours: OpeningHours) -> datetime:
    """The moment by which a simple question is answered: when the first working day after the arrival closes."""
    return hours.closes_at(hours.next_workday(workdays.local_date(arrived_at)))


def reminders_due(referred_at: datetime, now: datetime, hours: OpeningHours) -> int:
    """How many of a chef's reminders should have gone by now; none while it is closed."""
    today, day = workdays.local_date(now), workdays.local_date(referred_at)
    opens = hours.hours[0][0]
    if not hours.is_workday(today) or not workdays.local_moment(today, opens) <= now < hours.closes_at(today):
        return 0
    passed = 0
    while (day := hours.next_workday(day)) <= today:
        passed += 1
    return sum(number <= passed for number in REFERRAL_REMINDERS)


def paused(answer_by: datetime, started_at: datetime, ended_at: datetime, hours: OpeningHours) -> datetime:
    """That moment after a pause: as much opening time is left at the end of the pause as at its beginning."""
    if started_at >= answer_by:
        return answer_by
    return hours.add(answer_by, hours.working_time(started_at, ended_at))
