"""The words that questions are known by."""

ASKING = "när hur vem vad var vart varför vilken vilket vilka vems hurdan varifrån nä hu va"

# Only before these does a word of asking ask: "när öppnar", but not "när jag var liten".
VERBS = (
    "är e va var blir vart kan kunde ska skall skulle vill ville får fick måste bör borde har hade finns fanns kommer kom"
    " går gick gör gjorde gäller öppnar stänger börjar slutar kostar betalar söker anmäler ansöker hittar heter ligger"
    " står sitter bor ringer vänder kontaktar mejlar skickar lämnar bestämmer beslutar ansvarar äger driver sköter"
    " plogas plogar sandas sandar töms tömmer hämtas hämtar tas tar görs byggs bygger rivs sker händer hände menar"
    " betyder låter ser vet tror tycker tänker behöver krävs räknas funkar fungerar skaffar bokar köper beställer"
    " svarar svarade"
)

# What can be asked of something: "vilken tid", "hur mycket", "hur länge".
MEASURES = (
    "dags mycket mycke många länge långt lång ofta stor stort stora dyr dyrt gammal sent tidigt snart tid dag dagar datum väg"
    " adress nummer buss linje avdelning handläggare skola typ sorts regler"
)

# A verb that opens a question, and who or what it is about: "får man", "finns det".
FIRST_VERBS = (
    "är e har kan får ska skall kommer blir finns går gäller vet behöver måste öppnar stänger kostar tar stämmer ingår"
    " funkar brukar tänker vill någon nån"
)
SUBJECTS = "det dä man ni vi jag någon nån du de dom den ngn nåt något några som"

# Every other verb in -r asks too before these, but for those whose subject is often left out: "tycker det är bra".
PRONOUNS = "man ni du jag"
SUBJECTLESS = "tycker tror känner ser hör förstår menar älskar gillar saknar håller när var eller för över är under hur"

# How a noun ends that is asked about, and words that end so and are none: "är biblioteket", not "är redan".
DEFINITE = ("en", "et", "an", "na")
NO_NOUNS = "gärna sedan redan nästan annan igen även egentligen verkligen säkert alltså mycket inget något sällan utan"

# What may stand before a question in its sentence.
GREETINGS = "hej hejsan hallå tjena god dag morgon kväll och men så ja jo fråga sen förresten ursäkta"

# Two words that ask wherever they stand: "undrar när", "någon vet".
PAIRS = (
    (
        "undrar undra undrade",
        "om när hur var vart vad vem varför vilken vilket vilka ifall mest bara lite över",
    ),
    ("veta", "om när hur var vart vad vem varför vilken vilket vilka"),
    ("vet", "någon nån ni"),
    ("någon nån", "vet"),
    ("svara", "gärna"),
    ("fråga", "om"),
)
